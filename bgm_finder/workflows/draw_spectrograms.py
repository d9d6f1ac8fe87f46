"""Sound files -> their mel pictures as PNG."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bgm_finder.audio.decode import Unreadable
from bgm_finder.audio.png import save_png
from bgm_finder.audio.spectrogram import mel_picture_blocks
from bgm_finder.workflows.each_file import MakeExecutor, each_file
from bgm_finder.workflows.job import Job
from bgm_finder.workflows.workers import time_limit

_LIMIT_S = 900.0


def draw_spectrograms(
    job: Job,
    files: Sequence[Path],
    folder: Path,
    make_executor: MakeExecutor,
    size: tuple[int, int] | None = None,
    axes: bool = False,
) -> list[tuple[Path, Path | Unreadable]]:
    """Writes a PNG for each file into the folder; gives where, or why the file cannot be read. Raises OSError.

    Files of equal names in different folders get a number, so that none overwrites another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    targets = _targets(files, folder)
    found: dict[int, tuple[Path, Path | Unreadable]] = {}
    results = each_file(job, make_executor, partial(_draw, targets=targets, size=size, axes=axes), enumerate(files))
    for done, (place, path, result) in enumerate(results, 1):
        found[place] = path, result
        job.progress(done, len(files), path.name)
    return [found[place] for place in sorted(found)]


def _draw(path: Path, targets: dict[Path, Path], size: tuple[int, int] | None, axes: bool) -> Path:
    with time_limit(_LIMIT_S):
        *_, picture = mel_picture_blocks(path, stop=lambda: False)
        save_png(picture, targets[path], size, axes)
    return targets[path]


def _targets(files: Sequence[Path], folder: Path) -> dict[Path, Path]:
    targets: dict[Path, Path] = {}
    used: Counter[str] = Counter()
    for path in dict.fromkeys(files):
        used[path.stem] += 1
        number = f" ({used[path.stem]})" if used[path.stem] > 1 else ""
        targets[path] = folder / f"{path.stem}{number}.png"
    return targets
