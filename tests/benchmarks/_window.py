"""The real window on a synthetic catalogue, without a screen: what a press costs until the end of the painting."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

# Before the application is made, which looks at these only once.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
_HOME = tempfile.TemporaryDirectory(prefix="bgm-finder-bench-")
for _name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
    _folder = Path(_HOME.name, _name)
    _folder.mkdir(mode=0o700)
    os.environ[_name] = str(_folder)

import numpy as np  # noqa: E402
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from bgm_finder.app import App, spare_from_pauses  # noqa: E402
from bgm_finder.audio.playing.output import OpenOutput, open_card  # noqa: E402
from bgm_finder.audio.playing.player import Player  # noqa: E402
from bgm_finder.gui.flows.work_state import left_in_settings  # noqa: E402
from bgm_finder.settings import Settings  # noqa: E402
from bgm_finder.workflows.open_library import Opening  # noqa: E402

_PULSE_MS = 5
_PATIENCE_MS = 60_000


class Pulse(QObject):
    """Notes how long the event loop left a short timer waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps_ms: list[float] = []
        self._last_s = time.perf_counter()
        self._timer = QTimer(self, interval=_PULSE_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()

    def begin(self) -> None:
        """Forget what was before."""
        self.gaps_ms.clear()
        self._last_s = time.perf_counter()

    def stop(self) -> None:
        """Leave the event loop alone."""
        self._timer.stop()

    def _on_beat(self) -> None:
        now_s = time.perf_counter()
        self.gaps_ms.append(1000 * (now_s - self._last_s))
        self._last_s = now_s


class Paints(QObject):
    """Notes the beginning and the end of each painting of the window; then calls whoever waits for it.

    The window paints by itself, and what is posted to its end is told afterwards: a painting that is called from Python
    would keep Python's lock to its end, and hold up the sound as the window alone does not.
    """

    _ENDED = QEvent.Type(QEvent.registerEventType())

    def __init__(self, window: QObject) -> None:
        super().__init__()
        self.times_ms: list[float] = []
        self.on_end: Callable[[], None] = lambda: None
        self._began_s = 0.0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.UpdateRequest:
            self._began_s = time.perf_counter()
            QCoreApplication.postEvent(self, QEvent(self._ENDED), Qt.EventPriority.HighEventPriority.value)
        return False

    def customEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        self.times_ms.append(1000 * (time.perf_counter() - self._began_s))
        self.on_end()


class Bench:
    """The app with its window shown and its list filled."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.window = app.window
        self.pulse = Pulse()
        self.paints = Paints(app.window)

    def until(self, begin: Callable[[], object], *signals: object) -> float:
        """Return the milliseconds from an action to the end of the painting that follows the last of the signals."""
        loop, left, ended_s = QEventLoop(), len(signals), 0.0

        def on_signal(*_: object) -> None:
            nonlocal left
            left -= 1

        def on_end() -> None:
            nonlocal ended_s
            if left <= 0:
                ended_s = ended_s or time.perf_counter()  # before what else is posted, which the loop does first
                loop.quit()

        for signal in signals:
            signal.connect(on_signal)  # type: ignore[attr-defined]
        self.paints.on_end = on_end
        began_s = time.perf_counter()
        begin()
        QTimer.singleShot(_PATIENCE_MS, loop, lambda: loop.exit(1))
        assert loop.exec() == 0, "the window did not follow"
        self.paints.on_end = lambda: None
        for signal in signals:
            signal.disconnect(on_signal)  # type: ignore[attr-defined]
        return 1000 * (ended_s - began_s)

    def rest(self, milliseconds: int) -> None:
        """Let the window do what it has to do."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop, loop.quit)
        loop.exec()


@contextmanager
def opened(catalogue: Path, open_output: OpenOutput = open_card) -> Iterator[Bench]:
    """Open the window on a catalogue whose files need not be there; they are not looked for.

    open_output: opens what takes the sound, instead of this machine's sound card.
    """
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    settings = Settings(language="en")
    with patch("bgm_finder.app.Player", partial(Player, open_output)):
        app = App(application, settings, Opening(catalogue, settings))
    spare_from_pauses(app)
    try:
        bench = Bench(app)
        app.window.show()
        left = left_in_settings(settings, catalogue)
        bench.until(lambda: app.briefs.begin(*left), app.library.view_changed)
        yield bench
    finally:
        app.close()


def share(values: list[float], percent: float) -> float:
    """Return the value that so many percent of the values do not exceed."""
    return round(float(np.percentile(values, percent)), 1)
