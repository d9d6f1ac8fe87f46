"""The export under way, at the foot of the window: how far it is, how long it will take, and a way to stop it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from bgm_finder.gui.text_helpers import set_tip, time_left
from bgm_finder.jobs.job import Progress


class ExportProgress(QWidget):
    """Show a share in percent, as an export counts seconds of sound."""

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._bar, self._stop = QLabel(), QProgressBar(), QToolButton()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 8)
        self._stop.clicked.connect(self.stop_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._text, self._bar, self._stop):
            row.addWidget(widget)
        self.setObjectName("exportProgress")
        self._text.setObjectName("exportProgressLabel")
        self._stop.setObjectName("stopExportButton")
        self._retranslate()
        self.hide()

    def show_busy(self, is_busy: bool) -> None:
        self.setVisible(is_busy)
        self._text.setText(self.tr("Exporting…"))
        self._bar.setRange(0, 0)

    def show_progress(self, progress: Progress) -> None:
        share = progress.done / max(1, progress.total)
        text = self.tr("Exporting: {percent} %").replace("{percent}", str(int(100 * share)))
        self._text.setText(" · ".join(part for part in (text, time_left(progress)) if part))
        set_tip(self._text, progress.label)
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)

    def tab_order(self) -> list[QWidget]:
        return [self._stop]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._stop.setText(self.tr("Stop"))
        self._stop.setToolTip(self.tr("The files exported so far are kept"))
        self._bar.setAccessibleName(self.tr("Progress of the export"))
