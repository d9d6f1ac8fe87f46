"""Samples -> a WAV file that every editing program reads."""

import io

import soundfile

from bgm_finder.audio.source import Floats

_SUBTYPE = "PCM_24"


def wav(samples: Floats, rate_hz: int) -> bytes:
    """Return samples, float32, (frames, channels), as 24-bit WAV."""
    file = io.BytesIO()
    soundfile.write(file, samples, rate_hz, subtype=_SUBTYPE, format="WAV")
    return file.getvalue()
