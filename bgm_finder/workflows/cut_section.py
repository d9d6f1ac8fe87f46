"""Cuts a stretch out of a file, to be handed to an editing program as a file of its own."""

import hashlib
import os
from pathlib import Path

from bgm_finder.audio.decode import decode
from bgm_finder.audio.wav import write_wav
from bgm_finder.track import Section
from bgm_finder.workflows.file_names import fitting
from bgm_finder.workflows.job import Job


def cut_section(job: Job, source: Path, section: Section, folder: Path) -> Path:
    """Writes the stretch as WAV into the folder and gives its path; the same stretch is cut only once.

    Raises Unreadable, OSError.
    """
    times = f"{_clock(section.start_s)}-{_clock(section.end_s)}"
    target = folder / fitting(source.stem, f" {times} {_short_hash(source)}.wav")
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        sound = decode(source, start_s=section.start_s, duration_s=section.end_s - section.start_s)
        job.check()
        folder.mkdir(parents=True, exist_ok=True)
        write_wav(target, sound.samples, sound.rate_hz)
    return target


def _short_hash(path: Path) -> str:
    """Tells files of the same name in several folders apart."""
    return hashlib.blake2b(os.fsencode(path), digest_size=3).hexdigest()


def _clock(seconds: float) -> str:
    """Gives 1m05.250s, without letters that a file name may not have."""
    return f"{int(seconds) // 60}m{seconds % 60:06.3f}s"
