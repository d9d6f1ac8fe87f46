"""The flow between the list's owner and its table."""

from PySide6.QtCore import QObject

from bgm_finder.controllers.library import Library
from bgm_finder.controllers.list_position import Position
from bgm_finder.controllers.listing import Listing
from bgm_finder.controllers.track_list import TrackList
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.workflows.find_similar import Ranking


class TrackListing(QObject):
    """Show what TrackList holds, and report the row that became current to it."""

    def __init__(self, window: MainWindow, track_list: TrackList, library: Library) -> None:
        super().__init__(window)
        self._table, self._library = window.table, library
        track_list.changed.connect(self._show)
        track_list.current_requested.connect(window.table.select)
        window.table.row_changed.connect(track_list.move)

    def _show(self, listing: Listing, position: Position) -> None:
        has_outside = any(match.outside for match in listing.rows.matches.values())
        self._table.set_ranking(isinstance(listing.shown, Ranking), has_outside)
        self._table.sort_header.show_sort(self._library.sort_key, self._library.sort_descending)
        self._table.show_rows(listing.columns, listing.rows, position)
