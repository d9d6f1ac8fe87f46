"""A short run of the monkey at the real window; the long one is its own command."""

import pytest

from bgm_finder import paths
from bgm_finder.app import App
from bgm_finder.settings import Settings
from bgm_finder.workflows.open_library import Opening
from tests.reliability.monkey import let_loose

MINUTES = 0.2


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_pressed_nothing_fails(qtbot, qapp, tmp_path, monkeypatch, seed):
    monkeypatch.setenv("XDG_MUSIC_DIR", str(tmp_path / "music"))  # where sections are written
    settings = Settings(language="en")
    app = App(qapp, settings, Opening(tmp_path / "catalogue.sqlite", settings), is_demo=True)
    app.begin([])
    qtbot.waitExposed(app.window)
    app.window.activateWindow()
    files = sorted(paths.resource("demo").glob("*.ogg"))[:5] + [paths.resource("demo") / "tags.csv"]
    try:
        seen = let_loose(app, files, MINUTES, seed, pause_ms=(5, 60))
    finally:
        app.window.close()
        app.window.deleteLater()
    assert seen["errors"] == {}
    assert seen["actions"] > 50
