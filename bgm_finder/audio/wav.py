"""Samples -> a WAV file that every editing program reads."""

from pathlib import Path

import soundfile

from bgm_finder.audio.source import Floats

_SUBTYPE = "PCM_24"


def write_wav(path: Path, samples: Floats, rate_hz: int) -> None:
    """Writes samples, float32, (frames, channels), as 24-bit WAV, whole or not at all; raises OSError."""
    draft = path.with_name(path.name + ".draft")
    try:
        with draft.open("wb") as file:
            soundfile.write(file, samples, rate_hz, subtype=_SUBTYPE, format="WAV")
        draft.replace(path)
    except soundfile.LibsndfileError as error:
        raise OSError(f"{path} cannot be written ({error})") from error
    finally:
        draft.unlink(missing_ok=True)
