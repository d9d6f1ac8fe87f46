"""A catalogue on a full disk, in a folder that cannot be written, on a share that vanishes: told, and nothing lost."""

import os
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.database import CatalogueError
from bgm_finder.catalogue.remembered import Remembered
from bgm_finder.catalogue.rescue import open_safely
from bgm_finder.catalogue.scan import scan
from bgm_finder.drives.drives import Drives
from bgm_finder.drives.writing import write_file

ROOT = Path(__file__).resolve().parents[2]
IS_ROOT = sys.platform == "linux" and os.geteuid() == 0


def make_catalogue(folder):
    music = folder / "music"
    music.mkdir()
    (music / "a.wav").write_bytes(b"a")
    with Catalogue(folder / "c.sqlite") as opened:
        opened.folders.add(music)
        opened.files.add(scan(music, Remembered(), frozenset({".wav"}), Drives(lambda: False)).new)
    return folder / "c.sqlite"


def edits_until_failure(catalogue, *limit):
    command = [sys.executable, "-m", "tests.reliability.edit_until_it_fails", str(catalogue), *limit]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def outcome(running):
    """Return how many edits were done, and how it failed; a crash of the process fails the test."""
    told = running.communicate()[0].splitlines()
    assert running.returncode == 0, running.returncode
    return len(told) - 1, told[-1]


def tags_in(catalogue):
    with Catalogue(catalogue) as opened:
        assert opened.integrity_complaints() == []
        (track_id, *_) = opened.files.paths()
        return len(opened.tags.of(track_id))


@contextmanager
def small_disk(folder, size):
    """A disk of so many bytes, for whoever may mount one."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files as POSIX does")
def test_file_that_may_not_grow_loses_no_edit(tmp_path):
    catalogue = make_catalogue(tmp_path)
    done, failure = outcome(edits_until_failure(catalogue, "400000"))
    assert done > 10
    assert "cannot be used" in failure or "File too large" in failure
    open_safely(catalogue)
    assert tags_in(catalogue) in (done, done + 1)  # the last one may have been written down before it failed


@pytest.mark.skipif(not IS_ROOT, reason="mounts a disk")
def test_full_disk_is_told_and_loses_no_edit(tmp_path):
    with small_disk(tmp_path, "1500k"):
        catalogue = make_catalogue(tmp_path)
        done, failure = outcome(edits_until_failure(catalogue))
        assert done > 10
        assert "full" in failure or "No space left" in failure
        with pytest.raises((CatalogueError, OSError)), Catalogue(catalogue) as opened:
            opened.set_state("x", "y" * 1_000_000)
        subprocess.run(["mount", "-o", "remount,size=64m", str(tmp_path)], check=True)
        open_safely(catalogue)
        assert tags_in(catalogue) in (done, done + 1)


@pytest.mark.skipif(not IS_ROOT, reason="mounts a disk")
def test_file_that_does_not_fit_is_named_and_nothing_is_left_of_it(tmp_path):
    with small_disk(tmp_path, "64k"):
        target = tmp_path / "out.csv"
        with pytest.raises(OSError, match="No space left") as met:
            write_file(Drives(lambda: False), target, b"x" * 200_000)
        assert met.value.filename == str(target)
        assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not IS_ROOT, reason="mounts a disk")
def test_disk_that_became_read_only_is_told(tmp_path):
    with small_disk(tmp_path, "16m"):
        catalogue = make_catalogue(tmp_path)
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path)], check=True)
        done, failure = outcome(edits_until_failure(catalogue))
        assert (done, failure.partition(":")[0]) == (0, "failed CatalogueError")
        assert "read-only" in failure
        subprocess.run(["mount", "-o", "remount,rw", str(tmp_path)], check=True)
        assert tags_in(catalogue) == 0


@pytest.mark.skipif(sys.platform == "win32" or IS_ROOT, reason="root may write everywhere")
def test_folder_that_cannot_be_written_is_told(tmp_path):
    catalogue = make_catalogue(tmp_path)
    tmp_path.chmod(0o500)
    catalogue.chmod(0o400)
    done, failure = outcome(edits_until_failure(catalogue))
    tmp_path.chmod(0o700)
    assert (done, failure.partition(":")[0]) == (0, "failed CatalogueError")


@pytest.mark.skipif(not IS_ROOT or find_spec("mfusepy") is None, reason="mounts a share")
def test_share_that_vanishes_is_told_and_loses_no_edit(tmp_path):
    real, share = tmp_path / "real", tmp_path / "share"
    real.mkdir()
    share.mkdir()
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.mirror_share", str(real), str(share)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        if server.stdout.readline().strip() != "mounted":
            pytest.skip("no share can be mounted here")
        catalogue = make_catalogue(share)
        running = edits_until_failure(catalogue)
        for _ in range(20):
            running.stdout.readline()
        server.kill()
        rest, failure = outcome(running)
        assert failure.startswith("failed ")
    finally:
        server.kill()
        server.communicate()
        subprocess.run(["fusermount3", "-u", "-z", str(share)], check=False)
    open_safely(real / "c.sqlite")
    assert tags_in(real / "c.sqlite") in (20 + rest, 21 + rest)
