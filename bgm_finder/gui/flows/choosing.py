"""The flow of what is done with tracks by hand: keep and reject, tags, undo, handing them over."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from bgm_finder import paths
from bgm_finder.catalogue.in_memory.columns import MARK_CODES, Columns
from bgm_finder.controllers.chores import Chores
from bgm_finder.controllers.edits import Edits
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.playback import Playback
from bgm_finder.gui.dialogs.tag_dialog import TagDialog
from bgm_finder.gui.error_words import error_text
from bgm_finder.gui.file_manager import reveal
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.track import Tag
from bgm_finder.workflows.cut_section import cut_section


class Choosing(QObject):
    """Connects the list's marks, tags and hand-over with Edits."""

    def __init__(self, window: MainWindow, library: Library, edits: Edits, playback: Playback, chores: Chores) -> None:
        super().__init__(window)
        self._window, self._library, self._edits = window, library, edits
        self._playback, self._chores = playback, chores
        handle = window.player_bar.section
        playback.marking.section_changed.connect(handle.show_section)
        handle.file_wished.connect(self._cut_section)
        handle.copied.connect(self._say_copied)
        commands = window.commands
        for name, act in {
            "keep": lambda: self._mark("keep"),
            "reject": lambda: self._mark("reject"),
            "edit_tags": self._edit_tags,
            "undo": edits.undo,
            "redo": edits.redo,
            "copy": self._copy,
            "copy_section": self._cut_section,
            "show_in_folder": self._show_in_folder,
        }.items():
            commands[name].triggered.connect(lambda _checked=False, act=act: act())
        edits.changed.connect(lambda _ids: library.reload())
        edits.taken_back.connect(self._go_back_to)
        edits.failed.connect(lambda error: window.status.warn(error_text(error)))
        edits.stack_changed.connect(self._on_stack)
        self._on_stack()

    def _mark(self, mark: str) -> None:
        """Marks the selected tracks, or takes the mark away where all have it already; then goes on."""
        table, columns = self._window.table, self._library.columns
        ids = table.selected_ids()
        if columns is None or not ids:
            return
        rows = columns.rows_of(ids)
        if not len(rows):
            return  # they left the library, and the list is about to follow
        is_marked = all(columns.marks[row] == MARK_CODES[mark] for row in rows)
        self._edits.mark(ids, "" if is_marked else mark)
        self._say_marked("" if is_marked else mark, columns.titles[rows[0]] if len(ids) == 1 else "", len(ids))
        if len(ids) == 1 and not is_marked:
            table.step(1)

    def _say_marked(self, mark: str, title: str, count: int) -> None:
        texts = {
            "keep": self.tr("Kept: {what}"),
            "reject": self.tr("Rejected: {what}"),
            "": self.tr("Mark taken away: {what}"),
        }
        what = title or self.tr("%n track(s)", "", count)
        self._window.status.say(texts[mark].replace("{what}", what))

    def _go_back_to(self, ids: set[int]) -> None:
        """Says what was taken back, and goes there: a slip of the key has led on to the next track already."""
        table, columns = self._window.table, self._library.columns
        rows = columns.rows_of(list(ids)) if columns is not None else ()
        what = (
            columns.titles[rows[0]] if columns is not None and len(rows) == 1 else self.tr("%n track(s)", "", len(ids))
        )
        self._window.status.say(self.tr("Taken back: {what}").replace("{what}", what))
        place = table.tracks.place_of(next(iter(ids))) if len(ids) == 1 else None
        if place is not None and place != table.currentIndex().row():
            table.select(place)

    def _edit_tags(self) -> None:
        columns, ids = self._library.columns, self._window.table.selected_ids()
        if columns is None or not ids:
            return
        rows = columns.rows_of(ids)
        if not len(rows):
            return  # as for marks
        carried = _carried(columns, rows)
        known = {category: column.names for category, column in columns.tags.items()}
        title = columns.titles[rows[0]] if len(ids) == 1 else ""
        dialog = TagDialog(carried, len(ids), known, self._window, title)
        if dialog.exec() == QDialog.DialogCode.Accepted and (dialog.added or dialog.removed):
            self._edits.change_tags(ids, dialog.added, dialog.removed)
            self._window.status.say(self.tr("Tags changed; Ctrl+Z takes that back."))
        dialog.deleteLater()

    def _copy(self) -> None:
        table = self._window.table
        places = table.selected_places()
        files = table.tracks.paths_at(places)
        if not files:
            return
        indexes = [table.tracks.index(place, 0) for place in places]
        QGuiApplication.clipboard().setMimeData(table.tracks.mimeData(indexes))
        missing = table.tracks.count_missing(places)
        if len(files) == 1 and not missing:
            self._say_copied(files[0])
            return
        text = self.tr("%n file(s) copied", "", len(files))
        if missing:
            text += " · " + self.tr("%n of them not there at the last look", "", missing)
            self._window.status.warn(text)
        else:
            self._window.status.say(text)

    def _say_copied(self, path: Path) -> None:
        self._window.status.say(self.tr("Copied: {path}").replace("{path}", str(path)))

    def _cut_section(self) -> None:
        section, sounding = self._playback.marking.section, self._playback.sounding
        if section is None or sounding is None:
            self._window.status.say(self.tr("Mark a section first: I where it begins, O where it ends."))
            return
        handle, marking = self._window.player_bar.section, self._playback.marking

        def offer(file: Path) -> None:
            if marking.section == section:  # else another one is marked by now
                handle.offer(file)

        self._chores.run(cut_section, sounding.path, section, paths.sections_folder(), on_done=offer)

    def _show_in_folder(self) -> None:
        files = self._window.table.tracks.paths_at(self._window.table.selected_places()[:1])
        if files:
            text = self.tr("No file manager could be opened for {path}").replace("{path}", str(files[0]))
            reveal(files[0], self, lambda: self._window.status.warn(text))

    def _on_stack(self) -> None:
        self._window.commands["undo"].setEnabled(self._edits.can_undo)
        self._window.commands["redo"].setEnabled(self._edits.can_redo)


def _carried(columns: Columns, rows: NDArray[np.int32]) -> dict[Tag, int]:
    """Gives how many of the rows carry each tag."""
    wanted = np.zeros(len(columns), np.bool_)
    wanted[rows] = True
    carried: dict[Tag, int] = {}
    for category, column in columns.tags.items():
        counts = np.bincount(column.codes[wanted[column.rows]], minlength=len(column.names))
        if category != "format":
            carried |= {Tag(category, column.names[code]): int(counts[code]) for code in np.flatnonzero(counts)}
    return carried
