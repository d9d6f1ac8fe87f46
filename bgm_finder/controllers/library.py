"""The library as it is now: its folders and their analysis, its columns, and the view that the filter leaves."""

from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from bgm_finder.catalogue.columns import Columns
from bgm_finder.catalogue.conditions import Filter
from bgm_finder.controllers.lane import Lane
from bgm_finder.workflows import browse, index_folder
from bgm_finder.workflows.browse import View

_RELOAD_MS = 700
"""While an analysis runs, the list catches up at this pace."""


class Library(QObject):
    """Takes wishes for folders, filter and order; tells what the list is to show."""

    columns_changed = Signal(object)
    view_changed = Signal(object)
    scan_busy_changed = Signal(bool)
    scan_progressed = Signal(object)
    scan_ended = Signal(object)
    failed = Signal(Exception)
    _touched = Signal()

    def __init__(
        self,
        catalogue: Path,
        network: str,
        network_name: str,
        make_executor: Callable[[], Executor],
        parent: QObject | None = None,
    ) -> None:
        """network: the user's choice; network_name: what its vectors are stored under; make_executor: gives workers."""
        super().__init__(parent)
        self.catalogue = catalogue
        self.network, self.network_name = network, network_name
        self.columns: Columns | None = None
        self.view: View | None = None
        self.wanted = Filter()
        self.sort_key, self.sort_descending = "title", False
        self._make_executor = make_executor
        self._columns_lane, self._view_lane, self._scan_lane = (
            Lane(name, self) for name in ("columns", "view", "scan")
        )
        self._reload_timer = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._connect()

    def reload(self) -> None:
        """Reads the columns again; the view follows."""
        self._columns_lane.start(browse.load_columns, self.catalogue, self.network_name)

    def set_filter(self, wanted: Filter) -> None:
        self.wanted = wanted
        self._browse()

    def set_sort(self, key: str, descending: bool) -> None:
        self.sort_key, self.sort_descending = key, descending
        self._browse()

    def prepare(self, recipe: Callable[..., object]) -> None:
        """Fills the catalogue by a recipe that takes what index_folder.index takes, but for the folders."""
        self._scan_lane.start(
            recipe,
            self.catalogue,
            self._make_executor,
            network=self.network,
            full=True,
            on_event=lambda _ids: self._touched.emit(),
        )

    def add_folders(self, folders: list[Path]) -> None:
        """Takes folders into the library and analyses them; a run under way goes on with them."""
        if folders:
            self._scan(folders)

    def rescan(self) -> None:
        """Looks for new, changed, moved and missing files in all folders."""
        self._scan([])

    def remove_folder(self, folder: Path) -> None:
        """Forgets a folder with its tracks; the files stay."""
        self._scan_lane.cancel()
        self._scan_lane.start(index_folder.forget, self.catalogue, folder)

    def stop_scan(self) -> None:
        """Stops; what is done is kept, the rest is done at the next look."""
        self._scan_lane.cancel()
        self.reload()

    def pause_scan(self, is_paused: bool) -> None:
        if self._scan_lane.job is not None:
            (self._scan_lane.job.pause if is_paused else self._scan_lane.job.resume)()

    @property
    def is_scanning(self) -> bool:
        return self._scan_lane.is_busy

    def close(self) -> None:
        self._reload_timer.stop()
        for lane in (self._scan_lane, self._view_lane, self._columns_lane):
            lane.close()

    def _connect(self) -> None:
        self._columns_lane.finished.connect(self._on_columns)
        self._view_lane.finished.connect(self._on_view)
        self._scan_lane.progressed.connect(self.scan_progressed)
        self._scan_lane.finished.connect(self._on_scanned)
        self._scan_lane.busy_changed.connect(self.scan_busy_changed)
        for lane in (self._columns_lane, self._view_lane, self._scan_lane):
            lane.failed.connect(self.failed)
        self._touched.connect(self._on_touched)
        self._reload_timer.timeout.connect(self.reload)

    def _scan(self, folders: list[Path]) -> None:
        self._scan_lane.start(
            index_folder.index,
            self.catalogue,
            folders,
            self._make_executor,
            network=self.network,
            full=True,
            on_event=lambda _ids: self._touched.emit(),
        )

    def _browse(self) -> None:
        if self.columns is not None:
            self._view_lane.start(browse.browse, self.columns, self.wanted, self.sort_key, self.sort_descending)

    def _on_touched(self) -> None:
        if not self._reload_timer.isActive():
            self._reload_timer.start()

    def _on_columns(self, columns: Columns) -> None:
        self.columns = columns
        self.columns_changed.emit(columns)
        self._browse()

    def _on_view(self, view: View) -> None:
        self.view = view
        self.view_changed.emit(view)

    def _on_scanned(self, report: object) -> None:
        self.reload()
        self.scan_ended.emit(report)
