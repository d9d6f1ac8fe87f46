"""Tracks heard section by section, and the passage that a search finds in them."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial

import numpy as np
import pytest
import soundfile
from made_sounds import RATE_HZ, noise, tone

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.jobs.job import Job
from bgm_finder.similarity.closeness import Borders, Compared
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.track import Reference, Section, SoundAt
from bgm_finder.workflows import passages
from bgm_finder.workflows.find_similar import Query, find_similar
from bgm_finder.workflows.hear_sections import SectionHearer
from bgm_finder.workflows.index_folder import IndexOptions, index
from bgm_finder.workflows.kept_vectors import KeptVectors

NETWORK = "default"
SECTION_S = 6.4


def chord(length_s):
    return sum(tone(hz, 6, length_s=length_s) for hz in (220, 277, 330)) / 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three tracks of 32 s: wind with a chord in its fourth section, wind alone, deep saws alone."""
    folder = tmp_path_factory.mktemp("music")
    hidden = noise(1, 32)
    first = round(3 * SECTION_S * RATE_HZ)
    hidden[first : first + round(SECTION_S * RATE_HZ)] = chord(SECTION_S)
    soundfile.write(folder / "hidden.wav", hidden, RATE_HZ)
    soundfile.write(folder / "wind.wav", noise(2, 32), RATE_HZ)
    soundfile.write(folder / "saws.wav", tone(55, 12, length_s=32), RATE_HZ)
    return folder


@pytest.fixture(scope="module")
def catalogue(folder, tmp_path_factory):
    """The catalogue of the tracks after both passes."""
    path = tmp_path_factory.mktemp("catalogue") / "c.sqlite"
    index(Job(), path, [folder], partial(ThreadPoolExecutor, 1), IndexOptions(NETWORK, full=True))
    return path


@pytest.fixture(scope="module")
def ear():
    return load_embedder(NETWORK)


@pytest.fixture
def search(catalogue, ear):
    def _search(reference):
        with Catalogue(catalogue) as opened:
            columns = opened.columns(ear.name)
        found = find_similar(Job(), catalogue, columns, ear, Query([reference])).inside
        return {columns.titles[columns.row_of(match.track_id)]: match for match in found}

    return _search


@pytest.fixture
def chord_file(tmp_path):
    """Two winds with a chord between them, which a marked section names."""
    path = tmp_path / "chord.wav"
    soundfile.write(path, np.concatenate([noise(5, 10), chord(7), noise(6, 10)]), RATE_HZ)
    return Reference(path, section=Section(10.2, 16.8))


def test_passage_is_where_the_track_is_most_like_the_query(search, chord_file):
    whole = search(Reference(chord_file.path))
    marked = search(chord_file)
    for found in (whole, marked):
        assert all(match.passage is not None for match in found.values())
    assert marked["hidden"].passage == Section(pytest.approx(3 * SECTION_S), pytest.approx(4 * SECTION_S))


def test_marked_section_finds_a_passage_that_the_whole_track_hides(search, chord_file):
    found = search(chord_file)
    assert max(found, key=lambda title: found[title].score) == "hidden"
    assert found["hidden"].score > 0.9
    assert found["hidden"].percentile == 100


def test_large_library_hears_only_the_likeliest_so_closely(search, chord_file, monkeypatch):
    everywhere = search(chord_file)
    monkeypatch.setattr(passages, "MOST_TRACKS", 2)
    assert search(chord_file) == everywhere
    monkeypatch.setattr(passages, "LIKELIEST", 1)
    scores = {title: match.score for title, match in search(chord_file).items()}
    changed = [title for title in scores if abs(scores[title] - everywhere[title].score) > 1e-5]  # more than rounding
    assert len(changed) == 2


def test_sections_do_not_depend_on_how_the_sound_is_cut(ear):
    sound = chord(33)
    at_once, in_bits = SectionHearer(ear), SectionHearer(ear)
    at_once.add(sound)
    for start in range(0, len(sound), 7_001):
        in_bits.add(sound[start : start + 7_001])
    one, other = at_once.finish(), in_bits.finish()
    np.testing.assert_allclose(one.vectors, other.vectors, atol=1e-5)
    assert (len(one.vectors), one.end_s) == (5, pytest.approx(33))


@pytest.mark.parametrize(("length_s", "sections"), [(1, 1), (6.4, 1), (7.5, 1), (8.5, 2), (12.8, 2)])
def test_short_rest_at_the_end_is_no_section_of_its_own(ear, length_s, sections):
    hearer = SectionHearer(ear)
    hearer.add(chord(length_s))
    assert len(hearer.finish().vectors) == sections


def test_last_section_is_the_end_of_the_sound(ear):
    sound = np.concatenate([noise(3, 8), chord(4)])
    hearer = SectionHearer(ear)
    hearer.add(sound)
    end = ear.embed([sound[-ear.input_spec.window_frames :]])
    assert float(hearer.finish().vectors[-1] @ end) == pytest.approx(1, abs=1e-5)


def test_tracks_without_sections_keep_the_score_of_the_whole(folder, ear, chord_file, tmp_path):
    path = tmp_path / "c.sqlite"
    index(Job(), path, [folder], partial(ThreadPoolExecutor, 1), IndexOptions(NETWORK))
    with Catalogue(path) as opened:
        columns = opened.columns(ear.name)
        ids, matrix = opened.vectors.all(ear.name)
    found = find_similar(Job(), path, columns, ear, Query([chord_file])).inside
    query = KeptVectors().of_file(Job(), SoundAt(chord_file.path), ear, chord_file.section)
    expected = dict(zip(ids.tolist(), (matrix @ query).tolist(), strict=True))
    for match in found:
        assert match.passage is None
        assert match.score == pytest.approx(expected[match.track_id], abs=1e-5)


def test_a_section_has_borders_of_its_own_and_others_while_a_track_s_sections_are_unknown(
    catalogue, folder, ear, monkeypatch, tmp_path
):
    with Catalogue(catalogue) as opened:
        opened.back_up(tmp_path / "some.sqlite")
        unknown = opened.files.id_at(folder / "saws.wav")
    with closing(sqlite3.connect(tmp_path / "some.sqlite")) as connection, connection:
        connection.execute("DELETE FROM sections WHERE track_id = ?", (unknown,))
    monkeypatch.setattr(
        ear,
        "borders",
        {
            Compared.TRACKS: Borders(1.1, 1.2, 1.3),
            Compared.SECTION_WITH_TRACKS: Borders(-0.9, -0.8, -0.7),
            Compared.SECTIONS: Borders(-0.9, -0.8, 1.1),
        },
    )
    with Catalogue(tmp_path / "some.sqlite") as opened:
        columns = opened.columns(ear.name)
    query = Query([Reference(folder / "wind.wav", section=Section(0.0, SECTION_S))])
    ranking = find_similar(Job(), tmp_path / "some.sqlite", columns, ear, query)
    assert (ranking.sections_known, ranking.compared) == (2, 3)
    words = {columns.titles[columns.row_of(match.track_id)]: match.closeness for match in ranking.inside}
    assert words == {"hidden": "close", "saws": "very close"}
    whole = find_similar(Job(), catalogue, columns, ear, Query([Reference(folder / "wind.wav")]))
    assert whole.sections_known is None
    assert {match.closeness for match in whole.inside} == {"distant"}
