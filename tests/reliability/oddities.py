"""The files that no damage of a real one gives: pipes, devices, circles, monstrous headers, picture bombs."""

import os
import stat
import struct
import wave
from collections.abc import Iterator
from pathlib import Path

import mutagen
import numpy as np
import soundfile
from mutagen.flac import Picture
from mutagen.id3 import APIC, ID3, TXXX

from tests.reliability.real_sounds import cover

_RATE_HZ = 44_100
_BOMB_SIDE = 30_000
"""A picture of 900 million dots in a file of about 100 KB."""
_MUCH_TEXT = 100_000_000
_TEN_HOURS = 36_000


def make_all(folder: Path, real: dict[str, Path]) -> Iterator[Path]:
    """Make each oddity in a folder, real sounds by name at hand; yields the paths that should be named or survive."""
    folder.mkdir(parents=True, exist_ok=True)
    for make in (_empty, _not_files, _headers, _samples, _much_text, _bombs, _wrong_kinds):
        yield from make(folder, real)


def _empty(folder: Path, real: dict[str, Path]) -> Iterator[Path]:
    for ending in ("wav", "mp3", "flac", "mp4"):
        path = folder / f"zero bytes.{ending}"
        path.write_bytes(b"")
        yield path


def _not_files(folder: Path, real: dict[str, Path]) -> Iterator[Path]:
    pipe, circle, nowhere = folder / "pipe.wav", folder / "circle.wav", folder / "nowhere.wav"
    os.mkfifo(pipe)
    circle.symlink_to(circle.name)
    nowhere.symlink_to("is not there.wav")
    yield from (pipe, circle, nowhere)
    deep = folder / "folder called x.wav"
    deep.mkdir()
    (deep / "round.wav").symlink_to(folder)
    if os.geteuid() == 0:
        device = folder / "device.wav"
        os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, 5))  # what /dev/zero is: it never ends
        yield device


def _headers(folder: Path, real: dict[str, Path]) -> Iterator[Path]:
    data = real["pcm16.wav"].read_bytes()[44:88_244]
    for name, rate_hz, channels, length in (
        ("ten hours in the header", _RATE_HZ, 1, _TEN_HOURS * _RATE_HZ * 2),
        ("endless header", _RATE_HZ, 2, 0xFFFFFFFF),
        ("0 Hz", 0, 2, len(data)),
        ("1 Hz", 1, 1, len(data)),
        ("4 GHz", 0xFFFFFFFF, 2, len(data)),
        ("192 channels", _RATE_HZ, 192, len(data)),
        ("65535 channels", _RATE_HZ, 65_535, len(data)),
        ("no channel", _RATE_HZ, 0, len(data)),
    ):
        path = folder / f"{name}.wav"
        path.write_bytes(_wav_header(rate_hz, channels, length) + data)
        yield path
    long = folder / "really ten hours.wav"
    with long.open("wb") as file:
        file.write(_wav_header(8_000, 1, _TEN_HOURS * 16_000))
        file.truncate(44 + _TEN_HOURS * 16_000)  # a hole: it takes no room on the disk
    yield long
    film = bytearray(real["film.mp4"].read_bytes())
    place = film.find(b"mvhd")
    film[place + 20 : place + 24] = b"\xff\xff\xff\xff"
    (folder / "endless film.mp4").write_bytes(film)
    yield folder / "endless film.mp4"


def _wav_header(rate_hz: int, channels: int, length: int) -> bytes:
    block = channels * 2 & 0xFFFF
    facts = struct.pack("<HHIIHH", 1, channels, rate_hz, rate_hz * block & 0xFFFFFFFF, block, 16)
    whole = min(0xFFFFFFFF, 36 + length)
    return (
        b"RIFF" + struct.pack("<I", whole) + b"WAVEfmt \x10\x00\x00\x00" + facts + b"data" + struct.pack("<I", length)
    )


def _samples(folder: Path, real: dict[str, Path]) -> Iterator[Path]:
    tone = np.sin(np.arange(5 * _RATE_HZ) / 20).astype(np.float32)
    spoiled = {"nan": np.nan, "infinite": np.inf, "minus infinite": -np.inf, "huge": 1e38, "denormal": 1e-40}
    for name, value in spoiled.items():
        samples = tone.copy()
        samples[:: 3 if name == "nan" else 1] = value
        soundfile.write(folder / f"{name}.wav", samples, _RATE_HZ, subtype="FLOAT")
        yield folder / f"{name}.wav"
    for kind in ("wav", "flac", "ogg", "mp3"):
        soundfile.write(folder / f"one sample.{kind}", tone[:1], _RATE_HZ)
        yield folder / f"one sample.{kind}"
    soundfile.write(folder / "silence.wav", 0 * tone, _RATE_HZ)
    yield folder / "silence.wav"
    with wave.open(str(folder / "no sample.wav"), "wb") as file:
        file.setparams((2, 2, _RATE_HZ, 0, "NONE", ""))
    yield folder / "no sample.wav"


def _much_text(folder: Path, real: dict[str, Path]) -> Iterator[Path]:
    text = folder / "100 MB of tags.mp3"
    text.write_bytes(real["lame.mp3"].read_bytes())
    tags = ID3(text)
    for number in range(10):
        tags.add(TXXX(desc=f"words {number}", text="x" * (_MUCH_TEXT // 10)))
    tags.save(text)
    yield text
    listed = folder / "a million tags.ogg"
    listed.write_bytes(real["free.ogg"].read_bytes())
    file = mutagen.File(listed)
    file["comment"] = [f"word {number}" for number in range(1_000_000)]
    file.save()
    yield listed


def _bombs(folder: Path, real: dict[str, Path]) -> Iterator[Path]:
    bomb = cover(_BOMB_SIDE)
    spoken = folder / "picture bomb.mp3"
    spoken.write_bytes(real["lame.mp3"].read_bytes())
    tags = ID3(spoken)
    tags.delall("APIC")
    tags.add(APIC(mime="image/png", type=3, data=bomb))
    tags.save(spoken)
    yield spoken
    free = folder / "picture bomb.flac"
    free.write_bytes(real["free.flac"].read_bytes())
    file, art = mutagen.File(free), Picture()
    art.data, art.type, art.mime = bomb, 3, "image/png"
    file.clear_pictures()
    file.add_picture(art)
    file.save()
    yield free
    apple = folder / "picture bomb.m4a"
    apple.write_bytes(real["apple.m4a"].read_bytes())
    file = mutagen.File(apple)
    file["covr"] = [bomb]
    file.save()
    yield apple


def _wrong_kinds(folder: Path, real: dict[str, Path]) -> Iterator[Path]:
    contents = {
        "picture.mp3": cover(200),
        "picture.wav": cover(200),
        "text.ogg": "雨 ".encode() * 5_000,
        "playlist.mp3": b"#EXTM3U\n#EXTINF:1,x\n/etc/passwd\nhttp://127.0.0.1:9/x.mp3\n" * 50,
        "concat.m4a": b"ffconcat version 1.0\nfile /etc/passwd\n",
        "page.flac": b"<html><body onload=alert(1)>" * 100,
        "nothing but noughts.mp3": bytes(300_000),
        "nothing but ones.mp3": b"\xff" * 300_000,
        "riff alone.wav": b"RIFF",
    }
    for name, held in contents.items():
        (folder / name).write_bytes(held)
        yield folder / name
