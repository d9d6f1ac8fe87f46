"""The pictures of the selected track, on real files."""

import pytest
from music import write_tracks

from bgm_finder.controllers.preview import Preview

SECONDS = (20.0, 21.0, 22.0)


@pytest.fixture
def preview(qtbot, catalogue):
    controller = Preview(catalogue)
    yield controller
    controller.close()


@pytest.fixture(scope="module")
def tracks(tmp_path_factory):
    """Files that their lengths tell apart."""
    folder = tmp_path_factory.mktemp("lengths")
    return [write_tracks(folder / str(length_s), 1, seconds=length_s, formats=("wav",))[0] for length_s in SECONDS]


def drawn_lengths(qtbot, preview, act):
    """Return the lengths of the files that were drawn until the last one was whole."""
    drawings = []
    preview.drawn.connect(drawings.append)
    act()
    qtbot.waitUntil(lambda: bool(drawings) and drawings[-1].is_whole and drawings[-1].duration_s == SECONDS[-1])
    return {drawing.duration_s for drawing in drawings}


def test_tracks_that_are_passed_by_are_not_drawn(qtbot, preview, tracks):
    assert SECONDS[1] not in drawn_lengths(qtbot, preview, lambda: [preview.show(path, None) for path in tracks])


def test_a_track_without_a_stored_drawing_is_drawn(qtbot, preview, tracks):
    drawn_lengths(qtbot, preview, lambda: preview.show(tracks[-1], 1))
