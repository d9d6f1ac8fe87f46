"""A brief as a file to hand on: paths are relative to the file's own place and to the library's folders."""

import json
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bgm_finder.briefs.brief import BriefContent, WeightedReference
from bgm_finder.drafts import draft_of, fitting
from bgm_finder.reasons import FileError, Reason
from bgm_finder.track import BriefTrack
from bgm_finder.typed_json import NotOfKindError, from_plain, to_plain

FORMAT = 1
SUFFIX = ".json"
_UNNAMED = "Untitled"
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_FEW = 8
_MOST_BYTES = 50_000_000
"""Of a file that is read: a brief of 100,000 heard tracks has a fifth of it."""


class BriefFileError(FileError):
    """A file that cannot be opened as a brief, and why."""


@dataclass(frozen=True, slots=True)
class PortableTrack:
    """A track, by where it lies in which folder of the library."""

    folder: Path
    """Absolute, as it was where the file was written."""
    name: Path
    """Below the folder."""
    held: BriefTrack = field(default_factory=BriefTrack)

    @property
    def path(self) -> Path:
        return self.folder / self.name


@dataclass(frozen=True, slots=True)
class PortableBrief:
    """A brief whose content has the places of its tracks in this list for the tracks."""

    uid: str
    name: str
    content: BriefContent
    tracks: tuple[PortableTrack, ...] = ()


@dataclass(frozen=True, slots=True)
class _FileTrack:
    path: Path
    folder: int = 0
    held: BriefTrack = field(default_factory=BriefTrack)


@dataclass(frozen=True, slots=True)
class _File:
    format: int
    uid: str
    name: str = ""
    folders: tuple[Path, ...] = ()
    tracks: tuple[Any, ...] = ()
    """A _FileTrack each, unless it is strange: then too the others keep their numbers."""
    content: BriefContent = field(default_factory=BriefContent)


def write_brief_file(target: Path, brief: PortableBrief) -> None:
    """Write a brief, whole or not at all; raise OSError where that cannot be done."""
    place = Path(os.path.realpath(target)).parent
    folders = tuple(dict.fromkeys(track.folder for track in brief.tracks))
    numbers = {folder: number for number, folder in enumerate(folders)}
    written = _File(
        FORMAT,
        brief.uid,
        brief.name,
        tuple(_relative(folder, place) for folder in folders),
        tuple(_FileTrack(track.name, numbers[track.folder], track.held) for track in brief.tracks),
        _with_paths(brief.content, lambda path: _relative(path, place)),
    )
    with draft_of(target) as draft:
        draft.write_text(json.dumps({"format": FORMAT, **to_plain(written)}, indent=1), encoding="utf-8")


def read_brief_file(source: Path) -> PortableBrief:
    """Return the brief of a file; what is strange in it is left out.

    Raises BriefFileError where it is none, or that of a newer version.
    """
    found = _parsed(source)
    place = Path(os.path.realpath(source)).parent
    folders = [_absolute(folder, place) for folder in found.folders]
    numbers: dict[int, int] = {}
    tracks: list[PortableTrack] = []
    for number, plain in enumerate(found.tracks):
        track = _track(plain)
        if track is not None and 0 <= track.folder < len(folders):
            numbers[number] = len(tracks)
            tracks.append(PortableTrack(folders[track.folder], track.path, track.held))
    content = found.content.renumbered(numbers)
    return PortableBrief(
        found.uid, found.name, _with_paths(content, lambda path: _absolute(path, place)), tuple(tracks)
    )


def file_name(name: str, uid: str, others: Iterable[str]) -> str:
    """Return the name of a brief's file, which every system takes; with its uid where others are named alike."""
    stem = _safe(name)
    is_alone = stem.casefold() not in {_safe(other).casefold() for other in others}
    return fitting(stem, SUFFIX if is_alone else f" {uid[:_FEW]}{SUFFIX}")


def uid_of(file: Path) -> str | None:
    """Return the uid of the brief that a file holds; None where it holds none, or cannot be read."""
    try:
        return _parsed(file).uid
    except BriefFileError:
        return None


def _safe(name: str) -> str:
    """Return a name without what some system takes for something else."""
    safe = _UNSAFE.sub("_", name).strip(" .")
    return f"_{safe}" if _RESERVED.fullmatch(safe) else safe or _UNNAMED


def _parsed(source: Path) -> _File:
    try:
        if source.stat().st_size > _MOST_BYTES:
            raise BriefFileError(source, Reason.NOT_A_BRIEF)
        plain: Any = json.loads(source.read_text(encoding="utf-8-sig"))
        found = from_plain(_File, plain)
    except OSError as error:
        raise BriefFileError.of_system(source, error) from error
    except (ValueError, RecursionError) as error:
        raise BriefFileError(source, Reason.NOT_A_BRIEF) from error
    if found.format != FORMAT:
        raise BriefFileError(source, Reason.NEWER_BRIEF if found.format > FORMAT else Reason.NOT_A_BRIEF)
    return found


def _track(plain: Any) -> _FileTrack | None:
    try:
        return from_plain(_FileTrack, plain)
    except NotOfKindError:
        return None


def _with_paths(content: BriefContent, change: Callable[[Path], Path]) -> BriefContent:
    """Return the content with the paths of its references changed."""

    def changed(weighted: WeightedReference) -> WeightedReference:
        reference = weighted.reference
        return replace(weighted, reference=replace(reference, path=change(reference.path)))

    searches = tuple(replace(search, references=tuple(map(changed, search.references))) for search in content.searches)
    return replace(content, searches=searches)


def _relative(path: Path, place: Path) -> Path:
    """Return a path from a place on, or the whole one where no way leads there, as to another drive."""
    try:
        return Path(os.path.relpath(path, place))
    except ValueError:
        return path


def _absolute(path: Path, place: Path) -> Path:
    return Path(os.path.normpath(place / path))
