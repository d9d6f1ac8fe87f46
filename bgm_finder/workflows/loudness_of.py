"""How loud files are, for comparing them at the same level."""

from pathlib import Path

from bgm_finder.audio.decode import decode
from bgm_finder.audio.files import Unreadable
from bgm_finder.audio.loudness import integrated_lufs
from bgm_finder.workflows.job import Job


def loudness_of(job: Job, paths: list[Path]) -> dict[Path, float]:
    """Gives the integrated loudness in LUFS of those files that can be read and are not silent."""
    found = {}
    for path in paths:
        job.check()
        try:
            sound = decode(path)
        except Unreadable:  # whoever plays it is told so by the player
            continue
        lufs = integrated_lufs(sound.samples, sound.rate_hz)
        if lufs is not None and lufs > -70.0:
            found[path] = lufs
    return found
