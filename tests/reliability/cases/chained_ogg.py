"""Ogg streams one after the other in one file, as radio recorders and `cat` make them."""

from pathlib import Path

from tests.reliability.cases._case import Case
from tests.reliability.cases._sounds import ffmpeg, heard, ladder, right, write_wav

NAME = "chained Ogg"
SOURCE = "RFC 3533; MPD #1200"
NEEDS = ("ffmpeg",)
_KINDS = {"vorbis.ogg": ("libvorbis", ()), "opus.opus": ("libopus", ()), "flac.ogg": ("flac", ())}
_TONES = {0: 400, 5: 650, 8: 1050, 10: 1150}


def make(folder: Path) -> list[Case]:
    """Write two links of 6 s each, alike and with another rate and number of channels."""
    cases = []
    for name, (codec, words) in _KINDS.items():
        for kind, second in (("alike", ()), ("other", ("-ar", "24000", "-ac", "1"))):
            path = folder / f"{kind} {name}"
            first = _link(folder, 400, codec, *words)
            path.write_bytes(first + _link(folder, 950, codec, *words, *second))
            cases.append(Case(path.name, right(12, _TONES), lambda path=path: heard(path, tuple(_TONES))))
    return cases


def _link(folder: Path, first_hz: int, codec: str, *words: str) -> bytes:
    wav = write_wav(folder / ".link.wav", ladder(6, first_hz, 48_000), 48_000)
    return ffmpeg(wav, "-c:a", codec, *words, "-f", "ogg", "-")
