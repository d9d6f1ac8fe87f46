"""Columns for the panels, as the catalogue gives them, made of files that were really taken in."""

import numpy as np
import pytest
import soundfile
from tagging import tag_tracks

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.remembered import Remembered
from bgm_finder.catalogue.scan import scan
from bgm_finder.track import Tag

NAMES = ("alpha.wav", "beta <b>bold.wav", "ガンマ.wav", "delta.wav")


@pytest.fixture
def catalogue_file(tmp_path):
    music = tmp_path / "music"
    music.mkdir()
    for number, name in enumerate(NAMES):
        soundfile.write(music / name, np.full(800 + number, 0.1, np.float32), 8000)
    file = tmp_path / "catalogue.sqlite"
    with Catalogue(file) as catalogue:
        catalogue.folders.add(music)
        found = scan(music, Remembered(), frozenset({".wav"}), lambda: None)
        ids = catalogue.files.add(found.new)
        by_name = {catalogue.files.path(i).name: i for i in ids}
        tag_tracks(catalogue, [by_name["alpha.wav"], by_name["beta <b>bold.wav"]], Tag("genre", "rock"))
        tag_tracks(catalogue, [by_name["ガンマ.wav"]], Tag("genre", "ポップス"))
        tag_tracks(catalogue, [by_name["alpha.wav"]], Tag("mood", "calm"))
    return file


@pytest.fixture
def columns(catalogue_file):
    with Catalogue(catalogue_file) as catalogue:
        return catalogue.columns()
