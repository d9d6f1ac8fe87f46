"""Open a library while the libraries of the window load: checked, repaired where it is damaged, and read."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from bgm_finder.catalogue.database import CatalogueError
from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.catalogue.rescue import Rescue, open_safely
from bgm_finder.catalogue.safekeeping.ownership import Ownership
from bgm_finder.drives.drives import Drives
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason
from bgm_finder.settings import Settings
from bgm_finder.similarity.embedder import Embedder, load_embedder
from bgm_finder.similarity.weights_file import WeightsUnusable
from bgm_finder.workflows.browse import load_columns
from bgm_finder.workflows.turn_vectors import turn_vectors

_log = logging.getLogger(__name__)


class Opening:
    """A catalogue on its way, in a thread of its own; close it, however the start ends."""

    def __init__(self, catalogue: Path, settings: Settings, read_only: bool = False) -> None:
        self.catalogue = catalogue
        self.embedder, self.lost_network = _chosen_embedder(settings)
        self.ownership = Ownership(catalogue, may_claim=not read_only)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="opening")
        self.is_ours = self.ownership.claim()
        self._looked = self._thread.submit(_rescued, catalogue) if self.is_ours else None  # before anything opens it
        self._turning = Job()
        if self.is_ours:  # the sections, which take far longer, are turned when the first run begins
            self._thread.submit(turn_vectors, self._turning, catalogue, self.embedder, with_sections=False)
        self._reading: Future[Columns] | None = self._thread.submit(load_columns, Job(), catalogue, self.embedder.name)

    @property
    def rescue(self) -> Rescue | None:
        """What had to be done before the catalogue could be opened, if anything; waits for it."""
        return None if self._looked is None else self._looked.result()

    def take_columns(self) -> Future[Columns] | None:
        """Return the reading of the columns, once: whoever kept them here would keep them for good."""
        reading, self._reading = self._reading, None
        return reading

    def close(self) -> None:
        """Wait for the thread, and let others change the catalogue."""
        self._turning.cancel()
        self._thread.shutdown(wait=True, cancel_futures=True)
        self.ownership.release()


def _rescued(catalogue: Path) -> Rescue | None:
    """Repair a damaged catalogue; return what was done, where anything was."""
    try:
        return open_safely(catalogue)
    except (CatalogueError, OSError) as error:  # the window opens all the same and says so as soon as it reads
        _log.error("the catalogue cannot be opened: %s", error)
        return None


def _chosen_embedder(settings: Settings) -> tuple[Embedder, str]:
    """Return what loads the network of the settings, or the bundled one and the name of that which cannot be used."""
    chosen = Path(settings.network)
    try:
        if chosen.suffix == ".safetensors" and not Drives(lambda: False).is_answered(chosen):
            raise WeightsUnusable(chosen, Reason.NO_ANSWER)
        return load_embedder(settings.network), ""
    except WeightsUnusable as error:
        _log.warning("%s; the bundled network is used", error)
        settings.network = "default"
        return load_embedder("default"), chosen.stem
