"""Fuzzes all that opens a sound file: thousands of damaged files are indexed, played, drawn and dropped.

`python -m tests.reliability.fuzz_files --files 20000 --seed 1 --work DIR` goes on where a run in DIR was stopped. Every
file goes through the product's own worker processes; a run fails where a file is passed over in silence, the catalogue
is not whole, a mistake of ours shows, or a limit of time or memory is not kept. What failed is kept in DIR/kept.
"""

import argparse
import json
import logging
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from bgm_finder import paths
from bgm_finder.audio.decode import SoundReader
from bgm_finder.audio.playing.feed import decode_head
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.jobs.each_file import each_file
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.time_limit import time_limit
from bgm_finder.jobs.workers import Workers, end_if_stuck
from bgm_finder.reasons import Reason, Refusal, Unreadable
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.track import SoundAt
from bgm_finder.workflows.analyse import analyse_windows, embed_file, worker_embedder
from bgm_finder.workflows.analyse_whole import analyse_whole
from bgm_finder.workflows.index_folder import IndexOptions, forget, index
from bgm_finder.workflows.picture import draw
from tests.reliability import damage, oddities, real_sounds
from tests.reliability.living_files import growing_file, silent_folder

_RATE_HZ = 44_100
_HEAD_S = 2.0
_PLAY_LIMIT_S = 120.0
_MOST_S = 1_000.0
"""Processor time that a file may cost at most: the limit of the whole look and some start-up."""
_MOST_MIB = 3_500
_NETWORK = "article"


@dataclass
class Batch:
    """What came of one folder of files."""

    number: int
    files: int = 0
    analysed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    played: int = 0
    play_reasons: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0
    slowest: str = ""
    peak_mib: float = 0.0
    seconds: float = 0.0
    defects: list[str] = field(default_factory=list)


class WatchedWorkers(Workers):
    """The product's workers, which also note what each file took of the processor, and of memory at most."""

    def __init__(self, jobs: int, notes: Path) -> None:
        super().__init__(jobs)
        self._notes = notes

    def submit(self, work: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        return super().submit(_watched, self._notes, work, *args, **named)


def _watched(notes: Path, work: Callable[[Path], Any], path: Path) -> Any:
    began = time.process_time()
    try:
        return work(path)
    finally:
        peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        line = json.dumps({"path": str(path), "s": time.process_time() - began, "mib": peak_mib})
        with notes.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def use(path: Path) -> list[Reason]:
    """Do to a file what the window does to one that is selected or dropped; return why each step was refused."""
    refusals = []
    with time_limit(_PLAY_LIMIT_S):
        for step in (_play_head, _jump_about, _draw, _drop):
            try:
                step(path)
            except Unreadable as refusal:
                refusals.append(refusal.reason)
    return refusals


def analyse_and_use(path: Path) -> list[Reason]:
    """Do all of the app's work on a file; return why each step was refused."""
    refusals = []
    for step in (partial(analyse_windows, network=_NETWORK), partial(analyse_whole, network=_NETWORK)):
        try:
            step(path)
        except Unreadable as refusal:
            refusals.append(refusal.reason)
    return refusals + use(path)


def _play_head(path: Path) -> None:
    head = decode_head(path, _RATE_HZ, _HEAD_S)
    assert head is not None and head.samples.shape[1] == 2
    assert np.isfinite(head.samples).all()


def _jump_about(path: Path) -> None:
    random = Random(path.name)
    with SoundReader(path) as reader:
        places = [0, reader.frames // 2, reader.frames - 1, reader.frames + 10, *(
            random.randrange(reader.frames) for _ in range(4)
        )]  # fmt: skip
        for place in places:
            reader.seek(place)
            samples = reader.read(4_096)
            assert samples.shape[1] == reader.channels
            assert len(samples) <= 4_096


def _draw(path: Path) -> None:
    drawing = draw(Job(), SoundAt(path), lambda _part: None)
    assert np.isfinite(drawing.picture.db).all()


def _drop(path: Path) -> None:
    vector = embed_file(SoundAt(path), worker_embedder(_NETWORK))
    assert np.isfinite(vector).all()


class Fuzz:
    """One run, in a folder of its own."""

    def __init__(self, work: Path, seed: int, jobs: int) -> None:
        self._work, self._seed = work, seed
        self._catalogue = work / "catalogue.sqlite"
        self._notes = work / "notes.jsonl"
        self._kept = work / "kept"
        self._make_executor = partial(WatchedWorkers, jobs, self._notes)
        self._network_name = load_embedder(_NETWORK).name
        work.mkdir(parents=True, exist_ok=True)
        self._real = real_sounds.make_all(work / "real", sorted(paths.resource("demo").glob("*.ogg")))

    def odd(self) -> Batch:
        """Fuzzes the files that are odd of their own kind."""
        folder = self._work / "oddities"
        made = list(oddities.make_all(folder, {path.name: path for path in self._real}))
        with growing_file(folder / "grows.wav"), silent_folder(folder / "cloud") as silent:
            return self._run(Batch(0), folder, [*made, folder / "grows.wav", *silent])

    def damaged(self, number: int, files: int) -> Batch:
        """Fuzzes one folder of damaged files."""
        folder = self._work / f"batch {number}"
        folder.mkdir(parents=True, exist_ok=True)
        made = []
        for place in range((number - 1) * files, number * files):
            name, held = damage.damaged(self._seed, place, self._real)
            (folder / name).write_bytes(held)
            made.append(folder / name)
        return self._run(Batch(number), folder, made)

    def _run(self, batch: Batch, folder: Path, made: list[Path]) -> Batch:
        began = time.monotonic()
        batch.files = len(made)
        self._notes.unlink(missing_ok=True)
        with _Mistakes(batch):
            report = index(Job(), self._catalogue, [folder], self._make_executor, IndexOptions(_NETWORK, full=True))
            self._compare(batch, made, dict(report.unreadable))
            self._use(batch, made)
        self._note_costs(batch)
        forget(Job(), self._catalogue, folder.resolve())
        batch.seconds = time.monotonic() - began
        for defect in batch.defects:
            self._keep(defect, folder)
        shutil.rmtree(folder, ignore_errors=True)
        return batch

    def _compare(self, batch: Batch, made: list[Path], unreadable: dict[Path, Refusal]) -> None:
        """Looks whether each file is either whole in the catalogue or named with a reason."""
        with Catalogue(self._catalogue) as opened:
            batch.defects += [f"the catalogue: {text}" for text in opened.integrity_complaints()]
            waiting = {todo.path for todo in opened.analyses.waiting_for_vectors(self._network_name)}
            waiting |= {todo.path for todo in opened.analyses.waiting_for_whole(self._network_name)}
            known = {Path(file.path) for file in opened.files.known()}
        for path in made:
            if path in unreadable:
                batch.reasons[unreadable[path].reason] += 1
                if unreadable[path].reason == Reason.STOPS_DECODER and path.name != "placeholder.wav":
                    batch.defects.append(f"{path.name}: {unreadable[path]}")
            elif path in known - waiting:
                batch.analysed += 1
            else:
                batch.defects.append(f"{path.name}: passed over in silence")

    def _use(self, batch: Batch, made: list[Path]) -> None:
        for _, path, found in each_file(
            Job(), self._make_executor, use, enumerate(made), longest_s=_PLAY_LIMIT_S + 30.0
        ):
            refusals = [found.reason] if isinstance(found, Unreadable) else found
            batch.played += not refusals
            if refusals:
                batch.play_reasons[refusals[0]] += 1
            if (
                isinstance(found, Unreadable)
                and found.reason == Reason.STOPS_DECODER
                and path.name != "placeholder.wav"
            ):
                batch.defects.append(f"{path.name}: {refusals[0]} when used")

    def _note_costs(self, batch: Batch) -> None:
        for line in self._notes.read_text(encoding="utf-8").splitlines():
            note = json.loads(line)
            batch.peak_mib = max(batch.peak_mib, note["mib"])
            if note["s"] > batch.slowest_s:
                batch.slowest_s, batch.slowest = note["s"], Path(note["path"]).name
        if batch.slowest_s > _MOST_S or batch.peak_mib > _MOST_MIB:
            batch.defects.append(f"{batch.slowest}: {batch.slowest_s:.0f} s, {batch.peak_mib:.0f} MiB")

    def _keep(self, defect: str, folder: Path) -> None:
        path = folder / defect.partition(": ")[0]
        if path.is_file() and path.stat().st_size < 10_000_000:
            self._kept.mkdir(exist_ok=True)
            shutil.copy(path, self._kept / path.name)


class _Mistakes(logging.Handler):
    """Turn each mistake that is logged while it lasts into a defect of the batch."""

    def __init__(self, batch: Batch) -> None:
        super().__init__(logging.ERROR)
        self._batch = batch

    def emit(self, record: logging.LogRecord) -> None:
        name, _, trace = record.getMessage().partition(" meets a mistake")
        self._batch.defects.append(f"{Path(name).name}: a mistake of ours{trace}")

    def __enter__(self) -> None:
        logging.getLogger("bgm_finder").addHandler(self)

    def __exit__(self, *_: object) -> None:
        logging.getLogger("bgm_finder").removeHandler(self)


def main() -> int:
    options = _options()
    work = options.work or Path(tempfile.mkdtemp(prefix="bgm-finder-fuzz-"))
    done_file = work / f"seed {options.seed}.jsonl"
    done = [json.loads(line) for line in done_file.read_text().splitlines()] if done_file.exists() else []
    fuzz = Fuzz(work, options.seed, options.jobs)
    passed = {batch["number"] for batch in done}
    for number in (*range(1, -(-options.files // options.batch) + 1), 0):
        if number not in passed:
            batch = fuzz.odd() if number == 0 else fuzz.damaged(number, options.batch)
            done.append(json.loads(json.dumps(vars(batch))))
            with done_file.open("a") as file:
                file.write(json.dumps(done[-1]) + "\n")
            print(_line(done[-1]), flush=True)
    print(_table(done), flush=True)
    return 1 if any(batch["defects"] for batch in done) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--batch", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--work", type=Path, help="a folder for the run, in which it can be taken up again")
    return parser.parse_args()


def _line(batch: dict[str, Any]) -> str:
    head = f"batch {batch['number']}: {batch['files']} files, {batch['analysed']} analysed, {batch['seconds']:.0f} s"
    return "\n".join([f"{head}, peak {batch['peak_mib']:.0f} MiB", *(f"  {defect}" for defect in batch["defects"])])


def _table(done: list[dict[str, Any]]) -> str:
    reasons: Counter[str] = Counter()
    for batch in done:
        reasons.update(batch["reasons"])
    slowest = max(done, key=lambda batch: batch["slowest_s"])
    rows = {
        "files": sum(batch["files"] for batch in done),
        "analysed all the same": sum(batch["analysed"] for batch in done),
        **{f"named: {reason}": count for reason, count in reasons.most_common()},
        "played, drawn and searched without a refusal": sum(batch["played"] for batch in done),
        "defects": sum(len(batch["defects"]) for batch in done),
        "slowest file": f"{slowest['slowest_s']:.1f} s of the processor ({slowest['slowest']})",
        "largest worker": f"{max(batch['peak_mib'] for batch in done):.0f} MiB",
        "seconds": f"{sum(batch['seconds'] for batch in done):.0f}",
    }
    return "\n".join(f"| {name} | {value} |" for name, value in rows.items())


if __name__ == "__main__":
    code = main()
    end_if_stuck(code)  # the worker that reads what never answers is stuck
    sys.exit(code)
