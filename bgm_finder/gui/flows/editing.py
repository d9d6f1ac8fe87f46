"""The flow of what is done with tracks by hand: keep and reject, tags, undo, handing them over."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from bgm_finder import paths
from bgm_finder.catalogue.in_memory.columns import MARK_CODES, MISSING, Columns
from bgm_finder.controllers.edits import Edits
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.playback import Playback
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.controllers.track_list import TrackList
from bgm_finder.gui.dialogs.note_dialog import NoteDialog
from bgm_finder.gui.dialogs.tag_dialog import APPLY_AND_NEXT, TagDialog
from bgm_finder.gui.dialogs.text_fields import shown_texts
from bgm_finder.gui.edit_words import action_text
from bgm_finder.gui.file_addresses import mime_of
from bgm_finder.gui.file_manager import reveal
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.text_helpers import showable
from bgm_finder.track import Mark, Tag
from bgm_finder.workflows.cut_section import cut_section
from bgm_finder.workflows.edit_tracks import Edit


class Editing(QObject):
    """The flow from the list's marks, tags and copied files to Edits."""

    turned_away = Signal(object)
    """The ids of tracks that are rejected, and that the search is to lead away from."""

    def __init__(
        self,
        window: MainWindow,
        library: Library,
        track_list: TrackList,
        edits: Edits,
        playback: Playback,
        tasks: TaskQueue,
    ) -> None:
        super().__init__(window)
        self._window, self._library, self._track_list, self._edits = window, library, track_list, edits
        self._playback, self._tasks = playback, tasks
        self._last_tags: list[Tag] = []
        """Those that were added last, to be repeated."""
        handle = window.player_bar.section
        playback.marking.section_changed.connect(handle.show_section)
        handle.file_requested.connect(self._cut_section)
        handle.copied.connect(self._say_copied)
        commands = window.commands
        for name, act in {
            "keep": lambda: self._mark("keep"),
            "reject": lambda: self._mark("reject"),
            "reject_unlike": self._turn_away,
            "edit_tags": self._edit_tags,
            "repeat_tags": self._repeat_tags,
            "edit_note": self._edit_note,
            "undo": edits.undo,
            "redo": edits.redo,
            "copy": self._copy,
            "copy_section": self._cut_section,
            "show_in_folder": self._show_in_folder,
        }.items():
            commands[name].triggered.connect(lambda _checked=False, act=act: act())
        edits.changed.connect(lambda _ids: library.reload())
        edits.undone.connect(lambda edit: self._go_back_to(edit, self.tr("Undone: {what}")))
        edits.redone.connect(lambda edit: self._go_back_to(edit, self.tr("Redone: {what}")))
        edits.stack_changed.connect(self._on_stack)
        self._on_stack()

    def _mark(self, mark: Mark) -> None:
        """Mark the selected tracks, or take the mark away where all have it already; then go on."""
        table, columns = self._window.table, self._library.columns
        ids = self._chosen_ids()
        if columns is None or not ids:
            return
        rows = columns.rows_of(ids)
        if not len(rows):
            return  # they left the library, and the list is about to follow
        is_marked = all(columns.marks[row] == MARK_CODES[mark] for row in rows)
        self._edits.mark(ids, "" if is_marked else mark)
        self._say_marked("" if is_marked else mark, columns.titles[rows[0]] if len(ids) == 1 else "", len(ids))
        leaves = is_marked and self._library.wanted.mark == mark  # as the mark is what the list shows
        if len(ids) == 1 and (leaves or not is_marked):
            _ = table.step(1) or (leaves and table.step(-1))

    def _turn_away(self) -> None:
        """Reject the selected tracks, also where some are already, and have the search lead away from them."""
        columns, ids = self._library.columns, self._chosen_ids()
        if columns is None or not len(rows := columns.rows_of(ids)):
            return
        self._edits.mark(ids, "reject")
        self._say_marked("reject", columns.titles[rows[0]] if len(ids) == 1 else "", len(ids))
        if len(ids) == 1:
            self._window.table.step(1)
        self.turned_away.emit(ids)

    def _chosen_ids(self) -> list[int]:
        """Return the selected tracks, or what is heard where none is; say so where there is neither."""
        ids = self._track_list.acted_on(self._window.table.selected_ids())
        if not ids:
            self._window.status.say(self.tr("No track is selected."))
        return ids

    def _say_marked(self, mark: Mark, title: str, count: int) -> None:
        texts: dict[Mark, str] = {
            "keep": self.tr("Kept: {what}"),
            "reject": self.tr("Rejected: {what}"),
            "": self.tr("Mark removed: {what}"),
        }
        what = title or self.tr("%Ln track(s)", "", count)
        self._window.status.say(texts[mark].replace("{what}", what))

    def _go_back_to(self, edit: Edit, text: str) -> None:
        """Say what was undone or done again, and go there: a slip of the key has led on to another track already."""
        ids = edit.track_ids
        if edit.action is not None:
            self._window.status.say(text.replace("{what}", action_text(edit.action, self._tracks_of(edit))))
        if len(ids) == 1:
            self._track_list.go_to(next(iter(ids)))

    def _tracks_of(self, edit: Edit) -> str:
        """Return the title of the one track that an edit touches, or how many they are."""
        columns, ids = self._library.columns, edit.track_ids
        if columns is not None and len(rows := columns.rows_of(list(ids))) == 1:
            return columns.titles[int(rows[0])]
        if not ids and edit.streams is not None:  # of a file outside the library
            return ", ".join(path.name for path in edit.streams.streams)
        return self.tr("%Ln track(s)", "", len(ids))

    def _edit_tags(self) -> None:
        """Open the dialog for the selected tracks, and again for the next one where that is requested."""
        category, is_next = "", True
        while is_next:
            columns, ids = self._library.columns, self._chosen_ids()
            rows = columns.rows_of(ids) if columns is not None else np.zeros(0, np.int32)
            if columns is None or not len(rows):
                return  # as for marks
            dialog = self._tag_dialog(columns, rows, category)
            result, category = dialog.exec(), dialog.category
            if result != QDialog.DialogCode.Rejected:
                self._apply(ids, dialog)
            dialog.deleteLater()
            is_next = result == APPLY_AND_NEXT and self._window.table.step(1)
            if result == APPLY_AND_NEXT and not is_next:
                self._window.status.say(self.tr("That was the last track in the list."))

    def _tag_dialog(self, columns: Columns, rows: NDArray[np.int32], category: str) -> TagDialog:
        known = {category: column.names for category, column in columns.tags.items()}
        title = columns.titles[rows[0]] if len(rows) == 1 else ""
        texts = shown_texts(columns, rows)
        return TagDialog(
            columns.tags_among(rows), len(rows), known, self._window, title, texts, self._last_tags, category
        )

    def _apply(self, ids: list[int], dialog: TagDialog) -> None:
        added, removed, texts = dialog.added, dialog.removed, dialog.texts
        if added or removed or texts:
            self._edits.change_tags(ids, added, removed, texts)
            self._say_undoable(self.tr("Tags changed. Press {key} to undo."))
        self._last_tags = added or self._last_tags

    def _repeat_tags(self) -> None:
        """Add the tags that were added last to the selected tracks as well."""
        ids = self._chosen_ids()
        if not self._last_tags:
            self._window.status.say(self.tr("There are no tags to add again yet."))
        elif ids:
            self._edits.change_tags(ids, self._last_tags, [])
            names = ", ".join(tag.name for tag in self._last_tags)
            self._say_undoable(self.tr("Tags added: {names}. Press {key} to undo."), names)

    def _edit_note(self) -> None:
        """Ask for a note on the selected tracks, the same for all of them."""
        columns, ids = self._library.columns, self._chosen_ids()
        rows = columns.rows_of(ids).tolist() if columns is not None else []
        if columns is None or not rows:
            return  # as for marks
        what = showable(columns.titles[rows[0]]) if len(rows) == 1 else self.tr("%Ln track(s)", "", len(rows))
        dialog = NoteDialog([columns.notes.get(row, "") for row in rows], what, self._window)
        note = dialog.note if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        if note is not None:
            self._edits.write_note(ids, note)
            self._say_undoable(
                self.tr("Note kept. Press {key} to undo.") if note else self.tr("Note removed. Press {key} to undo.")
            )

    def _say_undoable(self, text: str, names: str = "") -> None:
        text = text.replace("{key}", self._window.commands.key_text("undo"))
        self._window.status.say(text.replace("{names}", names))

    def _copy(self) -> None:
        columns, ids = self._library.columns, self._chosen_ids()
        rows = columns.rows_of(ids) if columns is not None else np.zeros(0, np.int32)
        if columns is None or not len(rows):
            return
        files = [Path(columns.paths[row]) for row in rows]
        QGuiApplication.clipboard().setMimeData(mime_of(files))
        missing = int(np.count_nonzero(columns.states[rows] & MISSING))
        if len(files) == 1 and not missing:
            self._say_copied(files[0])
            return
        text = self.tr("%Ln file(s) copied", "", len(files))
        if missing:
            text += " · " + self.tr("%Ln of them missing at the last scan", "", missing)
            self._window.status.warn(text)
        else:
            self._window.status.say(text)

    def _say_copied(self, path: Path) -> None:
        self._window.status.say(self.tr("Copied: {path}").replace("{path}", str(path)))

    def _cut_section(self) -> None:
        section, sounding = self._playback.marking.section, self._playback.sounding
        if section is None or sounding is None:
            self._window.status.say(self.tr("Mark a section first: press I at its start and O at its end."))
            return
        handle, marking = self._window.player_bar.section, self._playback.marking

        def offer(file: Path) -> None:
            if marking.section == section:  # else another one is marked by now
                handle.offer(file)

        sound = self._playback.sound_at(sounding.path)
        self._tasks.run(cut_section, sound, section, paths.sections_folder()).then(offer)

    def _show_in_folder(self) -> None:
        columns, ids = self._library.columns, self._chosen_ids()
        if columns is not None and len(rows := columns.rows_of(ids[:1])):
            file = Path(columns.paths[rows[0]])
            text = self.tr("No file manager could be opened for {path}").replace("{path}", str(file))
            reveal(file, self, lambda: self._window.status.warn(text))

    def _on_stack(self) -> None:
        self._window.commands["undo"].setEnabled(self._edits.can_undo)
        self._window.commands["redo"].setEnabled(self._edits.can_redo)
