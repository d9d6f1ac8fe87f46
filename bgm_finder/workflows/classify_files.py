"""Sound files -> how probable each instrument is as the main one."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bgm_finder.jobs.each_file import MakeExecutor, each_file
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.time_limit import time_limit
from bgm_finder.reasons import Unreadable
from bgm_finder.track import SoundAt
from bgm_finder.workflows.analyse import file_windows, worker_embedder

_LIMIT_S = 120.0


def classify_files(
    job: Job, files: Sequence[Path], make_executor: MakeExecutor, network: str = "default"
) -> list[tuple[Path, dict[str, float] | Unreadable]]:
    """Return for each file, in the order asked, probabilities that sum to 1, or why it cannot be read."""
    found: dict[int, tuple[Path, dict[str, float] | Unreadable]] = {}
    results = each_file(job, make_executor, partial(classify, network=network), enumerate(files))
    for done, (place, path, result) in enumerate(results, 1):
        found[place] = path, result
        job.progress(done, len(files), path.name)
    return [found[place] for place in sorted(found)]


def classify(path: Path, network: str) -> dict[str, float]:
    """Return the probabilities of one file, in a worker process; raises Unreadable."""
    with time_limit(_LIMIT_S):
        embedder = worker_embedder(network)
        return embedder.instruments(file_windows(SoundAt(path), embedder))
