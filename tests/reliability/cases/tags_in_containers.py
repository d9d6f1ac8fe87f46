"""Titles where other containers keep them, and files whose ending names another format."""

import struct
from pathlib import Path

import mutagen
from mutagen.apev2 import APEv2
from mutagen.id3 import COMM, ID3, TBPM, TCON, TIT2, TMOO, TPE1
from mutagen.mp4 import MP4, MP4FreeForm

from tests.reliability.cases._case import Case
from tests.reliability.cases._sounds import ffmpeg, ladder, write_wav
from tests.reliability.cases._tagged import right, tags_of

NAME = "tags in other containers"
SOURCE = "music-metadata #1291, mutagen #541, MPD #98"
NEEDS = ("ffmpeg",)

_RIGHT = right("A Title", "An Artist", "a comment", genre=["Ambient"])
_WORDS = [
    word
    for tag in ("title=A Title", "artist=An Artist", "genre=Ambient", "comment=a comment")
    for word in ("-metadata", tag)
]
_BY_FFMPEG = {
    "aiff with id3.aiff": ("-write_id3v2", "1"),
    "caf.caf": (),
    "matroska.mkv": ("-c:a", "flac"),
    "matroska.mka": ("-c:a", "libopus"),
    "webm.webm": ("-c:a", "libopus"),
    "avi.avi": ("-c:a", "libmp3lame"),
    "mov.mov": ("-c:a", "aac"),
    "mov with keys.mov": ("-c:a", "aac", "-movflags", "use_metadata_tags"),
    "mp4.mp4": ("-c:a", "aac"),
    "wma.wma": ("-c:a", "wmav2"),
    "wave64.w64": (),
    "flv.flv": ("-c:a", "aac"),
    "adts with id3.aac": ("-c:a", "aac", "-write_id3v2", "1"),
    "wavpack.wv": ("-c:a", "wavpack"),
    "opus.opus": ("-c:a", "libopus"),
    "speex.spx": ("-c:a", "libspeex"),
    "flac in ogg.oga": ("-c:a", "flac"),
}
_NO_TAGS = {"wave64.w64"}
"""FFmpeg writes none there."""


def make(folder: Path) -> list[Case]:
    """Write the same tags into each container, by FFmpeg and by mutagen."""
    wav = write_wav(folder / ".a.wav", ladder(1, rate_hz=48_000), 48_000)
    cases = []
    for name, words in _BY_FFMPEG.items():
        if name not in _NO_TAGS:
            ffmpeg(wav, *_WORDS, *words, folder / name)
            cases.append(_case(folder / name))
    ffmpeg(wav, "-metadata", "title=A Title", "-metadata", "author=An Artist", *_WORDS[6:], folder / "aiff text.aiff")
    cases.append(_case(folder / "aiff text.aiff", right("A Title", "An Artist", "a comment")))
    ffmpeg(wav, "-c:a", "libmp3lame", "-id3v2_version", "0", folder / ".plain.mp3")
    ffmpeg(wav, "-c:a", "flac", folder / ".plain.flac")
    return [*cases, *_mp3s(folder, (folder / ".plain.mp3").read_bytes()), *_others(folder), *_by_content(folder)]


def _mp3s(folder: Path, sound: bytes) -> list[Case]:
    (folder / "id3v1 only.mp3").write_bytes(sound + _id3v1("A Title", "An Artist", "a comment"))
    only, three = folder / "apev2 only.mp3", folder / "three systems.mp3"
    only.write_bytes(sound)
    _write_apev2({"Title": "A Title", "Artist": "An Artist", "Genre": "Ambient", "Comment": "a comment"}, only)
    three.write_bytes(sound)
    tags = ID3()
    tags.add(TIT2(3, ["A Title"]))
    tags.add(TCON(3, ["(26)"]))
    tags.save(three, v1=0)
    _write_apev2({"Title": "Ape Title", "Artist": "An Artist"}, three)
    three.write_bytes(three.read_bytes() + _id3v1("Old Title", "Old Artist", "a comment"))
    two = folder / "apev2 and id3v1.mp3"
    two.write_bytes(only.read_bytes() + _id3v1("A Tit", "An Art", "a com"))
    broken = folder / "broken id3v2 before apev2.mp3"
    broken.write_bytes(b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + only.read_bytes())
    return [*map(_case, (folder / "id3v1 only.mp3", only, two, three, broken))]


def _id3v1(title: str, artist: str, comment: str) -> bytes:
    texts = (title.encode(), artist.encode(), b"", b"", comment.encode())
    return b"TAG" + struct.pack("30s30s30s4s30sB", *texts, 26)


def _write_apev2(texts: dict[str, str], path: Path) -> None:
    tags = APEv2()
    tags.update(texts)
    tags.save(path)


def _others(folder: Path) -> list[Case]:
    id3 = ID3()
    for frame in (
        TIT2(3, ["A Title"]),
        TPE1(3, ["An Artist"]),
        TCON(3, ["Ambient"]),
        COMM(3, "eng", "", ["a comment"]),
    ):
        id3.add(frame)
    before = folder / "id3 before flac.flac"
    before.write_bytes((folder / ".plain.flac").read_bytes())
    both = mutagen.File(before)
    both["bpm"], both["mood"] = "92,5", ["calm", "warm"]
    both.save()
    id3.save(before)
    m4a = folder / "free atoms.m4a"
    m4a.write_bytes((folder / "mp4.mp4").read_bytes())
    atoms = MP4(m4a)
    for name, text in (
        ("BPM", b"128.5"),
        ("MOOD", b"calm"),
        ("iTunNORM", b" 00000A2C 00000B11"),
        ("initialkey", b"8A"),
    ):
        atoms[f"----:com.apple.iTunes:{name}"] = MP4FreeForm(text)
    atoms["tmpo"] = [0]
    atoms.save()
    return [
        _case(before, right("A Title", "An Artist", "a comment", 92.5, genre=["Ambient"], mood=["calm", "warm"])),
        _case(m4a, right("A Title", "An Artist", "a comment", 128.5, genre=["Ambient"], mood=["calm"])),
    ]


def _by_content(folder: Path) -> list[Case]:
    """Write sounds whose ending names another format."""
    names = {
        "mp4.mp4": "an m4a.mp3",
        "id3v1 only.mp3": "an mp3.wav",
        "opus.opus": "an opus.mp3",
        "wma.wma": "a wma.mp3",
        "matroska.mkv": "a matroska.mp3",
        "avi.avi": "an avi.wav",
        "wavpack.wv": "a wavpack.flac",
        "apev2 only.mp3": "an mp3 with apev2.m4a",
        "adts with id3.aac": "an aac.mp3",
    }
    for source, name in names.items():
        (folder / name).write_bytes((folder / source).read_bytes())
    id3 = ID3()
    id3.add(TIT2(1, ["A Title"]))
    id3.add(TBPM(1, ["120-128"]))
    id3.add(TMOO(1, ["calm"]))
    flac = folder / "a flac.mp3"
    flac.write_bytes((folder / ".plain.flac").read_bytes())
    id3.save(flac)
    return [*(_case(folder / name) for name in names.values()), _case(flac, right("A Title", bpm=124.0, mood=["calm"]))]


def _case(path: Path, value: dict[str, object] = _RIGHT) -> Case:
    return Case(path.name, value, lambda: tags_of(path))
