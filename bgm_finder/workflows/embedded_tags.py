"""What a sound file's own tags say, in whichever of the tag systems they are written."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bgm_finder.catalogue.tag_csv import split_tags
from bgm_finder.catalogue.tempo_text import bpm_of
from bgm_finder.track import TAG_CATEGORIES, Tag
from bgm_finder.workflows.own_comments import is_own_comment
from bgm_finder.workflows.tag_sources import Texts, tag_sources
from bgm_finder.workflows.text_as_meant import texts_as_meant

_LONGEST = 1000
"""Letters of a tag that are kept; some files carry whole lyrics or worse."""
_NAMES: Mapping[str, tuple[str, ...]] = {
    # ID3, MP4, Windows Media, QuickTime, Vorbis comments, APE and FFmpeg's names, iXML
    "title": (
        "tit2", "©nam", "title", "com.apple.quicktime.title", "com.apple.quicktime.displayname",
        "ixml songtitle", "ixml tracktitle",
    ),
    "artist": ("tpe1", "©art", "author", "artist", "com.apple.quicktime.artist", "com.apple.quicktime.author",
        "ixml artist"),
    "comment": (
        "comm", "©cmt", "comment", "comments", "description", "desc", "com.apple.quicktime.comment",
        "com.apple.quicktime.description", "ixml note", "ixml notes", "ixml description", "ixml bwf_description",
    ),
    "bpm": (
        "tbpm", "tmpo", "wm/beatsperminute", "bpm", "fbpm", "tempo", "beatsperminute", "ixml tempo", "ixml bpm",
        "acid tempo",
    ),
    "genre": ("tcon", "©gen", "wm/genre", "genre", "com.apple.quicktime.genre", "ixml genre"),
    "mood": ("tmoo", "wm/mood", "mood", "ixml mood"),
    "instrument": ("instrument", "instruments", "ixml instrument"),
}  # fmt: skip
"""Where each field stands, the likeliest name first."""
_OTHERWISE = ("genre", "tempo")
"""Categories that are read in another way: genres may be numbers, and a tempo is one."""
_NO_TEMPO = re.compile(r"[0.,\s]*(?:bpm)?", re.IGNORECASE)
_MOST = 100
"""Texts under one name that are read."""

Found = Mapping[str, list[list[str]]]


@dataclass(frozen=True, slots=True)
class Embedded:
    """The tags of one file; empty where it has none."""

    title: str = ""
    artist: str = ""
    comment: str = ""
    bpm: float | None = None
    tags: tuple[Tag, ...] = ()
    """Of the categories that _NAMES knows."""
    unread_tempo: str = ""
    """What stands where the tempo should, if that is none."""


def read_embedded(path: Path) -> Embedded:
    """Return a file's own tags, or empty ones where it has none, they are broken, or the file cannot be read."""
    try:
        sources = tag_sources(path)
    except OSError:
        return Embedded()
    found = _found(sources)
    bpm = next((bpm for text in _all(found, "bpm") if (bpm := bpm_of(text)) is not None), None)
    tempi = [text for text in _all(found, "bpm") if not _NO_TEMPO.fullmatch(text)]
    return Embedded(
        title=", ".join(_first(found, "title")),
        artist=", ".join(_first(found, "artist")),
        comment=", ".join(_first(found, "comment")),
        bpm=bpm,
        tags=_tags(found),
        unread_tempo=tempi[0] if tempi and bpm is None else "",
    )


def _found(sources: Iterable[Texts]) -> Found:
    """Return the texts of each field by source and name, the best first, all of them judged together and cleaned."""
    groups = [
        (field, source[name][:_MOST])
        for field, names in _NAMES.items()
        for source in sources
        for name in names
        if name in source
    ]
    meant = iter(texts_as_meant([text[: 4 * _LONGEST] for _, texts in groups for text in texts]))
    found: dict[str, list[list[str]]] = {}
    for field, texts in groups:
        cleaned = dict.fromkeys(_clean(text) for text in islice(meant, len(texts)))
        found.setdefault(field, []).append([text for text in cleaned if _says(field, text)])
    return found


def _says(field: str, text: str) -> bool:
    return is_own_comment(text) if field == "comment" else bool(text)


def _first(found: Found, field: str) -> list[str]:
    """Return the texts of the best source that says anything."""
    return next((texts for texts in found.get(field, []) if texts), [])


def _all(found: Found, field: str) -> list[str]:
    return [text for texts in found.get(field, []) for text in texts]


def _tags(found: Found) -> tuple[Tag, ...]:
    names = {"genre": _genres(_first(found, "genre"))}
    names |= {category: _first(found, category) for category in TAG_CATEGORIES if category not in _OTHERWISE}
    tags = [tag for category, texts in names.items() for text in texts for tag in split_tags(category, text)]
    return tuple(dict.fromkeys(tags))


def _genres(texts: list[str]) -> list[str]:
    """Return genres by name where they are given by the numbers of ID3v1: 17, (17), (4)Eurodisco."""
    from mutagen.id3 import TCON

    return [genre for genre in TCON(text=texts).genres if genre != "Unknown"]


def _clean(text: str) -> str:
    """Return one line; real files hold noughts."""
    return " ".join(text.replace("\0", " ").split())[:_LONGEST]
