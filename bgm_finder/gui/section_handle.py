"""The marked section as a thing to take: dragged into an editing program, or copied with a click."""

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QToolButton, QWidget

from bgm_finder.clock import clock
from bgm_finder.gui.file_addresses import mime_of
from bgm_finder.track import Section


class SectionHandle(QToolButton):
    """Ask for the section's file once it is taken hold of; the drag begins as soon as the file is there."""

    file_requested = Signal()
    copied = Signal(object)
    """The file that is on the clipboard now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sectionHandle")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._held_at: QPoint | None = None
        self._is_dragged = False
        self._file: Path | None = None
        self.clicked.connect(self._on_clicked)
        self._retranslate()
        self.hide()

    def show_section(self, section: Section | None) -> None:
        self._file = None
        self.setVisible(section is not None)
        if section is not None:
            self.setText(f"⇱ {clock(section.start_s)} – {clock(section.end_s)}")

    def offer(self, file: Path) -> None:
        """Hand over the file that was requested."""
        self._file = file
        if self._is_dragged:
            self._drag()
        elif self._held_at is None:
            self._copy()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._held_at, self._is_dragged = event.position().toPoint(), False
            if self._file is None:
                self.file_requested.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = QGuiApplication.styleHints().startDragDistance()
        if self._held_at is None or self._is_dragged:
            return
        if (event.position().toPoint() - self._held_at).manhattanLength() >= far:
            self._is_dragged = True
            self._drag()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_dragged, self._held_at, self._is_dragged = self._is_dragged, None, False
        if was_dragged:
            self.setDown(False)
        else:
            super().mouseReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _on_clicked(self) -> None:
        if self._file is not None:
            self._copy()
        else:
            self.file_requested.emit()

    def _drag(self) -> None:
        if self._file is None:
            return  # it is being cut; offer() goes on from here
        self._held_at, self._is_dragged = None, False
        self.setDown(False)
        drag = QDrag(self)
        drag.setMimeData(mime_of([self._file]))
        drag.exec(Qt.DropAction.CopyAction)

    def _copy(self) -> None:
        assert self._file is not None
        QGuiApplication.clipboard().setMimeData(mime_of([self._file]))
        self.copied.emit(self._file)

    def _retranslate(self) -> None:
        self.setToolTip(self.tr("Drag the marked section into your editing software, or click to copy it (WAV)"))
        self.setAccessibleName(self.tr("The marked section as a file"))
