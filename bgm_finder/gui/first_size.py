"""The size and place of a window: never more than its screen has room for."""

from PySide6.QtCore import QByteArray, QMargins, QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

_FRAME = QMargins(8, 40, 8, 8)
"""Room for the frame and the title that the desktop puts around a window; how large they are is known once it shows."""


def first_size(window: QWidget, requested: QSize) -> QSize:
    """Return the requested size, or as much of it as the window's screen has room for."""
    return requested.boundedTo(_room(window).size())


def restore_on_screen(window: QWidget, geometry: QByteArray) -> None:
    """Restore a saved geometry, made smaller and moved where it was saved on a larger screen or one that is gone.

    Without its frame, which is not known before it is shown: moved with it, a window would creep at each start.
    """
    window.restoreGeometry(geometry)
    if not window.isMaximized() and not window.isFullScreen():
        room = _room(window)
        size = window.size().boundedTo(room.size())
        x = max(room.left(), min(window.geometry().x(), room.right() - size.width() + 1))
        y = max(room.top(), min(window.geometry().y(), room.bottom() - size.height() + 1))
        window.setGeometry(QRect(QPoint(x, y), size))


def _room(window: QWidget) -> QRect:
    """Return where a window may lie, without its frame."""
    return window.screen().availableGeometry().marginsRemoved(_FRAME)
