"""The tags of a sound file as its tag systems hold them: names with texts, the best system first."""

import io
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree

from bgm_finder.audio.file_part import FilePart, SplicedFile
from bgm_finder.audio.metadata import read_metadata
from bgm_finder.audio.mp3_header import id3_size
from bgm_finder.audio.riff_repair import repaired_riff
from bgm_finder.audio.wave_chunks import read_wave_chunks

Texts = Mapping[str, list[str]]
"""Names in lower case, without what stands before them in their system (TXXX:, ----:com.apple.iTunes:)."""

_NO_TEXT = "surrogateescape"
_ID3V1_BYTES = 128
_COMMENT_ORDER = ("", "comment", "comments", "description", "desc")
_COMMENT_LANGUAGES = ("eng", "xxx", "und")
_PLAYERS_OWN = (
    "itun",
    "itunes",
    "engitun",
    "songs-db",
    "musicmatch",
    "replaygain",
    "mp3gain",
    "serato",
    "cddb",
    "ufid",
)
"""How the descriptions begin of comments that players write for themselves."""
_WAVE = (b"RIFF", b"RF64", b"BW64")
_BY_MUTAGEN_ALONE = (b"fLaC", b"OggS", b"ID3", b"\xff")
"""How files begin in which FFmpeg finds no tags that mutagen does not."""
_FLAC = b"fLaC"
_COMMENTS = 4
"""The number of FLAC's kind of block that holds comments."""
_MOST_TAGS = 16
"""ID3v2 tags, one behind the other, that are read."""
_TITLES = {"tit2", "©nam", "title"}
_ONE_SHOT = 1
"""A flag of the acid chunk: the sound is no loop, and its tempo no more than a default."""


def tag_sources(path: Path) -> list[Texts]:
    """Return what each tag system of a file holds; a broken one is left out. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        repaired = repaired_riff(path)
        led = _each(lambda: _of_repaired(repaired)) if repaired else _by_mutagen(path, file)
        sources = [*led, *_each(lambda: _behind(file))]
    if _has_lost_letters(sources):
        return [_by_ffmpeg(path), *sources]
    if head in _WAVE:
        chunks = read_wave_chunks(path)
        comment = {"comment": [_text(chunks["ICMT"])]} if "ICMT" in chunks else {}
        own = _each(lambda: [_ixml(chunks.get("iXML", b""))]) + _each(lambda: [_acid(chunks)])
        return [*sources, {**_by_ffmpeg(path, repaired), **comment}, *own]
    has_title = any(_TITLES & source.keys() for source in sources)
    is_complete = has_title or (sources and head.startswith(_BY_MUTAGEN_ALONE))
    return sources if is_complete else [*sources, _by_ffmpeg(path, repaired)]


def _by_ffmpeg(path: Path, repaired: SplicedFile | None = None) -> Texts:
    return {name: [text] for name, text in read_metadata(path, repaired).items()}


def _has_lost_letters(sources: list[Texts]) -> bool:
    """Return whether mutagen has replaced bytes that were no UTF-8; FFmpeg keeps them."""
    return any("\ufffd" in text for source in sources for texts in source.values() for text in texts)


def _each(read: Callable[[], Iterable[Texts]]) -> list[Texts]:
    try:
        return list(read())
    except Exception:  # noqa: BLE001 - broken tags meet their readers with many errors; the music may still be sound
        return []


def _by_mutagen(path: Path, file: BinaryIO) -> list[Texts]:
    """Return the tags at the head of a file, known by its content, or by its ending where that says nothing."""
    import mutagen

    head = file.read(4)
    if head.startswith(b"ID3"):
        return _led_by_id3(path, file) or _each(lambda: _of_file(mutagen.File(path)))
    if head == _FLAC and (comments := _each(lambda: _flac_comments(file, 0))):
        return comments
    with open(file.fileno(), "rb", closefd=False) as unnamed:  # noqa: PTH123 - by its name mutagen would guess
        unnamed.seek(0)
        return _each(lambda: _of_file(mutagen.File(unnamed))) or _each(lambda: _of_file(mutagen.File(path)))


def _of_repaired(repaired: SplicedFile) -> list[Texts]:
    import mutagen

    with io.BufferedReader(repaired.open()) as file:  # type: ignore[type-var]  # of typeshed: it wants a bytes buffer
        return _of_file(mutagen.File(file))


def _led_by_id3(path: Path, file: BinaryIO) -> list[Texts]:
    """Return all ID3v2 tags before mp3, AAC and others, as the first may be blank, and those of FLAC behind them."""
    sources: list[Texts] = []
    at, end = 0, file.seek(0, io.SEEK_END)
    for _ in range(_MOST_TAGS):
        file.seek(at)
        head = file.read(10)
        if not head.startswith(b"ID3") or len(head) < 10:
            break
        part = FilePart(path, at, end - at)
        sources += _each(lambda part=part: [_id3_at(part)])  # type: ignore[misc]
        at += id3_size(head)
    return [*sources, *(_each(lambda: _flac_comments(file, at)) if head.startswith(_FLAC) else [])]


def _id3_at(part: FilePart) -> Texts:
    from mutagen.id3 import ID3

    with io.BufferedReader(part.open()) as file:  # type: ignore[type-var]  # of typeshed: it wants a bytes buffer
        return _id3(ID3(file, load_v1=False).values())


def _flac_comments(file: BinaryIO, at: int) -> Iterator[Texts]:
    """Yield all comment blocks of a FLAC that begins here: mutagen reads the first alone, which may be empty."""
    from mutagen.flac import VCFLACDict

    file.seek(at + len(_FLAC))
    is_last = False
    while not is_last and len(head := file.read(4)) == 4:
        is_last, kind, size = bool(head[0] & 128), head[0] & 127, int.from_bytes(head[1:], "big")
        if kind == _COMMENTS:
            yield _plain(VCFLACDict(file.read(size)).as_dict().items())
        else:
            file.seek(size, io.SEEK_CUR)


def _of_file(file: Any) -> list[Texts]:
    """Return the tags of a file that mutagen knows, which may be empty, or nothing of another."""
    from mutagen.id3 import ID3
    from mutagen.mp4 import MP4Tags
    from mutagen.oggtheora import OggTheora

    if file is None or isinstance(file, OggTheora):  # the tags of a picture, such as a cover, beside the sound's
        return []
    tags = file.tags
    if not tags:
        return [{}]
    if isinstance(tags, ID3):
        return [{} if tags.version < (2,) else _id3(tags.values())]  # ID3v1 comes last
    pairs = tags if isinstance(tags, list) else tags.items()
    return [_plain(pairs, has_prefixes=isinstance(tags, MP4Tags))]


def _behind(file: BinaryIO) -> list[Texts]:
    """Return the tags at the end of a file: APEv2, ID3v1."""
    from mutagen.apev2 import APENoHeaderError, APEv2
    from mutagen.id3 import ParseID3v1

    found: list[Texts] = []
    file.seek(0)
    with suppress(APENoHeaderError):
        found.append(_plain(APEv2(file).items()))
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _ID3V1_BYTES))
    last = file.read()
    frames = ParseID3v1(last) if last.startswith(b"TAG") else None
    return [*found, _id3(frames.values())] if frames else found


def _id3(frames: Iterable[Any]) -> Texts:
    texts: dict[str, list[str]] = {}
    comments = []
    for frame in frames:
        if frame.FrameID == "COMM":
            comments.append(frame)
        elif frame.FrameID == "TXXX":
            texts.setdefault(frame.desc.casefold(), []).extend(map(str, frame.text))
        elif frame.FrameID.startswith("T") and hasattr(frame, "text"):
            texts.setdefault(frame.FrameID.casefold(), []).extend(map(str, frame.text))
    own = [frame for frame in comments if not frame.desc.casefold().startswith(_PLAYERS_OWN)]
    own.sort(key=lambda frame: (_place(frame.desc, _COMMENT_ORDER), _place(frame.lang, _COMMENT_LANGUAGES)))
    return texts | {"comm": [str(text) for frame in own for text in frame.text]}


def _place(text: str, order: tuple[str, ...]) -> int:
    name = text.casefold()
    return order.index(name) if name in order else len(order)


def _plain(pairs: Iterable[tuple[str, Any]], has_prefixes: bool = False) -> Texts:
    texts: dict[str, list[str]] = {}
    for key, value in pairs:
        name = key.rpartition(":")[2] if has_prefixes else key
        values = value if isinstance(value, list) else str(value).split("\0")
        texts.setdefault(name.casefold(), []).extend(map(_text, values))
    return texts


def _text(value: Any) -> str:
    return bytes(value).decode("utf-8", _NO_TEXT) if isinstance(value, (bytes, bytearray)) else str(value)


def _ixml(chunk: bytes) -> Texts:
    """Return the leaves of an iXML chunk by their names; raises ParseError. One that declares entities is refused."""
    plain = _xml_text(chunk).strip("\0\ufeff \r\n\t")
    if not plain or "<!DOCTYPE" in plain:
        return {}
    texts: dict[str, list[str]] = {}
    for element in ElementTree.fromstring(plain).iter():
        if not len(element) and element.text and element.text.strip():
            texts.setdefault(f"ixml {element.tag.casefold()}", []).append(element.text)
    return texts


def _xml_text(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _acid(chunks: Mapping[str, bytes]) -> Texts:
    """Return the tempo of a loop."""
    body = chunks.get("acid", b"")
    if len(body) < 24:
        return {}
    flags, tempo = struct.unpack_from("<I16xf", body)
    return {} if flags & _ONE_SHOT else {"acid tempo": [f"{tempo:g}"]}
