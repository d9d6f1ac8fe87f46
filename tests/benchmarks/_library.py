"""A library of real files for benchmarks that listen: tracks of three minutes in every usual format, analysed whole."""

import shutil
from pathlib import Path

from bgm_finder.jobs.job import Job
from bgm_finder.jobs.workers import make_executor
from bgm_finder.workflows.index_folder import IndexOptions, index
from tests.benchmarks import _long_music

MINUTES = 3.0


def analysed(folder: Path, copies: int) -> Path:
    """Write so many tracks a format, as copies of one, and return the catalogue that knows all about them."""
    music = folder / "music"
    for path in _long_music.write(music, MINUTES):
        for number in range(copies):
            shutil.copy(path, music / f"{number:02} {path.name}")
        path.unlink()
    catalogue = folder / "catalogue.sqlite"
    report = index(Job(), catalogue, [music], make_executor, IndexOptions(full=True))
    assert report.readable == copies * len(_long_music.FORMATS), report
    return catalogue
