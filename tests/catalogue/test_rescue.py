"""A damaged catalogue is set aside and the newest whole backup opened; nothing done by hand is lost."""

import os
import random
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from tagging import tag_tracks

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.database import CatalogueError, NewerCatalogue, suspect
from bgm_finder.catalogue.migrations import MIGRATIONS
from bgm_finder.catalogue.rescue import open_safely
from bgm_finder.catalogue.safekeeping import backups
from bgm_finder.catalogue.safekeeping.backups import backups_of, is_due
from bgm_finder.reasons import Reason, Refusal
from bgm_finder.track import Tag

ROCK, CALM = Tag("genre", "rock"), Tag("mood", "calm")
DAY = timedelta(days=1)


@pytest.fixture
def path(filled):
    """A closed catalogue: a tag that the backup holds, and a later one that it lacks."""
    ids = filled.columns().ids.tolist()
    tag_tracks(filled, ids, ROCK)
    filled.make_backup()
    tag_tracks(filled, ids, CALM)
    filled.close()
    return filled.path


def garbage_in_pages(held):
    for place in range(2 * 4096, len(held), 4096):
        held[place : place + 300] = random.Random(place).randbytes(300)
    return held


def garbage_in_header(held):
    held[16:24] = b"\xff" * 8
    return held


DAMAGES = {
    "garbage in its pages": garbage_in_pages,
    "garbage in its header": garbage_in_header,
    "cut in two": lambda held: held[: len(held) // 2],
    "cut to some bytes": lambda held: held[:50],
    "no byte left": lambda held: b"",
    "another kind of file": lambda held: b"ID3 this is music" * 500,
}


def tags_of_all(path):
    with Catalogue(path) as opened:
        return {tag.tag.name for track_id in opened.columns().ids.tolist() for tag in opened.tags.of(track_id)}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_catalogue_is_set_aside_and_all_tags_are_there(path, damage):
    spoiled = bytes(DAMAGES[damage](bytearray(path.read_bytes())))
    path.write_bytes(spoiled)
    found = open_safely(path)
    assert found is not None
    assert found.set_aside is not None
    assert found.set_aside.read_bytes() == spoiled
    assert found.backup_made is not None
    assert found.redone == 1
    assert tags_of_all(path) == {"rock", "calm"}
    assert open_safely(path) is None


def test_whole_catalogue_is_left_alone(path):
    before = path.read_bytes()
    assert open_safely(path) is None
    assert path.read_bytes() == before


def test_new_catalogue_needs_no_rescue(tmp_path):
    assert open_safely(tmp_path / "new.sqlite") is None
    assert not (tmp_path / "new.sqlite").exists()


def test_catalogue_that_is_gone_comes_back(path):
    path.unlink()
    found = open_safely(path)
    assert (found.refusal, found.set_aside) == (Refusal(Reason.GONE), None)
    assert tags_of_all(path) == {"rock", "calm"}


def test_damaged_backup_is_passed_over(path):
    older = backups_of(path)[0].path
    older.rename(older.with_name("1 of 2026-01-01.sqlite"))
    with Catalogue(path) as opened:
        opened.make_backup().path.write_bytes(b"damaged too")
    path.write_bytes(b"damaged")
    found = open_safely(path)
    assert (found.backup_made is not None, found.redone) == (True, 1)
    assert tags_of_all(path) == {"rock", "calm"}


def test_edits_by_hand_survive_without_any_backup(path, library):
    for backup in backups_of(path):
        backup.path.unlink()
    path.write_bytes(b"damaged")
    found = open_safely(path)
    assert (found.backup_made, found.redone) == (None, 2)
    assert tags_of_all(path) == {"rock", "calm"}
    with Catalogue(path) as opened:
        assert opened.folders.all() == [library]


def test_lost_log_costs_no_edit(path):
    """Someone copied the catalogue file alone, or a disk lost what was written last."""
    older = backups_of(path)[0].path.read_bytes()
    path.write_bytes(older)
    found = open_safely(path)
    assert (found.refusal, found.set_aside, found.redone) == (None, None, 1)
    assert tags_of_all(path) == {"rock", "calm"}


def test_suspicion_makes_the_next_start_look_thoroughly(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE track_tags SET track_id = 999 + track_id")  # tags of tracks that are not there
        connection.commit()
    assert open_safely(path) is None  # quick: sound pages, whatever they say
    suspect(path)
    found = open_safely(path)
    assert "belongs to nothing" in found.refusal.facts["error"]
    assert tags_of_all(path) == {"rock", "calm"}
    assert open_safely(path) is None


def test_newer_catalogue_and_another_program_s_are_not_set_aside(tmp_path):
    newer, foreign, numbered = (tmp_path / f"{name}.sqlite" for name in ("newer", "foreign", "numbered"))
    for path, version in ((newer, len(MIGRATIONS) + 1), (foreign, 0), (numbered, len(MIGRATIONS))):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE bookmarks (x)")
            connection.execute(f"PRAGMA user_version = {version}")
    before = newer.read_bytes(), foreign.read_bytes(), numbered.read_bytes()
    with pytest.raises(NewerCatalogue):
        open_safely(newer)
    for path in (foreign, numbered):
        with pytest.raises(CatalogueError, match=Reason.OTHER_PROGRAM):
            open_safely(path)
    assert (newer.read_bytes(), foreign.read_bytes(), numbered.read_bytes()) == before


def test_last_backup_of_each_of_three_days_is_kept(filled, monkeypatch):
    class Clock(backups.datetime):
        today = None

        @classmethod
        def now(cls, zone=None):
            return cls.today

    monkeypatch.setattr(backups, "datetime", Clock)
    for day in (1, 1, 2, 3, 3, 5):
        Clock.today = Clock(2026, 11, day, 12, tzinfo=backups.UTC)
        filled.make_backup()
    assert [(backup.number, backup.day.day) for backup in backups_of(filled.path)] == [(6, 5), (5, 3), (3, 2)]


def test_backup_is_due_when_the_last_one_is_old(filled):
    assert is_due(filled.path, DAY)
    backup = filled.make_backup()
    assert not is_due(filled.path, DAY)
    assert is_due(filled.path, timedelta(0))
    made = backup.path.stat().st_mtime
    for then in (made - 2 * 86_400, made + 2 * 86_400):  # old, or made while the clock ran ahead
        os.utime(backup.path, (then, then))
        assert is_due(filled.path, DAY)


def test_catalogue_is_in_its_backup_until_a_track_changes(filled):
    assert not filled.is_in_backup
    filled.make_backup()
    assert filled.is_in_backup
    tag_tracks(filled, filled.columns().ids.tolist()[:1], ROCK)
    assert not filled.is_in_backup


def test_backup_that_does_not_fit_is_not_begun(filled, monkeypatch):
    usage = backups.shutil.disk_usage(filled.path)
    monkeypatch.setattr(backups.shutil, "disk_usage", lambda _path: usage._replace(free=100))
    assert filled.make_backup() is None
    assert backups_of(filled.path) == []


def test_migration_that_fails_on_the_copy_leaves_the_catalogue(tmp_path, monkeypatch):
    path = tmp_path / "c.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(MIGRATIONS[0] + "PRAGMA user_version = 1;")
    before = path.read_bytes()
    broken = (MIGRATIONS[0], "CREATE TABLE one (x); CREATE TABLE tracks (y);")
    monkeypatch.setattr("bgm_finder.catalogue.database.MIGRATIONS", broken)
    with pytest.raises(CatalogueError, match=Reason.CANNOT_BE_MIGRATED):
        Catalogue(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'one'").fetchone()
    assert len(before) == path.stat().st_size
    assert sorted(file.name for file in tmp_path.iterdir() if "trial" in file.name) == []


def test_what_nobody_of_us_wrote_keeps_no_catalogue_from_being_opened(path):
    with Catalogue(path) as opened:
        opened.set_state("edits by hand", "x")
    backup = backups_of(path)[0].path
    backup.rename(backup.with_name("1 of 2026-13-45.sqlite"))
    assert open_safely(path).redone == 2
    assert tags_of_all(path) == {"rock", "calm"}
    path.unlink()
    assert open_safely(path).backup_made is None
