"""Which tracks the rows of a tag list mean: each row one, or several to choose from, or none."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.matching import TrackNames
from bgm_finder.catalogue.tag_csv import ListedTrack, TagList
from bgm_finder.catalogue.tag_lists.problems import Complaint
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason

_NAMED = 3
"""Tracks that a complaint about an ambiguous name spells out."""
_OFFERED = 20
"""Tracks that a row can be given to."""
_STEP = 1000
"""Rows after which the progress is reported."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that may mean any of several tracks."""

    line: int
    file: str
    tracks: tuple[tuple[int, str], ...]
    """Ids and paths."""


@dataclass(slots=True)
class Matches:
    """What became of a list's rows."""

    matched: dict[int, ListedTrack] = field(default_factory=dict)
    """By track."""
    unmatched: list[str] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    strangers: list[Complaint] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


class Library:
    """The names of all tracks of a catalogue."""

    def __init__(self, opened: Catalogue) -> None:
        self.paths = {track_id: str(path) for track_id, path in opened.files.paths().items()}
        self.names = TrackNames(self.paths.items(), map(str, opened.folders.all()))

    def count(self, files: list[str]) -> int:
        """Return how many of the names mean a track, or one of several."""
        return sum(bool(self.names.find(file)) for file in files)


def match_rows(job: Job, listed: TagList, library: Library, chosen: Mapping[int, int] | None = None) -> Matches:
    """Return which tracks the rows mean. chosen: tracks by line, where only these rows are wanted."""
    found = Matches()
    if chosen is not None:
        found.matched = {chosen[row.line]: row for row in listed.rows if chosen.get(row.line) in library.paths}
        return found
    for number, row in enumerate(listed.rows):
        if number % _STEP == 0:
            job.progress(number, len(listed.rows))
        _match_row(row, library, found)
    return found


def _match_row(row: ListedTrack, library: Library, found: Matches) -> None:
    ids = library.names.find(row.file)
    if len(ids) == 1 and ids[0] not in found.matched:
        found.matched[ids[0]] = row
        return
    found.unmatched.append(row.file)
    if len(ids) > 1:
        some = ", ".join(library.paths[track_id] for track_id in ids[:_NAMED])
        facts = {"file": row.file, "count": str(len(ids)), "some": some}
        found.complaints.append(Complaint(row.line, Reason.SEVERAL_TRACKS, facts))
        found.doubts.append(Doubt(row.line, row.file, tuple((i, library.paths[i]) for i in ids[:_OFFERED])))
    elif ids:
        facts = {"file": row.file, "other": str(found.matched[ids[0]].line)}
        found.complaints.append(Complaint(row.line, Reason.TRACK_NAMED_TWICE, facts))
    else:
        found.strangers.append(Complaint(row.line, Reason.NO_TRACK, {"file": row.file}))
