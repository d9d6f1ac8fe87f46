"""The columns of the list as they are kept between two starts: as JSON, by name, in their order."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QHeaderView

_FORMER = (
    "mark", "title", "score", "percentile", "outside", "duration", "bpm",
    "use", "genre", "mood", "instrument", "tempo", "format", "comment", "file", "folder",
)  # fmt: skip
"""The columns by place, which is how they were kept once: as Qt's own state of the headings, in base64."""


@dataclass(frozen=True)
class KeptColumn:
    """A column's width in pixels, and whether it is hidden."""

    name: str
    width: int
    is_hidden: bool


def write_columns(columns: Iterable[KeptColumn]) -> str:
    """Return what read_columns reads."""
    return json.dumps([asdict(column) for column in columns])


def read_columns(state: str) -> list[KeptColumn]:
    """Return the columns in their order, each once; none where they cannot be read."""
    try:
        entries = json.loads(state)
    except (ValueError, RecursionError):
        return _read_former(state)
    found = [_column(entry) for entry in entries] if isinstance(entries, list) else []
    return list({column.name: column for column in found if column is not None}.values())


def _column(entry: object) -> KeptColumn | None:
    match entry:
        case {"name": str(name), "width": int(width), "is_hidden": bool(is_hidden)}:
            return KeptColumn(name, width, is_hidden)
    return None


def _read_former(state: str) -> list[KeptColumn]:
    header = QHeaderView(Qt.Orientation.Horizontal)
    header.setModel(QStandardItemModel(0, len(_FORMER), header))
    if not header.restoreState(QByteArray.fromBase64(state.encode("ascii", "ignore"))):
        return []
    header.setStretchLastSection(False)  # its own width comes back
    columns = []
    for place in range(len(_FORMER)):
        column = header.logicalIndex(place)
        is_hidden = header.isSectionHidden(column)
        header.setSectionHidden(column, False)  # a hidden one tells no width
        columns.append(KeptColumn(_FORMER[column], header.sectionSize(column), is_hidden))
    return columns
