"""The clock jumps, by a day or ten years and back: within a run, and between two of them."""

import itertools
import json
import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from music import write_tracks

from bgm_finder import paths
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.rescue import open_safely
from bgm_finder.catalogue.safekeeping.backups import backups_of
from bgm_finder.jobs.job import Job
from bgm_finder.track import Section, SoundAt
from bgm_finder.workflows.cut_section import cut_section

JUMPS = ("+1d", "-1d", "+3650d", "-3650d", "+0")
EVERY_S = 0.7
TEN_YEARS = timedelta(days=3650)
MINUTES = 0.12
_LEFT = re.compile(r"(\d+):(\d\d) left")


class Clock:
    """The clock of the programs that run in its environment; their steady clocks go on, as when a real one jumps."""

    def __init__(self, library: Path, file: Path) -> None:
        self._library, self._file = library, file
        self.jump("+0")

    def jump(self, offset: str) -> None:
        draft = self._file.with_suffix(".draft")
        draft.write_text(offset, encoding="ascii")
        draft.replace(self._file)

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "LD_PRELOAD": str(self._library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }

    @contextmanager
    def jumping(self):
        """Jumps to and fro while the block runs."""
        is_over = threading.Event()

        def jump() -> None:
            for offset in itertools.cycle(JUMPS):
                if is_over.wait(EVERY_S):
                    return
                self.jump(offset)

        thread = threading.Thread(target=jump)
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join()


@pytest.fixture
def clock(tmp_path):
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        pytest.skip("libfaketime is not installed (Debian: faketime)")
    return Clock(found[0], tmp_path / "clock")


@pytest.fixture
def command(clock):
    """Run a command of the app by that clock; return what it prints."""

    def run(*words):
        done = subprocess.run(
            [sys.executable, "-m", "bgm_finder", *map(str, words)],
            env=clock.environment(), capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done

    return run


def test_the_clock_really_jumps(clock):
    clock.jump("+3650d")
    asked = [sys.executable, "-c", "import datetime; print(datetime.date.today().year)"]
    years = [
        int(subprocess.run(asked, env=environment, capture_output=True, text=True, check=True).stdout)
        for environment in (os.environ, clock.environment())
    ]
    assert years[1] - years[0] in (9, 10)


def test_a_jumping_clock_disturbs_no_window(clock, tmp_path):
    report = tmp_path / "report.json"
    monkey = [sys.executable, "-m", "tests.reliability.monkey", str(paths.resource("demo")), "--seed", "3"]
    monkey += ["--minutes", str(MINUTES), "--catalogue", str(tmp_path / "c.sqlite"), "--report", str(report)]
    with clock.jumping():
        done = subprocess.run(monkey, env=clock.environment(), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    seen = json.loads(report.read_text(encoding="utf-8"))
    assert seen["actions"] > 0
    assert seen["errors"] == {} and seen["threads_left"] == []
    with Catalogue(tmp_path / "c.sqlite") as opened:
        assert opened.integrity_complaints() == []


def test_an_analysis_keeps_its_pace_and_does_nothing_twice(clock, command, tmp_path):
    music, catalogue = tmp_path / "music", ["--catalogue", tmp_path / "c.sqlite", "--json"]
    write_tracks(music, 6, seconds=3.0)
    with clock.jumping():
        done = command("index", music, "--full", "--jobs", 1, *catalogue)
    first = json.loads(done.stdout)
    assert (first["added"], first["unreadable"]) == (6, [])
    assert 0 < first["seconds"] < 300
    assert all(int(minutes) < 60 for minutes, _ in _LEFT.findall(done.stderr))
    for offset in ("+3650d", "-3650d"):
        clock.jump(offset)
        again = json.loads(command("index", music, "--full", *catalogue).stdout)
        assert [again[kind] for kind in ("added", "changed", "moved", "missing", "unreadable")] == [0, 0, 0, 0, []]


def test_backups_go_on_after_every_jump_and_the_newest_is_known(clock, tmp_path):
    music, catalogue = tmp_path / "music", tmp_path / "c.sqlite"
    write_tracks(music, 3, seconds=1.0, formats=("wav",))
    look = (
        "import sys; from datetime import timedelta; from pathlib import Path;"
        "from bgm_finder.jobs.job import Job; from bgm_finder.workflows.keep_safe import keep_safe;"
        "from bgm_finder.catalogue.catalogue import Catalogue; from bgm_finder.catalogue.scan import scan;"
        "from bgm_finder.catalogue.remembered import Remembered;"
        "from bgm_finder.drives.drives import Drives;"
        "from bgm_finder.workflows.edit_tracks import mark;"
        "catalogue, music, kind = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]\n"
        "with Catalogue(catalogue) as opened:\n"
        "    if not opened.files.known():\n"
        "        opened.folders.add(music)\n"
        "        opened.files.add(scan(music, Remembered(), frozenset({'.wav'}), Drives(lambda: False)).new)\n"
        "    ids = list(opened.files.paths())\n"
        "mark(Job(), catalogue, ids, kind)\n"
        "print(keep_safe(Job(), catalogue, timedelta(days=1)))"
    )
    for number, offset in enumerate(("+0", "+3650d", "-3650d", "+1d", "-3650d")):
        clock.jump(offset)
        kind = ("keep", "reject")[number % 2]
        asked = [sys.executable, "-c", look, str(catalogue), str(music), kind]
        done = subprocess.run(asked, env=clock.environment(), capture_output=True, text=True, check=True)
        assert done.stdout == "True\n"
    assert backups_of(catalogue)[0].number == 5
    catalogue.write_bytes(b"damaged" * 1000)
    for ending in ("-wal", "-shm"):
        catalogue.with_name(catalogue.name + ending).unlink(missing_ok=True)
    assert open_safely(catalogue) is not None
    with Catalogue(catalogue) as opened:
        assert (opened.columns().marks == 1).all()  # the fifth run's


def test_a_section_is_cut_again_where_its_file_changed_by_a_clock_that_went_back(tmp_path):
    (source,) = write_tracks(tmp_path, 1, seconds=2.0, formats=("wav",))
    before = cut_section(Job(), SoundAt(source), Section(0.0, 1.0), tmp_path / "cut").read_bytes()
    write_tracks(tmp_path / "other", 2, seconds=2.0, formats=("wav",))[1].replace(source)
    long_ago_s = source.stat().st_mtime - TEN_YEARS.total_seconds()
    os.utime(source, (long_ago_s, long_ago_s))
    assert cut_section(Job(), SoundAt(source), Section(0.0, 1.0), tmp_path / "cut").read_bytes() != before
