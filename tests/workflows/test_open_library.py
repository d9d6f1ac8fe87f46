"""A library is claimed, looked at and read before the window is there."""

import pytest

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.moves import FoundFile
from bgm_finder.catalogue.safekeeping.ownership import Ownership
from bgm_finder.settings import Settings
from bgm_finder.workflows.open_library import Opening


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "catalogue.sqlite"
    with Catalogue(path) as opened:
        opened.folders.add(tmp_path)
        opened.files.add([FoundFile(f"{tmp_path}/a.wav", 1, 1)])
        opened.make_backup()
    return path


def test_the_columns_are_read_without_being_asked_for_and_taken_once(path):
    opening = Opening(path, Settings())
    reading = opening.take_columns()
    assert len(reading.result(10)) == 1
    assert opening.take_columns() is None
    assert opening.rescue is None
    opening.close()


def test_a_damaged_catalogue_is_mended_before_it_is_read(path):
    path.write_bytes(b"no catalogue" * 1000)
    opening = Opening(path, Settings())
    assert len(opening.take_columns().result(10)) == 1
    assert opening.rescue.backup_made is not None
    opening.close()


def test_a_catalogue_that_another_window_owns_is_read_and_not_mended(path):
    owner = Ownership(path)
    assert owner.claim()
    opening = Opening(path, Settings())
    assert len(opening.take_columns().result(10)) == 1
    assert opening.rescue is None
    opening.close()
    owner.release()


def test_an_opening_that_leads_to_no_window_lets_others_have_the_catalogue(path):
    Opening(path, Settings()).close()
    assert Ownership(path).claim()


def test_a_network_that_cannot_be_used_gives_way_to_the_bundled_one(path):
    settings = Settings(network="no such network")
    opening = Opening(path, settings)
    assert settings.network == "default"
    assert opening.embedder.name
    assert opening.lost_network == "no such network"
    opening.close()
