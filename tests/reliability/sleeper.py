"""The window while it analyses and plays, telling line by line how it is: for tests that put it to sleep.

`python -m tests.reliability.sleeper FOLDER CATALOGUE LINES` ends once all is analysed and it told so many lines.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from bgm_finder.app import App
from bgm_finder.settings import Settings
from bgm_finder.workflows.index_folder import IndexReport
from bgm_finder.workflows.open_library import Opening
from tests.reliability._vitals import Errors

_LOOK_MS = 100


def main() -> int:
    folder, catalogue, least = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    application, errors = QApplication(sys.argv[:1]), Errors()
    settings = Settings(language="en")
    app = App(application, settings, Opening(catalogue, settings))
    reports: list[object] = []
    told = 0
    app.library.scanning.ended.connect(reports.append)
    app.begin([folder])

    def tell(**more: Any) -> None:
        nonlocal told
        told += 1
        player = app.player
        facts = {"position_s": player.position_s, "is_playing": player.is_playing, "told_s": time.monotonic()}
        print(json.dumps({**facts, **more}), flush=True)

    def look() -> None:
        if app.playback.sounding is None and app.window.table.tracks.rowCount():
            app.window.table.step(1)
        if not reports or told < least:
            tell()
            return
        report = reports[0]
        assert isinstance(report, IndexReport)
        tell(errors=dict(errors.seen), added=report.added, unreadable=[str(why) for _, why in report.unreadable])
        app.window.close()
        application.quit()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(_LOOK_MS)
    code = application.exec()
    app.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
