"""Tag CSV -> tags: reads a list, finds its tracks, stores it in one transaction, reports what did not match."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.tag_csv import TagList, read_tag_list
from bgm_finder.catalogue.tag_import import ListEdit
from bgm_finder.catalogue.tag_lists.problems import Complaint
from bgm_finder.catalogue.tag_lists.remembered_roles import STATE_KEY, remembered_roles, with_roles
from bgm_finder.drives.drives import Drives
from bgm_finder.drives.writing import write_file
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason
from bgm_finder.workflows.match_list import Doubt, Library, match_rows

MOST_STRANGERS = 20
"""Rows without a track that stand among the lines of a report; more of them are one line, and a list of their own."""


@dataclass(frozen=True, slots=True)
class ListSource:
    """A tag list, and how it is to be read."""

    path: Path
    encoding: str = ""
    """"" to find it."""
    roles: tuple[str, ...] | None = None
    """What its columns are; None for what was said of the same header, or else what their names say."""


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What importing a list would do."""

    source: ListSource
    listed: TagList
    matched: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a tag list's rows."""

    matched: int
    changed: tuple[int, ...]
    """Ids of the tracks whose tags, title, comment or tempo are different now."""
    unmatched: tuple[str, ...]
    """Names in the list that mean no track, or several."""
    complaints: tuple[Complaint, ...]
    strangers: tuple[Complaint, ...] = ()
    """The rows that name no track at all."""
    attention: tuple[Complaint, ...] = ()
    """What a report shows line by line: complaints but for the doubts, and the strangers where they are few."""
    doubts: tuple[Doubt, ...] = ()
    """The rows that may mean several tracks."""
    undoing: ListEdit = field(default_factory=ListEdit, repr=False)
    source: ListSource = field(default_factory=lambda: ListSource(Path()))


def preview_list(job: Job, catalogue: Path, source: ListSource) -> ListPreview:
    """Return what a list holds, also where none of its columns is known to name files; raise as import_tags does."""
    with Catalogue(catalogue) as opened:
        library = Library(opened)
        listed = _read(job, opened, library, source, needs_file=False)
    return ListPreview(source, listed, len(match_rows(job, listed, library).matched))


def import_tags(job: Job, catalogue: Path, source: ListSource, chosen: Mapping[int, int] | None = None) -> ImportReport:
    """Bring a tag list into the catalogue; raise UnreadableTagList, UndecidedEncoding, CatalogueError.

    Roles that are given are remembered for lists with the same header. chosen: tracks by line: only these rows are
    brought in.
    """
    with Catalogue(catalogue) as opened:
        library = Library(opened)
        listed = _read(job, opened, library, source)
        found = match_rows(job, listed, library, chosen)
        undoing = opened.import_tags(listed, found.matched.items())
        if source.roles is not None:
            opened.set_state(STATE_KEY, with_roles(opened.state(STATE_KEY), listed.header, source.roles))
    complaints = _by_line([*listed.complaints, *found.complaints]) if chosen is None else ()
    few = found.strangers if len(found.strangers) <= MOST_STRANGERS else ()
    return ImportReport(
        len(found.matched),
        tuple(undoing.states),
        tuple(found.unmatched),
        complaints,
        tuple(found.strangers),
        _by_line([*(complaint for complaint in complaints if complaint.reason != Reason.SEVERAL_TRACKS), *few]),
        tuple(found.doubts),
        undoing,
        replace(source, encoding=listed.encoding),
    )


def stranger_line(row: Complaint) -> str:
    """Return a row that names no track: its line and the file."""
    return f"{row.line}\t{row.facts['file']}"


def strangers_text(job: Job, strangers: Sequence[Complaint]) -> str:
    """Return the rows that name no track, each on a line of its own."""
    return "".join(f"{stranger_line(row)}\n" for row in strangers)


def write_strangers(job: Job, target: Path, strangers: Sequence[Complaint]) -> None:
    """Write the rows that name no track to a file; raise OSError."""
    write_file(Drives(job.stops_waiting), target, strangers_text(job, strangers).encode("utf-8", "backslashreplace"))


def _by_line(complaints: Iterable[Complaint]) -> tuple[Complaint, ...]:
    return tuple(sorted(complaints, key=lambda complaint: complaint.line))


def _read(job: Job, opened: Catalogue, library: Library, source: ListSource, needs_file: bool = True) -> TagList:
    remembered = partial(remembered_roles, opened.state(STATE_KEY))
    return read_tag_list(
        source.path,
        job.stops_waiting,
        source.encoding,
        remembered if source.roles is None else lambda _header: source.roles,
        lambda files: library.count(list(files)),
        needs_file,
    )
