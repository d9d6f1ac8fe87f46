"""The library as it is now: its folders and their analysis, its columns, and the view that the filter leaves."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from bgm_finder.catalogue.in_memory.brief_columns import with_listening
from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.catalogue.in_memory.sorting import SortKey
from bgm_finder.conditions import Filter
from bgm_finder.controllers.lane import Lane
from bgm_finder.controllers.scanning import Scanning
from bgm_finder.track import HEARD_AFTER_S
from bgm_finder.workflows import browse
from bgm_finder.workflows.browse import View

_RELOAD_MS = 700
"""While an analysis runs, the list catches up at this pace."""
WORTH_KEEPING = 1_000
"""A library of fewer tracks is read in 5 ms, and not kept apart for the next start."""


class Library(QObject):
    """Take requests for filter and order; report what the list is to show. Its folders are scanning's."""

    filter_changed = Signal(object)
    """The Filter that the next view is for; comes at once, except for one that goes by names of columns to come."""
    view_changed = Signal(object)
    failed = Signal(Exception)

    def __init__(
        self,
        catalogue: Path,
        network: str,
        network_name: str,
        make_executor: Callable[[], Executor],
        parent: QObject | None = None,
        first: Future[Columns] | None = None,
    ) -> None:
        """network: the user's choice; network_name: what its vectors are stored under; make_executor: gives workers.

        first: columns that someone else reads already.
        """
        super().__init__(parent)
        self.catalogue = catalogue
        self.network_name = network_name
        self.scanning = Scanning(catalogue, network, make_executor, self)
        self.columns: Columns | None = None
        self.view: View | None = None
        self.wanted = Filter()
        self.brief_id: int | None = None
        """The brief whose marks and notes are shown; None for the one that was shown last."""
        self.heard_s: Mapping[int, float] = {}
        """For how many seconds tracks were listened to by now, where that may be more than the catalogue knows."""
        self._heard_after_s = HEARD_AFTER_S
        self.sort_key: SortKey = "title"
        self.sort_descending = False
        self._first = first
        self._is_behind = False
        """Whether the catalogue changed since the reading under way began."""
        self._is_to_be_kept = True
        """Whether the next view's columns are kept for the next start."""
        self._columns_lane = Lane[Columns]("columns", self)
        self._view_lane = Lane[View]("view", self)
        self._keeping = Lane[None]("keep", self)
        self._reload_timer = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._connect()

    def reload(self) -> None:
        """Read the columns again; the view follows. One on its way is never cut short: it would never arrive."""
        self._is_behind = self._is_reading
        if not self._is_reading:
            first, self._first = self._first, None
            before, brief_id = self.columns, self.brief_id
            self._columns_lane.start(
                browse.load_columns, self.catalogue, self.network_name, before, first, brief_id=brief_id
            )

    def begin(self, wanted: Filter, key: SortKey, descending: bool) -> None:
        """Read the library, and show it by a filter and in an order."""
        self.sort_key, self.sort_descending = key, descending
        self.set_filter(wanted)
        self.reload()

    def show_brief(self, brief_id: int, wanted: Filter, key: SortKey, descending: bool) -> None:
        """Show the library with the marks and notes of a brief, by a filter and in an order.

        No view without those marks comes any more.
        """
        self.brief_id, self.wanted = brief_id, wanted
        self.sort_key, self.sort_descending = key, descending
        self._view_lane.cancel()
        self.reload()

    def follow(self, wanted: Filter) -> None:
        """Set a filter by what tags are called in the columns to come: those that are here would leave nothing."""
        self.wanted = wanted

    def set_heard_after(self, seconds: float) -> None:
        """Set for how long a track must have been listened to so that it counts as heard."""
        self._heard_after_s = seconds
        self._take_up_listening()
        self._browse()

    def set_filter(self, wanted: Filter) -> None:
        self.wanted = wanted
        self._take_up_listening()
        self._browse()
        self.filter_changed.emit(wanted)

    def set_sort(self, key: SortKey, descending: bool) -> None:
        self.sort_key, self.sort_descending = key, descending
        self._take_up_listening()
        self._browse()

    def close(self) -> None:
        self._reload_timer.stop()
        self.scanning.close()
        self._view_lane.close()
        self._columns_lane.close()
        self._keeping.close()

    @property
    def is_behind(self) -> bool:
        """Whether the catalogue is being read, or read again after the reading under way: its view is to come."""
        return self._is_behind or self._columns_lane.is_busy

    @property
    def _is_reading(self) -> bool:
        return self._columns_lane.is_busy or self._view_lane.is_busy

    def _connect(self) -> None:
        self._columns_lane.finished.connect(self._on_columns)
        self._view_lane.finished.connect(self._on_view)
        self._columns_lane.failed.connect(self._on_failed)
        self._view_lane.failed.connect(self._on_failed)
        self.scanning.touched.connect(self._on_touched)
        self.scanning.ended.connect(self._on_scanned)
        self.scanning.forgot.connect(self.reload)
        self.scanning.failed.connect(self.failed)
        self._reload_timer.timeout.connect(self._on_pause_over)

    def _browse(self) -> None:
        if self.columns is not None:
            self._view_lane.start(browse.browse, self.columns, self.wanted, self.sort_key, self.sort_descending)

    def _on_touched(self) -> None:
        if not self._reload_timer.isActive():
            self._reload_timer.start()

    def _on_pause_over(self) -> None:
        """Read at an analysis' pace: where the list is slower, it has a pause too."""
        if self._is_reading:
            self._reload_timer.start()
        else:
            self.reload()

    def _on_scanned(self) -> None:
        self._is_to_be_kept = True
        self.reload()

    def _take_up_listening(self) -> None:
        if self.columns is not None:
            self.columns = with_listening(self.columns, self.heard_s, self._heard_after_s)

    def _on_columns(self, columns: Columns) -> None:
        self.columns = with_listening(columns, self._listening_for(columns), self._heard_after_s)
        if self.brief_id in (None, columns.brief_id):
            self._browse()
        else:
            self.reload()

    def _listening_for(self, columns: Columns) -> Mapping[int, float]:
        """Return what was listened to, for columns that were read anew.

        Where the list goes by it, that is as it was when the user last asked for a list: else a track that has become
        heard would leave the list while it sounds, and with the next mark the list would be another one.
        """
        known = self.columns
        goes_by_it = self.wanted.heard is not None or self.sort_key == "heard"
        if not goes_by_it or known is None or known.brief_id != columns.brief_id:
            return self.heard_s
        rows = {track_id: known.row_of(track_id) for track_id in self.heard_s}
        return {track_id: float(known.heard_s[row]) for track_id, row in rows.items() if row is not None}

    def _on_view(self, view: View) -> None:
        self.view = view
        self.view_changed.emit(view)
        if self._is_to_be_kept and len(view.columns) >= WORTH_KEEPING:
            self._keeping.start(browse.keep_columns, self.catalogue, view.columns)
        self._is_to_be_kept = False
        self._catch_up()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
        self._catch_up()

    def _catch_up(self) -> None:
        if self._is_behind and not self._is_reading:
            self.reload()
