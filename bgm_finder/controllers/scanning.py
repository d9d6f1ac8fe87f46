"""The folders of the library: taken in, looked through again, forgotten; one run at a time, and no request is lost."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bgm_finder.controllers.lane import Lane, Policy, thread_of
from bgm_finder.jobs.each_file import MakeExecutor
from bgm_finder.jobs.job import Job
from bgm_finder.workflows import index_folder
from bgm_finder.workflows.index_folder import IndexOptions, IndexReport

Prepare = Callable[[Job, Path, MakeExecutor, IndexOptions], IndexReport]


class Scanning(QObject):
    """Take requests for folders; a new one cuts the run under way short, and the next run does what both wanted."""

    touched = Signal()
    """Something in the catalogue changed."""
    busy_changed = Signal(bool)
    progressed = Signal(object)
    silent = Signal(object)
    """A folder does not answer; the run goes on with the others."""
    ended = Signal(object)
    """An IndexReport."""
    forgot = Signal()
    failed = Signal(Exception)

    def __init__(
        self,
        catalogue: Path,
        network: str,
        make_executor: MakeExecutor,
        parent: QObject | None = None,
    ) -> None:
        """network: the user's choice; make_executor: gives workers."""
        super().__init__(parent)
        self._catalogue, self._network, self._make_executor = catalogue, network, make_executor
        self._to_add: list[Path] = []
        """Requested for, and not known to be taken in."""
        self._looks_everywhere = False
        self._is_waiting = False
        """Whether tracks wait for their analysis, which no scan is needed for."""
        self._recipe: Prepare | None = None
        """What fills the catalogue before anything else."""
        self._is_held = False
        self._goes_on = False
        """Whether a run was cut short to forget a folder."""
        self._requested: tuple[int, ...] = ()
        """The tracks that are analysed before all others; read in the run's thread."""
        self._thread = thread_of("scan")  # for both, as they write the same tracks
        self._lane = Lane[IndexReport]("scan", self, executor=self._thread)
        self._forgetting = Lane[list[int]]("forget", self, Policy.QUEUE, executor=self._thread)
        self._connect()

    @property
    def asked_for(self) -> tuple[Path, ...]:
        """The folders that were added, and that no run has ended with yet."""
        return tuple(self._to_add)

    @property
    def is_busy(self) -> bool:
        return self._lane.is_busy or self._forgetting.is_busy

    @property
    def may_bring_music(self) -> bool:
        """Whether folders are looked through that were not there before, or a recipe fills the catalogue."""
        return self.is_busy and (self._recipe is not None or bool(self._to_add))

    def prepare(self, recipe: Prepare) -> None:
        """Fill the catalogue by a recipe that takes what index_folder.index takes, but for the folders."""
        self._lane.cancel()
        self._recipe = recipe
        self._start()

    def add(self, folders: list[Path]) -> None:
        """Take folders, as what they are themselves, into the library and analyse them.

        A run under way goes on with them.
        """
        if folders:
            self._to_add += [folder for folder in folders if folder not in self._to_add]
            self._start()

    def rescan(self) -> None:
        """Look for new, changed, moved and missing files in all folders."""
        self._looks_everywhere = True
        self._start()

    def analyse(self) -> None:
        """Analyse the tracks that wait for it, without a scan; a run under way begins anew and does that too."""
        self._is_waiting = True
        self._start()

    def forget(self, folder: Path) -> None:
        """Forget a folder with its tracks; the files stay. A run under way goes on with the other folders."""
        self._to_add = [other for other in self._to_add if other != folder]
        self._goes_on = self._goes_on or self._lane.is_busy
        self._lane.cancel()
        self._forgetting.start(index_folder.forget, self._catalogue, folder)

    def prioritise(self, track_ids: Iterable[int]) -> None:
        """Make these tracks the next to be analysed, the first one first, until others are."""
        self._requested = tuple(track_ids)

    def hold(self) -> None:
        """Begin nothing until release: another program changes the catalogue. The requests are kept."""
        self._is_held = True

    def release(self) -> None:
        """Begin what was requested since hold."""
        self._is_held = False
        if self._recipe is not None or self._is_requested:
            self._start()

    def stop(self) -> None:
        """Stop; what is done is kept, the rest is done at the next look."""
        self._goes_on = False
        self._lane.cancel()
        self.touched.emit()

    def pause(self, is_paused: bool) -> None:
        if self._lane.job is not None:
            (self._lane.job.pause if is_paused else self._lane.job.resume)()

    def close(self) -> None:
        self._lane.close()
        self._forgetting.close()
        self._thread.shutdown(wait=True)  # looks that wait were cancelled; folders that wait are still forgotten

    def _connect(self) -> None:
        self._lane.progressed.connect(self.progressed)
        self._lane.finished.connect(self._on_ended)
        self._lane.failed.connect(self._on_failed)
        self._lane.busy_changed.connect(self.busy_changed)
        self._forgetting.finished.connect(self.forgot)
        self._forgetting.failed.connect(self.failed)
        self._forgetting.busy_changed.connect(self._on_forgetting)

    def _start(self) -> None:
        if self._is_held:
            return
        if self._forgetting.is_busy:
            self._goes_on = True  # it begins when that is done
            return
        options = IndexOptions(
            self._network,
            full=True,
            on_event=lambda _ids: self.touched.emit(),
            on_silent=self.silent.emit,
            requested=lambda: self._requested,
        )
        if self._recipe is not None:
            if not self._lane.is_busy:
                self._lane.start(self._recipe, self._catalogue, self._make_executor, options)
            return
        folders, everywhere = list(self._to_add), self._looks_everywhere
        options = replace(options, everywhere=everywhere, scans=bool(folders) or everywhere)
        self._lane.start(index_folder.index, self._catalogue, folders, self._make_executor, options)

    def _on_forgetting(self, is_busy: bool) -> None:
        if not is_busy and self._goes_on:
            self._goes_on = False
            self._start()

    def _on_ended(self, report: IndexReport) -> None:
        self._clear_done()
        self.ended.emit(report)

    def _on_failed(self, error: Exception) -> None:
        self._clear_done()
        self.failed.emit(error)

    def _clear_done(self) -> None:
        """Forget what the run that ended has done; what a recipe kept waiting comes next."""
        if self._recipe is None:
            self._to_add, self._looks_everywhere, self._is_waiting = [], False, False
            return
        self._recipe = None
        if self._is_requested:
            self._start()

    @property
    def _is_requested(self) -> bool:
        return bool(self._to_add) or self._looks_everywhere or self._is_waiting
