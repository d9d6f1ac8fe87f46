"""Changes marks and tags by hand; each change gives what undoes it."""

from dataclasses import dataclass
from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.tag_import import ListEdit
from bgm_finder.catalogue.tags import TagEdit, Tagging
from bgm_finder.catalogue.tracks import MarkEdit
from bgm_finder.track import Tag
from bgm_finder.workflows.job import Job


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of marks, of tags, or of both, or of what tag lists say."""

    marks: MarkEdit | None = None
    tags: TagEdit | None = None
    listed: ListEdit | None = None

    @property
    def track_ids(self) -> set[int]:
        marked = set(self.marks.marks) if self.marks else set()
        listed = set(self.listed.states) if self.listed else set()
        return marked | listed | (self.tags.track_ids if self.tags else set())


@dataclass(frozen=True, slots=True)
class Done:
    """What undoes the change, and on which stack that belongs: "new", "undo" or "redo"."""

    inverse: Edit
    stack: str


def mark(job: Job, catalogue: Path, track_ids: list[int], mark: str) -> Done:
    """Marks tracks "keep", "reject" or ""."""
    return _apply(catalogue, Edit(marks=MarkEdit(dict.fromkeys(track_ids, mark))), "new")


def change_tags(job: Job, catalogue: Path, track_ids: list[int], added: list[Tag], removed: list[Tag]) -> Done:
    """Adds tags to all of the tracks and takes others off them, in one step."""
    with Catalogue(catalogue) as opened:
        carriers = {tag: opened.tags.carriers(tag) for tag in {*added, *removed}}
        has = {tag: {tagging.track_id for tagging in taggings} for tag, taggings in carriers.items()}
        edit = TagEdit(
            added=tuple(Tagging(i, tag) for tag in added for i in track_ids if i not in has[tag]),
            removed=tuple(t for tag in removed for t in carriers[tag] if t.track_id in set(track_ids)),
        )
        return Done(Edit(tags=opened.tags.edit(edit)), "new")


def undo(job: Job, catalogue: Path, edit: Edit, stack: str) -> Done:
    """Does an edit that another one gave as its inverse; stack says where the inverse of this one belongs."""
    return _apply(catalogue, edit, stack)


def _apply(catalogue: Path, edit: Edit, stack: str) -> Done:
    with Catalogue(catalogue) as opened:
        marks = opened.tracks.set_marks(edit.marks) if edit.marks else None
        tags = opened.tags.edit(edit.tags) if edit.tags else None
        listed = opened.restore_listed(edit.listed) if edit.listed else None
    return Done(Edit(marks, tags, listed), stack)
