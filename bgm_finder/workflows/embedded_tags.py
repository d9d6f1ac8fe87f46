"""What a sound file's own tags say, in whichever of the tag formats they are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bgm_finder.catalogue.tag_csv import split_tags
from bgm_finder.catalogue.tempo_text import bpm_of
from bgm_finder.track import Tag

_LONGEST = 1000
"""Letters of a tag that are kept; some files carry whole lyrics or worse."""
_KEYS: Mapping[str, tuple[str, ...]] = {
    # ID3, MP4, Windows Media, and the plain names of Vorbis comments and APE
    "title": ("TIT2", "\xa9nam", "Title", "title"),
    "artist": ("TPE1", "\xa9ART", "Author", "artist"),
    "comment": ("COMM", "\xa9cmt", "Description", "comment", "description"),
    "bpm": ("TBPM", "tmpo", "WM/BeatsPerMinute", "bpm", "tempo"),
    "genre": ("TCON", "\xa9gen", "WM/Genre", "genre"),
}


@dataclass(frozen=True, slots=True)
class Embedded:
    """The tags of one file; empty where it has none."""

    title: str = ""
    artist: str = ""
    comment: str = ""
    bpm: float | None = None
    genres: tuple[Tag, ...] = ()


def read_embedded(path: Path) -> Embedded:
    """Gives a file's own tags, or empty ones where it has none or they are broken."""
    import mutagen

    try:
        file = mutagen.File(path)
        tags = None if file is None else file.tags
        texts = {} if tags is None else {field: _texts(tags, keys) for field, keys in _KEYS.items()}
    except Exception:  # noqa: BLE001 - mutagen meets broken tags with many errors; the music may still be sound
        return Embedded()
    first = {field: found[0] if found else "" for field, found in texts.items()}
    genres = [tag for text in texts.get("genre", []) for tag in split_tags("genre", text)]
    return Embedded(
        title=first.get("title", ""),
        artist=first.get("artist", ""),
        comment=first.get("comment", ""),
        bpm=bpm_of(first.get("bpm", "")),
        genres=tuple(dict.fromkeys(genres)),
    )


def _texts(tags: Any, keys: tuple[str, ...]) -> list[str]:
    """Gives the texts of the first of the keys that says anything."""
    values = _reader(tags)
    for key in keys:
        found = [text for value in values(key) if (text := _clean(value))]
        if found:
            return found
    return []


def _reader(tags: Any) -> Callable[[str], list[Any]]:
    from mutagen.asf import ASFTags
    from mutagen.id3 import ID3
    from mutagen.mp4 import MP4Tags

    if isinstance(tags, ID3):
        return lambda key: [text for frame in tags.getall(key) for text in _frame_texts(frame)] if key.isupper() else []
    if isinstance(tags, (MP4Tags, ASFTags)):
        return lambda key: list(tags.get(key, []))
    return lambda key: _listed(tags[key]) if key.isascii() and key in tags else []


def _frame_texts(frame: Any) -> list[Any]:
    return list(getattr(frame, "genres", None) or frame.text)


def _listed(value: Any) -> list[Any]:
    return [value] if isinstance(value, str) else list(value)


def _clean(value: Any) -> str:
    """Gives one line of valid text; real files hold noughts and halves of letters."""
    text = " ".join(str(value).replace("\0", " ").split())
    return text[:_LONGEST].encode("utf-8", "replace").decode()
