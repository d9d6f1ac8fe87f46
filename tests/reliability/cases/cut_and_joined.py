"""Half-downloaded files, files written into a pipe, damage in the middle, and files joined by `cat`."""

from pathlib import Path

from tests.reliability.cases._case import Case
from tests.reliability.cases._sounds import ffmpeg, heard, ladder, right, shell, write_wav

NAME = "cut, piped, damaged and joined"
SOURCE = "MPD #1200, ExoPlayer #4071"
NEEDS = ("ffmpeg", "flac")
_WHOLE = {1: 450, 5: 650, 8: 800, 11: 950}
_HALF = {1: 450, 4: 600}
_TWICE = {1: 450, 11: 950, 13: 450, 22: 900}


def make(folder: Path) -> list[Case]:
    """Write 12 s in many formats."""
    wav = write_wav(folder / "whole.wav", ladder(12))
    stored = {"wav": wav.read_bytes()}
    for ending, codec in (("flac", "flac"), ("ogg", "libvorbis"), ("mka", "aac"), ("wv", "wavpack"), ("aac", "aac")):
        ffmpeg(wav, "-c:a", codec, folder / f"whole.{ending}")
        stored[ending] = (folder / f"whole.{ending}").read_bytes()
    cases = [_case(folder / f"whole.{ending}", content, 12, _WHOLE) for ending, content in stored.items()]
    for ending, content in stored.items():
        cut = content[: len(content) // 2]
        cases.append(_case(folder / f"half.{ending}", cut, 6, _HALF, 1.5 if ending in ("ogg", "wv") else 0.3))
    for ending in ("flac", "wav", "aac", "ogg"):
        cases.append(_case(folder / f"twice.{ending}", 2 * stored[ending], 24, _TWICE, 0.1))
    damaged = bytearray(stored["flac"])
    damaged[len(damaged) // 2 : len(damaged) // 2 + 3000] = bytes(3000)
    cases.append(_case(folder / "damaged.flac", bytes(damaged), 12, {1: 450, 9: 850, 11: 950}))
    return [*cases, *_piped(folder, wav, stored["wav"])]


def _piped(folder: Path, wav: Path, stored: bytes) -> list[Case]:
    size = stored.index(b"data") + 4
    live = {
        "fragmented.mp4": ("-c:a", "aac", "-movflags", "frag_keyframe+empty_moov", "-f", "mp4", "-"),
        "live.mkv": ("-c:a", "aac", "-f", "matroska", "-"),
        "live.webm": ("-c:a", "libopus", "-f", "webm", "-live", "1", "-"),
        "radio.latm": ("-c:a", "aac", "-f", "latm", "-"),
    }
    piped = {name: ffmpeg(wav, *words) for name, words in live.items()}
    piped["piped.flac"] = shell("flac", "-s", "-c", "-", input=stored)
    for name, told in (("0", 0), ("unknown", 0xFFFFFFFF), ("too large", 2 * len(stored))):
        piped[f"size {name}.wav"] = stored[:size] + told.to_bytes(4, "little") + stored[size + 4 :]
    return [_case(folder / name, content, 12, _WHOLE) for name, content in piped.items()]


def _case(path: Path, stored: bytes, seconds: float, tones: dict[int, int], within_s: float = 0.05) -> Case:
    path.write_bytes(stored)
    return Case(path.name, right(seconds, tones, within_s), lambda: heard(path, tuple(tones)))
