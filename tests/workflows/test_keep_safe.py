"""The catalogue is copied when it is sound, and what is broken can be mended."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from functools import partial

import pytest
from made_sounds import NETWORK
from tagging import tag_tracks

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.database import DamagedCatalogue, suspicion_of
from bgm_finder.catalogue.rescue import open_safely
from bgm_finder.catalogue.safekeeping.backups import backups_of
from bgm_finder.jobs.job import Cancelled, Job
from bgm_finder.reasons import Reason, Refusal
from bgm_finder.track import Tag
from bgm_finder.workflows.index_folder import IndexOptions, index
from bgm_finder.workflows.keep_safe import keep_safe
from bgm_finder.workflows.mend import mend

AT_ONCE = timedelta()


def spoil(catalogue):
    """Garbage in a page of an index: the catalogue opens all the same."""
    with closing(sqlite3.connect(catalogue)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'tags_by_track'").fetchone()
    held = bytearray(catalogue.read_bytes())
    held[(root - 1) * 4096 : root * 4096] = bytes(range(256)) * 16
    catalogue.write_bytes(held)


def test_copy_is_made_once_a_day_and_only_of_what_changed(catalogue, ids):
    assert keep_safe(Job(), catalogue)
    assert not keep_safe(Job(), catalogue)
    assert not keep_safe(Job(), catalogue, AT_ONCE)
    with Catalogue(catalogue) as opened:
        tag_tracks(opened, [ids["saw"]], Tag("genre", "rock"))
    assert not keep_safe(Job(), catalogue)
    assert keep_safe(Job(), catalogue, AT_ONCE)


def test_damaged_catalogue_is_never_copied_and_its_backup_opens_next(catalogue, ids):
    keep_safe(Job(), catalogue)
    with Catalogue(catalogue) as opened:
        tag_tracks(opened, [ids["saw"]], Tag("genre", "rock"))
    spoil(catalogue)
    with pytest.raises(DamagedCatalogue):
        keep_safe(Job(), catalogue, AT_ONCE)
    assert suspicion_of(catalogue).exists()
    assert len(backups_of(catalogue)) == 1
    rescue = open_safely(catalogue)
    assert rescue.set_aside.exists()
    assert not suspicion_of(catalogue).exists()
    with Catalogue(catalogue) as opened:
        assert opened.tracks.get(ids["saw"]).tags == (Tag("genre", "rock"),)
        assert opened.integrity_complaints() == []


def test_look_can_be_cut_short(catalogue):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        keep_safe(job, catalogue)
    assert backups_of(catalogue) == []


def test_nothing_is_copied_where_there_is_no_catalogue(tmp_path):
    assert not keep_safe(Job(), tmp_path / "none.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_mending_a_sound_catalogue_changes_no_track(catalogue, ids):
    with Catalogue(catalogue) as opened:
        opened.analyses.forget_unreadable()
    assert [finding.says for finding in mend(str(catalogue))] == ["there was nothing to mend"]


def test_mending_opens_the_backup_and_throws_drafts_away(catalogue, tmp_path):
    keep_safe(Job(), catalogue)
    (tmp_path / f"{catalogue.name}.unfinished").write_bytes(b"half")
    (tmp_path / "my song.unfinished").write_bytes(b"mine")
    catalogue.write_bytes(b"damaged")
    told = " ".join(finding.says for finding in mend(str(catalogue)))
    assert "is damaged" in told
    assert "its backup of" in told
    assert "1 copies that were cut off" in told
    assert (tmp_path / "my song.unfinished").exists()
    with Catalogue(catalogue) as opened:
        assert len(opened.columns()) == 7


def test_file_that_a_share_withheld_is_tried_again(catalogue, ids, sounds):
    with Catalogue(catalogue) as opened:
        opened.files.renew(ids["saw"], opened.files.known(sounds)[0])
        opened.analyses.store_unreadable(ids["saw"], Refusal(Reason.CANNOT_BE_READ, {"system": "EIO"}))
    report = index(Job(), catalogue, [], partial(ThreadPoolExecutor, 1), IndexOptions(NETWORK))
    assert sorted(path.name for path, _ in report.unreadable) == ["broken.mp3", "empty.wav"]
