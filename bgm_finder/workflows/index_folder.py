"""Folders -> list: scans, then analyses file by file; whatever is stored stays stored, however it ends."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bgm_finder.audio.decode import AUDIO_SUFFIXES, VIDEO_SUFFIXES
from bgm_finder.audio.files import ALIKE_SUFFIXES
from bgm_finder.catalogue.analyses import ToDo
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.moves import full_hash_of
from bgm_finder.catalogue.scan import Scan, scan
from bgm_finder.drives.drives import Drives
from bgm_finder.drives.waiting import NoAnswer
from bgm_finder.jobs.each_file import FILE_LONGEST_S, MakeExecutor, Result, each_file
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import PASSING_REASONS, Reason, Refusal, Unreadable
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.workflows.analyse import WINDOWS_LONGEST_S, analyse_windows
from bgm_finder.workflows.analyse_whole import analyse_whole
from bgm_finder.workflows.turn_vectors import turn_vectors

_ADDED_AT_ONCE = 1000
"""Rows that appear together; the list fills while a big folder is still being taken in."""


@dataclass(frozen=True, slots=True)
class IndexOptions:
    """How folders are indexed, and who gets reports on the way, in the thread of the run."""

    network: str = "default"
    """The name of the network that makes the vectors."""
    full: bool = False
    """Whether the second pass follows the first."""
    everywhere: bool = False
    """Scan all folders of the library also where some are given."""
    scans: bool = True
    """False for the analysis alone."""
    after_scan: Callable[[], object] = lambda: None
    """Called between scan and analysis."""
    on_event: Callable[[list[int]], object] = lambda _ids: None
    """Called with the ids of the tracks that were touched."""
    on_silent: Callable[[Path], object] = lambda _path: None
    """Called with each folder that does not answer, as soon as that is known."""
    requested: Callable[[], Iterable[int]] = tuple
    """Asked before each file which tracks come before all others, as the selected one and its neighbours."""


DEFAULTS = IndexOptions()


@dataclass(slots=True)
class IndexReport:
    """What an index run did; counts of files, and each unreadable one with why."""

    added: int = 0
    changed: int = 0
    moved: int = 0
    missing: int = 0
    unreadable: list[tuple[Path, Refusal]] = field(default_factory=list)
    silent: list[Path] = field(default_factory=list)
    """Folders that did not answer; they are among the unreadable, and looked at again the next time."""
    passed_over: list[Path] = field(default_factory=list)
    """Folders of trash, snapshots and caches, which were not looked into."""
    alike: Counter[str] = field(default_factory=Counter)
    """How many files have each ending of files that look like sound and hold none that can be read."""
    unread_tempi: list[tuple[Path, str]] = field(default_factory=list)
    """Files with what their tags hold where the tempo should stand, if that is none."""
    readable: int = 0
    """Tracks of the scanned folders that can be searched for now."""
    seconds: float = 0.0
    returned: int = 0
    """Files that were missing at the last scan and are there again."""

    @property
    def left_out(self) -> int:
        """Return how many files and folders were found and not taken."""
        return len(self.unreadable) + len(self.passed_over) + self.alike.total()


def index(
    job: Job,
    catalogue: Path,
    folders: list[Path],
    make_executor: MakeExecutor,
    options: IndexOptions = DEFAULTS,
) -> IndexReport:
    """Add folders and scan them, or all folders where none is given; then analyse all tracks that wait for it.

    The first pass makes the vectors; the second one, where it is wanted, pictures, loudness, tempo and the sections'
    vectors. Raises Cancelled, CatalogueError.
    """
    began_s = time.monotonic()
    embedder = load_embedder(options.network)
    name = embedder.name
    report = IndexReport()
    turn_vectors(job, catalogue, embedder)
    with Catalogue(catalogue) as opened:
        run = _Run(job, opened, make_executor, report, options)
        added = [place for folder in folders if (place := run.add(folder)) is not None]
        roots = opened.folders.all() if options.scans and (options.everywhere or not folders) else added
        for root in roots:
            run.take_in(root)
        options.after_scan()
        run.first_pass(name)
        if options.full:
            run.second_pass(name)
        run.sum_up(roots, name)
    report.seconds = time.monotonic() - began_s
    return report


def forget(job: Job, catalogue: Path, folder: Path) -> list[int]:
    """Forget an added folder with its tracks, tags and analysis; the files stay. Gives the ids of the tracks."""
    with Catalogue(catalogue) as opened:
        return opened.folders.remove(folder)


class _Run:
    """One run's parts; all of them write through the same open catalogue."""

    def __init__(
        self,
        job: Job,
        catalogue: Catalogue,
        make_executor: MakeExecutor,
        report: IndexReport,
        options: IndexOptions,
    ) -> None:
        self._job = job
        self._drives = Drives(job.stops_waiting)
        """Those of the scan, which takes minutes; a pass takes hours and asks anew."""
        self._catalogue = catalogue
        self._make_executor = make_executor
        self._report = report
        self._options = options
        self._missing: set[int] = set()
        """Found missing in this run; what moved to a folder that is scanned later is taken out again."""

    def add(self, folder: Path) -> Path | None:
        """Add a folder; return the folder itself, also where it lies in an added one: only it is to be scanned.

        Gives None where the folder does not even say which one it is.
        """
        try:
            place = self._drives.resolved(folder)
        except NoAnswer:
            self._note_unreadable([(folder, Refusal(Reason.NO_ANSWER))])
            return None
        self._catalogue.folders.add(place)
        return place

    def take_in(self, root: Path) -> None:
        """Scan one folder and store the differences."""
        files = self._catalogue.files
        found = scan(
            root,
            files.remembered(root),
            AUDIO_SUFFIXES | VIDEO_SUFFIXES,
            self._drives,
            lambda: files.known_outside(root),
        )
        self._report.added += len(found.new)
        self._report.changed += len(found.changed)
        self._report.moved += len(found.moved)
        self._report.returned += len(found.returned)
        self._missing.update(file.track_id for file in found.missing)
        self._missing.difference_update(old.track_id for old, _ in found.moved)
        self._report.missing = len(self._missing)
        self._note_unreadable([(Path(path), why) for path, why in found.unreadable])
        self._report.passed_over += map(Path, found.passed_over)
        self._report.alike += Counter(
            {end: found.other_endings[end] for end in ALIKE_SUFFIXES & {*found.other_endings}}
        )
        self._store_known(found)
        for start in range(0, len(found.new), _ADDED_AT_ONCE):
            self._job.check()
            self._options.on_event(self._catalogue.files.add(found.new[start : start + _ADDED_AT_ONCE]))

    def first_pass(self, name: str) -> None:
        """Make the vectors; rows, titles and tags of the files themselves come with them."""
        self._catalogue.analyses.forget_unreadable(PASSING_REASONS | {Reason.INTERNAL_ERROR})
        waiting = self._catalogue.analyses.waiting_for_vectors(name)
        files, streams = self._answering(waiting), _chosen(waiting)
        self._job.begin_stage("listen", len(files))
        work = partial(analyse_windows, network=self._options.network, streams=streams)
        results = self._each(work, files, WINDOWS_LONGEST_S)
        for done, (track_id, path, result) in enumerate(results, 1):
            if isinstance(result, Unreadable):
                self._catalogue.analyses.store_unreadable(track_id, result.refusal, streams.get(path))
            else:
                self._catalogue.analyses.store_windows(track_id, result[0], name, result[1], streams.get(path))
                self._note_tempo(path, result[0].unread_tempo)
            self._options.on_event([track_id])
            self._job.progress(done, len(files), path.name)
        drives = Drives(self._job.stops_waiting)
        for track_id in self._catalogue.files.alike():
            self._job.check()
            self._tell_apart(track_id, drives)

    def second_pass(self, name: str) -> None:
        """Make pictures, loudness, tempo and the sections' vectors."""
        waiting = self._catalogue.analyses.waiting_for_whole(name)
        files, streams = self._answering(waiting), _chosen(waiting)
        self._job.begin_stage("draw", len(files))
        work = partial(analyse_whole, network=self._options.network, streams=streams)
        results = self._each(work, files)
        for done, (track_id, path, result) in enumerate(results, 1):
            if isinstance(result, Unreadable):
                self._catalogue.analyses.store_unreadable(track_id, result.refusal, streams.get(path))
            else:
                self._catalogue.analyses.store_whole(track_id, name, result, streams.get(path))
            self._options.on_event([track_id])
            self._job.progress(done, len(files), path.name)

    def sum_up(self, roots: Iterable[Path], name: str) -> None:
        """Count what can be searched for below the folders, and name what cannot be read."""
        for root in roots:
            unreadable = self._catalogue.files.unreadable(root)
            self._report.unreadable += unreadable
            self._report.readable += self._catalogue.files.count_present(root) - len(unreadable)

    def _note_unreadable(self, unreadable: list[tuple[Path, Refusal]]) -> None:
        self._report.unreadable += unreadable
        silent = [path for path, why in unreadable if why.reason == Reason.NO_ANSWER]
        self._report.silent += silent
        for path in silent:
            self._options.on_silent(path)

    def _note_tempo(self, path: Path, text: str) -> None:
        if text:
            self._report.unread_tempi.append((path, text))

    def _answering(self, waiting: list[ToDo]) -> list[tuple[int, Path]]:
        """Return the files that wait, but for those in folders that do not answer now: each would cost a worker."""
        drives = Drives(self._job.stops_waiting)  # what answered before, or did not, may be hours ago
        folders = {todo.path.parent for todo in waiting}
        answering = {folder for folder in folders if self._is_answering(folder, drives)}
        return [(todo.track_id, todo.path) for todo in waiting if todo.path.parent in answering]

    def _is_answering(self, folder: Path, drives: Drives) -> bool:
        suspects = (silent for silent in self._report.silent if folder.is_relative_to(silent))
        return drives.reaches(bytes(folder)) and all(map(drives.is_answered, suspects))

    def _each(
        self, work: Callable[[Path], Result], files: list[tuple[int, Path]], longest_s: float = FILE_LONGEST_S
    ) -> Iterator[tuple[int, Path, Result | Unreadable]]:
        return each_file(self._job, self._make_executor, work, files, self._options.requested, longest_s)

    def _store_known(self, found: Scan) -> None:
        files = self._catalogue.files
        for old, new in found.changed:
            files.renew(old.track_id, new)
        for old, new in found.moved:
            files.move(old.track_id, new)
        files.set_missing([file.track_id for file in found.missing], True)
        files.set_missing([file.track_id for file in found.returned], False)
        moved = [old for old, _ in (*found.changed, *found.moved)]
        self._options.on_event([file.track_id for file in (*moved, *found.missing, *found.returned)])

    def _tell_apart(self, track_id: int, drives: Drives) -> None:
        path = self._catalogue.files.path(track_id)
        if path is not None:
            try:
                self._catalogue.files.store_full_hash(track_id, full_hash_of(path, drives))
            except OSError:  # gone since, or silent; the next scan will say so
                return


def _chosen(waiting: Iterable[ToDo]) -> dict[Path, int]:
    """Return the sound streams that were chosen by hand: few, so that every worker can be handed all of them."""
    return {todo.path: todo.stream for todo in waiting if todo.stream is not None}
