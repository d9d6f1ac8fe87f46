"""The list's rows: an index array over the catalogue's columns, or a ranking with its headings."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QBrush, QFont, QPalette

from bgm_finder.catalogue.in_memory.columns import MISSING, UNREADABLE, Columns
from bgm_finder.clock import clock
from bgm_finder.controllers.listing import NO_ROWS, Rows
from bgm_finder.gui.category_names import category_name, limit_name, outside_text
from bgm_finder.gui.closeness_delegate import LEVEL_ROLE
from bgm_finder.gui.file_addresses import mime_of
from bgm_finder.gui.heading_words import heading_text, spoken_heading
from bgm_finder.gui.ranking_words import closeness_text
from bgm_finder.gui.text_helpers import bpm_text, showable, tip, translate
from bgm_finder.track import ARTIST, Match, Section

COLUMNS = (
    "mark", "title", "closeness", "score", "percentile", "outside", "duration", "bpm",
    "use", "genre", "mood", "instrument", "tempo", "format", "comment", "file", "folder", "artist",
    "heard", "note",
)  # fmt: skip
RANKING_COLUMNS = ("closeness", "score", "percentile", "outside")
"""Those that only a ranking fills,"""
NUMBER_COLUMNS = ("score", "percentile")
"""and those of them that are shown where someone chose to see them."""
SORTS = {
    name: name
    for name in ("mark", "heard", "title", "duration", "bpm", "format", "comment", "file", "folder", "artist")
}  # fmt: skip
"""Columns that the list can be sorted by, with the key of catalogue.sorting."""

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NUMBERS = {"score", "percentile", "duration", "bpm"}
_GAP = "\u2002"
"""Behind a number, which stands at the right, so that it does not touch what the next column begins with."""
_DISPLAY, _TOOL_TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT, _FONT = int(Qt.ItemDataRole.TextAlignmentRole), int(Qt.ItemDataRole.FontRole)
_FOREGROUND, _ACCESSIBLE = int(Qt.ItemDataRole.ForegroundRole), int(Qt.ItemDataRole.AccessibleTextRole)
MISSES = int(Qt.ItemDataRole.UserRole)
"""The role of the texts of what keeps a ranked track outside the filter, a list."""
_ANSWERED = frozenset((_DISPLAY, _TOOL_TIP, _ALIGNMENT, _FONT, _FOREGROUND, _ACCESSIBLE, MISSES, LEVEL_ROLE))
"""The painting asks for as many others, of each cell."""
_NO_FLAGS = Qt.ItemFlag.NoItemFlags
_TRACK_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemNeverHasChildren
    | Qt.ItemFlag.ItemIsDragEnabled
)
"""Put together once: the list asks for them several times a cell."""
_MARKS = {1: "★", -1: "✕", 0: ""}
_DOTS = ("", "◐", "●")
"""Of a track that is not heard, partly heard, heard."""
AnyIndex = QModelIndex | QPersistentModelIndex


class TrackModel(QAbstractTableModel):
    """A model that reads the columns themselves; nothing is copied, so that 600,000 rows open as fast as ten."""

    def __init__(self, palette: Callable[[], QPalette], parent: object = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self._palette = palette
        self.columns: Columns | None = None
        self.shown = NO_ROWS
        self.heard_id: int | None = None
        """The track that sounds."""
        self.heard_s: Mapping[int, float] = {}
        """For how many seconds tracks were listened to by now, where the columns do not know it yet."""
        self._bold = QFont()
        self._bold.setBold(True)
        self._texts: dict[str, Callable[[Columns, int, int], str]] = {
            "mark": lambda c, row, _: _MARKS[int(c.marks[row])],
            "heard": lambda c, row, _: _DOTS[self._heard_part(c, row)],
            "title": lambda c, row, _: _plain(c.titles[row]),
            "duration": lambda c, row, _: "" if np.isnan(c.durations_s[row]) else clock(float(c.durations_s[row])),
            "bpm": lambda c, row, _: _bpm_text(c, row),
            "comment": lambda c, row, _: _plain(c.comments[row]),
            "note": lambda c, row, _: _plain(c.notes.get(row, "")),
            "file": lambda c, row, _: _plain(Path(c.paths[row]).name),
            "folder": lambda c, row, _: _plain(str(Path(c.paths[row]).parent)),
            "score": lambda c, row, place: self._match_text(place, lambda m: f"{m.score:.3f}"),
            "percentile": lambda c, row, place: self._match_text(place, lambda m: f"{m.percentile:.1f}"),
            "artist": lambda c, row, _: _plain(c.artists[row]),
            "outside": lambda c, row, place: " · ".join(self._misses(place)),
            "closeness": lambda c, row, place: self._match_text(place, _closeness),
        }

    def show(self, columns: Columns, shown: Rows) -> bool:
        """Replace what is shown; return False where the same tracks stay in place and only their cells change."""
        if self._has_same_places(columns, shown):
            self.columns, self.shown = columns, shown
            self.dataChanged.emit(self.index(0, 0), self.index(len(shown.rows) - 1, len(COLUMNS) - 1))
            return False
        self.beginResetModel()
        self.columns, self.shown = columns, shown
        self.endResetModel()
        return True

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.shown.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> object:
        role = int(role)
        if role not in _ANSWERED or self.columns is None or not index.isValid():
            return None
        place, name = index.row(), COLUMNS[index.column()]
        if role == _DISPLAY:
            text = self._text(place, name)
            return text + _GAP if text and name in _NUMBERS else text
        if role == _ALIGNMENT:
            return _RIGHT if name in _NUMBERS else None
        if role == _FONT:
            return self._bold if place in self.shown.headings else None
        if role == _FOREGROUND:
            return self._colour(place, name)
        if role == _TOOL_TIP:
            return self._tip(place, name)
        if role == _ACCESSIBLE:
            return self._spoken(place, name)
        return self._drawn(role, place, name)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if int(role) == _DISPLAY:
            name = COLUMNS[section]
            return header_text(name) + _GAP if name in _NUMBERS else header_text(name)
        if int(role) == _TOOL_TIP:
            return _header_tip(COLUMNS[section])
        if int(role) == _ACCESSIBLE:
            return header_name(COLUMNS[section])
        return _RIGHT if int(role) == _ALIGNMENT and COLUMNS[section] in _NUMBERS else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return _NO_FLAGS if not index.isValid() or index.row() in self.shown.headings else _TRACK_FLAGS

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list", "text/plain"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return what is taken along in a drag."""
        return mime_of(self.paths_at(sorted({index.row() for index in indexes})))

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def refresh_heard(self, track_id: int) -> None:
        """Paint anew what a track's row says of how much of it was heard."""
        place = self.place_of(track_id)
        if place is not None:
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(COLUMNS) - 1))

    def is_heading(self, place: int) -> bool:
        return place in self.shown.headings

    def heading_at(self, place: int) -> str:
        """Return the text of the heading at a place."""
        return heading_text(self.shown.headings[place])

    def id_at(self, place: int) -> int | None:
        if self.columns is None or not 0 <= place < len(self.shown.rows) or self.shown.rows[place] < 0:
            return None
        return int(self.columns.ids[self.shown.rows[place]])

    def passage_at(self, place: int) -> Section | None:
        """Return the passage of a ranked track that fits best, where it is known."""
        match = self.shown.matches.get(place)
        return None if match is None else match.passage

    def place_of(self, track_id: int) -> int | None:
        """Return where a track stands in the list."""
        return None if self.columns is None else self.shown.place_of(self.columns, track_id)

    def places_of(self, track_ids: list[int]) -> NDArray[np.int64]:
        """Return where those of the tracks that are in the list stand, ascending."""
        if self.columns is None:
            return np.zeros(0, np.int64)
        return np.flatnonzero(np.isin(_ids(self.columns, self.shown), np.asarray(track_ids, np.int64)))

    def paths_at(self, places: list[int]) -> list[Path]:
        if self.columns is None:
            return []
        rows = [int(self.shown.rows[place]) for place in places]
        return [Path(self.columns.paths[row]) for row in rows if row >= 0]

    def _has_same_places(self, columns: Columns, shown: Rows) -> bool:
        """Return whether other rows are the same tracks in the same places."""
        if self.columns is None or not len(shown.rows) or shown.headings.keys() != self.shown.headings.keys():
            return False
        if len(shown.rows) != len(self.shown.rows):
            return False
        if columns.ids is self.columns.ids:
            return np.array_equal(self.shown.rows, shown.rows)
        return np.array_equal(_ids(self.columns, self.shown), _ids(columns, shown))

    def _text(self, place: int, name: str) -> str:
        row = int(self.shown.rows[place])
        if row < 0:
            return heading_text(self.shown.headings[place]) if name == "title" else ""
        assert self.columns is not None
        text = self._texts.get(name)
        if text is not None:
            return text(self.columns, row, place)
        column = self.columns.tags.get(name)
        return _plain(", ".join(column.names_at(row))) if column is not None else ""

    def _spoken(self, place: int, name: str) -> str:
        """Return what a screen reader says of a cell; the title's says what the eye sees of the row beside it."""
        row = int(self.shown.rows[place])
        if row < 0:
            return spoken_heading(self.shown.headings[place]) if name == "title" else ""
        if self.columns is None or name not in ("title", "mark", "heard"):
            return self._text(place, name)
        mark = _spoken_mark(int(self.columns.marks[row]))
        if name == "mark":
            return mark
        part = self._heard_part(self.columns, row)
        heard = _spoken_heard(part)
        if name == "heard":
            return heard
        state, is_heard = self.columns.states[row], int(self.columns.ids[row]) == self.heard_id
        return ", ".join(
            part
            for part in (
                self._text(place, "title"),
                self._text(place, "duration"),
                mark,
                heard if part else "",
                translate("TrackModel", "missing") if state & MISSING else "",
                translate("TrackModel", "unreadable") if state & UNREADABLE else "",
                translate("TrackModel", "playing") if is_heard else "",
                self._note(place),
            )
            if part
        )

    def _note(self, place: int) -> str:
        """Return a track's note in the brief, named as such; nothing where there is none."""
        note = self._text(place, "note")
        return translate("TrackModel", "note: {note}").replace("{note}", note) if note else ""

    def _heard_part(self, columns: Columns, row: int) -> int:
        """Return 0 for a track that is not heard, 1 for one that is partly, 2 for one that is."""
        seconds = self.heard_s.get(int(columns.ids[row]), float(columns.heard_s[row]))
        return 0 if not seconds else 2 if seconds >= columns.heard_after_s else 1

    def _drawn(self, role: int, place: int, name: str) -> object:
        """Return what a delegate draws in a cell: chips, or the length of a bar; None where it draws neither."""
        if role == MISSES:
            return self._misses(place) if name == "outside" else None
        return self._level(place, name)

    def _misses(self, place: int) -> list[str]:
        """Return all that keeps a ranked track outside the filter, in words."""
        match = self.shown.matches.get(place)
        return [] if match is None else [_plain(outside_text(miss)) for miss in match.misses]

    def _level(self, place: int, name: str) -> float | None:
        """Return the length of the bar in a cell; None where there is none."""
        match = self.shown.matches.get(place) if name == "closeness" else None
        return None if match is None or match.closeness is None else match.closeness_level

    def _match_text(self, place: int, text: Callable[[Match], str]) -> str:
        match = self.shown.matches.get(place)
        return text(match) if match is not None else ""

    def _colour(self, place: int, name: str) -> QBrush | None:
        row = int(self.shown.rows[place])
        if row < 0:
            return self._palette().brush(QPalette.ColorRole.Accent)
        assert self.columns is not None
        if self.columns.states[row] & (MISSING | UNREADABLE):
            return self._palette().brush(QPalette.ColorRole.BrightText)
        if self.columns.marks[row] < 0 or name in ("comment", "file", "folder", "artist", "outside"):
            return self._palette().brush(QPalette.ColorRole.PlaceholderText)
        return None

    def _tip(self, place: int, name: str) -> str | None:
        row = int(self.shown.rows[place])
        if row < 0 or self.columns is None:
            return None
        state = self.columns.states[row]
        if state & MISSING:
            return translate("TrackModel", "This file was missing at the last scan. If it was renamed, press F5.")
        if state & UNREADABLE:
            return translate("TrackModel", "This file cannot be read. Select it to see why.")
        if name == "bpm" and self.columns.bpms_estimated[row]:
            return translate("TrackModel", "Estimated from the sound")
        if name == "heard":
            return _spoken_heard(self._heard_part(self.columns, row))
        if name == "closeness":
            return self._match_text(place, _cosine_tip) or None
        text = "\n".join(self._misses(place)) if name == "outside" else self._text(place, name)
        return tip("\n".join(part for part in (text, self._note(place) if name == "title" else "") if part)) or None


def _ids(columns: Columns, shown: Rows) -> NDArray[np.int64]:
    """Return the track of each place, -1 for a heading."""
    if not len(columns):
        return np.full(len(shown.rows), -1, np.int64)
    return np.where(shown.rows < 0, -1, columns.ids[shown.rows])


def header_text(name: str) -> str:
    """Return a column's heading in the window's language."""
    headings = {
        "mark": "★",
        "heard": "●",
        "title": translate("TrackModel", "Title"),
        "score": translate("TrackModel", "Cosine"),
        "percentile": translate("TrackModel", "Percentile"),
        "outside": translate("TrackModel", "Unmet conditions"),
        "closeness": translate("TrackModel", "Closeness"),
        "duration": translate("TrackModel", "Length"),
        "bpm": limit_name("bpm"),
        "comment": translate("TrackModel", "Comment"),
        "note": translate("TrackModel", "Note"),
        "file": translate("TrackModel", "File"),
        "folder": translate("TrackModel", "Folder"),
        "artist": category_name(ARTIST),
    }
    return headings.get(name) or category_name(name)


def header_name(name: str) -> str:
    """Return a column's name in words, where its heading is a sign."""
    names = {"mark": translate("TrackModel", "Mark"), "heard": translate("TrackModel", "Heard")}
    return names.get(name) or header_text(name)


def _header_tip(name: str) -> str | None:
    """Return what a heading cannot; None where the heading says it all."""
    tips = {
        "mark": translate("TrackModel", "★ kept, ✕ rejected"),
        "heard": translate("TrackModel", "● heard, ◐ partly heard, in this brief"),
        "score": translate("TrackModel", "Similarity of the sound: 1 is identical, 0 has nothing in common"),
        "percentile": translate("TrackModel", "Percentage of the library that sounds less like the reference"),
        "outside": translate("TrackModel", "The conditions of your filter that the track does not meet"),
        "closeness": translate("TrackModel", "How close the sound is to the reference"),
    }
    return tips.get(name)


def _closeness(match: Match) -> str:
    """Return the word; the cosine for a network whose words were not measured."""
    return f"{match.score:.3f}" if match.closeness is None else closeness_text(match.closeness)


def _cosine_tip(match: Match) -> str:
    text = translate("TrackModel", "Cosine {cosine}; closer than {share} % of the library")
    return text.replace("{cosine}", f"{match.score:.3f}").replace("{share}", f"{match.percentile:.1f}")


def _spoken_mark(mark: int) -> str:
    if mark == 0:
        return ""
    return translate("TrackModel", "kept") if mark > 0 else translate("TrackModel", "rejected")


def _spoken_heard(part: int) -> str:
    texts = (
        translate("TrackModel", "not heard"),
        translate("TrackModel", "partly heard"),
        translate("TrackModel", "heard"),
    )
    return texts[part]


def _bpm_text(columns: Columns, row: int) -> str:
    if np.isnan(columns.bpms[row]):
        return ""
    bpm = float(columns.bpms[row])
    return f"≈{bpm:.0f}" if columns.bpms_estimated[row] else bpm_text(bpm)


def _plain(text: str) -> str:
    """One line, without what cannot be shown: a title may hold line feeds, a path bytes that are no text."""
    shown = showable(text)
    return " ".join(shown.split()) if "\n" in shown or "\r" in shown else shown
