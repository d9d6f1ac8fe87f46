"""The flow from the filter, the search box and the headings to the list."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut

from bgm_finder.briefs.brief import BriefContent
from bgm_finder.catalogue.in_memory.columns import MARK_CODES
from bgm_finder.catalogue.in_memory.sorting import SortKey
from bgm_finder.conditions import Filter, conditions, without
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.list_position import Position
from bgm_finder.controllers.listing import Listing
from bgm_finder.controllers.playback import Playback
from bgm_finder.controllers.search import SimilarSearch
from bgm_finder.controllers.track_list import TrackList
from bgm_finder.gui.category_names import condition_text
from bgm_finder.gui.error_words import error_text
from bgm_finder.gui.file_addresses import address
from bgm_finder.gui.filter_changes import Change, clear, renamed
from bgm_finder.gui.flows.shortlist import ShortlistWay, ends_shortlist
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.text_helpers import number
from bgm_finder.settings import Settings
from bgm_finder.workflows.browse import View
from bgm_finder.workflows.edit_tracks import Renaming

_TYPING_MS = 80
_MOST_WAYS = 4


class Browsing(QObject):
    """The flow between the filter panel, the chips, the search box, the list and Library."""

    def __init__(
        self,
        window: MainWindow,
        library: Library,
        track_list: TrackList,
        search: SimilarSearch,
        playback: Playback,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._window, self._library, self._track_list, self._search = window, library, track_list, search
        self._playback, self._settings = playback, settings
        self.behind_shortlist = ShortlistWay(search)
        self._is_first = True
        """Whether no track was shown yet."""
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS, timerType=Qt.TimerType.PreciseTimer)
        self._typing.timeout.connect(self._on_typed)
        self._connect()

    def take_up(self, content: BriefContent, wanted: Filter) -> None:
        """Take up a brief's words, and the shortlist where that was shown; wanted: the filter that is to hold."""
        self._typing.stop()
        behind = None if content.shortlist is None else content.filter
        self.behind_shortlist.take_up(behind, content.resumes_search)
        self._window.search_box.setText(wanted.text)

    def retranslate(self) -> None:
        """Show what is put together of words and numbers in the language that is spoken now."""
        if (view := self._library.view) is not None:
            self._show_view(view)
            if self._search.current is None:
                self._show_page(view)

    def follow(self, renaming: Renaming) -> None:
        """Let the filter, and the one behind the shortlist, go by what a tag is called now; the list follows."""
        change = renamed(renaming)
        self._library.follow(change(self._library.wanted))
        self.behind_shortlist.follow(change)
        self._window.filter_panel.tree.follow(renaming)

    def _connect(self) -> None:
        window, library = self._window, self._library
        window.filter_panel.filter_requested.connect(self._change)
        window.chips.filter_requested.connect(self._change)
        window.search_box.textEdited.connect(lambda _: self._typing.start())
        window.search_box.returnPressed.connect(self._to_list)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), window.search_box, context=Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._to_list)
        window.table.sort_header.sort_requested.connect(self._on_sort)
        window.table.sort_header.sort_refused.connect(self._on_sort_refused)
        window.commands["clear_filter"].triggered.connect(lambda: self._change(clear))
        window.commands["search_box"].triggered.connect(self._to_search_box)
        window.commands["search_box_slash"].triggered.connect(self._to_search_box)
        window.commands["filter_panel"].triggered.connect(window.filter_panel.focus_first)
        window.commands["shortlist"].toggled.connect(self._on_shortlist)
        window.commands["stop"].triggered.connect(self._on_stop)
        library.view_changed.connect(self._on_view)
        library.failed.connect(self._on_failed)
        library.scanning.busy_changed.connect(lambda _is_busy: self._on_scanning())
        self._track_list.changed.connect(self._on_listing)

    def _change(self, change: Change) -> None:
        """Make a change to the filter that was requested last, with the words typed so far."""
        now = self._library.wanted
        if self._typing.isActive():
            self._typing.stop()
            now = replace(now, text=self._window.search_box.text())
        wanted = change(now)
        if ends_shortlist(change, now, wanted):
            wanted = self.behind_shortlist.leave(now)
        elif change != self.behind_shortlist.leave and now.mark == "keep" != wanted.mark:
            self.behind_shortlist.take_up(None, resumes_search=False)
        self._library.set_filter(wanted)
        self.behind_shortlist.go_on()
        if self._window.search_box.text() != wanted.text:
            self._window.search_box.setText(wanted.text)
        self._window.commands["shortlist"].setChecked(wanted.mark == "keep")

    def _on_typed(self) -> None:
        self._library.set_filter(replace(self._library.wanted, text=self._window.search_box.text()))

    def _on_sort(self, key: SortKey, descending: bool) -> None:
        self._settings.sort_key, self._settings.sort_descending = key, descending
        self._window.table.sort_header.show_sort(key, descending)
        self._library.set_sort(key, descending)

    def _on_sort_refused(self, is_ranking: bool) -> None:
        if is_ranking:
            text = self.tr("Search results are ordered by similarity. Close the search to sort the list.")
        else:
            text = self.tr("The list cannot be sorted by this column.")
        self._window.status.say(text)

    def _on_shortlist(self, is_on: bool) -> None:
        if (self._library.wanted.mark == "keep") != is_on:
            self._change(self.behind_shortlist.enter if is_on else self.behind_shortlist.leave)

    def _on_stop(self) -> None:
        """Back to the list; there stop, then leave the groups, close the ranking, clear the search."""
        window = self._window
        if not window.is_in_list(window.focusWidget()):
            window.focus_list()
        elif self._playback.player.is_playing:
            self._playback.stop()
        elif self._track_list.has_groups:
            self._track_list.leave_groups()
        elif self._search.current is not None or self._search.is_busy:
            self._search.clear()
        elif window.search_box.text():
            self._change(lambda now: replace(now, text=""))

    def _on_view(self, view: View) -> None:
        self._window.commands["shortlist"].setChecked(self._library.wanted.mark == "keep")
        self._show_view(view)

    def _show_view(self, view: View) -> None:
        window = self._window
        window.filter_panel.show_filter(view.wanted, view.counts)
        window.filter_panel.setVisible(len(view.columns) > 0)
        window.chips.show_filter(view.wanted)
        self._tell_count(view)

    def _on_listing(self, listing: Listing, _position: Position) -> None:
        if not isinstance(listing.shown, View):
            return
        self._show_page(listing.shown)
        if self._is_first and len(listing.columns):
            self._is_first = False
            self._window.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_page(self, view: View) -> None:
        window = self._window
        if len(view.rows):
            window.show_page(window.table)
        elif len(view.columns):
            self._say_nothing_left(view)
            window.show_page(window.nothing_left)
        else:
            self._say_nothing_yet()
            window.show_page(window.nothing_yet)
            if self._is_first and not window.search_box.hasFocus():
                window.nothing_yet.focus_first()

    def _on_failed(self, error: Exception) -> None:
        """Say on the whole page that the library cannot be opened; later failures are a line of the status."""
        if self._library.view is None:
            folder = address(self._library.catalogue.parent)
            ways = [(self.tr("Open the folder"), lambda: QDesktopServices.openUrl(folder))]
            self._window.nothing_yet.say(self.tr("The library cannot be opened"), error_text(error), ways)
            self._window.show_page(self._window.nothing_yet)

    def _on_scanning(self) -> None:
        if self._library.view is not None and self._window.stack.currentWidget() is self._window.nothing_yet:
            self._say_nothing_yet()

    def _say_nothing_left(self, view: View) -> None:
        if conditions(view.wanted) == conditions(Filter(mark="keep")):
            self._say_nothing_kept()
            return
        ways: list[tuple[str, Callable[[], object]]] = []
        for condition, count in view.advice[:_MOST_WAYS]:
            text = self.tr("Without “{condition}”: {count}")
            text = text.replace("{condition}", condition_text(condition, view.wanted)).replace("{count}", number(count))
            ways.append((text, partial(self._change, partial(without, condition=condition))))
        text = self.tr("Remove one of them:") if ways else self.tr("Removing a single condition does not help.")
        ways.append((self.tr("Clear the filter"), lambda: self._change(clear)))
        self._window.nothing_left.say(self.tr("No track meets all of these conditions"), text, ways)

    def _say_nothing_kept(self) -> None:
        commands = self._window.commands
        text = self.tr("Press {key} to keep the selected track. All tracks that you keep are listed here.")
        text = text.replace("{key}", commands.key_text("keep"))
        ways = [(self.tr("Back to the list"), commands["shortlist"].trigger)]
        self._window.nothing_left.say(self.tr("The shortlist is empty"), text, ways)

    def _say_nothing_yet(self) -> None:
        if self._library.scanning.may_bring_music:
            heading = self.tr("Searching for music…")
            text = self.tr("Tracks appear here as they are found.")
        else:
            heading = self.tr("No music yet")
            text = self.tr(
                "Drop a folder of music on this window, or add one. Your files are neither moved nor changed."
            )
        ways = [(self.tr("Add a folder…"), self._window.commands["add_folder"].trigger)]
        self._window.nothing_yet.say(heading, text, ways)

    def _tell_count(self, view: View) -> None:
        total, shown = number(len(view.columns)), number(len(view.rows))
        text = self.tr("{shown} of {total}").replace("{shown}", shown).replace("{total}", total)
        if len(view.rows) == len(view.columns):
            text = self.tr("%Ln track(s)", "", len(view.columns))
        self._window.count.setText(text)
        self._window.show_kept(int(np.count_nonzero(view.columns.marks == MARK_CODES["keep"])))

    def _to_search_box(self) -> None:
        self._window.search_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._window.search_box.selectAll()

    def _to_list(self) -> None:
        table = self._window.table
        table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not table.currentIndex().isValid() and table.tracks.rowCount():
            table.begin()
            table.step(1)
