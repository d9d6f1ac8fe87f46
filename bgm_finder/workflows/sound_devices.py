"""The sound devices that one can choose; listing JACK's takes a moment."""

from bgm_finder.audio.playing.devices import devices
from bgm_finder.jobs.job import Job


def sound_devices(job: Job) -> list[str]:
    """Return the names of the devices that can play."""
    return [device.name for device in devices()]
