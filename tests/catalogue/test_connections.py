"""One connection a thread: kept between two questions, closed with its thread, never for a file that was replaced."""

import gc
import resource
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.connections import give_back, keep_connections, take_connection
from bgm_finder.catalogue.database import CatalogueError


@pytest.fixture
def path(tmp_path):
    return tmp_path / "catalogue.sqlite"


@pytest.fixture
def thread():
    with ThreadPoolExecutor(1, initializer=keep_connections) as executor:
        yield lambda work, *args: executor.submit(work, *args).result()


def _use(path):
    with Catalogue(path) as catalogue:
        catalogue.state("anything")


def _taken(path):
    """Use the catalogue; return the connection that the next use would have."""
    _use(path)
    connection = take_connection(path)
    give_back(path, connection)
    return connection


def _open_files(path):
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return [link for link in links if link.exists() and str(link.resolve()).startswith(str(path))]


def test_a_thread_that_keeps_connections_opens_a_catalogue_once(path, thread):
    assert thread(_taken, path) is thread(_taken, path)


def test_other_threads_open_and_close_theirs(path):
    _use(path)
    assert not _open_files(path)


def test_the_connection_is_closed_when_its_thread_ends(path):
    with ThreadPoolExecutor(1, initializer=keep_connections) as executor:
        executor.submit(_use, path).result()
        assert _open_files(path)
    gc.collect()
    assert not _open_files(path)


def test_a_second_use_within_the_first_has_a_connection_of_its_own(path, thread):
    def nested():
        with Catalogue(path):
            outer = {str(link) for link in _open_files(path)}
            with Catalogue(path):
                return outer, {str(link) for link in _open_files(path)}

    outer, both = thread(nested)
    assert outer and outer < both


def test_a_catalogue_that_was_replaced_is_opened_anew(path, tmp_path, thread):
    def state_after(value):
        with Catalogue(path) as catalogue:
            before = catalogue.state("which")
            if value:
                catalogue.set_state("which", value)
            return before

    def replace():
        other = tmp_path / "other.sqlite"
        with Catalogue(other) as catalogue:
            catalogue.set_state("which", "second")
        for ending in ("-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        shutil.move(other, path)

    thread(state_after, "first")
    replace()
    assert thread(state_after, None) == "second"


def test_what_was_begun_and_failed_does_not_stay_open(path, thread):
    def fail():
        with Catalogue(path) as catalogue:
            catalogue.state("anything")
            raise KeyError

    def begin_only():
        connection = take_connection(path)
        connection.execute("BEGIN IMMEDIATE")
        give_back(path, connection)

    with pytest.raises(KeyError):
        thread(fail)
    assert not _open_files(path)
    thread(begin_only)
    with Catalogue(path) as catalogue:  # would wait for the writer above
        catalogue.set_state("is free", "yes")


def test_a_catalogue_that_cannot_be_opened_is_reported_each_time(tmp_path, thread):
    for _ in range(2):
        with pytest.raises(CatalogueError):
            thread(_use, tmp_path)


def test_an_edit_stays_done_where_the_log_cannot_be_moved_into_the_full_disk(path):
    with Catalogue(path) as catalogue:
        catalogue.set_state("before", "1")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with Catalogue(path) as catalogue:
            catalogue.set_state("edit", "x" * 100_000)
            resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, limits[1]))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not _open_files(path)
    with Catalogue(path) as catalogue:
        assert catalogue.state("edit") == "x" * 100_000
