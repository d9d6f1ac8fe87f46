"""Samples -> a WAV file that every editing program reads."""

from errno import EIO
from pathlib import Path

import soundfile

from bgm_finder.audio.source import Floats
from bgm_finder.drafts import draft_of

_SUBTYPE = "PCM_24"


def write_wav(path: Path, samples: Floats, rate_hz: int) -> None:
    """Writes samples, float32, (frames, channels), as 24-bit WAV, whole or not at all; raises OSError."""
    try:
        with draft_of(path) as draft, draft.open("wb") as file:
            soundfile.write(file, samples, rate_hz, subtype=_SUBTYPE, format="WAV")
    except soundfile.LibsndfileError as error:
        raise OSError(EIO, f"cannot be written ({error})", str(path)) from error
