"""The size and place of a window: never more than its screen has room for."""

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(16, 48)
"""Room for the frame and the title that the desktop puts around a window."""


def first_size(window: QWidget, requested: QSize) -> QSize:
    """Return the requested size, or as much of it as the window's screen has room for."""
    return requested.boundedTo(window.screen().availableSize() - _FRAME)


def restore_on_screen(window: QWidget, geometry: QByteArray) -> None:
    """Restore a saved geometry, made smaller and moved where it was saved on a larger screen or one that is gone."""
    window.restoreGeometry(geometry)
    if not window.isMaximized() and not window.isFullScreen():
        screen = window.screen()
        place = QRect(screen.availableGeometry().topLeft(), screen.availableSize() - _FRAME)
        size = window.size().boundedTo(place.size())
        window.resize(size)
        furthest = QPoint(place.right() - size.width() + 1, place.bottom() - size.height() + 1)
        x = max(place.left(), min(window.x(), furthest.x()))
        window.move(x, max(place.top(), min(window.y(), furthest.y())))
