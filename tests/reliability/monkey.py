"""A seeded monkey at the real window: keys, searches, filters, drops and edits while an analysis runs.

    python -m tests.reliability.monkey FOLDER --minutes 120 --seed 1 --catalogue FILE [--report FILE]

Prints what it did, the errors that it met, the event loop's gaps, and memory, handles and threads over time.
FOLDER is the music; --links N makes N hard links of its files in a folder beside the catalogue and takes those.
"""

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QGraphicsView,
    QLineEdit,
    QSlider,
    QToolButton,
    QTreeWidget,
    QWidget,
)

from bgm_finder.app import App
from bgm_finder.gui.actions import COMMANDS, Command
from bgm_finder.gui.dialogs.tag_dialog import TagDialog
from bgm_finder.settings import Settings
from bgm_finder.tuning import keep_heaps_few
from bgm_finder.workflows.open_library import Opening
from tests.reliability._vitals import Errors, Heartbeat, Lookout, handles, in_use_mb, memory_mb

_LEFT_ALONE = ("quit", "show_in_folder")
"""The first would end the run; the second opens other programs."""
_WORDS = (
    "a",
    "e",
    "loop",
    "vp",
    "piano",
    "ピアノ",
    "ロック",
    "軽快",
    "track 0",
    "zzz",
    "<b>x</b>",
    "'; drop",
    "%_",
    "*",
)
_SOME_KEYS = [
    "down",
    "down",
    "down",
    "down",
    "up",
    "s",
    "s",
    "f",
    "d",
    "b",
    "i",
    "o",
    "1",
    "5",
    "9",
    "j",
    "l",
    "space",
    "return",
    "esc",
    "alt+left",
]
_SAMPLE_EVERY_S = 10.0
_TORCH_S = 30.0
"""How long the thread that loads torch, which closing does not wait for, may take to end by itself."""


class Monkey:
    """Do one thing at a time, each chosen by its own seed; answers whatever dialog stands in the way."""

    def __init__(self, app: App, files: list[Path], seed: int) -> None:
        self._app, self._files = app, files
        self._rng = np.random.default_rng(seed)
        self.done: Counter[str] = Counter()
        self._actions: list[tuple[Callable[[], None], float]] = [
            (self._walk, 40), (self._press_anything, 14), (self._type_words, 6), (self._tick, 8), (self._click_chip, 4),
            (self._click_row, 6), (self._click_picture, 6), (self._sort, 2), (self._scroll, 4), (self._drop, 2),
            (self._edit_tags, 3), (self._resize, 1), (self._change_look, 1), (self._turn_volume, 1),
        ]  # fmt: skip
        weights = np.array([weight for _, weight in self._actions])
        self._shares = weights / weights.sum()

    def act(self) -> None:
        """Do the next thing."""
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is not None:
            self.done["closed a menu"] += 1
            popup.close()
        elif modal is not None:
            self._answer(modal)
        else:
            action = self._actions[int(self._rng.choice(len(self._actions), p=self._shares))][0]
            self.done[action.__name__.lstrip("_")] += 1
            action()

    def _answer(self, modal: QWidget) -> None:
        self.done[f"answered {type(modal).__name__}"] += 1
        if isinstance(modal, TagDialog) and self._rng.random() < 0.7:
            box = self._any(modal.findChildren(QLineEdit))
            box.setText(str(self._any(_WORDS)))
            QTest.keyClick(box, Qt.Key.Key_Return)
            if QApplication.activeModalWidget() is modal:
                modal.accept()
        elif isinstance(modal, QDialog):
            modal.reject()
        else:
            modal.close()

    def _walk(self) -> None:
        self._press(QKeySequence(str(self._any(_SOME_KEYS))), self._app.window.table)

    def _press_anything(self) -> None:
        command: Command = self._any([c for c in COMMANDS if c.keys and c.name not in _LEFT_ALONE])
        places = (self._app.window.table, self._app.window.waveform, self._app.window.spectrogram)
        self._press(QKeySequence(str(self._any(command.keys))), self._any(places))

    def _press(self, keys: QKeySequence, widget: QWidget) -> None:
        widget.setFocus()
        QTest.keySequence(widget, keys)

    def _type_words(self) -> None:
        box = self._app.window.search_box
        box.setFocus()
        box.selectAll()
        box.insert("" if self._rng.random() < 0.5 else str(self._any(_WORDS)))

    def _tick(self) -> None:
        tree = self._app.window.filter_panel.findChild(QTreeWidget)
        heads = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
        items = [head.child(n) for head in heads for n in range(head.childCount())]
        if items:
            item = self._any(items)
            tree.scrollToItem(item)
            button = Qt.MouseButton.RightButton if self._rng.random() < 0.2 else Qt.MouseButton.LeftButton
            QTest.mouseClick(tree.viewport(), button, pos=tree.visualItemRect(item).topLeft() + QPoint(8, 8))

    def _click_chip(self) -> None:
        chips = [chip for chip in self._app.window.chips.findChildren(QToolButton) if chip.isVisible()]
        if chips:
            QTest.mouseClick(self._any(chips), Qt.MouseButton.LeftButton)

    def _click_row(self) -> None:
        port = self._app.window.table.viewport()
        QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=self._place_in(port))

    def _click_picture(self) -> None:
        picture = self._any(
            (self._app.window.waveform, self._app.window.spectrogram.findChild(QGraphicsView).viewport())
        )
        QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=self._place_in(picture))

    def _sort(self) -> None:
        header = self._app.window.table.horizontalHeader().viewport()
        QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=self._place_in(header))

    def _scroll(self) -> None:
        bar = self._app.window.table.verticalScrollBar()
        bar.setValue(int(self._rng.integers(bar.maximum() + 1)))

    def _drop(self) -> None:
        window, mime = self._app.window, QMimeData()
        count = int(self._rng.integers(1, 3))
        mime.setUrls([QUrl.fromLocalFile(str(self._any(self._files))) for _ in range(count)])
        place, buttons, keys = QPointF(300, 300), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        entering = QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, mime, buttons, keys)
        QGuiApplication.sendEvent(window, entering)
        QGuiApplication.sendEvent(window, QDropEvent(place, Qt.DropAction.CopyAction, mime, buttons, keys))

    def _edit_tags(self) -> None:
        self._app.window.commands["edit_tags"].trigger()

    def _resize(self) -> None:
        self._app.window.resize(int(self._rng.integers(820, 2000)), int(self._rng.integers(520, 1200)))

    def _change_look(self) -> None:
        name, values = self._any((("language", ("en", "ja")), ("theme", ("dark", "light"))))
        self._app.apply_setting(name, str(self._any(values)))

    def _turn_volume(self) -> None:
        slider = self._app.window.player_bar.findChild(QSlider, "volumeSlider")
        slider.setValue(int(self._rng.integers(slider.maximum() + 1)))

    def _place_in(self, widget: QWidget) -> QPoint:
        return QPoint(int(self._rng.integers(max(1, widget.width()))), int(self._rng.integers(max(1, widget.height()))))

    def _any(self, choices):  # type: ignore[no-untyped-def]
        return choices[int(self._rng.integers(len(choices)))]


class Watch:
    """Samples memory, handles and threads while the monkey is at work."""

    def __init__(self) -> None:
        self._began_s = time.monotonic()
        self.samples: list[dict[str, float | None]] = []

    def sample(self) -> None:
        self.samples.append(
            {
                "minute": round((time.monotonic() - self._began_s) / 60, 2),
                "memory_mb": round(memory_mb(), 1),
                "in_use_mb": in_use_mb(),
                "handles": handles(),
                "threads": threading.active_count(),
            }
        )


def let_loose(
    app: App, files: list[Path], minutes: float, seed: int, pause_ms: tuple[int, int] = (10, 200)
) -> dict[str, object]:
    """Let a monkey act on the shown window for so long; return what was seen."""
    monkey, watch, errors = Monkey(app, files, seed), Watch(), Errors()
    pauses = np.random.default_rng((seed, 1))
    heartbeat = Heartbeat()
    lookout = Lookout(heartbeat)
    lookout.start()
    loop = QEventLoop()
    end_s = time.monotonic() + 60 * minutes
    sampler = QTimer()
    sampler.timeout.connect(watch.sample)
    sampler.start(int(1000 * min(_SAMPLE_EVERY_S, 6 * minutes)))

    def go_on() -> None:
        if time.monotonic() < end_s:
            QTimer.singleShot(int(pauses.integers(*pause_ms)), go_on)  # before the act, which may open a dialog
            monkey.act()
        elif QApplication.activeModalWidget() or QApplication.activePopupWidget():
            QTimer.singleShot(20, go_on)
            monkey.act()
        else:
            loop.quit()

    QTimer.singleShot(0, go_on)
    loop.exec()
    watch.sample()
    sampler.stop()
    heartbeat.stop()
    lookout.stop()
    errors.close()
    return {
        "seed": seed,
        "actions": sum(monkey.done.values()),
        "done": dict(monkey.done.most_common()),
        "errors": dict(errors.seen),
        "event_loop_gap": heartbeat.summary(),
        "stood_still_at": dict(lookout.places.most_common(25)),
        "samples": watch.samples,
    }


def link_many(music: list[Path], folder: Path, count: int) -> None:
    """Make so many hard links of the files, a thousand in a folder."""
    for number in range(count):
        source = music[number % len(music)]
        target = folder / f"{number // 1000:04d}" / f"{source.stem} {number:06d}{source.suffix}"
        if number % 1000 == 0:
            target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            target.hardlink_to(source)


def main() -> int:
    arguments = _parser().parse_args()
    for name in ("HOME", "XDG_MUSIC_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        os.environ[name] = tempfile.mkdtemp(prefix="bgm-finder-monkey-")
    files = [path for path in sorted(arguments.folder.rglob("*")) if path.is_file()]
    folder = arguments.folder
    if arguments.links:
        folder = arguments.catalogue.parent / "linked"
        link_many([path for path in files if path.suffix != ".csv"], folder, arguments.links)
    keep_heaps_few()
    application = QApplication(sys.argv[:1])
    settings = Settings()
    app = App(application, settings, Opening(arguments.catalogue, settings))
    app.begin([folder])
    app.window.activateWindow()
    seen = let_loose(app, files, arguments.minutes, arguments.seed, tuple(arguments.pause))
    began_s = time.monotonic()
    app.window.close()
    seen["closed_in_s"] = round(time.monotonic() - began_s, 2)
    for thread in threading.enumerate():
        if thread.name.startswith("embedder"):
            thread.join(_TORCH_S)
    seen["threads_left"] = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
    text = json.dumps(seen, indent=1, ensure_ascii=False)
    print(text)
    if arguments.report:
        arguments.report.write_text(text, encoding="utf-8")
    return 1 if seen["errors"] else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="music to analyse, and to drop on the window")
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--pause", type=int, nargs=2, default=(10, 200), help="shortest and longest between actions, in ms"
    )
    parser.add_argument("--links", type=int, default=0, help="how many hard links of the music to make")
    parser.add_argument("--catalogue", type=Path, required=True)
    parser.add_argument("--report", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main())
