"""Briefs read and kept: those of the catalogue, and those that come from a file or go into one."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bgm_finder.briefs.brief import Brief, BriefContent, WeightedReference
from bgm_finder.briefs.brief_file import (
    FORMAT,
    SUFFIX,
    PortableBrief,
    PortableTrack,
    file_name,
    read_brief_file,
    uid_of,
    write_brief_file,
)
from bgm_finder.catalogue.briefs import NOTHING_KEPT, StoredBrief
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.matching import TrackNames
from bgm_finder.conditions import Filter
from bgm_finder.drives.drives import Drives
from bgm_finder.jobs.job import Job
from bgm_finder.track import BriefTrack
from bgm_finder.typed_json import NotOfKindError, from_plain, to_plain


@dataclass(frozen=True, slots=True)
class ReadBrief:
    """A brief of a file, as far as this library has its tracks."""

    uid: str
    name: str
    content: BriefContent
    tracks: Mapping[int, BriefTrack]
    missing: tuple[str, ...] = ()
    """Paths of tracks and files that the brief is about, and that are not here."""


@dataclass(frozen=True, slots=True)
class OpenedBrief:
    """A brief that a file has brought into the catalogue."""

    brief_id: int
    missing: tuple[str, ...]


def list_briefs(job: Job, catalogue: Path) -> list[Brief]:
    """Return all briefs without their contents, those that are open first, the one that was shown last before all."""
    with Catalogue(catalogue) as opened:
        return [Brief(stored.id, stored.uid, stored.name, stored.is_open) for stored in opened.briefs.all()]


def load_brief(job: Job, catalogue: Path, brief_id: int | None = None) -> Brief | None:
    """Return a brief, or the one that was shown last; None where it is not there any more."""
    with Catalogue(catalogue) as opened:
        stored = opened.briefs.get(opened.briefs.last_open() if brief_id is None else brief_id)
        return None if stored is None else _brief(opened, stored)


def first_brief(job: Job, catalogue: Path, left: BriefContent, last_path: str = "", is_ours: bool = True) -> Brief:
    """Return the brief to begin with: the one that was shown last.

    left: what one that was never kept begins with, and last_path its current track. is_ours: whether this window may
    change the catalogue.
    """
    with Catalogue(catalogue) as opened:
        stored = opened.briefs.get(opened.briefs.last_open())
        if stored is None and is_ours:  # a disk has changed it, or another program
            stored = opened.briefs.get(opened.briefs.add())
        if stored is None:
            return Brief(0, "")
        brief = _brief(opened, stored)
        if stored.content != NOTHING_KEPT:
            return brief
        track_id = opened.files.id_at(Path(last_path)) if last_path else None
        return replace(brief, content=replace(left, current=track_id))


def show_brief(job: Job, catalogue: Path, brief_id: int, is_ours: bool = True) -> Brief | None:
    """Return a brief, noted as the one that was shown last where this window may change the catalogue."""
    if is_ours:
        with Catalogue(catalogue) as opened:
            opened.briefs.show(brief_id)
    return load_brief(job, catalogue, brief_id)


def new_brief(job: Job, catalogue: Path, content: BriefContent) -> Brief | None:
    """Add a brief without a name, and return it as the one that is shown."""
    with Catalogue(catalogue) as opened:
        brief_id = opened.briefs.add(content=_plain(content))
    return show_brief(job, catalogue, brief_id)


def duplicate_brief(job: Job, catalogue: Path, brief_id: int, name: str, content: BriefContent) -> Brief | None:
    """Add a copy of a brief under a name with a number, and return it as the one that is shown.

    name: what the number is put behind; content: what the brief consists of now.
    """
    with Catalogue(catalogue) as opened:
        names = {stored.name for stored in opened.briefs.all()} | {name}
        copy_id = opened.briefs.add(free_name(name, names), _plain(content))
        opened.briefs.put_tracks(copy_id, opened.briefs.tracks(brief_id))
    return show_brief(job, catalogue, copy_id)


def close_brief(job: Job, catalogue: Path, brief_id: int, content: BriefContent) -> Brief | None:
    """Put a brief aside, and return another open one as the one that is shown; content: of a new one where none is."""
    with Catalogue(catalogue) as opened:
        opened.briefs.close(brief_id)
        others = [stored.id for stored in opened.briefs.all() if stored.is_open]
    return show_brief(job, catalogue, others[0]) if others else new_brief(job, catalogue, content)


def store_brief(job: Job, catalogue: Path, brief_id: int, content: BriefContent) -> None:
    """Keep what a brief consists of, besides its tracks."""
    with Catalogue(catalogue) as opened:
        opened.briefs.store(brief_id, _plain(content))


def keep_brief(job: Job, catalogue: Path, brief_id: int, content: BriefContent) -> None:
    """Keep what a brief consists of, and write its file anew; raise OSError where only that cannot be done."""
    store_brief(job, catalogue, brief_id, content)
    with Catalogue(catalogue) as opened:
        stored = opened.briefs.get(brief_id)
        if stored is not None:
            others = [other.name for other in opened.briefs.all() if other.id != brief_id]
            folder = briefs_folder(catalogue)
            folder.mkdir(exist_ok=True)
            target = folder / file_name(stored.name, stored.uid, others)
            write_brief_file(target, _portable(opened, _brief(opened, stored)))
            _remove_older(target, stored.uid)


def keep_listening(job: Job, catalogue: Path, brief_id: int, heard_s: Mapping[int, float]) -> None:
    """Keep for how many seconds tracks were listened to in a brief; those that are not there any more are left out."""
    with Catalogue(catalogue) as opened:
        opened.tracks.set_heard(brief_id, heard_s)


def briefs_folder(catalogue: Path) -> Path:
    """Return the folder of the files of a catalogue's briefs."""
    return catalogue.with_name(f"{catalogue.stem}.briefs")


def save_brief(job: Job, catalogue: Path, brief_id: int, target: Path) -> None:
    """Write a brief into a file to hand on; raise OSError where that cannot be done."""
    with Catalogue(catalogue) as opened:
        stored = opened.briefs.get(brief_id)
        if stored is not None:
            portable = _portable(opened, _brief(opened, stored))
            Drives(job.stops_waiting).call(target, lambda: write_brief_file(target, portable))


def open_brief(job: Job, catalogue: Path, source: Path) -> OpenedBrief:
    """Add the brief of a file to the catalogue, as a copy under a new name where it is there already.

    Raises BriefFileError.
    """
    with Catalogue(catalogue) as opened:
        found = _read(job, opened, source)
        is_known = opened.briefs.with_uid(found.uid) is not None
        names = {stored.name for stored in opened.briefs.all()}
        name = free_name(found.name or source.stem, names) if is_known else found.name
        uid = "" if is_known else found.uid
        brief_id = opened.briefs.add(name, _plain(found.content), uid)
        opened.briefs.put_tracks(brief_id, found.tracks)
    return OpenedBrief(brief_id, found.missing)


def read_brief(job: Job, catalogue: Path, source: Path) -> ReadBrief:
    """Return the brief of a file without bringing it into the catalogue. Raises BriefFileError."""
    with Catalogue(catalogue) as opened:
        return _read(job, opened, source)


def follow_names(job: Job, catalogue: Path, change: Callable[[Filter], Filter]) -> None:
    """Make a change to the filters of all briefs, such as another name of a tag means."""
    with Catalogue(catalogue) as opened:
        for stored in opened.briefs.all():
            content = _content(stored)
            shortlist = None if content.shortlist is None else change(content.shortlist)
            changed = replace(content, filter=change(content.filter), shortlist=shortlist)
            if changed != content:
                opened.briefs.store(stored.id, _plain(changed))


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return a name that is not taken, with a number behind it where needed."""
    names, number, free = set(taken), 1, name
    while free in names:
        number += 1
        free = f"{name} ({number})"
    return free


def _brief(opened: Catalogue, stored: StoredBrief) -> Brief:
    return Brief(stored.id, stored.uid, stored.name, stored.is_open, _followed(opened, _content(stored)))


def _content(stored: StoredBrief) -> BriefContent:
    try:
        return from_plain(BriefContent, json.loads(stored.content))
    except (NotOfKindError, ValueError, RecursionError):  # written by another program, or changed by a disk
        return BriefContent()


def _plain(content: BriefContent) -> str:
    return json.dumps({"format": FORMAT, **to_plain(content)})


def _remove_older(target: Path, uid: str) -> None:
    """Remove the file that a brief had before it got another name."""
    for file in target.parent.glob(f"*{SUFFIX}"):
        if file != target and uid_of(file) == uid:
            file.unlink(missing_ok=True)


def _followed(opened: Catalogue, content: BriefContent) -> BriefContent:
    """Return the content with the present paths of tracks that were moved, and the tracks that files became."""

    def followed(weighted: WeightedReference) -> WeightedReference:
        reference = weighted.reference
        path = None if reference.track_id is None else opened.files.path(reference.track_id)
        if path is None:
            reference = replace(reference, track_id=opened.files.id_at(reference.path))
        return replace(weighted, reference=reference if path is None else replace(reference, path=path))

    searches = tuple(replace(search, references=tuple(map(followed, search.references))) for search in content.searches)
    return replace(content, searches=searches)


def _portable(opened: Catalogue, brief: Brief) -> PortableBrief:
    held = opened.briefs.tracks(brief.id)
    folders = sorted(opened.folders.all(), key=lambda folder: -len(folder.parts))
    numbers: dict[int, int] = {}
    tracks: list[PortableTrack] = []
    for track_id in sorted(held.keys() | brief.content.track_ids()):
        path = opened.files.path(track_id)
        folder = next((folder for folder in folders if path is not None and path.is_relative_to(folder)), None)
        if path is not None and folder is not None:
            numbers[track_id] = len(tracks)
            tracks.append(PortableTrack(folder, path.relative_to(folder), held.get(track_id, BriefTrack())))
    return PortableBrief(brief.uid, brief.name, brief.content.renumbered(numbers), tuple(tracks))


def _read(job: Job, opened: Catalogue, source: Path) -> ReadBrief:
    drives = Drives(job.stops_waiting)
    found = drives.call(source, lambda: read_brief_file(source))
    places = _Places(opened)
    numbers = {number: track_id for number, track in enumerate(found.tracks) if (track_id := places.find(track))}
    content = found.content.renumbered(numbers)
    referred = {reference.reference.track_id for reference in found.content.references}
    missing = [
        str(track.path)
        for number, track in enumerate(found.tracks)
        if number not in numbers and (track.held != BriefTrack() or number in referred)
    ]
    files = (w.reference.path for s in found.content.searches for w in s.references if w.reference.track_id is None)
    missing += [str(path) for path in dict.fromkeys(files) if not (drives.is_answered(path) and path.exists())]
    held = {track_id: found.tracks[number].held for number, track_id in numbers.items()}
    tracks = {track_id: track for track_id, track in held.items() if track != BriefTrack()}
    return ReadBrief(found.uid, found.name, _followed(opened, content), tracks, tuple(missing))


class _Places:
    """Which tracks of this library those of a file are: at the same place, below another folder, or of the name."""

    def __init__(self, opened: Catalogue) -> None:
        self._opened = opened
        self._folders = opened.folders.all()
        self._names: TrackNames | None = None

    def find(self, track: PortableTrack) -> int | None:
        """Return the one track that it can be; None where there is none, or several."""
        found = self._opened.files.id_at(track.path)
        if found is not None:
            return found
        below = {folder: self._opened.files.id_at(folder / track.name) for folder in self._folders}
        alike = {folder.name: i for folder, i in below.items() if i is not None and folder.name == track.folder.name}
        ids = list(alike.values()) or [i for i in below.values() if i is not None] or self._named(track)
        return ids[0] if len(ids) == 1 else None

    def _named(self, track: PortableTrack) -> list[int]:
        if self._names is None:
            tracks = ((track_id, str(path)) for track_id, path in self._opened.files.paths().items())
            self._names = TrackNames(tracks, map(str, self._folders))
        return self._names.find(track.path.as_posix())
