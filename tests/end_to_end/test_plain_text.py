"""Names, tags and comments that look like HTML stay what they are wherever the window shows them."""

import itertools

import pytest
from dropping import drop
from music import write_tracks
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QMessageBox, QWidget

from bgm_finder.jobs.job import Job
from bgm_finder.workflows.import_tags import ListSource, import_tags

HOSTILE = "<img src='x.png'><a href='http:x'>& <b>"
_SEARCH_MS = 20_000


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return tmp_path_factory.mktemp("catalogue") / "catalogue.sqlite"


@pytest.fixture(scope="module")
def music(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "<b>music"
    for path in write_tracks(folder, 2, seconds=4, formats=("wav",)):
        path.rename(path.with_name(f"<img src=x> & {path.name}"))
    rows = "".join(
        f'"{path.name}","{HOSTILE} {path.stem[-1]}","{HOSTILE}","{HOSTILE}",rock\n' for path in folder.iterdir()
    )
    (folder.parent / "tags.csv").write_text(f"file,title,comment,genre,mood\n{rows}", encoding="utf-8")
    return folder


@pytest.fixture
def app(qtbot, open_app, music, catalogue):
    app = open_app([music])
    qtbot.waitUntil(lambda: len(app.window.table.tracks.shown.rows) == 2, timeout=10_000)
    import_tags(Job(), catalogue, ListSource(music.parent / "tags.csv"))
    app.library.reload()
    qtbot.waitUntil(lambda: app.library.columns.titles[0].startswith("<img"), timeout=10_000)
    app.window.table.setFocus()
    return app


def rich_places(top):
    """Return every place below the widget whose text Qt would take for HTML with something hostile in it."""
    found = []
    for widget in [top, *top.findChildren(QWidget)]:
        if "<img" in widget.toolTip() or "<a " in widget.toolTip() or "<img" in widget.whatsThis():
            found.append(f"tip of {type(widget).__name__}: {widget.toolTip()}")
        if (
            isinstance(widget, QLabel | QMessageBox)
            and _is_hostile(widget.text())
            and widget.textFormat() != Qt.TextFormat.PlainText
        ):
            found.append(f"{type(widget).__name__}: {widget.text()}")
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += [f"tip in {type(widget).__name__}: {tip}" for tip in _tips(widget.model()) if _is_hostile(tip)]
    return found


def _tips(model):
    for row, column in itertools.product(range(50), range(12)):
        if model.hasIndex(row, column):
            yield str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or "")


def _is_hostile(text):
    return "<img" in text or "<a " in text


def shown_texts(top):
    labels = [widget.text() for widget in top.findChildren(QLabel)]
    return labels + [button.text() for button in top.findChildren(QAbstractButton)]


def test_the_window_takes_no_name_for_html(qtbot, app, music):
    qtbot.keyClick(app.window.table, Qt.Key.Key_Down)
    qtbot.keyClicks(app.window.search_box, "<img")
    qtbot.waitUntil(lambda: any("<img" in text for text in shown_texts(app.window.chips)), timeout=5_000)
    with qtbot.waitSignal(app.search.found, timeout=_SEARCH_MS):
        drop(app, next(music.iterdir()))
    qtbot.waitUntil(lambda: app.window.reference.isVisible())
    app.window.status.warn(HOSTILE)
    assert any(_is_hostile(text) for text in shown_texts(app.window.reference))  # it is there to be misread
    assert not rich_places(app.window)


@pytest.mark.parametrize("command", ["edit_tags", "statistics", "folders", "about"])
def test_no_dialog_takes_a_name_for_html(qtbot, app, command):
    qtbot.keyClick(app.window.table, Qt.Key.Key_Down)
    seen = []

    def look():
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(20, look)
            return
        try:
            seen.append(rich_places(dialog))
        finally:
            dialog.close()

    QTimer.singleShot(0, look)
    app.window.commands[command].trigger()
    qtbot.waitUntil(lambda: bool(seen), timeout=10_000)
    assert seen == [[]]


def test_a_file_that_cannot_be_read_is_named_as_it_is(qtbot, app, tmp_path):
    broken = tmp_path / "<img src=x><b>.wav"
    broken.write_bytes(b"no sound")
    with qtbot.waitSignal(app.search.failed, timeout=_SEARCH_MS):
        drop(app, broken)
    qtbot.waitUntil(lambda: "<img src=x>" in app.window.status.text)
    assert not rich_places(app.window)
