"""The flow from "find similar" or a dropped file to the ranking in the list, and back to the list."""

from collections.abc import Callable, Collection
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QFileDialog, QLineEdit

from bgm_finder.audio.decode import AUDIO_SUFFIXES, VIDEO_SUFFIXES
from bgm_finder.catalogue.in_memory.conditions import Filter
from bgm_finder.controllers.comparison import Comparison
from bgm_finder.controllers.dropped_files import DroppedFiles
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.playback import Playback, Sounding
from bgm_finder.controllers.preview import Preview
from bgm_finder.controllers.search import Search, SimilarSearch
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.gui.dialogs.report_dialog import show_report
from bgm_finder.gui.error_words import error_text, reason_text
from bgm_finder.gui.file_addresses import files_in
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.ranking_rows import ranking_rows
from bgm_finder.gui.track_model import Rows
from bgm_finder.gui.words import is_tag_list, music_folder, number, showable
from bgm_finder.settings import Settings
from bgm_finder.track import ListScope, Section
from bgm_finder.workflows.arrivals import within_reach
from bgm_finder.workflows.find_similar import Ranking, Reference
from bgm_finder.workflows.left_out import list_left_out

_MOST_REFERENCES = 50
_AT_ONCE_MS = 100
"""A search that is done by then goes straight to its ranking: to lay out and paint "searching…" takes as long as it."""


class Searching(QObject):
    """Connects the buttons, the reference panel and the list with SimilarSearch."""

    def __init__(
        self,
        window: MainWindow,
        search: SimilarSearch,
        library: Library,
        playback: Playback,
        comparison: Comparison,
        preview: Preview,
        tasks: TaskQueue,
        dropped: DroppedFiles,
        settings: Settings,
    ) -> None:
        """preview: one of its own, for the reference's picture."""
        super().__init__(window)
        self._window, self._search, self._library = window, search, library
        self._playback, self._comparison, self._preview = playback, comparison, preview
        self._tasks, self._dropped, self._settings = tasks, dropped, settings
        self._drawn_for: Reference | None = None
        self._came_from: int | None = None
        """The track that was current in the plain list when the first search began."""
        self._is_new = False
        """Whether someone asked for the ranking that comes next; else it follows the filter or the analysis."""
        self._returns = False
        """Whether that ranking was shown before."""
        self._ranked: Search | None = None
        """Whose ranking the list shows,"""
        self._ranked_filter = Filter()
        """and for which filter."""
        self._left_at: dict[Search, int | None] = {}
        """The track that was current in each ranking when it was left."""
        self._asked: Search | None = None
        self._told = ""
        """What went wrong with the last search."""
        self._still_busy = QTimer(self, interval=_AT_ONCE_MS, singleShot=True)
        self._connect()
        window.reference.set_scope(ListScope(settings.scope))
        self._on_history()

    def by_files(self, paths: list[Path]) -> None:
        """Searches by files that need not be in the library."""
        references = tuple(Reference(path=path, track_id=None, section=None) for path in paths)
        if references and not self._are_too_many(len(references)):
            self._search.start(Search(references, tuple(path.name for path in paths)))

    def by_selection(self, section: Section | None = None) -> None:
        """Searches by the selected tracks; by what is heard where none is, or for a marked section of it."""
        columns = self._library.columns
        ids = [] if section is not None else self._window.table.selected_ids()
        rows = columns.rows_of(ids) if columns is not None else ()
        if self._are_too_many(len(rows)):
            return
        if columns is not None and len(rows):
            references = tuple(Reference(Path(columns.paths[row]), int(columns.ids[row])) for row in rows)
            self._search.start(Search(references, tuple(columns.titles[row] for row in rows)))
        elif (heard := self._playback.sounding) is not None:
            self._search.start(Search((Reference(heard.path, heard.track_id, section),), (heard.title,)))
        else:
            self._window.status.say(self.tr("Select a track first, or drop a file on the window."))

    def renew(self, paths: Collection[Path]) -> None:
        """Draw the reference anew and searches again, where another sound stream of it was chosen."""
        if self._drawn_for is not None and self._drawn_for.path in paths:
            self._drawn_for = None
        self._search.repeat(paths)

    def on_files(self, files: list[Path]) -> None:
        """Files that came search; tag lists are not for here."""
        self.by_files([file for file in files if not is_tag_list(file)])

    def _connect(self) -> None:
        window, search = self._window, self._search
        for name, act in {
            "find_similar": self.by_selection,
            "find_similar_section": self._on_find_section,
            "search_back": search.back,
            "search_forward": search.forward,
            "open_reference": self._on_open,
            "paste_reference": self._on_paste,
        }.items():
            window.commands[name].triggered.connect(lambda _checked=False, act=act: act())
        self._dropped.files.connect(self.on_files)
        self._dropped.nothing.connect(self._say_nothing_copied)
        self._dropped.failed.connect(lambda error: window.status.warn(error_text(error)))
        window.reference.close_requested.connect(search.clear)
        window.reference.left_out_requested.connect(self._on_left_out)
        window.reference.scope_requested.connect(self._on_scope)
        window.reference.scope_closed.connect(window.focus_list)
        window.reference.play_requested.connect(self._comparison.play_reference)
        search.started.connect(self._on_started)
        self._still_busy.timeout.connect(self._on_still_busy)
        search.found.connect(self._on_found)
        search.failed.connect(self._on_failed)
        search.cleared.connect(self._on_cleared)
        search.history_changed.connect(self._on_history)
        self._comparison.failed.connect(lambda error: window.status.warn(error_text(error)))
        self._preview.drawn.connect(window.reference.set_drawing)

    def _are_too_many(self, count: int) -> bool:
        if count > _MOST_REFERENCES:
            text = self.tr("Select at most {count} tracks to search by.")
            self._window.status.say(text.replace("{count}", number(_MOST_REFERENCES)))
        return count > _MOST_REFERENCES

    def _on_find_section(self) -> None:
        if self._playback.marking.section is None:
            self._window.status.say(self.tr("Mark a section first: I where it begins, O where it ends."))
        else:
            self.by_selection(self._playback.marking.section)

    def _on_open(self) -> None:
        self._tasks.run(within_reach, self._settings.last_folder).then(self._choose_files)

    def _choose_files(self, begin: str) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in sorted(AUDIO_SUFFIXES | VIDEO_SUFFIXES))
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Search by files"),
            begin or music_folder(),
            self.tr("Sound and video") + f" ({kinds});;" + self.tr("All files") + " (*)",
        )
        self.by_files([Path(path) for path in chosen])

    def _on_paste(self) -> None:
        mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if mime is None:  # Qt says none where the program that copied answers no more
            self._say_nothing_copied()
        elif paths := files_in(mime):
            self._dropped.take(paths)
        else:
            self._dropped.take_text(mime.text())

    def _say_nothing_copied(self) -> None:
        self._window.status.say(self.tr("No file or folder has been copied."))

    def _on_started(self, search: Search) -> None:
        self._is_new, self._returns = True, self._search.is_travelling
        if self._search.current is None:
            self._came_from = self._window.table.current_id()
        self._asked = search
        self._still_busy.start()

    def _on_still_busy(self) -> None:
        if self._search.current is None and self._asked is not None:
            self._window.reference.show_search(self._asked)
        self._window.reference.show_busy()

    def _on_found(self, search: Search, ranking: Ranking) -> None:
        window = self._window
        self._still_busy.stop()
        self._leave_ranking(search)
        search = _readable(search, ranking)
        if self._told and window.status.text == self._told:  # of a search that is of no concern any more
            window.status.clear()
        window.reference.show_search(search)
        window.reference.show_result(ranking)
        self._tell_unreadable(ranking)
        first = search.references[0]
        self._comparison.set_reference(Sounding(first.path, search.titles[0], first.track_id))
        if first != self._drawn_for:
            self._drawn_for = first
            window.reference.strip.clear()
            self._preview.show(first.path, first.track_id)
        window.reference.strip.set_section(self._playback.marking.section_of(first.path))
        window.reference.strip.set_searched(first.section)
        self._show_ranking(ranking)

    def _show_ranking(self, ranking: Ranking) -> None:
        window, columns = self._window, self._library.columns
        if columns is None:
            return
        rows = ranking_rows(ranking, columns, ListScope(self._settings.scope))
        window.table.set_ranking(True, has_outside=any(match.outside for match in rows.matches.values()))
        window.table.show_rows(columns, rows)
        if not rows.matches:
            self._say_nothing_found(ranking)
            window.show_page(window.nothing_left)
            return
        window.show_page(window.table)
        is_other, self._ranked_filter = self._ranked_filter != self._search.ranked_filter, self._search.ranked_filter
        if self._is_new:
            self._is_new = False
            window.table.begin()
            self._return_to_place()
            if not isinstance(QApplication.focusWidget(), QLineEdit | QAbstractSpinBox):  # someone may be typing
                window.table.setFocus()
        elif is_other and not self._is_inside(rows):
            window.table.begin()

    def _leave_ranking(self, going_to: Search | None) -> None:
        """Remember the current track of the ranking that another one, or the plain list, takes the place of."""
        if self._ranked is not None and self._ranked != going_to:
            self._left_at[self._ranked] = self._window.table.current_id()
        self._ranked = going_to

    def _return_to_place(self) -> None:
        """Make the track current that was so when this ranking was left, if it was shown before."""
        table, left_at = self._window.table, self._left_at.get(self._ranked) if self._ranked is not None else None
        if self._returns and left_at is not None:
            table.select_silently(table.tracks.place_of(left_at))

    def _is_inside(self, rows: Rows) -> bool:
        """Return whether the current track is in the part that the filter leaves, where the list has two."""
        match = rows.matches.get(self._window.table.currentIndex().row())
        return match is not None and not (match.outside and ListScope(self._settings.scope) == ListScope.BOTH)

    def _say_nothing_found(self, ranking: Ranking) -> None:
        if ranking.left_out:
            heading = self.tr("Nothing to compare with yet")
            text = self.tr("Tracks come into the ranking as they are analysed.")
        else:
            heading = self.tr("Nothing to compare with")
            text = self.tr("There is no other track here.")
        ways: list[tuple[str, Callable[[], object]]] = [(self.tr("Back to the list"), self._search.clear)]
        if ranking.inside or ranking.outside:
            ways.insert(0, (self.tr("Show all matches"), self._show_all))
        self._window.nothing_left.say(heading, text, ways)

    def _on_left_out(self) -> None:
        self._tasks.run(list_left_out, self._library.catalogue, self._library.network_name).then(self._show_left_out)

    def _show_left_out(self, found: list[tuple[Path, str]]) -> None:
        missing = self.tr("was not there at the last look")
        lines = [f"{showable(str(path))}: {reason_text(reason) if reason else missing}" for path, reason in found]
        title = self.tr("Tracks that cannot be compared")
        show_report(
            title, self.tr("They are looked at again once they are there and readable: F5."), lines, self._window
        )

    def _show_all(self) -> None:
        self._window.reference.set_scope(ListScope.MERGED)
        self._on_scope(ListScope.MERGED)

    def _on_failed(self, search: Search | None, error: Exception) -> None:
        self._still_busy.stop()
        self._told = error_text(error)
        self._window.status.warn(self._told)
        self._is_new = False
        if self._search.ranking is None:
            self._window.reference.hide()
        else:
            self._window.reference.show_result(self._search.ranking)
            self._show_ranking(self._search.ranking)  # without the tracks that have left the library

    def _tell_unreadable(self, ranking: Ranking) -> None:
        if ranking.unreadable:
            self._told = " · ".join(error_text(error) for error in ranking.unreadable)
            self._window.status.warn(self._told)

    def _on_cleared(self) -> None:
        self._still_busy.stop()
        self._leave_ranking(None)
        self._window.reference.hide()
        self._window.reference.strip.clear()
        table = self._window.table
        if table.current_id() is None and self._came_from is not None:
            table.select_silently(table.tracks.place_of(self._came_from))
        self._preview.clear()
        self._drawn_for = None
        self._comparison.set_reference(None)

    def _on_history(self) -> None:
        self._window.commands["search_back"].setEnabled(self._search.can_go_back)
        self._window.commands["search_forward"].setEnabled(self._search.can_go_forward)

    def _on_scope(self, scope: str) -> None:
        self._settings.scope = scope
        if self._search.ranking is not None:
            self._show_ranking(self._search.ranking)


def _readable(search: Search, ranking: Ranking) -> Search:
    """Return the search without the references that were left out."""
    left_out = {error.path for error in ranking.unreadable}
    pairs = zip(search.references, search.titles, strict=True)
    kept = [(reference, title) for reference, title in pairs if reference.path not in left_out]
    return Search(tuple(reference for reference, _ in kept), tuple(title for _, title in kept))
