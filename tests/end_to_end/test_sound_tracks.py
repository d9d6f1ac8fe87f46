"""Another sound of a film, chosen in the window, is heard, drawn, analysed and searched by, and stays chosen."""

import shutil

import numpy as np
import pytest
from dropping import drop
from films import Stream, write_film
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from bgm_finder.audio.spectrogram import preview_from
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.workflows.analyse import embed_path

pytestmark = [
    pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="films are made by the ffmpeg program"),
    pytest.mark.qt_log_ignore("This plugin does not support"),  # a popup without a screen
]
LOW, HIGH = 330, 3300
WAIT_MS = 60_000


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return tmp_path_factory.mktemp("catalogue") / "catalogue.sqlite"


@pytest.fixture(scope="module")
def music(tmp_path_factory):
    folder = tmp_path_factory.mktemp("library") / "music"
    folder.mkdir()
    streams = [Stream(LOW, language="jpn", disposition="default"), Stream(HIGH, language="eng", title="M & E")]
    write_film(folder / "film.mkv", streams)
    for name, tone in (("low.m4a", LOW), ("high.m4a", HIGH)):
        write_film(folder / name, [Stream(tone)])
    return folder


@pytest.fixture
def app(qtbot, open_app, music):
    app = open_app([music])
    qtbot.waitUntil(lambda: app.window.table.tracks.rowCount() == 3, timeout=10_000)
    return app


def select(qtbot, app, path):
    table = app.window.table
    columns = app.library.columns
    row = list(columns.paths).index(str(path))
    table.select(table.tracks.place_of(int(columns.ids[row])))
    qtbot.waitUntil(lambda: app.player.path == path and app.player.is_ready)


def ask_for_menu(widget, place):
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)


def in_menu(app, act):
    """Calls act with the menu that is open once its film is read, then closes it."""
    tries = []

    def look():
        menu = QApplication.activePopupWidget()
        tries.append(menu)
        if (menu is None or app.sound_tracks.is_reading) and len(tries) < 300:
            QTimer.singleShot(20, look)
            return
        try:
            act(menu)
        finally:
            if menu is not None:
                menu.close()

    QTimer.singleShot(0, look)


def choose(app, number, seen):
    def act(menu):
        below = menu.findChild(QMenu, "soundTrackMenu")
        seen.extend((action.text(), action.isChecked()) for action in below.actions())
        below.actions()[number].trigger()

    in_menu(app, act)


def row_menu(app, act):
    table = app.window.table
    in_menu(app, act)
    ask_for_menu(table.viewport(), table.visualRect(table.currentIndex()).center())


def measured(app, path):
    """Returns a track's vector and the band of its picture that is the loudest."""
    with Catalogue(app.library.catalogue) as catalogue:
        track_id = catalogue.files.id_at(path)
        ids, vectors = catalogue.vectors.of(app.library.network_name, [track_id])
        picture = catalogue.analyses.picture(track_id)
    if not len(ids) or picture is None:
        return None, None
    return vectors[0], int(np.argmax(preview_from(picture[0]).db.mean(axis=1)))


def test_the_menu_of_a_row_changes_what_is_heard_drawn_and_analysed(qtbot, app, music):
    film, drawn, seen = music / "film.mkv", [], []
    app.preview.drawn.connect(lambda drawing: drawn.append(np.argmax(drawing.picture.db.mean(axis=1))))
    select(qtbot, app, film)
    qtbot.waitUntil(lambda: app.player.stream is not None and bool(drawn))
    assert app.player.stream.parts == (0,)
    vector, band = measured(app, film)
    low = drawn[-1]

    choose(app, 1, seen)
    ask_for_menu(app.window.table.viewport(), app.window.table.visualRect(app.window.table.currentIndex()).center())
    assert seen == [("1: Japanese, stereo AAC", True), ("2: English, stereo AAC – M && E", False)]
    qtbot.waitUntil(lambda: app.player.stream is not None and app.player.stream.parts == (1,), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: drawn[-1] > low, timeout=WAIT_MS)

    def is_analysed():
        return not app.library.scanning.is_busy and measured(app, film)[0] is not None

    qtbot.waitUntil(is_analysed, timeout=WAIT_MS)
    new_vector, new_band = measured(app, film)
    assert new_band > band
    assert float(new_vector @ embed_path(film, "default", 1)) > 0.999
    assert float(new_vector @ vector) < 0.9

    app.window.commands["undo"].trigger()
    qtbot.waitUntil(lambda: app.player.stream is not None and app.player.stream.parts == (0,), timeout=WAIT_MS)
    assert app.sound_streams.of(film) is None
    qtbot.waitUntil(is_analysed, timeout=WAIT_MS)
    np.testing.assert_allclose(measured(app, film)[0], vector, atol=1e-3)


def test_a_file_of_one_sound_has_no_such_entry(qtbot, app, music):
    found = []
    select(qtbot, app, music / "low.m4a")
    row_menu(app, lambda menu: found.append((len(menu.actions()) > 3, menu.findChild(QMenu, "soundTrackMenu"))))
    assert found == [(True, None)]


def test_the_reference_s_menu_changes_what_is_searched_by_and_stays_chosen(qtbot, app, open_app, music, tmp_path):
    film, seen = tmp_path / "rough cut.mov", []
    write_film(film, [Stream(LOW), Stream(HIGH)])

    def best(ranking):
        return app.library.columns.paths[app.library.columns.row_of(ranking.inside[0].track_id)]

    with qtbot.waitSignal(app.search.found, timeout=WAIT_MS) as found:
        drop(app, film)
    assert best(found.args[1]) != str(music / "high.m4a")
    assert app.window.reference.isVisible()
    with qtbot.waitSignal(app.search.found, timeout=WAIT_MS) as found:
        choose(app, 1, seen)
        ask_for_menu(app.window.reference, QPoint(4, 4))
    assert [text for text, _ in seen] == ["1: stereo AAC", "2: stereo AAC"]
    assert best(found.args[1]) == str(music / "high.m4a")
    qtbot.mouseClick(app.window.reference.findChild(QToolButton, "referencePlayButton"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: app.player.path == film and app.player.stream is not None)
    assert app.player.stream.parts == (1,)

    app.window.close()
    again = open_app()
    qtbot.waitUntil(lambda: again.sound_streams.of(film) == 1)
    with qtbot.waitSignal(again.search.found, timeout=WAIT_MS) as found:
        drop(again, film)
    assert best(found.args[1]) == str(music / "high.m4a")
