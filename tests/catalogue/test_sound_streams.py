"""The sound stream that a user chose for a film stays chosen, whatever becomes of the file and the catalogue."""

from pathlib import Path

import numpy as np
import pytest

from bgm_finder.catalogue.analyses import Reading, Whole
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.moves import FoundFile
from bgm_finder.catalogue.safekeeping.hand_edits import journal_of
from bgm_finder.catalogue.sections import TrackSections
from bgm_finder.catalogue.sound_streams import StreamEdit
from bgm_finder.reasons import Reason, Refusal

FILM = Path("/music/film.mkv")
READING = Reading(b"hash", 60.0, 48_000, 2)
SECTIONS = TrackSections(np.full((1, 4), 0.5, np.float32), 5.0, 10.0, 60.0)
VECTOR = np.array([1.0, 0.0, 0.0, 0.0], np.float32)


@pytest.fixture
def catalogue(tmp_path):
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.folders.add(Path("/music"))
        (track_id,) = catalogue.files.add([FoundFile(str(FILM), 10, 20)])
        catalogue.analyses.store_windows(track_id, READING, "ear", VECTOR)
        catalogue.analyses.store_whole(track_id, "ear", Whole(b"p", b"o", -12.0, 120.0, SECTIONS))
        yield catalogue


def test_another_stream_forgets_what_was_measured_and_undo_brings_the_choice_back(catalogue):
    (track_id,) = catalogue.files.paths()
    assert not catalogue.analyses.waiting_for_vectors("ear")
    undo = catalogue.sound_streams.choose(StreamEdit({FILM: 1}))
    assert undo == StreamEdit({FILM: None}, frozenset({track_id}))
    assert catalogue.analyses.picture(track_id) is None
    assert catalogue.tracks.get(track_id).loudness_lufs is None
    (waiting,) = catalogue.analyses.waiting_for_vectors("ear")
    assert (waiting.path, waiting.stream) == (FILM, 1)
    assert [todo.stream for todo in catalogue.analyses.waiting_for_whole("ear")] == [1]
    assert not catalogue.sound_streams.choose(StreamEdit({FILM: 1})).streams
    catalogue.sound_streams.choose(undo)
    assert catalogue.sound_streams.by_path() == {}


def test_what_was_heard_of_the_stream_before_is_not_stored(catalogue):
    (track_id,) = catalogue.files.paths()
    catalogue.sound_streams.choose(StreamEdit({FILM: 1}))
    catalogue.analyses.store_windows(track_id, READING, "ear", VECTOR)
    catalogue.analyses.store_whole(track_id, "ear", Whole(b"p", b"o", -12.0, 120.0, SECTIONS))
    catalogue.analyses.store_unreadable(track_id, Refusal(Reason.IS_EMPTY))
    assert catalogue.analyses.waiting_for_vectors("ear")
    assert catalogue.analyses.picture(track_id) is None
    catalogue.analyses.store_windows(track_id, READING, "ear", VECTOR, 1)
    assert not catalogue.analyses.waiting_for_vectors("ear")


def test_the_choice_goes_with_the_file_and_with_a_copy_of_the_catalogue(catalogue, tmp_path):
    (track_id,) = catalogue.files.paths()
    catalogue.sound_streams.choose(StreamEdit({FILM: 2}))
    catalogue.files.move(track_id, FoundFile("/music/moved.mkv", 10, 20))
    catalogue.files.renew(track_id, FoundFile("/music/moved.mkv", 11, 21))
    assert catalogue.sound_streams.by_path() == {Path("/music/moved.mkv"): 2}
    catalogue.back_up(tmp_path / "copy.sqlite")
    with Catalogue(tmp_path / "copy.sqlite") as copy:
        assert copy.sound_streams.of_file(Path("/music/moved.mkv")) == 2
    catalogue.folders.remove(Path("/music"))
    assert catalogue.sound_streams.by_path() == {}


def test_a_file_outside_the_library_has_its_choice_too(catalogue):
    reference = Path("/elsewhere/cut.mov")
    undo = catalogue.sound_streams.choose(StreamEdit({reference: 1}))
    assert catalogue.sound_streams.of_file(reference) == 1
    assert not undo.track_ids
    catalogue.sound_streams.choose(undo)
    assert catalogue.sound_streams.of_file(reference) is None


def test_the_choice_of_a_reference_stays_when_its_folder_is_added(catalogue):
    reference, moved = Path("/elsewhere/cut.mov"), Path("/elsewhere/moved.mov")
    catalogue.sound_streams.choose(StreamEdit({reference: 1, moved: 2}))
    catalogue.folders.add(Path("/elsewhere"))
    (track_id,) = catalogue.files.add([FoundFile(str(reference), 10, 20)])
    assert catalogue.sound_streams.of_file(reference) == catalogue.sound_streams.of_track(track_id) == 1
    assert catalogue.sound_streams.by_path() == {reference: 1, moved: 2}
    catalogue.files.move(track_id, FoundFile(str(moved), 10, 20))  # it goes on with its own choice
    assert catalogue.sound_streams.of_file(moved) == 1
    assert catalogue.sound_streams.by_path() == {moved: 1}


def test_a_choice_that_a_damaged_catalogue_lost_is_made_again(catalogue, tmp_path):
    old = tmp_path / "old.sqlite"
    catalogue.back_up(old)
    catalogue.sound_streams.choose(StreamEdit({FILM: 1}))
    catalogue.sound_streams.choose(StreamEdit({FILM: 2}))
    journal_of(catalogue.path).rename(journal_of(old))
    with Catalogue(old) as restored:
        for edit in restored.hand_edits.lacking():
            restored.redo(edit)
        assert restored.sound_streams.by_path() == {FILM: 2}
        assert not restored.hand_edits.lacking()
