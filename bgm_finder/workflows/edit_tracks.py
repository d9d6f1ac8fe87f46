"""Changes marks, notes, tags, texts and briefs by hand; each change gives what undoes it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bgm_finder.catalogue.briefs import BriefEdit
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.hand_texts import TextEdit, Value
from bgm_finder.catalogue.naming import Rule
from bgm_finder.catalogue.sound_streams import StreamEdit
from bgm_finder.catalogue.tag_import import ListEdit
from bgm_finder.catalogue.tags import TagEdit
from bgm_finder.catalogue.tracks import MarkEdit, NoteEdit
from bgm_finder.jobs.job import Job
from bgm_finder.track import Mark, Tag, TextKey
from bgm_finder.workflows.user_action import UserAction

Stack = Literal["new", "undo", "redo"]
"""Where an edit comes from: the user's hand, or one of the stacks of those that can be undone or done again."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """A tag, or with an empty name a category, that goes by another name now; new is None where it is gone."""

    old: Tag
    new: Tag | None
    is_merge: bool = False
    """Whether something went by the new name before."""

    @property
    def back(self) -> "Renaming | None":
        """What undoing it is; None where nothing says which of the merged ones was meant."""
        return None if self.new is None or self.is_merge else Renaming(self.new, self.old)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of marks, notes, tags, texts, sound streams, briefs, of what tag lists say, or of tags' names."""

    marks: MarkEdit | None = None
    notes: NoteEdit | None = None
    briefs: BriefEdit | None = None
    tags: TagEdit | None = None
    texts: TextEdit | None = None
    streams: StreamEdit | None = None
    listed: ListEdit | None = None
    naming: tuple[Rule, ...] = ()
    removed: Tag | None = None
    """A tag, or with an empty name a category, to be taken off all tracks."""
    restored: int | None = None
    """The removal to be taken back."""
    renaming: Renaming | None = None
    """What that means for a filter,"""
    renaming_back: Renaming | None = None
    """and what undoing it means."""
    action: UserAction | None = None
    """What the user did, which this edit is or undoes."""

    @property
    def track_ids(self) -> set[int]:
        """The tracks that the edit names."""
        marked = (set(self.marks.marks) if self.marks else set()) | (set(self.notes.notes) if self.notes else set())
        tagged = self.tags.track_ids if self.tags else set()
        chosen = set(self.streams.track_ids) if self.streams else set()
        listed = set(self.listed.states) if self.listed else set()
        return marked | tagged | chosen | listed | (self.texts.track_ids if self.texts else set())

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing, not even for a file outside the library."""
        chosen = self.streams is not None and self.streams.streams
        is_of_tracks = bool(self.track_ids or chosen or self.naming or self.removed or self.restored is not None)
        return not is_of_tracks and (self.briefs is None or self.briefs.is_empty)


@dataclass(frozen=True, slots=True)
class Done:
    """What undoes the change, and on which stack that belongs."""

    inverse: Edit
    stack: Stack

    @property
    def renaming(self) -> Renaming | None:
        """What the change means for a filter."""
        return self.inverse.renaming_back


def mark(job: Job, catalogue: Path, track_ids: list[int], mark: Mark, brief_id: int | None = None) -> Done:
    """Mark tracks in a brief, or take their marks away; without a brief, in the one that was shown last."""
    action = UserAction(mark or "unmark")
    return _apply(catalogue, Edit(marks=MarkEdit(dict.fromkeys(track_ids, mark), brief_id), action=action), "new")


def write_note(job: Job, catalogue: Path, track_ids: list[int], note: str, brief_id: int | None = None) -> Done:
    """Write a note on tracks in a brief, or with "" take it away; without a brief, in the one that was shown last."""
    edit = Edit(notes=NoteEdit(dict.fromkeys(track_ids, note), brief_id), action=UserAction("note"))
    return _apply(catalogue, edit, "new")


def rename_brief(job: Job, catalogue: Path, brief_id: int, name: str) -> Done:
    """Give a brief another name."""
    return _apply(catalogue, Edit(briefs=BriefEdit(names={brief_id: name}), action=UserAction("rename brief")), "new")


def remove_brief(job: Job, catalogue: Path, brief_id: int) -> Done:
    """Take a brief away, with its marks and notes."""
    return _apply(catalogue, Edit(briefs=BriefEdit(removed=(brief_id,)), action=UserAction("remove brief")), "new")


def change_tags(
    job: Job,
    catalogue: Path,
    track_ids: list[int],
    added: list[Tag],
    removed: list[Tag],
    texts: Mapping[TextKey, Value] | None = None,
) -> Done:
    """Add tags to all of the tracks, take others off them and set texts, in one step.

    texts: "" or None lets the list's or the file's own hold again.
    """
    with Catalogue(catalogue) as opened:
        edit = TagEdit(
            added=tuple(tagging for tag in added for tagging in opened.tags.to_add(track_ids, tag)),
            removed=tuple(tagging for tag in removed for tagging in opened.tags.to_remove(track_ids, tag)),
            lasts=True,
        )
    values = {key: dict.fromkeys(track_ids, value) for key, value in (texts or {}).items()}
    action = UserAction("tags", tuple(added), tuple(removed), tuple(values))
    return _apply(catalogue, Edit(tags=edit, texts=TextEdit(values), action=action), "new")


def rename_tag(job: Job, catalogue: Path, old: Tag, name: str) -> Done:
    """Have a tag shown by another name, wherever it comes from and from now on; an existing name merges both."""
    new = Tag(old.category, name)
    with Catalogue(catalogue) as opened:
        is_merge = name in opened.tags.names().get(old.category, ())
        rules = opened.tags.naming().renamed(old, new)
    return _apply(catalogue, _renamed(rules, old, new, is_merge), "new")


def rename_category(job: Job, catalogue: Path, old: str, new: str) -> Done:
    """Have a category shown by another name, with all that is yet to come into it; an existing name merges both."""
    with Catalogue(catalogue) as opened:
        is_merge = new in opened.tags.names()
        rules = opened.tags.naming().category_renamed(old, new)
    return _apply(catalogue, _renamed(rules, Tag(old, ""), Tag(new, ""), is_merge), "new")


def remove_tag(job: Job, catalogue: Path, tag: Tag) -> Done:
    """Take a tag, or with an empty name a category, off all tracks that have it now."""
    action = UserAction("remove", removed=(tag,))
    return _apply(catalogue, Edit(removed=tag, renaming=Renaming(tag, None), action=action), "new")


def choose_stream(job: Job, catalogue: Path, path: Path, stream: int) -> Done:
    """Choose the sound stream of a film, counted from 0; what was measured of a track is made anew."""
    edit = Edit(streams=StreamEdit({path: stream}), action=UserAction("stream"))
    return _apply(catalogue, edit, "new")


def undo(job: Job, catalogue: Path, edit: Edit, stack: Stack) -> Done:
    """Do an edit that another one gave as its inverse; stack says where the inverse of this one belongs."""
    return _apply(catalogue, edit, stack)


def _renamed(rules: tuple[Rule, ...], old: Tag, new: Tag, is_merge: bool) -> Edit:
    renaming = Renaming(old, new, is_merge)
    action = UserAction("merge" if is_merge else "rename", added=(new,), removed=(old,))
    return Edit(naming=rules, renaming=renaming, renaming_back=renaming.back, action=action)


def _apply(catalogue: Path, edit: Edit, stack: Stack) -> Done:
    with Catalogue(catalogue) as opened:
        tags, texts = opened.change(edit.tags or TagEdit(), edit.texts or TextEdit())
        inverse = Edit(
            marks=opened.tracks.set_marks(edit.marks) if edit.marks else None,
            notes=opened.tracks.set_notes(edit.notes) if edit.notes else None,
            briefs=opened.briefs.edit(edit.briefs) if edit.briefs else None,
            tags=tags if edit.tags else None,
            texts=texts if edit.texts else None,
            streams=opened.sound_streams.choose(edit.streams) if edit.streams else None,
            listed=opened.restore_listed(edit.listed) if edit.listed else None,
            naming=opened.tags.set_naming(edit.naming) if edit.naming else (),
            renaming=edit.renaming_back,
            renaming_back=edit.renaming,
            action=edit.action,
        )
        if edit.removed is not None:
            inverse = replace(inverse, restored=opened.tags.remove_everywhere(edit.removed))
        elif edit.restored is not None and opened.tags.restore(edit.restored) and edit.renaming_back is not None:
            inverse = replace(inverse, removed=edit.renaming_back.old)
    return Done(inverse, stack)
