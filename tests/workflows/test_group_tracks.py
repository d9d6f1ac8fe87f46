"""What the tracks of a group have in common, and who is in none."""

import numpy as np
import pytest

from bgm_finder.catalogue.analyses import Reading
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.moves import FoundFile
from bgm_finder.jobs.job import Job
from bgm_finder.track import Tag
from bgm_finder.workflows.group_tracks import group_tracks

NETWORK = "three numbers"
PIANO, SYNTH = Tag("instrument", "piano"), Tag("instrument", "synth")
CALM, USE = Tag("mood", "calm"), Tag("use", "VP")


@pytest.fixture
def grouped(tmp_path):
    """Return the groups of tracks of these vectors, tempos and tags, and how their numbers are called there."""

    def _grouped(*tracks):
        folder = tmp_path / "music"
        folder.mkdir()
        with Catalogue(tmp_path / "c.sqlite") as opened:
            opened.folders.add(folder)
            opened.files.add([FoundFile(str(folder / f"{number:03}.wav"), 1, 1) for number in range(len(tracks))])
            ids = sorted(opened.columns().ids.tolist())
            for track_id, (vector, bpm, tags) in zip(ids, tracks, strict=True):
                if vector is not None:
                    reading = Reading(str(track_id), 10.0, 44100, 2, bpm=bpm, tags=tuple(tags))
                    vector = np.array(vector, np.float32) / max(1e-9, np.linalg.norm(vector))
                    opened.analyses.store_windows(track_id, reading, NETWORK, vector)
            columns = opened.columns(NETWORK)
        rows = np.arange(len(columns), dtype=np.int32)[::-1]
        groups = group_tracks(Job(), tmp_path / "c.sqlite", NETWORK, columns, rows)
        return groups, [sorted(ids.index(track_id) for track_id in group.track_ids) for group in groups]

    return _grouped


def test_a_heading_names_what_is_commoner_in_the_group_than_elsewhere(grouped):
    calm = [([1, number / 50, 0], 80 + number, [PIANO, CALM, USE]) for number in range(6)]
    fast = [([0, number / 50, 1], 150 + number, [SYNTH, USE]) for number in range(3)]
    groups, members = grouped(*calm, *fast)
    of_track = {track: group for group, tracks in zip(groups, members, strict=True) for track in tracks}
    assert set(of_track[0].tags) == {PIANO, CALM}, "all carry the use, so that it tells nothing"
    assert of_track[8].tags == (SYNTH,)
    low, high = of_track[8].bpm
    assert 145 <= low < 152 < high <= 155


def test_tempos_far_apart_or_mostly_unknown_are_not_named(grouped):
    apart = [([1, 0, number / 50], bpm, []) for number, bpm in enumerate([60, 90, 150, 170])]
    unknown = [([0, 1, number / 50], bpm, []) for number, bpm in enumerate([100, None, None, None])]
    groups, _ = grouped(*apart, *unknown)
    assert [(group.tags, group.bpm) for group in groups] == [((), None)] * len(groups)


def test_what_is_not_analysed_or_silent_is_in_no_group(grouped):
    groups, members = grouped(([1, 0, 0], None, []), (None, None, []), ([0, 0, 0], None, []), ([1, 1, 0], None, []))
    assert members == [[0, 3]]
    assert len(groups[0].track_ids) == 2


def test_a_list_without_any_vector_has_no_groups(grouped):
    assert grouped((None, None, []))[0] == ()
