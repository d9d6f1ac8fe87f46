"""The list's columns: which are shown, in what order and how wide; kept by name."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from bgm_finder.gui.kept_columns import KeptColumn, read_columns, write_columns
from bgm_finder.gui.sort_header import SortHeader
from bgm_finder.gui.track_model import COLUMNS, NUMBER_COLUMNS, RANKING_COLUMNS, header_name

_WIDTHS = {
    "mark": 26, "title": 204, "closeness": 128, "score": 62, "percentile": 104, "outside": 190, "duration": 56,
    "bpm": 50, "use": 90, "genre": 90, "mood": 92, "instrument": 104, "tempo": 70, "format": 88, "comment": 30,
    "file": 160, "folder": 200, "artist": 120, "heard": 26, "note": 70,
}  # fmt: skip
_AFTER = {"heard": "mark", "note": "format"}
_ORDER = tuple(
    shown
    for name in COLUMNS
    if name not in _AFTER
    for shown in (name, *(late for late, neighbour in _AFTER.items() if neighbour == name))
)
"""From left to right, at first."""
_HIDDEN_AT_FIRST = ("tempo", "file", "folder", "artist")
_ALWAYS_SHOWN = "title"
_WIDEST = 4000


class ColumnLayout(QObject):
    """Which headings of a table of the COLUMNS are shown, in what order and how wide."""

    changed = Signal()
    """A column was made wider, moved, shown or hidden."""

    def __init__(self, header: SortHeader) -> None:
        super().__init__(header)
        self._header = header
        self._widths = dict(_WIDTHS)
        """As they were set; the last column's on the screen follows the window's."""
        self._numbers: set[str] = set()
        """Which of NUMBER_COLUMNS a ranking shows."""
        self._is_ranking = False
        for place, name in enumerate(_ORDER):
            header.moveSection(header.visualIndex(COLUMNS.index(name)), place)
        for column, name in enumerate(COLUMNS):
            header.resizeSection(column, _WIDTHS[name])
            header.setSectionHidden(column, name in (*_HIDDEN_AT_FIRST, *RANKING_COLUMNS))
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self.changed)

    def retranslate(self) -> None:
        """Fill the headings' menu, which shows and hides columns."""
        header = self._header
        for action in header.actions():
            header.removeAction(action)
            action.deleteLater()
        for column, name in enumerate(COLUMNS):
            if name == _ALWAYS_SHOWN or (name in RANKING_COLUMNS and name not in NUMBER_COLUMNS):
                continue
            action = QAction(header_name(name), header)
            action.setCheckable(True)
            action.setChecked(name in self._numbers or not header.isSectionHidden(column))
            action.toggled.connect(lambda is_on, name=name: self._choose(name, is_on))
            header.addAction(action)

    def set_ranking(self, is_ranking: bool, has_outside: bool = False) -> None:
        """Show or hide the columns that only a ranking has, and the one that only tracks outside the filter fill."""
        self._is_ranking = is_ranking
        for name in RANKING_COLUMNS:
            is_filled = is_ranking and (has_outside or name != "outside")
            is_filled = is_filled and (name not in NUMBER_COLUMNS or name in self._numbers)
            self._header.setSectionHidden(COLUMNS.index(name), not is_filled)

    def state(self) -> str:
        """Return order, widths and hidden columns, to be kept; what comes and goes with a ranking is not hidden."""
        header = self._header
        names = [COLUMNS[header.logicalIndex(place)] for place in range(len(COLUMNS))]
        return write_columns([KeptColumn(name, self._widths[name], self._is_hidden(name)) for name in names])

    def restore(self, state: str) -> None:
        """Bring back what was kept; a column that was not there yet stands behind its neighbour at first.

        Before there was a column for closeness, nobody had chosen those of numbers.
        """
        kept = {column.name: column for column in read_columns(state) if column.name in COLUMNS}
        names = list(kept)
        for place, name in enumerate(_ORDER):
            if name not in kept:
                names.insert(names.index(_ORDER[place - 1]) + 1 if place else 0, name)
        for place, name in enumerate(names):
            self._header.moveSection(self._header.visualIndex(COLUMNS.index(name)), place)
            if name in kept:
                self._restore(kept[name])
        if "closeness" in kept:
            self._numbers = {name for name in NUMBER_COLUMNS if name in kept and not kept[name].is_hidden}
            self.set_ranking(self._is_ranking)
        self.retranslate()

    def _restore(self, kept: KeptColumn) -> None:
        column = COLUMNS.index(kept.name)
        self._widths[kept.name] = max(self._header.minimumSectionSize(), min(kept.width, _WIDEST))
        self._header.resizeSection(column, self._widths[kept.name])
        if kept.name != _ALWAYS_SHOWN and kept.name not in RANKING_COLUMNS:
            self._header.setSectionHidden(column, kept.is_hidden)

    def _choose(self, name: str, is_on: bool) -> None:
        """Show or hide a column; one of numbers, wherever there is a ranking."""
        if name in NUMBER_COLUMNS:
            self._numbers = self._numbers - {name} | ({name} if is_on else set())
            is_on = is_on and self._is_ranking
        self._header.setSectionHidden(COLUMNS.index(name), not is_on)
        self.changed.emit()

    def _is_hidden(self, name: str) -> bool:
        if name in NUMBER_COLUMNS:
            return name not in self._numbers
        return name not in RANKING_COLUMNS and self._header.isSectionHidden(COLUMNS.index(name))

    def _on_resized(self, column: int, _before: int, width: int) -> None:
        """Note a width, unless it is that of a hidden column or one that fills what the others leave."""
        shown = [column for column in range(len(COLUMNS)) if not self._header.isSectionHidden(column)]
        if width and shown and column != max(shown, key=self._header.visualIndex):
            self._widths[COLUMNS[column]] = width
        self.changed.emit()
