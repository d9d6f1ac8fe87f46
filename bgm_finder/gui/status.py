"""The line at the foot: what is going on, how long it will take, and what went wrong in plain words."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from bgm_finder.gui.elided_label import ElidedLabel
from bgm_finder.gui.export_progress import ExportProgress
from bgm_finder.gui.text_helpers import number, set_tip, showable, time_left
from bgm_finder.jobs.job import Progress

_MESSAGE_MS = 9_000
_WARNING_MS = 45_000
"""Long enough to be read by someone who was listening with closed eyes."""


class ProgressPanel(QWidget):
    """The analysis under way, with pause and stop."""

    pause_requested = Signal(bool)
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("progressPanel")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 8)
        self._pause, self._stop = QToolButton(), QToolButton()
        self._pause.setCheckable(True)
        self._pause.toggled.connect(self._on_pause)
        self._progress: Progress | None = None
        self._stop.clicked.connect(self.stop_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._text, self._bar, self._pause, self._stop):
            row.addWidget(widget)
        for name, part in (("progressLabel", self._text), ("pauseButton", self._pause), ("stopButton", self._stop)):
            part.setObjectName(name)
        self._retranslate()
        self.hide()

    def show_busy(self, is_busy: bool) -> None:
        self.setVisible(is_busy)
        if is_busy:
            self._text.setText(self.tr("Searching for files…"))
            self._bar.setRange(0, 0)
            self._progress = None
            self._pause.setChecked(False)

    def show_progress(self, progress: Progress) -> None:
        if progress.total <= 0:
            return
        self._progress = progress
        if self._pause.isChecked():
            text = self.tr("Paused at {done} / {total}")
        elif progress.stage == "draw":
            text = self.tr("Analysing BPM, loudness, sections {done} / {total}")
        else:
            text = self.tr("Analysing {done} / {total}")
        text = text.replace("{done}", number(progress.done)).replace("{total}", number(progress.total))
        left = "" if self._pause.isChecked() else time_left(progress)
        self._text.setText(" · ".join(part for part in (text, left) if part))
        set_tip(self._text, progress.label)
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def tab_order(self) -> list[QWidget]:
        return [self._pause, self._stop]

    def _on_pause(self, is_paused: bool) -> None:
        self.pause_requested.emit(is_paused)
        self._tell_pause()

    def _tell_pause(self) -> None:
        self._pause.setText(self.tr("Resume") if self._pause.isChecked() else self.tr("Pause"))
        if self._progress is not None:
            self.show_progress(self._progress)

    def _retranslate(self) -> None:
        self._tell_pause()
        self._stop.setText(self.tr("Stop"))
        self._stop.setToolTip(self.tr("The results so far are kept; the rest is analysed at the next scan (F5)"))
        self._bar.setAccessibleName(self.tr("Progress of the analysis"))


class StatusLine(QWidget):
    """A message at the left, the export and the analysis at the right; below it nothing hides."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self._message = ElidedLabel("messageLabel", least_width=0)
        self._act = QToolButton()
        self._act.setObjectName("messageButton")
        self._act.setVisible(False)
        self._act.clicked.connect(self._on_act)
        self._on_clicked: Callable[[], None] | None = None
        self.export_progress = ExportProgress(self)
        self.progress = ProgressPanel(self)
        self._forget = QTimer(self, singleShot=True, interval=_MESSAGE_MS)
        self._forget.timeout.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.addWidget(self._message, 1)
        row.addWidget(self._act)
        row.addWidget(self.export_progress)
        row.addWidget(self.progress)
        self.setMinimumHeight(30)

    def say(self, text: str) -> None:
        """Say what was done; it goes away by itself."""
        self._show(text, QPalette.ColorRole.WindowText)
        self._forget.start(_MESSAGE_MS)

    def warn(self, text: str, button: str = "", on_clicked: Callable[[], None] | None = None) -> None:
        """Say what went wrong; it stays a while, or until something else is said."""
        self._show(text, QPalette.ColorRole.BrightText)
        self._forget.start(_WARNING_MS)
        self._act.setText(button)
        self._act.setVisible(bool(button))
        self._on_clicked = on_clicked

    def clear(self) -> None:
        self._show("", QPalette.ColorRole.WindowText)

    @property
    def text(self) -> str:
        return str(self._message.text())

    def tab_order(self) -> list[QWidget]:
        return [self._act, *self.export_progress.tab_order(), *self.progress.tab_order()]

    def _show(self, text: str, role: QPalette.ColorRole) -> None:
        text = showable(text)
        self._message.setText(text)
        set_tip(self._message, text)
        self._message.setForegroundRole(role)
        self._act.hide()
        self._on_clicked = None

    def _on_act(self) -> None:
        if self._on_clicked is not None:
            self._on_clicked()
