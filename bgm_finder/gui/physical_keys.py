"""Keys by their place: digits where other signs are written (French, Czech), letters where those are not Latin."""

import sys

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_DIGITS = "1234567890"
_X11_ROWS = {10: _DIGITS, 24: "QWERTYUIOP", 38: "ASDFGHJKL", 52: "ZXCVBNM"}
"""By the keycode of a row's first key, on X11 and Wayland."""
_X11 = {first + place: sign for first, row in _X11_ROWS.items() for place, sign in enumerate(row)}
_MAC = dict(zip((18, 19, 20, 21, 23, 22, 26, 28, 25, 29), _DIGITS, strict=True))
_LATIN_ENDS = 0x250
_SPECIAL_BEGINS = 0x01000000
"""Keys from here on write nothing."""
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def key_by_place(event: QKeyEvent) -> QKeySequence | None:
    """Return the digit or Latin letter of a key that writes something else, with what was held; None for others."""
    sign = _sign(event)
    writes_other_letters = _LATIN_ENDS <= event.key() < _SPECIAL_BEGINS
    if not sign or (event.modifiers() & _SHIFT if sign in _DIGITS else not writes_other_letters):
        return None
    return QKeySequence(QKeyCombination(event.modifiers(), Qt.Key(ord(sign))))


def _sign(event: QKeyEvent) -> str:
    """Return what the key writes on a US keyboard; empty where that is no digit and no letter."""
    if sys.platform == "win32":  # the codes are those of digits and letters, whatever the keys write
        sign = chr(event.nativeVirtualKey() & 0x7F)
        return sign if event.nativeVirtualKey() < 0x80 and (sign in _DIGITS or "A" <= sign <= "Z") else ""
    if sys.platform == "darwin":
        return _MAC.get(event.nativeVirtualKey(), "")
    return _X11.get(event.nativeScanCode(), "")
