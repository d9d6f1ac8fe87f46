"""The size that a window has until someone changes it."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(16, 48)
"""Room for the frame and the title that the desktop puts around a window."""


def first_size(window: QWidget, wished: QSize) -> QSize:
    """Gives the wished size, or as much of it as the window's screen has room for."""
    return wished.boundedTo(window.screen().availableSize() - _FRAME)
