"""The flow from "find similar" or a dropped file to the ranking in the list, and back to the list."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QFileDialog, QLineEdit

from bgm_finder.audio.decode import AUDIO_SUFFIXES, VIDEO_SUFFIXES
from bgm_finder.conditions import Condition, binding, without
from bgm_finder.controllers.comparison import Comparison
from bgm_finder.controllers.dropped_files import DroppedFiles
from bgm_finder.controllers.learning import Learning
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.list_position import Position
from bgm_finder.controllers.listing import Listing
from bgm_finder.controllers.playback import Playback, Sounding
from bgm_finder.controllers.preview import Preview
from bgm_finder.controllers.search import Search, SimilarSearch
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.controllers.track_list import TrackList
from bgm_finder.gui.category_names import condition_text
from bgm_finder.gui.dialogs.report_dialog import show_report
from bgm_finder.gui.error_words import error_text, refusal_text
from bgm_finder.gui.file_addresses import files_in
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.reference_panel import AT_MOST
from bgm_finder.gui.text_helpers import is_tag_list, music_folder, number, showable
from bgm_finder.reasons import Refusal
from bgm_finder.settings import Settings
from bgm_finder.track import AtMost, ListScope, Reference, Section
from bgm_finder.workflows.find_similar import Ranking
from bgm_finder.workflows.left_out import list_left_out
from bgm_finder.workflows.offer_place import within_reach

_MOST_REFERENCES = 50
_AT_ONCE_MS = 100
"""A search that is done by then goes straight to its ranking: to lay out and paint "searching…" takes as long as it."""


class Searching(QObject):
    """The flow between the buttons, the reference panel, the list and SimilarSearch."""

    def __init__(
        self,
        window: MainWindow,
        search: SimilarSearch,
        learning: Learning,
        library: Library,
        track_list: TrackList,
        playback: Playback,
        comparison: Comparison,
        preview: Preview,
        tasks: TaskQueue,
        dropped: DroppedFiles,
        settings: Settings,
    ) -> None:
        """preview: one of its own, for the reference's picture."""
        super().__init__(window)
        self._window, self._search, self._library, self._track_list = window, search, library, track_list
        self._learning = learning
        self._playback, self._comparison, self._preview = playback, comparison, preview
        self._tasks, self._dropped, self._settings = tasks, dropped, settings
        self._drawn_for: Reference | None = None
        self._asked: Search | None = None
        self._told = ""
        """What went wrong with the last search."""
        self._still_busy = QTimer(self, interval=_AT_ONCE_MS, singleShot=True)
        self._connect()
        window.reference.set_scope(ListScope(settings.scope))
        at_most = _kept_at_most(settings)
        window.reference.set_at_most(at_most)
        search.set_at_most(at_most)
        self._on_history()
        self._on_pending(0)

    def by_files(self, paths: list[Path]) -> None:
        """Search by files that need not be in the library."""
        references = tuple(Reference(path=path, track_id=None, section=None) for path in paths)
        if references and not self._are_too_many(len(references)):
            self._start(Search(references, tuple(path.name for path in paths)))

    def by_selection(self, section: Section | None = None) -> None:
        """Search by the selected tracks; by what is heard where none is, or for a marked section of it."""
        columns = self._library.columns
        ids = [] if section is not None else self._window.table.selected_ids()
        rows = columns.rows_of(ids) if columns is not None else ()
        if self._are_too_many(len(rows)):
            return
        if columns is not None and len(rows):
            references = tuple(Reference(Path(columns.paths[row]), int(columns.ids[row])) for row in rows)
            self._start(Search(references, tuple(columns.titles[row] for row in rows)))
        elif (heard := self._playback.sounding) is not None:
            self._start(Search((Reference(heard.path, heard.track_id, section),), (heard.title,)))
        else:
            self._window.status.say(self.tr("Select a track first, or drop a file on the window."))

    def retranslate(self) -> None:
        """Show what was found in the language that is spoken now."""
        if self._search.current is not None and self._search.ranking is not None:
            self._show_result(self._search.current, self._search.ranking)
            if self._window.stack.currentWidget() is self._window.nothing_left:
                self._say_nothing_found(self._search.ranking)

    def renew(self, paths: Collection[Path]) -> None:
        """Draw the reference anew and search again, where another sound stream of it was chosen."""
        if self._drawn_for is not None and self._drawn_for.path in paths:
            self._drawn_for = None
        self._search.repeat(paths)

    def on_files(self, files: list[Path]) -> None:
        """Search by files that were dropped or pasted; tag lists are left to another flow."""
        self.by_files([file for file in files if not is_tag_list(file)])

    def _connect(self) -> None:
        window, search = self._window, self._search
        for name, act in {
            "find_similar": self.by_selection,
            "find_similar_section": self._on_find_section,
            "search_back": search.back,
            "search_forward": search.forward,
            "apply_order": self._track_list.apply_pending,
            "open_reference": self._on_open,
            "paste_reference": self._on_paste,
        }.items():
            window.commands[name].triggered.connect(lambda _checked=False, act=act: act())
        self._dropped.files.connect(self.on_files)
        self._dropped.nothing.connect(self._say_nothing_copied)
        window.reference.close_requested.connect(search.clear)
        window.reference.left_out_requested.connect(self._on_left_out)
        window.reference.scope_requested.connect(self._on_scope)
        window.reference.scope_closed.connect(window.focus_list)
        window.reference.at_most_requested.connect(self._on_at_most)
        window.reference.play_requested.connect(self._comparison.play_reference)
        search.started.connect(self._on_started)
        self._still_busy.timeout.connect(self._on_still_busy)
        search.found.connect(self._on_found)
        search.failed.connect(self._on_failed)
        search.cleared.connect(self._on_cleared)
        search.history_changed.connect(self._on_history)
        self._track_list.changed.connect(self._on_listing)
        self._track_list.requested_shown.connect(self._on_requested_shown)
        self._track_list.pending_changed.connect(self._on_pending)
        self._preview.drawn.connect(window.reference.set_drawing)

    def _start(self, search: Search) -> None:
        self._search.start(self._learning.applied(search))

    def _are_too_many(self, count: int) -> bool:
        if count > _MOST_REFERENCES:
            text = self.tr("You can search by up to {count} tracks at once.")
            self._window.status.say(text.replace("{count}", number(_MOST_REFERENCES)))
        return count > _MOST_REFERENCES

    def _on_find_section(self) -> None:
        if self._playback.marking.section is None:
            self._window.status.say(self.tr("Mark a section first: press I at its start and O at its end."))
        else:
            self.by_selection(self._playback.marking.section)

    def _on_open(self) -> None:
        self._tasks.run(within_reach, self._settings.last_folder).then(self._choose_files)

    def _choose_files(self, begin: str) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in sorted(AUDIO_SUFFIXES | VIDEO_SUFFIXES))
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Choose files to search by"),
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
        self._window.status.say(self.tr("There is no file or folder on the clipboard."))

    def _on_started(self, search: Search) -> None:
        self._asked = search
        self._still_busy.start()

    def _on_still_busy(self) -> None:
        if self._search.current is None and self._asked is not None:
            self._window.reference.show_search(self._asked)
        self._window.reference.show_busy()

    def _on_found(self, search: Search, ranking: Ranking) -> None:
        window = self._window
        self._still_busy.stop()
        if self._told and window.status.text == self._told:  # of a search that is of no concern any more
            window.status.clear()
        self._show_result(search, ranking)
        self._tell_unreadable(ranking)
        search = _readable(search, ranking)
        first = search.references[0]
        self._comparison.set_reference(Sounding(first.path, search.titles[0], first.track_id))
        if first != self._drawn_for:
            self._drawn_for = first
            window.reference.strip.clear()
            self._preview.show(first.path, first.track_id)
        window.reference.strip.set_section(self._playback.marking.section_of(first.path))
        window.reference.strip.set_searched(first.section)

    def _show_result(self, search: Search, ranking: Ranking) -> None:
        self._window.reference.show_search(_readable(search, ranking))
        self._tell_result(ranking)

    def _tell_result(self, ranking: Ranking) -> None:
        self._window.reference.show_result(ranking, self._search.pending)

    def _on_pending(self, changes: int) -> None:
        """Offer the newer ranking that is held back, and say what could take part in it by now."""
        self._window.commands["apply_order"].setEnabled(changes > 0)
        self._window.reference.show_pending(changes)
        if changes and self._search.ranking is not None:
            self._tell_result(self._search.ranking)

    def _on_listing(self, listing: Listing, _position: Position) -> None:
        if not isinstance(listing.shown, Ranking):
            return
        if not listing.rows.matches:
            self._say_nothing_found(listing.shown)
        self._window.show_page(self._window.table if listing.rows.matches else self._window.nothing_left)

    def _on_requested_shown(self) -> None:
        if not isinstance(QApplication.focusWidget(), QLineEdit | QAbstractSpinBox):  # someone may be typing
            self._window.table.setFocus()

    def _say_nothing_found(self, ranking: Ranking) -> None:
        limits = binding(self._search.ranked_filter)
        if limits:
            heading = self.tr("No track is within these limits")
            text = self.tr("Tracks beyond the length and BPM of the filter are in no list.")
        elif ranking.left_out:
            heading = self.tr("Nothing to compare with yet")
            text = self.tr("Tracks appear in the ranking as they are analysed.")
        else:
            heading = self.tr("Nothing to compare with")
            text = self.tr("There are no other tracks here.")
        ways: list[tuple[str, Callable[[], object]]] = [(self.tr("Back to the list"), self._search.clear)]
        for limit in limits:
            condition = condition_text(limit, self._search.ranked_filter)
            ways.insert(0, (self.tr("Remove “{condition}”").replace("{condition}", condition), self._without(limit)))
        if ranking.inside or ranking.outside:
            ways.insert(0, (self.tr("Show all matches"), self._show_all))
        self._window.nothing_left.say(heading, text, ways)

    def _without(self, condition: Condition) -> Callable[[], object]:
        change = partial(without, condition=condition)
        return lambda: self._window.filter_panel.filter_requested.emit(change)

    def _on_left_out(self) -> None:
        self._tasks.run(list_left_out, self._library.catalogue, self._library.network_name).then(self._show_left_out)

    def _show_left_out(self, found: list[tuple[Path, Refusal | None]]) -> None:
        missing = self.tr("was missing at the last scan")
        lines = [f"{showable(str(path))}: {refusal_text(why) if why else missing}" for path, why in found]
        title = self.tr("Tracks that cannot be compared")
        show_report(
            title, self.tr("Once the files are back and readable, press F5 to check them again."), lines, self._window
        )

    def _show_all(self) -> None:
        self._window.reference.set_scope(ListScope.MERGED)
        self._on_scope(ListScope.MERGED)

    def _on_failed(self, search: Search | None, error: Exception) -> None:
        self._still_busy.stop()
        self._told = error_text(error)
        self._window.status.warn(self._told)
        if self._search.ranking is None:
            self._window.reference.hide()
        else:
            self._tell_result(self._search.ranking)

    def _tell_unreadable(self, ranking: Ranking) -> None:
        if ranking.unreadable:
            self._told = " · ".join(error_text(error) for error in ranking.unreadable)
            self._window.status.warn(self._told)

    def _on_cleared(self) -> None:
        self._still_busy.stop()
        self._window.reference.hide()
        self._window.reference.strip.clear()
        self._preview.clear()
        self._drawn_for = None
        self._comparison.set_reference(None)

    def _on_history(self) -> None:
        self._window.commands["search_back"].setEnabled(self._search.can_go_back)
        self._window.commands["search_forward"].setEnabled(self._search.can_go_forward)

    def _on_scope(self, scope: ListScope) -> None:
        self._settings.scope = scope
        self._track_list.set_scope(scope)

    def _on_at_most(self, at_most: AtMost | None) -> None:
        self._settings.at_most = 0 if at_most is None else at_most.count
        if at_most is not None:
            self._settings.at_most_per = at_most.per
        self._search.set_at_most(at_most)


def _kept_at_most(settings: Settings) -> AtMost | None:
    """Return how many tracks of one artist or folder were listed last; any number where the box does not offer it."""
    kept = [at_most for at_most in AT_MOST if at_most is not None and at_most.count == settings.at_most]
    return next((at_most for at_most in kept if at_most.per == settings.at_most_per), None)


def _readable(search: Search, ranking: Ranking) -> Search:
    """Return the search without the references that were left out."""
    left_out = {error.path for error in ranking.unreadable}
    kept = [place for place, reference in enumerate(search.references) if reference.path not in left_out]
    return replace(
        search,
        references=tuple(search.references[place] for place in kept),
        titles=tuple(search.titles[place] for place in kept),
        weights=tuple(search.weights[place] for place in kept) if search.weights else (),
    )
