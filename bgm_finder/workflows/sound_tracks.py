"""The sounds that a film holds, and which of them is heard."""

from functools import partial
from pathlib import Path

from bgm_finder.audio.decode import SoundFacts, probe
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.drives.waiting import ANSWER_S
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.read_with_timeout import read_with_timeout
from bgm_finder.track import SoundAt


def chosen_streams(job: Job, catalogue: Path) -> dict[Path, int]:
    """Return the sound streams that were chosen by hand, counted from 0, by file."""
    with Catalogue(catalogue) as opened:
        return opened.sound_streams.by_path()


def streams_in(job: Job, sound: SoundAt) -> SoundFacts:
    """Return what a file states of its sound, the streams among it; raises Unreadable, Cancelled."""
    return read_with_timeout(job, sound.path, partial(probe, sound.path, sound.stream), ANSWER_S)
