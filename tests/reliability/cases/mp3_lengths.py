"""mp3 whose first frame says nothing of the length, or something false; and with other bytes before and behind."""

from pathlib import Path

import numpy as np

from tests.reliability.cases._case import Case
from tests.reliability.cases._sounds import RATE_HZ, ffmpeg, heard, ladder, right, shell, write_wav

NAME = "mp3 lengths"
SOURCE = "ExoPlayer #4071, winLAME #7, NAudio.Lame #24, Libation #110, mp3-duration #16, MPD #1200, getID3 #120"
NEEDS = ("ffmpeg", "lame")
_SECONDS = 12
_TONES = {3: 550, 6: 700, 10: 900}


def make(folder: Path) -> list[Case]:
    """Write 12 s that begin with 2 s of silence, where a bit rate guessed from the beginning is far too low."""
    samples = ladder(_SECONDS)
    samples[: 2 * RATE_HZ] = 0
    noise = np.random.default_rng(1).uniform(-0.3, 0.3, samples.shape).astype(np.float32)
    noise[: 2 * RATE_HZ] = 0
    wav = write_wav(folder / "tones.wav", 0.7 * samples + noise)
    shell("lame", "--quiet", "-V2", wav, folder / "honest vbr.mp3")
    honest = (folder / "honest vbr.mp3").read_bytes()
    piped = shell("lame", "--quiet", "-V2", wav, "-")
    place = honest.index(b"Xing") + 8
    frames = int.from_bytes(honest[place : place + 4], "big")
    tag = b"ID3\x04\x00\x00\x00\x10\x00\x00" + bytes(16 << 14)
    ffmpeg(wav, "-c:a", "libmp3lame", "-q:a", "2", folder / "mp3 in.wav")
    stored = {
        "honest vbr.mp3": honest,
        "honest, tags around.mp3": tag + honest + b"TAG" + bytes(125),
        "vbr piped.mp3": piped,
        "vbr piped, large tag.mp3": tag + piped,
        "abr without its frame.mp3": shell("lame", "--quiet", "-t", "--abr", "150", wav, "-"),
        "cbr without its frame.mp3": shell("lame", "--quiet", "-t", "-b", "128", wav, "-"),
        "by ffmpeg, no frame.mp3": ffmpeg(wav, "-q:a", "2", "-write_xing", "0", "-f", "mp3", "-"),
        "frame says 0.mp3": _with(honest, place, 0),
        "frame says half.mp3": _with(honest, place, frames // 2),
        "frame says twice.mp3": _with(honest, place, 2 * frames),
        "zeros before.mp3": bytes(5000) + honest,
        "mp3 in.wav": (folder / "mp3 in.wav").read_bytes(),
    }
    cases = [_case(folder, name, content, _SECONDS, _TONES) for name, content in stored.items()]
    # the second part's first frame is silence of 26 ms, the coding's padding 50 ms
    cases.append(_case(folder, "joined.mp3", honest + honest, 24.08, {3: 550, 10: 900, 15: 550, 22: 900}, 0.1))
    cases.append(_case(folder, "half of it.mp3", honest[: len(honest) // 2], 6.9, {3: 550, 5: 650}, 0.5))
    return cases


def _case(folder: Path, name: str, stored: bytes, seconds: float, tones: dict[int, int], within_s: float = 0.1) -> Case:
    path = folder / name
    path.write_bytes(stored)
    return Case(name, right(seconds, tones, within_s), lambda: heard(path, tuple(tones)))


def _with(stored: bytes, place: int, number: int) -> bytes:
    return stored[:place] + number.to_bytes(4, "big") + stored[place + 4 :]
