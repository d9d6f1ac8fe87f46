"""Title, comment and BPM of the selected tracks, to be changed by hand."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QWidget

from bgm_finder.catalogue.hand_texts import NOTHING, Value
from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.catalogue.in_memory.texts import Texts
from bgm_finder.catalogue.tempo_text import bpm_of
from bgm_finder.gui.text_helpers import showable
from bgm_finder.track import TEXT_KEYS, TextKey

_MOST = 2_000
"""Tracks whose texts are compared before the dialog opens, which takes 2 ms; of more they count as different."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What one field shows."""

    text: str = ""
    instead: str = ""
    """What is used while the field is empty, such as an estimate."""
    differs: bool = False
    """Whether the tracks have different values."""


class TextFields(QWidget):
    """A field each; only what was edited counts, and an empty field lets the list's or the file's own hold again."""

    def __init__(self, shown: Mapping[TextKey, Shown], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = {key: shown.get(key, Shown()) for key in TEXT_KEYS}
        self._fields = {key: QLineEdit() for key in TEXT_KEYS}
        for key, field in self._fields.items():
            field.setObjectName(f"{key}Field")
        self._note = QLabel(wordWrap=True)
        self._note.setObjectName("textNote")
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        labels = (self.tr("Title"), self.tr("Comment"), self.tr("BPM"))
        for label, (key, field) in zip(labels, self._fields.items(), strict=True):
            field.setText(showable(" ".join(self._shown[key].text.split())))
            field.setAccessibleName(label)
            field.setPlaceholderText(self._placeholder(key))
            field.textEdited.connect(lambda _: self._note.hide())
            form.addRow(label, field)
        self._note.hide()
        form.addRow(self._note)

    @property
    def edited(self) -> dict[TextKey, Value]:
        """What is to be changed."""
        found: dict[TextKey, Value] = {}
        for key, field in self._fields.items():
            text = " ".join(field.text().split())
            if field.isModified() and not (self._shown[key].differs and not text):
                found[key] = NOTHING[key] if not text else bpm_of(text) if key == "bpm" else text
        return found

    def find_mistake(self) -> bool:
        """Say where a number is expected and go to that field; return whether there is one."""
        field = self._fields["bpm"]
        is_wrong = field.isModified() and bool(field.text().strip()) and bpm_of(field.text()) is None
        if is_wrong:
            self._note.setText(self.tr("Enter the BPM as a number such as 128 or 92.5."))
            self._note.show()
            field.setFocus()
            field.selectAll()
        return is_wrong

    def _placeholder(self, key: TextKey) -> str:
        shown = self._shown[key]
        if shown.differs:
            return self.tr("(different)")
        return shown.instead or self.tr("(from the tag list or the file)")


def shown_texts(columns: Columns, rows: NDArray[np.int32]) -> dict[TextKey, Shown]:
    """Return what the fields show of the tracks in these rows."""
    known, is_one = columns.bpms[rows], len(rows) == 1
    given = np.where(columns.bpms_estimated[rows], np.nan, known)
    bpms = np.unique(given)
    estimate = f"≈ {known[0]:.0f}" if is_one and np.isnan(given[0]) and not np.isnan(known[0]) else ""
    bpm = "" if np.isnan(bpms[0]) else f"{bpms[0]:g}"
    return {
        "title": _shown(columns.titles.own, rows, columns.titles[rows[0]] if is_one else ""),
        "comment": _shown(columns.comments, rows),
        "bpm": Shown(bpm, estimate) if len(bpms) == 1 else Shown(differs=True),
    }


def _shown(texts: Texts, rows: NDArray[np.int32], instead: str = "") -> Shown:
    """Return the text that all rows share; of very many rows none is compared."""
    first = texts[rows[0]]
    differs = len(rows) > _MOST or any(texts[row] != first for row in rows.tolist())
    return Shown(differs=True) if differs else Shown(first, instead)
