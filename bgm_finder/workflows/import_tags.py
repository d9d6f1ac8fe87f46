"""Tag CSV -> tags: reads a list, finds its tracks, stores it in one transaction, and says what did not match."""

from dataclasses import dataclass
from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.matching import TrackNames
from bgm_finder.catalogue.tag_csv import Complaint, ListedTrack, TagList, read_tag_list
from bgm_finder.workflows.job import Job

_NAMED = 3
"""Tracks that a complaint about an ambiguous name spells out."""


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


def import_tags(job: Job, catalogue: Path, tag_list: Path) -> ImportReport:
    """Brings a tag list into the catalogue; raises UnreadableTagList, CatalogueError."""
    listed = read_tag_list(tag_list, job.check_wait)
    with Catalogue(catalogue) as opened:
        paths = {track_id: str(path) for track_id, path in opened.files.paths().items()}
        matched, unmatched, doubts, strangers = _match(job, listed, paths)
        changed = opened.import_tags(listed, matched)
    complaints = sorted([*listed.complaints, *doubts], key=lambda complaint: complaint.line)
    return ImportReport(len(matched), tuple(changed), tuple(unmatched), tuple(complaints), tuple(strangers))


def _match(
    job: Job, listed: TagList, paths: dict[int, str]
) -> tuple[list[tuple[int, ListedTrack]], list[str], list[Complaint], list[Complaint]]:
    names = TrackNames(paths.items())
    matched: dict[int, ListedTrack] = {}
    unmatched, doubts, strangers = [], [], []
    for row in listed.rows:
        job.check()
        found = names.find(row.file)
        if len(found) == 1 and found[0] not in matched:
            matched[found[0]] = row
            continue
        unmatched.append(row.file)
        if len(found) > 1:
            some = ", ".join(paths[track_id] for track_id in found[:_NAMED])
            values = {"file": row.file, "count": str(len(found)), "some": some}
            doubts.append(Complaint(row.line, "{file} may be any of {count} tracks: {some}", values))
        elif found:
            values = {"file": row.file, "other": str(matched[found[0]].line)}
            doubts.append(Complaint(row.line, "{file} is the track that line {other} names", values))
        else:
            strangers.append(Complaint(row.line, "no track is called {file}", {"file": row.file}))
    return list(matched.items()), unmatched, doubts, strangers
