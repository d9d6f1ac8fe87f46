"""The catalogue file: made, refused, checked, copied."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from tagging import tag_tracks

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.connections import give_back, keep_connections, take_connection
from bgm_finder.catalogue.database import (
    CatalogueError,
    DamagedCatalogue,
    NewerCatalogue,
    open_database,
    quick_complaints,
)
from bgm_finder.catalogue.migrations import MIGRATIONS
from bgm_finder.catalogue.scan import FoundFile
from bgm_finder.reasons import Reason
from bgm_finder.track import Tag


def test_new_catalogue_is_empty_whole_and_in_wal_mode(tmp_path):
    with Catalogue(tmp_path / "deep" / "down" / "c.sqlite") as catalogue:
        assert len(catalogue.columns()) == 0
        assert catalogue.integrity_complaints() == []
    with closing(open_database(tmp_path / "deep" / "down" / "c.sqlite")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_newer_catalogue_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "c.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        connection.execute("CREATE TABLE of_the_future (x)")
    before = path.read_bytes()
    with pytest.raises(NewerCatalogue, match=Reason.NEWER_VERSION):
        Catalogue(path)
    assert path.read_bytes() == before


def test_file_that_is_no_catalogue_is_named_damaged(tmp_path):
    path = tmp_path / "c.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(DamagedCatalogue) as error:
        Catalogue(path)
    assert error.value.path == path


def test_place_that_cannot_be_written_is_explained(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CatalogueError, match=Reason.NO_FOLDER):
        Catalogue(tmp_path / "file" / "c.sqlite")


def test_a_quick_look_ends_when_it_is_enough_however_large_the_file(tmp_path):
    path = tmp_path / "large.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("CREATE TABLE large (content)")
        connection.executemany("INSERT INTO large VALUES (zeroblob(?))", [(1_000_000,)] * 80)
    with path.open("rb+") as file:
        file.seek(-2_000_000, 2)
        file.write(b"\xff" * 1_000_000)
    with closing(sqlite3.connect(path)) as connection:
        assert quick_complaints(connection, lambda: False)
        assert quick_complaints(connection, lambda: True) == []
        assert quick_complaints(connection, lambda: False), "the connection can be used again"


def test_folder_in_the_place_of_a_catalogue_is_named(tmp_path):
    with pytest.raises(CatalogueError, match=Reason.IS_FOLDER):
        Catalogue(tmp_path)


def test_integrity_check_finds_a_broken_page(filled):
    tag_tracks(filled, filled.columns().ids.tolist(), Tag("genre", "rock"))
    path = filled.path
    filled.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'tracks_by_content'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    whole = bytearray(path.read_bytes())
    whole[root * size - 200 : root * size] = bytes(range(200))
    path.write_bytes(whole)
    with Catalogue(path) as catalogue:
        assert catalogue.integrity_complaints()


def test_backup_holds_the_same_tracks_in_one_file(filled, tmp_path):
    (tmp_path / "copy").mkdir()
    filled.back_up(tmp_path / "copy" / "x.sqlite")
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["x.sqlite"]
    with Catalogue(tmp_path / "copy" / "x.sqlite") as copy:
        assert copy.columns().paths == filled.columns().paths


def test_two_threads_may_write_at_once(filled, library):
    ids = filled.columns().ids.tolist()
    failures = []

    def write(name):
        try:
            with Catalogue(filled.path) as own:
                for number in range(20):
                    tag_tracks(own, ids, Tag("mood", f"{name}{number}"))
        except sqlite3.Error as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(filled.columns().tags["mood"].names) == 40


def test_state_is_kept(filled):
    assert filled.state("demo") is None
    filled.set_state("demo", "1")
    filled.set_state("demo", "2")
    assert filled.state("demo") == "2"


def test_full_disk_is_explained_and_loses_nothing(filled):
    path, ids = filled.path, filled.columns().ids.tolist()

    def fill():
        connection = take_connection(path)
        connection.execute("PRAGMA max_page_count = 1")
        give_back(path, connection)
        with Catalogue(path) as small:  # which takes the thread's connection again
            for number in range(10_000):
                tag_tracks(small, ids, Tag("mood", f"a rather long name of a mood {number}"))

    with (
        ThreadPoolExecutor(1, initializer=keep_connections) as executor,
        pytest.raises(CatalogueError, match="full"),
    ):
        executor.submit(fill).result()
    with Catalogue(path) as again:
        assert again.integrity_complaints() == []
        assert len(again.columns()) == 3


def test_file_added_twice_is_one_track(filled, library):
    known = filled.files.known(library)
    assert filled.files.add([FoundFile(file.path, file.size, file.mtime_ns) for file in known]) == []
    assert len(filled.columns()) == 3


def test_older_catalogue_is_brought_up_to_date_and_a_copy_of_it_kept(tmp_path):
    path = tmp_path / "c.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(MIGRATIONS[0] + "PRAGMA user_version = 1;")
        connection.execute("INSERT INTO folders (path) VALUES (?)", (b"/music",))
        connection.commit()
    with Catalogue(path) as catalogue:
        assert [folder.as_posix() for folder in catalogue.folders.all()] == ["/music"]
        assert catalogue.changes.stamp() == 0
    assert (tmp_path / "c.version1.backup.sqlite").exists()
