"""Sound files -> their mel pictures as PNG."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, count
from pathlib import Path

from bgm_finder.audio.png import save_png
from bgm_finder.audio.spectrogram import mel_picture_blocks
from bgm_finder.drafts import draft_of, fitting
from bgm_finder.jobs.each_file import MakeExecutor, each_file
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.time_limit import time_limit
from bgm_finder.reasons import Reason, Unreadable, system_fact

_LIMIT_S = 900.0


@dataclass(frozen=True, slots=True)
class PictureOptions:
    """How sound files are drawn."""

    size: tuple[int, int] | None = None
    """Width and height in pixels; None for a size that follows the sound."""
    axes: bool = False
    """Whether time, pitch and loudness are written beside the picture."""
    stream: int | None = None
    """Which sound stream of a film, counted from 0; None for the likeliest."""


DEFAULTS = PictureOptions()


def draw_spectrograms(
    job: Job,
    files: Sequence[Path],
    folder: Path,
    make_executor: MakeExecutor,
    options: PictureOptions = DEFAULTS,
) -> list[tuple[Path, Path | Unreadable]]:
    """Write a PNG for each file into the folder; return where, or why the file cannot be read. Raises OSError.

    Files of equal names in different folders get a number, so that none overwrites another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    targets = _targets(files, folder)
    found: dict[int, tuple[Path, Path | Unreadable]] = {}
    work = partial(_draw, targets=targets, options=options)
    results = each_file(job, make_executor, work, enumerate(files))
    for done, (place, path, result) in enumerate(results, 1):
        found[place] = path, result
        job.progress(done, len(files), path.name)
    return [found[place] for place in sorted(found)]


def _draw(path: Path, targets: dict[Path, Path], options: PictureOptions) -> Path:
    with time_limit(_LIMIT_S):
        *_, picture = mel_picture_blocks(path, stop=lambda: False, stream=options.stream)
        try:
            with draft_of(targets[path]) as draft:
                save_png(picture, draft, options.size, options.axes)
        except OSError as error:
            raise Unreadable(path, Reason.PICTURE_NOT_WRITTEN, system=system_fact(error)) from error
    return targets[path]


def _targets(files: Sequence[Path], folder: Path) -> dict[Path, Path]:
    targets: dict[Path, Path] = {}
    used: set[str] = set()
    for path in dict.fromkeys(files):
        endings = chain((".png",), (f" ({number}).png" for number in count(2)))
        name = next(name for ending in endings if _one_name(name := fitting(path.stem, ending)) not in used)
        used.add(_one_name(name))
        targets[path] = folder / name
    return targets


def _one_name(name: str) -> str:
    """Return what two names share that some file systems take for one."""
    return unicodedata.normalize("NFC", name).casefold()
