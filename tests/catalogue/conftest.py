"""A library of small files and a catalogue that knows them."""

from pathlib import Path

import pytest

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.scan import scan
from bgm_finder.drives.drives import Drives

SUFFIXES = frozenset({".wav", ".mp3", ".ogg"})


@pytest.fixture
def library(tmp_path):
    """A folder with three files of different contents."""
    folder = tmp_path / "library"
    (folder / "calm").mkdir(parents=True)
    (folder / "Track 9.wav").write_bytes(b"nine" * 300)
    (folder / "Track 10.wav").write_bytes(b"ten" * 300)
    (folder / "calm" / "雨のピアノ.mp3").write_bytes(b"rain" * 500)
    return folder


@pytest.fixture
def catalogue(tmp_path):
    with Catalogue(tmp_path / "catalogue.sqlite") as opened:
        yield opened


@pytest.fixture
def rescan(catalogue):
    """Scans a folder against the catalogue; hands the differences over without storing them."""

    def _rescan(folder: Path):
        return scan(folder, catalogue.files.remembered(folder), SUFFIXES, Drives(lambda: False))

    return _rescan


@pytest.fixture
def filled(catalogue, library, rescan):
    """The catalogue with the three files in it: Track 10, Track 9, 雨のピアノ."""
    catalogue.folders.add(library)
    catalogue.files.add(rescan(library).new)
    return catalogue
