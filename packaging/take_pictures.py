"""Take the README's pictures of the window: the demo library in English, dark, and in Japanese, light.

python packaging/take_pictures.py docs/pictures
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bgm_finder.app import App
from bgm_finder.conditions import Filter
from bgm_finder.settings import Settings
from bgm_finder.workflows.open_library import Opening

_LOOKS = {"window-en": ("en", "dark"), "window-ja": ("ja", "light")}
_SIZE = 1280, 720
_TICKED = Filter(ticked={"mood": frozenset({"切ない", "優しい"})})
_TRACK = "雨の窓辺"
_PATIENCE_S = 300.0


def main() -> int:
    """Write one PNG a look into the folder named on the command line."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as home:
        for name, (language, theme) in _LOOKS.items():
            settings = Settings(language=language, theme=theme)
            app = App(application, settings, Opening(Path(home) / "demo.sqlite", settings), is_demo=True)
            app.window.resize(*_SIZE)
            _find_similar(app)
            app.window.grab().save(str(target / f"{name}.png"))
            _shrink(target / f"{name}.png")
            app.window.close()
    return 0


def _shrink(picture: Path) -> None:
    """Keep 128 colours, a quarter of the bytes."""
    with Image.open(picture) as full:
        full.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(picture, optimize=True)


def _find_similar(app: App) -> None:
    app.begin([])
    _until(lambda: app.library.view is not None and len(app.library.view.rows) > 0)
    _until(lambda: not app.library.scanning.is_busy)
    app.library.set_filter(_TICKED)
    _until(lambda: app.library.view is not None and app.library.view.wanted == _TICKED)
    app.window.activateWindow()
    table = app.window.table
    place = next(n for n in range(table.tracks.rowCount()) if table.tracks.index(n, 1).data() == _TRACK)
    table.select(place)
    app.window.commands["find_similar"].trigger()
    _until(lambda: app.search.ranking is not None)
    QTest.keyClick(table, Qt.Key.Key_Down)
    _until(lambda: app.player.position_s > 6.0)


def _until(claim: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not claim():
        if time.monotonic() > deadline:
            raise SystemExit("the window did not get so far")
        QTest.qWait(50)


if __name__ == "__main__":
    sys.exit(main())
