"""Sound files -> feature vectors in one file, for other programs."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from bgm_finder.drives.drives import Drives
from bgm_finder.drives.writing import write_file
from bgm_finder.jobs.each_file import MakeExecutor, each_file
from bgm_finder.jobs.job import Job
from bgm_finder.mel import Floats
from bgm_finder.reasons import Unreadable
from bgm_finder.workflows.analyse import embed_path


@dataclass(frozen=True, slots=True)
class Embedded:
    """One unit vector per readable file, in the order asked."""

    paths: tuple[Path, ...]
    vectors: Floats
    """float32, (files, dimensions)."""
    unreadable: tuple[Unreadable, ...]


def embed_files(
    job: Job,
    files: Sequence[Path],
    make_executor: MakeExecutor,
    network: str = "default",
    stream: int | None = None,
) -> Embedded:
    """Return the vectors of files; those that cannot be read are left out and named.

    stream: which sound stream of films, counted from 0, instead of the likeliest.
    """
    found: dict[int, Floats] = {}
    unreadable: dict[int, Unreadable] = {}
    results = each_file(job, make_executor, partial(embed_path, network=network, stream=stream), enumerate(files))
    for done, (place, path, result) in enumerate(results, 1):
        if isinstance(result, Unreadable):
            unreadable[place] = result
        else:
            found[place] = result
        job.progress(done, len(files), path.name)
    places = sorted(found)
    vectors = np.stack([found[place] for place in places]) if places else np.zeros((0, 0), np.float32)
    return Embedded(
        tuple(files[place] for place in places), vectors, tuple(unreadable[place] for place in sorted(unreadable))
    )


def write_vectors(job: Job, embedded: Embedded, target: Path) -> None:
    """Write ids (file names without their ending) and vectors as CSV, or as NPZ where the name ends so.

    Raises OSError.
    """
    ids = [path.stem.encode("utf-8", "backslashreplace").decode() for path in embedded.paths]
    write_file(
        Drives(job.stops_waiting), target, (_npz if target.suffix.lower() == ".npz" else _csv)(ids, embedded.vectors)
    )


def _npz(ids: list[str], vectors: Floats) -> bytes:
    file = io.BytesIO()
    np.savez(file, ids=np.array(ids, dtype=np.str_), vectors=vectors)
    return file.getvalue()


def _csv(ids: list[str], vectors: Floats) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["id", *(f"f{number}" for number in range(vectors.shape[1]))])
    writer.writerows([name, *(f"{value:.9g}" for value in vector)] for name, vector in zip(ids, vectors, strict=True))
    return text.getvalue().encode("utf-8")
