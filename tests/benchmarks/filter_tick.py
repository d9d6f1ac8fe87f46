"""From a click on a tag, or a typed letter, to the painted list with its counts, in the real window.

BGM_BENCH_TRACKS: the sizes, 10,000 and 600,000 where it is not set.
"""

import os

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from bgm_finder.gui.flows import browsing
from tests.benchmarks import _synthetic, _window

SIZES = [int(size) for size in os.environ.get("BGM_BENCH_TRACKS", "10000 600000").split()]
TICKS = 100
TYPED = {
    "a letter of half the library": "a",
    "a kana of most of the library": "の",
    "three letters": "mor",
    "three kana": "ピアノ",
    "four words": "piano blue company 42",
}
_REPEATS = 10


def main() -> list[dict[str, object]]:
    return [row for size in SIZES for row in _rows(size)]


def _rows(size: int) -> list[dict[str, object]]:
    with _window.opened(_synthetic.catalogue(size)) as bench:
        rows = [_ticks(bench)]
        rows += [_typed(bench, name, text) for name, text in TYPED.items()]
    return [{"tracks": size, **row} for row in rows]


def _ticks(bench: _window.Bench) -> dict[str, object]:
    """Ticks a tag of each category in turn, on and off, so that up to five hold at once."""
    tree, spent = bench.window.filter_panel.tree, []
    bench.pulse.begin()
    for number in range(TICKS):
        head = tree.topLevelItem(number % (tree.topLevelItemCount() - 1))
        item = head.child(number * 7 % (head.childCount() - 1))
        tree.scrollToItem(item)
        bench.rest(20)
        place = tree.visualItemRect(item).center()
        spent.append(
            bench.until(
                lambda place=place: QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place),
                bench.app.library.view_changed,
            )
        )
    row = _row("tick", spent, bench)
    bench.window.commands["clear_filter"].trigger()
    bench.rest(1000)
    return row


def _typed(bench: _window.Bench, name: str, text: str) -> dict[str, object]:
    """Put the words into the box at once; the pause that waits for more letters is a wish, and not counted."""
    box, view_changed, spent = bench.window.search_box, bench.app.library.view_changed, []
    bench.pulse.begin()
    for _ in range(_REPEATS):
        box.setText(text[:-1])
        spent.append(bench.until(lambda: _type(box, text[-1]), view_changed) - browsing._TYPING_MS)
        box.setText("")
        bench.until(lambda: box.textEdited.emit(""), view_changed)
    return _row(f"typed: {name}", spent, bench)


def _type(box: QLineEdit, letter: str) -> None:
    """Types as an input method does, which kana need."""
    event = QInputMethodEvent()
    event.setCommitString(letter)
    QApplication.sendEvent(box, event)


def _row(action: str, spent: list[float], bench: _window.Bench) -> dict[str, object]:
    return {
        "action": action,
        "median ms": _window.share(spent, 50),
        "p95 ms": _window.share(spent, 95),
        "longest event-loop gap, ms": round(max(bench.pulse.gaps_ms), 1),
        "gap p99, ms": _window.share(bench.pulse.gaps_ms, 99),
    }
