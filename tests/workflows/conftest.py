"""A small library of real sound files, analysed once by real worker processes with the article's network."""

import os
import shutil
from functools import partial

import pytest
import soundfile
from made_sounds import NETWORK, RATE_HZ, noise, tone

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.workers import make_executor
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.workflows.index_folder import IndexOptions, index


@pytest.fixture(scope="session")
def sounds(tmp_path_factory):
    """A folder with five sounds, and two files that are none."""
    folder = tmp_path_factory.mktemp("library")
    soundfile.write(folder / "flute 1.wav", tone(440), RATE_HZ)
    soundfile.write(folder / "flute 2.flac", tone(466), RATE_HZ)
    soundfile.write(folder / "saw.ogg", tone(110, 12), RATE_HZ)
    soundfile.write(folder / "wind.wav", noise(1), RATE_HZ)
    soundfile.write(folder / "雨.wav", noise(2), RATE_HZ)
    (folder / "broken.mp3").write_bytes(b"this is no music" * 50)
    (folder / "empty.wav").write_bytes(b"")
    return folder


@pytest.fixture(scope="session")
def indexed(sounds, tmp_path_factory):
    """The catalogue of the sounds after both passes, the report, and the events in order. Not to be changed."""
    path = tmp_path_factory.mktemp("catalogue") / "indexed.sqlite"
    events = []
    report = index(
        Job(), path, [sounds], partial(make_executor, 1), IndexOptions(NETWORK, full=True, on_event=events.append)
    )
    return path, report, events


@pytest.fixture
def catalogue(indexed, tmp_path):
    """The path of an own copy of the analysed catalogue."""
    with Catalogue(indexed[0]) as opened:
        opened.back_up(tmp_path / "own.sqlite")
    return tmp_path / "own.sqlite"


@pytest.fixture
def own_sounds(sounds, tmp_path):
    """An own copy of the sounds, to be moved about and changed."""
    return shutil.copytree(sounds, tmp_path / "music")


@pytest.fixture(scope="session")
def embedder():
    return load_embedder(NETWORK)


@pytest.fixture
def columns(catalogue, embedder):
    with Catalogue(catalogue) as opened:
        return opened.columns(embedder.name)


@pytest.fixture
def ids(columns):
    """The id of each track by its title."""
    return dict(zip(columns.titles, columns.ids.tolist(), strict=True))


@pytest.fixture
def questions(tmp_path, monkeypatch):
    """Return the words of each program that was sent to ask a drive so far."""
    find = shutil.which("find")
    if find is None:
        pytest.skip("no program asks")
    asked, program = tmp_path / "asked", tmp_path / "bin" / "find"
    asked.touch()
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >> "{asked}"\nexec {find} "$@"\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return lambda: asked.read_text().splitlines()
