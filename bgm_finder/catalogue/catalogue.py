"""All that is known of the library, in one file: open it, use it and close it in one thread."""

import errno
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from bgm_finder.catalogue.analyses import Analyses
from bgm_finder.catalogue.briefs import Briefs
from bgm_finder.catalogue.changes import Changes
from bgm_finder.catalogue.connections import give_back, take_connection
from bgm_finder.catalogue.database import (
    DamagedCatalogue,
    back_up,
    explained,
    integrity_complaints,
    quick_complaints,
    suspect,
)
from bgm_finder.catalogue.files import Files
from bgm_finder.catalogue.folders import Folders
from bgm_finder.catalogue.hand_texts import HandTexts, TextEdit, Value, noted_texts
from bgm_finder.catalogue.in_memory.brief_columns import with_brief
from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.catalogue.in_memory.columns_file import read_columns, stamp_of, write_columns
from bgm_finder.catalogue.in_memory.loading import load_columns
from bgm_finder.catalogue.in_memory.patching import patch_columns
from bgm_finder.catalogue.naming import set_rules_within
from bgm_finder.catalogue.removals import remove_within, restore_within
from bgm_finder.catalogue.safekeeping.backups import Backup, is_in_backup, make_backup
from bgm_finder.catalogue.safekeeping.hand_edits import HandEdit, HandEdits
from bgm_finder.catalogue.sections import Sections
from bgm_finder.catalogue.sound_streams import SoundStreams, StreamEdit
from bgm_finder.catalogue.tag_csv import ListedTrack, TagList
from bgm_finder.catalogue.tag_import import ListEdit, restore_listed, store_tag_list
from bgm_finder.catalogue.tags import TagEdit, Tagging, Tags, noted_tags
from bgm_finder.catalogue.tracks import MarkEdit, NoteEdit, Tracks
from bgm_finder.catalogue.vectors import Vectors
from bgm_finder.drafts import require_place
from bgm_finder.track import TextKey

_TOKEN = "columns are kept as"
_FEW_CHANGES = 1000
"""So many tracks are read at the start beside what is kept in a moment."""


class Catalogue:
    """One connection to a catalogue file, with a part for each thing it holds."""

    def __init__(self, path: Path) -> None:
        """Open or make the file; raises CatalogueError where that cannot be done."""
        self.path = path
        self._connection = take_connection(path)
        self._is_open = True
        self.folders = Folders(self._connection)
        self.files = Files(self._connection, self.folders)
        self.hand_edits = HandEdits(self._connection, path, self.folders)
        self.tags = Tags(self._connection, self.hand_edits)
        self.briefs = Briefs(self._connection)
        self.tracks = Tracks(self._connection, self.folders, self.tags, self.briefs, self.hand_edits)
        self.texts = HandTexts(self._connection, self.hand_edits)
        self.sections = Sections(self._connection)
        self.vectors = Vectors(self._connection)
        self.sound_streams = SoundStreams(self._connection, self.files, self.hand_edits)
        self.changes = Changes(self._connection)
        self.analyses = Analyses(self._connection, self.files, self.tags, self.sections)

    def __enter__(self) -> "Catalogue":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the use; a full disk, a vanished share or a damaged file goes on as CatalogueError."""
        if error is None and self._is_open:
            give_back(self.path, self._connection)
        else:
            self.close()
        reason = explained(self.path, error)
        if isinstance(reason or error, DamagedCatalogue):
            suspect(self.path)
        if reason is not None:
            raise reason from error

    def close(self) -> None:
        self._is_open = False
        self._connection.close()

    def columns(self, network: str = "", before: Columns | None = None, brief_id: int | None = None) -> Columns:
        """Return all tracks in memory; those with a vector of the network count as analysed.

        before: what was given earlier, or kept; only what has changed since is read, and nothing where nothing has.
        brief_id: the brief whose marks and notes are laid over them; None for the one that was shown last.
        """
        brief_id = self.briefs.last_open() if brief_id is None else brief_id
        found = self._tracks(network, before)
        if before is not None and found is before and found.brief_id == brief_id:
            return before
        return with_brief(found, brief_id, self.briefs.tracks(brief_id), before)

    def _tracks(self, network: str, before: Columns | None) -> Columns:
        """Return all tracks, whatever of a brief is laid over them."""
        patched = None
        before = self._kept_columns(network) if before is None else before
        if before is not None and (before.network, before.file) == (network, self.file):
            patched = patch_columns(self._connection, self.folders, before)
        return patched if patched is not None else load_columns(self._connection, self.folders, network, self.file)

    def keep_columns(self, columns: Columns) -> None:
        """Keep the columns for the next start, unless nearly the same are kept already."""
        kept = stamp_of(self._columns_file, self.state(_TOKEN), columns.network)
        if kept is not None and columns.stamp - kept < _FEW_CHANGES:
            return
        token = secrets.token_hex()
        self.set_state(_TOKEN, token)  # whatever file holds it, a later copy too, descends from what the columns show
        write_columns(columns, self._columns_file, token)

    def _kept_columns(self, network: str) -> Columns | None:
        kept = read_columns(self._columns_file, self.state(_TOKEN), network)
        return None if kept is None else replace(kept, file=self.file)

    @property
    def _columns_file(self) -> Path:
        return self.path.with_name(f"{self.path.stem}.columns")

    @property
    def file(self) -> tuple[int, int]:
        """Tell this file from another one at the same path, such as a backup that was put in its place."""
        facts = self.path.stat()
        return facts.st_dev, facts.st_ino

    def change(self, tags: TagEdit, texts: TextEdit) -> tuple[TagEdit, TextEdit]:
        """Change tags and texts by hand, all or none; return what undoes each."""
        with self._connection:
            tags_before, texts_before = self.tags.edit_within(tags), self.texts.set_within(texts)
            self.hand_edits.note_within(
                tags=noted_tags(tags_before), texts=noted_texts(texts, texts_before), lasts=tags.lasts
            )
        return tags_before, texts_before

    def import_tags(self, listed: TagList, matched: Iterable[tuple[int, ListedTrack]]) -> ListEdit:
        """Bring the matched rows of a tag list in, all or none; return what undoes that."""
        return store_tag_list(self._connection, self.tags, listed, matched)

    def restore_listed(self, edit: ListEdit) -> ListEdit:
        """Make tag lists say of tracks what they said before, or again; return what undoes that."""
        return restore_listed(self._connection, self.tags, edit)

    def redo(self, edit: HandEdit) -> None:
        """Do an edit that was written down and is lacking here, as far as its files are known."""
        places = {place: self.files.id_at(Path("".join(place))) for place in edit.files}
        ids = {place: track_id for place, track_id in places.items() if track_id is not None}
        marks = {ids[mark.place]: mark.mark for mark in edit.marks if mark.place in ids}
        notes = {ids[note.place]: note.note for note in edit.notes if note.place in ids}
        tags = [(tag.is_added, Tagging(ids[tag.place], tag.tag, tag.source)) for tag in edit.tags if tag.place in ids]
        streams = {Path("".join(noted.place)): noted.stream for noted in edit.streams if noted.place in ids}
        texts: dict[TextKey, dict[int, Value]] = {}
        for text in edit.texts:
            if text.place in ids:
                texts.setdefault(text.key, {})[ids[text.place]] = text.value
        with self._connection:
            brief_id = self._brief_of(edit)
            self.tracks.set_marks_within(MarkEdit(marks, brief_id))
            self.tracks.set_notes_within(NoteEdit(notes, brief_id))
            self.sound_streams.choose_within(StreamEdit(streams))
            for is_added, tagging in tags:
                part = {"added" if is_added else "removed": (tagging,)}
                self.tags.edit_within(TagEdit(**part, lasts=edit.lasts))
            self.texts.set_within(TextEdit(texts))
            set_rules_within(self._connection, edit.naming)
            remove_within(self._connection, edit.removed, edit.number)
            if edit.restored is not None:
                restore_within(self._connection, edit.restored)
            self.hand_edits.hold_within(edit.number)

    def _brief_of(self, edit: HandEdit) -> int:
        """Return the brief that an edit was made in, added where it is lacking; earlier versions had one for all."""
        if edit.brief is None:
            return self.briefs.last_open()
        uid, name = edit.brief
        known = self.briefs.with_uid(uid)
        return self.briefs.add_within(name, uid=uid) if known is None else known.id

    def state(self, key: str) -> str | None:
        """Return a small fact kept beside the tracks."""
        row = self._connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_state(self, key: str, value: str) -> None:
        """Keep a small fact beside the tracks."""
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)", (key, value))

    def integrity_complaints(self) -> list[str]:
        """Return what is wrong with the file's inner order; empty where all is well. Reads the whole file."""
        return integrity_complaints(self._connection)

    def quick_complaints(self, is_enough: Callable[[], bool]) -> list[str]:
        """Return what a quicker look finds wrong; empty where all is well, or where the look was cut short."""
        return quick_complaints(self._connection, is_enough)

    @property
    def is_in_backup(self) -> bool:
        """Whether nothing has changed since the last backup."""
        return is_in_backup(self._connection, self.path)

    def make_backup(self) -> Backup | None:
        """Copy the catalogue to the folder of its backups; None where the disk has no room to spare."""
        return make_backup(self._connection, self.path)

    def back_up(self, target: Path) -> None:
        """Copy the catalogue as it is now to one other file; raises OSError where that cannot be written."""
        require_place(target)
        try:
            back_up(self._connection, target)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_FULL:
                raise
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target)) from error  # not the catalogue's disk
