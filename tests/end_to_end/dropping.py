"""Files dropped onto the window, as a file manager drops them."""

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication


def drop(app, *paths):
    """Drops files of these paths."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    drop_mime(app, mime)


def drop_mime(app, mime):
    """Drops whatever this says; fails where the window does not want it."""
    place, buttons, keys = QPointF(300, 300), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, mime, buttons, keys)
    QGuiApplication.sendEvent(app.window, entering)
    assert entering.isAccepted()
    QGuiApplication.sendEvent(app.window, QDropEvent(place, Qt.DropAction.CopyAction, mime, buttons, keys))
