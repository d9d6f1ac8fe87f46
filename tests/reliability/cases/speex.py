"""Speex, whose time stamps FFmpeg guesses after a jump in Ogg, and whose decoder leans on all that was before."""

from pathlib import Path

from tests.reliability.cases._case import Case
from tests.reliability.cases._sounds import ffmpeg, heard, ladder, right, write_wav

NAME = "Speex"
SOURCE = "FFmpeg's ogg demuxer (oggparsespeex.c)"
NEEDS = ("ffmpeg",)
_TONES = {0: 400, 2: 500, 5: 650, 8: 800, 11: 950}


def make(folder: Path) -> list[Case]:
    """Write 12 s at each rate, in Ogg and in Matroska."""
    cases = []
    for rate_hz in (8000, 16_000, 32_000):
        wav = write_wav(folder / ".speex.wav", ladder(12, 400, rate_hz), rate_hz)
        for name in (f"{rate_hz}.spx", f"{rate_hz}.mka"):
            path = folder / name
            ffmpeg(wav, "-c:a", "libspeex", path)
            cases.append(Case(name, right(12, _TONES), lambda path=path: heard(path, tuple(_TONES))))
    return cases
