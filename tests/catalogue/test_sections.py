"""The sections' vectors, kept at a byte a number."""

import numpy as np
import pytest

from bgm_finder.catalogue.analyses import Whole
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.sections import TrackSections
from bgm_finder.track import Section

LENGTH_S = 6.4
DIMENSIONS = 128


def heard(sections, seed=0, end_s=None):
    vectors = np.random.default_rng(seed).normal(size=(sections, DIMENSIONS)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return TrackSections(vectors, LENGTH_S, LENGTH_S, end_s or sections * LENGTH_S)


def whole(sections):
    return Whole(b"p", b"o", -14.0, 120.0, sections)


@pytest.fixture
def ids(filled):
    return filled.columns().ids.tolist()


def test_sections_come_back_as_they_were_but_for_a_rounding(filled, ids):
    kept = {track_id: heard(number + 2, seed=number) for number, track_id in enumerate(ids)}
    for track_id in reversed(ids):
        filled.analyses.store_whole(track_id, "ear", whole(kept[track_id]))
    table = filled.sections.table("ear", DIMENSIONS)
    assert table.ids.tolist() == ids
    for place, track_id in enumerate(ids):
        stored = table.numbers[table.firsts[place] : table.firsts[place + 1]].astype(np.float64)
        stored /= np.linalg.norm(stored, axis=1, keepdims=True)
        cosines = np.sum(stored * kept[track_id].vectors, axis=1)
        assert len(cosines) == len(kept[track_id].vectors)
        assert cosines.min() > 0.9998


def test_a_section_takes_a_byte_a_number(filled, ids):
    filled.analyses.store_whole(ids[0], "ear", whole(heard(40)))
    assert filled.sections.table("ear", DIMENSIONS).numbers.nbytes == 40 * DIMENSIONS


def test_some_tracks_alone_can_be_asked_for(filled, ids):
    for track_id in ids:
        filled.analyses.store_whole(track_id, "ear", whole(heard(2)))
    assert filled.sections.table("ear", DIMENSIONS, [ids[2], ids[0]]).ids.tolist() == [ids[0], ids[2]]
    assert filled.sections.table("ear", DIMENSIONS, []).firsts.tolist() == [0]


def test_the_last_section_ends_with_the_sound(filled, ids):
    filled.analyses.store_whole(ids[0], "ear", whole(heard(3, end_s=2 * LENGTH_S + 2)))
    filled.analyses.store_whole(ids[1], "ear", whole(heard(1, end_s=2.0)))
    table = filled.sections.table("ear", DIMENSIONS)
    assert table.section(0, 1) == Section(pytest.approx(LENGTH_S), pytest.approx(2 * LENGTH_S))
    assert table.section(0, 2) == Section(pytest.approx(LENGTH_S + 2), pytest.approx(2 * LENGTH_S + 2))
    assert table.section(1, 0) == Section(0.0, pytest.approx(2.0))


def test_another_network_hears_all_again_and_replaces_what_was_there(filled, ids):
    filled.analyses.store_whole(ids[0], "ear", whole(heard(2)))
    assert [todo.track_id for todo in filled.analyses.waiting_for_whole("ear")] == ids[1:]
    assert [todo.track_id for todo in filled.analyses.waiting_for_whole("other")] == ids
    filled.analyses.store_whole(ids[0], "other", whole(heard(2)))
    assert filled.sections.count("ear") == 0
    assert filled.sections.count("other") == 1


def test_changed_file_and_forgotten_folder_lose_their_sections(filled, ids, library):
    for track_id in ids:
        filled.analyses.store_whole(track_id, "ear", whole(heard(2)))
    filled.files.renew(ids[0], filled.files.known(library)[0])
    assert filled.sections.table("ear", DIMENSIONS).ids.tolist() == ids[1:]
    filled.folders.remove(library)
    assert filled.sections.count("ear") == 0


def test_stamp_tells_of_every_change_made_anywhere(filled, ids, library):
    stamps = [filled.sections.stamp()]
    with Catalogue(filled.path) as other:
        for _ in range(2):  # stored, then stored over
            other.analyses.store_whole(ids[0], "ear", whole(heard(2)))
            stamps.append(filled.sections.stamp())
    filled.folders.remove(library)
    stamps.append(filled.sections.stamp())
    assert len(set(stamps)) == len(stamps)
