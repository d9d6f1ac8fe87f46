"""What one search leaves to the next still fits after tracks came, went or lost their vectors."""

import numpy as np
import pytest

from bgm_finder.catalogue.analyses import Reading
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.moves import FoundFile
from bgm_finder.workflows.kept_vectors import KeptVectors


@pytest.fixture
def catalogue(tmp_path):
    with Catalogue(tmp_path / "catalogue.sqlite") as opened:
        opened.folders.add(tmp_path)
        yield opened


def add(catalogue, *names):
    folder = catalogue.folders.all()[0]
    return catalogue.files.add([FoundFile(f"{folder}/{name}.wav", 1, 1) for name in names])


def hear(catalogue, track_id):
    """Return a track a vector, of unit length as all are, whose first number tells the track's."""
    reading = Reading(bytes([track_id]), duration_s=2.0, rate_hz=44100, channels=2)
    first = track_id / 10
    catalogue.analyses.store_windows(track_id, reading, "net", np.array([first, (1 - first**2) ** 0.5], np.float32))


def placed(kept, catalogue, columns):
    """Return the number that the vector in each row tells, 0 where there is none."""
    vectors = kept.of_library(catalogue, "net")
    told = kept.scores_by_row(columns, vectors.matrix[:, :1].ravel())
    return np.rint(10 * np.nan_to_num(told)).astype(int).tolist()


def test_scores_stand_in_the_rows_of_their_tracks(catalogue):
    kept, ids = KeptVectors(), add(catalogue, "a", "b", "c")
    assert placed(kept, catalogue, catalogue.columns("net")) == [0, 0, 0]
    for track_id in reversed(ids[1:]):
        hear(catalogue, track_id)
        expected = [0] + [number if number >= track_id else 0 for number in ids[1:]]
        assert placed(kept, catalogue, catalogue.columns("net")) == expected
    hear(catalogue, ids[0])
    assert placed(kept, catalogue, catalogue.columns("net")) == ids


def test_columns_read_earlier_have_no_place_for_a_later_track(catalogue):
    kept, ids = KeptVectors(), add(catalogue, "a", "b")
    hear(catalogue, ids[0])
    before = catalogue.columns("net")
    (late,) = add(catalogue, "c")
    hear(catalogue, late)
    assert placed(kept, catalogue, before) == [ids[0], 0]
    assert placed(kept, catalogue, catalogue.columns("net")) == [ids[0], 0, late]


def test_a_track_that_lost_its_vector_has_no_score_in_the_same_columns(catalogue):
    kept, ids = KeptVectors(), add(catalogue, "a", "b")
    for track_id in ids:
        hear(catalogue, track_id)
    columns = catalogue.columns("net")
    assert placed(kept, catalogue, columns) == ids
    catalogue.files.renew(ids[0], FoundFile(str(catalogue.files.path(ids[0])), 2, 2))
    assert placed(kept, catalogue, columns) == [0, ids[1]]


def test_a_vector_that_comes_just_after_the_stamp_was_read_finds_its_place(catalogue, monkeypatch):
    kept, ids = KeptVectors(), add(catalogue, "a", "b")
    hear(catalogue, ids[0])
    columns, asked = catalogue.columns("net"), catalogue.changes.stamp
    assert placed(kept, catalogue, columns) == [ids[0], 0]

    def stamp():
        found = asked()
        hear(catalogue, ids[1])
        return found

    monkeypatch.setattr(catalogue.changes, "stamp", stamp)
    assert placed(kept, catalogue, columns) == ids
