"""Catalogues for the controllers, with a few tracks that were never listened to."""

import pytest
from music import write_tracks

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.remembered import Remembered
from bgm_finder.catalogue.scan import scan
from bgm_finder.drives.drives import Drives


@pytest.fixture(scope="session")
def music(tmp_path_factory):
    folder = tmp_path_factory.mktemp("library") / "music"
    write_tracks(folder, 4, seconds=1.0, formats=("wav",))
    return folder


@pytest.fixture
def catalogue(music, tmp_path):
    """A catalogue file that knows the music by name only."""
    path = tmp_path / "catalogue.sqlite"
    with Catalogue(path) as opened:
        opened.folders.add(music)
        opened.files.add(scan(music, Remembered(), frozenset({".wav"}), Drives(lambda: False)).new)
    return path
