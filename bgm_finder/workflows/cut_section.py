"""Cuts a stretch out of a file, to be handed to an editing program as a file of its own."""

import hashlib
import os
from functools import partial
from pathlib import Path

from bgm_finder.audio.decode import decode, probe
from bgm_finder.audio.files import require_regular_file
from bgm_finder.audio.wav import wav
from bgm_finder.drafts import fitting
from bgm_finder.drives.drives import Drives
from bgm_finder.drives.waiting import ANSWER_S
from bgm_finder.drives.writing import write_file
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.read_with_timeout import read_with_timeout
from bgm_finder.track import Section, SoundAt


def cut_section(job: Job, sound: SoundAt, section: Section, folder: Path) -> Path:
    """Write the stretch as WAV into the folder and return its path; the same stretch is cut only once.

    Raises Unreadable, OSError.
    """
    source = sound.path
    times = f"{_clock(section.start_s)}-{_clock(section.end_s)}"
    facts = read_with_timeout(job, source, partial(require_regular_file, source), ANSWER_S)
    target = folder / fitting(source.stem, f" {times} {_short_hash(sound, facts)}.wav")
    drives = Drives(job.stops_waiting)
    drives.require_answer(target)
    if not target.exists():
        length_s = section.end_s - section.start_s
        read_with_timeout(job, source, partial(probe, source, sound.stream), ANSWER_S)
        cut = partial(decode, source, start_s=section.start_s, duration_s=length_s, stream=sound.stream)
        decoded = read_with_timeout(job, source, cut)
        job.check()
        folder.mkdir(parents=True, exist_ok=True)
        write_file(drives, target, wav(decoded.samples, decoded.rate_hz))
    return target


def _short_hash(sound: SoundAt, facts: os.stat_result) -> str:
    """Tell files of the same name in several folders apart, and a file from what it was before it changed."""
    chosen = "" if sound.stream is None else f" {sound.stream}"
    identity = os.fsencode(sound.path) + f" {facts.st_size} {facts.st_mtime_ns}{chosen}".encode("ascii")
    return hashlib.blake2b(identity, digest_size=4).hexdigest()


def _clock(seconds: float) -> str:
    """Return 1m05.250s, without letters that a file name may not have."""
    return f"{int(seconds) // 60}m{seconds % 60:06.3f}s"
