"""Kills the app's work at hundreds of random moments and looks whether anything that was promised is lost.

`python -m tests.reliability.sudden_death --kills 500 --seed 1`. A process scans, analyses, imports tag lists and edits
tags and marks, all at once as the window does, and is ended with SIGKILL. After each death the catalogue is opened as
the next start would: it must be whole, hold every edit and the whole of the last tag list, and no file whose analysis
was stored may be analysed again. The process is a fork of this one, so that it need not load torch each time.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.rescue import open_safely
from bgm_finder.jobs.job import Job
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.track import SoundAt, Tag
from bgm_finder.workflows.analyse import embed_file, worker_embedder
from bgm_finder.workflows.edit_tracks import change_tags, mark
from bgm_finder.workflows.import_tags import ListSource, import_tags
from bgm_finder.workflows.index_folder import IndexOptions, index

_FILES = 24
_RATE_HZ = 16_000
_LENGTH_S = 1.5
_NETWORK = "article"
_LONGEST_S = 1.2
"""A process lives at most so long once it works."""
_PATIENCE_S = 60.0
_CHANGED = 4
"""Files that get other contents between two lives, so that there is always something to analyse."""
_MOODS = ("calm", "bright", "dark", "happy")
_MARKS = ("keep", "reject", "")


@dataclass
class Promises:
    """What the app has said to be done, by file name."""

    moods: dict[str, set[str]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    tag_list: int = 0

    def keep(self, said: list[str]) -> None:
        """Take what one done line tells."""
        kind, name, value = said
        if kind == "list":
            self.tag_list = int(value)
        elif kind == "mark":
            self.marks[name] = value
        elif kind == "+":
            self.moods.setdefault(name, set()).add(value)
        else:
            self.moods.setdefault(name, set()).discard(value)


@dataclass
class Tally:
    """What came of all deaths."""

    kills: int = 0
    during: dict[str, int] = field(default_factory=dict)
    edits: int = 0
    analysed: int = 0
    in_vain: int = 0
    """Analyses that had begun and were not stored when the process died."""
    redone: int = 0
    """Edits that were written down but not yet committed when the process died."""
    complaints: list[str] = field(default_factory=list)


# -- the life of one process


class _Diary:
    """Lines that outlive the process: each is one write to a file, which the system keeps whoever dies."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def write(self, *words: str) -> None:
        os.write(self._file, ("\t".join(words) + "\n").encode())


class _Telling(ThreadPoolExecutor):
    """Notes in the diary which file's analysis begins."""

    def __init__(self, diary: _Diary) -> None:
        super().__init__(1)
        self._diary = diary

    def submit(self, work: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        return super().submit(self._told, work, args[0])

    def _told(self, work: Callable[..., Any], path: Path) -> Any:
        is_first = "windows" in repr(work)
        self._diary.write("analyse", "first" if is_first else "second", path.name)
        return work(path)


def live(folder: Path, seed: int) -> None:
    """Works until it is killed."""
    diary, chance = _Diary(folder / "diary"), random.Random(seed)
    catalogue = folder / "catalogue.sqlite"
    threading.Thread(target=_index_for_ever, args=(folder, catalogue, diary), daemon=True).start()
    while not catalogue.exists():
        time.sleep(0.005)
    diary.write("ready", "", "")
    while True:
        with Catalogue(catalogue) as opened:
            ids = {path.name: track_id for track_id, path in opened.files.paths().items()}
        if len(ids) == _FILES:
            _edit(catalogue, ids, diary, chance)


def _index_for_ever(folder: Path, catalogue: Path, diary: _Diary) -> None:
    while True:
        index(Job(), catalogue, [folder / "music"], partial(_Telling, diary), IndexOptions(_NETWORK, full=True))


def _edit(catalogue: Path, ids: dict[str, int], diary: _Diary, chance: random.Random) -> None:
    name = chance.choice(sorted(ids))
    kind = chance.choice(("+", "-", "mark", "list"))
    value = chance.choice(_MARKS if kind == "mark" else _MOODS)
    if kind == "list":
        value = str(chance.randrange(1, 1_000_000))
        tag_list = catalogue.with_name("tags.csv")
        tag_list.write_text("file,genre\n" + "".join(f"{one},list {value}\n" for one in sorted(ids)))
    diary.write("requested", kind, name, value)
    if kind == "list":
        import_tags(Job(), catalogue, ListSource(tag_list))
    elif kind == "mark":
        mark(Job(), catalogue, [ids[name]], value)
    else:
        tag = [Tag("mood", value)]
        change_tags(Job(), catalogue, [ids[name]], tag if kind == "+" else [], tag if kind == "-" else [])
    diary.write("done", kind, name, value)


# -- the looking


class Death:
    """Let processes live and die in one folder, and looks what they left."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._chance = folder, random.Random(seed)
        self._catalogue = folder / "catalogue.sqlite"
        self._diary = folder / "diary"
        self._name = load_embedder(_NETWORK).name
        self._promises = Promises()
        self._stored: dict[str, set[str]] = {"first": set(), "second": set()}
        self.tally = Tally()
        (folder / "music").mkdir(parents=True, exist_ok=True)
        for number in range(_FILES):
            self._write(f"track {number:02}.wav")

    def once(self) -> None:
        """One life, one death, one look."""
        self._diary.unlink(missing_ok=True)
        child = os.fork()
        if not child:
            try:
                live(self._folder, self._chance.randrange(1 << 30))
            finally:
                os._exit(1)
        try:
            self._wait_until_it_works(child)
            time.sleep(self._chance.uniform(0.0, _LONGEST_S))
        finally:
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            self.tally.complaints.append("the process ended by itself")
        self._look()
        for number in self._chance.sample(range(_FILES), _CHANGED):
            self._write(f"track {number:02}.wav")

    def _write(self, name: str) -> None:
        seed = self._chance.randrange(1 << 30)
        samples = np.random.default_rng(seed).normal(0, 0.1, int(_RATE_HZ * _LENGTH_S)).astype(np.float32)
        soundfile.write(self._folder / "music" / name, samples, _RATE_HZ)
        for stored in self._stored.values():
            stored.discard(name)

    def _wait_until_it_works(self, child: int) -> None:
        ends = time.monotonic() + _PATIENCE_S
        while time.monotonic() < ends:
            if self._diary.exists() and b"ready" in self._diary.read_bytes():
                return
            time.sleep(0.002)
        raise TimeoutError("the process never began to work")

    def _look(self) -> None:
        lines = [line.split("\t") for line in self._diary.read_text().splitlines()]
        tally = self.tally
        tally.kills += 1
        rescue = open_safely(self._catalogue)
        if rescue is not None:
            tally.redone += rescue.redone
            if rescue.refusal:
                tally.complaints.append(f"the catalogue: {rescue.refusal}")
        requested = None
        for line in lines:
            if line[0] == "requested":
                requested = line[1:]
            elif line[0] == "done":
                self._promises.keep(line[1:])
                tally.edits += 1
                requested = None
        self._compare_analyses([line for line in lines if line[0] == "analyse"])
        with Catalogue(self._catalogue) as opened:
            tally.complaints += opened.integrity_complaints()
            self._compare_edits(opened, requested)
            self._note_stored(opened)
        writing = (
            "an import" if requested and requested[0] == "list" else "an edit" if requested else "between two edits"
        )
        self._count_moment(writing, [line[1:] for line in lines if line[0] == "analyse"])

    def _count_moment(self, writing: str, begun: list[list[str]]) -> None:
        """Count what was going on, and which analyses had begun in vain."""
        in_vain = [(which, name) for which, name in begun if name not in self._stored[which]]
        moment = f"{writing}, {'an analysis' if in_vain else 'a scan'}"
        self.tally.during[moment] = self.tally.during.get(moment, 0) + 1
        self.tally.in_vain += len(in_vain)

    def _compare_analyses(self, begun: list[list[str]]) -> None:
        for _, which, name in begun:
            self.tally.analysed += 1
            if name in self._stored[which]:
                self.tally.complaints.append(f"{name} was analysed again ({which} pass)")

    def _note_stored(self, opened: Catalogue) -> None:
        """Notes which analyses are stored; a file that was written over since, and not scanned, has none."""
        known = {
            Path(file.path).name for file in opened.files.known() if Path(file.path).stat().st_mtime_ns == file.mtime_ns
        }
        waiting = {
            "first": {todo.path.name for todo in opened.analyses.waiting_for_vectors(self._name)},
            "second": {todo.path.name for todo in opened.analyses.waiting_for_whole(self._name)},
        }
        for which, names in waiting.items():
            self._stored[which] = known - names

    def _compare_edits(self, opened: Catalogue, requested: list[str] | None) -> None:
        """Looks for each promise; the edit in hand at the death may be there or not, and is known afterwards."""
        found = Promises()
        lists = set()
        for track_id, path in opened.files.paths().items():
            for tagging in opened.tags.of(track_id):
                if tagging.tag.category == "mood":
                    found.moods.setdefault(path.name, set()).add(tagging.tag.name)
                elif tagging.source == "csv":
                    lists.add(int(tagging.tag.name.removeprefix("list ")))
            track = opened.tracks.get(track_id)
            found.marks[path.name] = track.mark if track else ""
        if len(lists) > 1:
            self.tally.complaints.append(f"a tag list was brought in by halves: {lists}")
        found.tag_list = max(lists, default=0)
        if not _equal(found, self._promises) and requested is not None:
            self._promises.keep(requested)
        if not _equal(found, self._promises):
            self.tally.complaints.append(f"found {found}, promised {self._promises}")
            self._promises = found


def _equal(one: Promises, other: Promises) -> bool:
    def plain(promises: Promises) -> tuple[dict[str, set[str]], dict[str, str], int]:
        moods = {name: moods for name, moods in promises.moods.items() if moods}
        return moods, {name: mark for name, mark in promises.marks.items() if mark}, promises.tag_list

    return plain(one) == plain(other)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory(prefix="bgm-finder-death-") as folder:
        death = Death(Path(folder), options.seed)
        embed_file(
            SoundAt(Path(folder) / "music" / "track 00.wav"), worker_embedder(_NETWORK)
        )  # loads what forks share
        began = time.monotonic()
        while death.tally.kills < options.kills:
            death.once()
        for name, value in vars(death.tally).items():
            print(f"{name}: {value}")
        print(f"seconds: {time.monotonic() - began:.0f}")
    return 1 if death.tally.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
