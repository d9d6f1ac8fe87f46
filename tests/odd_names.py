"""Small sound files whose names are as odd as file names can be, for the tests."""

import os
import unicodedata
from pathlib import Path

import soundfile
from music import RATE_HZ, chord

_LENGTH_S = 1.5
_NO_TEXT = os.fsdecode(b"\xff\xe9 no text \x80.wav")

NAMES = (
    "💿 👩‍👩‍👧 emoji.wav",
    "\u202egnp.right to left override.wav",
    "שלום עולם.wav",
    "مرحبا.wav",
    "長" * 83 + "ab.wav",  # 255 bytes
    unicodedata.normalize("NFC", "がカフェé.wav"),
    unicodedata.normalize("NFD", "がカフェé.wav"),
    "Case.wav",
    "CASE.WAV",
    "case.wav",
    "NUL.wav",
    "CON/aux.wav",
    "folder with a last dot./two dots..wav",
    "/".join(["sixty letters " * 4] * 6) + "/deep down.wav",  # 340 and more
    "<img src=x> & <b>.wav",
    "line\nfeed.wav",
    "#hash?query%41;semi'quote\"*|.wav",
    " leading blank.wav",
    "=formula().wav",
    "back\\slash.wav",
    _NO_TEXT,
    os.fsdecode(b"no text \xa4/") + "in a folder.wav",
)


def write_odd_tracks(folder: Path) -> list[Path]:
    """Write a track for each name that this system's disk can tell from the others, and return their paths."""
    written: list[Path] = []
    for number, name in enumerate(NAMES):
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists():  # a disk for which two of the names are one
                continue
            with path.open("xb") as file:
                soundfile.write(file, chord(number, _LENGTH_S), RATE_HZ, format="WAV")
        except (OSError, ValueError):  # a name that this disk refuses
            continue
        written.append(path)
    return written
