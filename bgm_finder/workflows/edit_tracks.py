"""Changes marks and tags by hand; each change gives what undoes it."""

from dataclasses import dataclass
from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.sound_streams import StreamEdit
from bgm_finder.catalogue.tags import TagEdit, Tagging
from bgm_finder.catalogue.tracks import MarkEdit
from bgm_finder.track import Tag
from bgm_finder.workflows.job import Job


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of marks, of tags, of sound streams, or of several."""

    marks: MarkEdit | None = None
    tags: TagEdit | None = None
    streams: StreamEdit | None = None

    @property
    def track_ids(self) -> set[int]:
        marked = set(self.marks.marks) if self.marks else set()
        chosen = set(self.streams.track_ids) if self.streams else set()
        return marked | chosen | (self.tags.track_ids if self.tags else set())

    @property
    def is_empty(self) -> bool:
        """Whether nothing is changed, not even for a file outside the library."""
        return not self.track_ids and not (self.streams and self.streams.streams)


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


def choose_stream(job: Job, catalogue: Path, path: Path, stream: int) -> Done:
    """Choose the sound stream of a film, counted from 0; what was measured of a track is made anew."""
    return _apply(catalogue, Edit(streams=StreamEdit({path: stream})), "new")


def undo(job: Job, catalogue: Path, edit: Edit, stack: str) -> Done:
    """Does an edit that another one gave as its inverse; stack says where the inverse of this one belongs."""
    return _apply(catalogue, edit, stack)


def _apply(catalogue: Path, edit: Edit, stack: str) -> Done:
    with Catalogue(catalogue) as opened:
        marks = opened.tracks.set_marks(edit.marks) if edit.marks else None
        tags = opened.tags.edit(edit.tags) if edit.tags else None
        streams = opened.sound_streams.choose(edit.streams) if edit.streams else None
    return Done(Edit(marks, tags, streams), stack)
