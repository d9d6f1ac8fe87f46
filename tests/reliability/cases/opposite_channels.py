"""Stereo whose channels are opposite: its sum is silence, but not its picture, wave and likeness."""

from pathlib import Path

import numpy as np

from bgm_finder.audio.decode import decode
from tests.reliability.cases._case import Case
from tests.reliability.cases._sounds import ffmpeg, ladder, write_wav

NAME = "opposite channels"
SOURCE = "whisperX #750; pytorch/audio #877"
NEEDS = ("ffmpeg",)
_TURNS = {"whole": "pan=stereo|c0=c0|c1=-1*c0", "softer": "pan=stereo|c0=c0|c1=-0.8*c0"}


def make(folder: Path) -> list[Case]:
    """Write 4 s each."""
    wav = write_wav(folder / ".plain.wav", ladder(4, 400, 48_000), 48_000)
    cases = []
    for name, filters in _TURNS.items():
        path = folder / f"{name}.wav"
        path.write_bytes(ffmpeg(wav, "-af", filters, "-f", "wav", "-"))
        cases.append(Case(path.name, {"is heard": True}, lambda path=path: {"is heard": _is_heard(path)}))
    return cases


def _is_heard(path: Path) -> bool:
    return bool(np.abs(decode(path, mono=True).samples).max() > 0.1)
