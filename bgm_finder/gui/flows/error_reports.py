"""What should never happen: a bug is reported once, with a report that can be sent; diagnostics are copied."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from bgm_finder import log
from bgm_finder.catalogue.database import DamagedCatalogue
from bgm_finder.catalogue.rescue import Rescue
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.gui.dialogs.report_dialog import ReportDialog
from bgm_finder.gui.error_words import error_text, refusal_text
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.text_helpers import day_and_time, showable
from bgm_finder.json_object import NotJsonObject
from bgm_finder.workflows.doctor import Finding, doctor


class ErrorReports(QObject):
    """Show every bug that reaches the log, and copy diagnostics on request."""

    _met = Signal(str)

    def __init__(self, window: MainWindow, tasks: TaskQueue, catalogue: Path, log_folder: Path) -> None:
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._catalogue, self._log_folder = catalogue, log_folder
        self._dialog: ReportDialog | None = None
        self._met.connect(self._show_bug)
        self._listener = _Listener(self._met.emit)
        logging.getLogger().addHandler(self._listener)
        window.commands["diagnostics"].triggered.connect(lambda _checked=False: self._gather())

    def tell_crash(self, report_file: Path) -> None:
        """Say that the app ended by itself the last time, and offer its report."""
        report = log.without_names(report_file.read_text(encoding="utf-8", errors="replace"))
        self._window.status.warn(
            self.tr("BGM Finder quit unexpectedly last time. Your work is saved."),
            self.tr("Report…"),
            lambda: self._open(report.splitlines()),
        )

    def tell_rescue(self, rescue: Rescue) -> None:
        """Say that the catalogue was damaged, what was opened instead, and where the damaged one lies."""
        if rescue.refusal is None:
            text = self.tr("%Ln recent edit(s) missing from the catalogue have been restored.", "", rescue.redone)
            self._window.status.warn(text)
            return
        lines = [self.tr("Cause: {reason}").replace("{reason}", refusal_text(rescue.refusal))]
        if rescue.set_aside is not None:
            kept = self.tr("The damaged catalogue was saved as: {path}")
            lines.append(kept.replace("{path}", showable(str(rescue.set_aside))))
        if rescue.backup_made is None:
            text = self.tr("The catalogue could not be opened, and there is no backup. A new one was created.")
        else:
            text = self.tr("The catalogue could not be opened. Its backup of {day} was opened instead.")
            text = text.replace("{day}", day_and_time(rescue.backup_made))
        if rescue.redone:
            text += " " + self.tr("%Ln later edit(s) of yours have been restored.", "", rescue.redone)
        self._open_report(self.tr("The catalogue was damaged"), text, lines)

    def tell_lost_network(self, name: str) -> None:
        """Say that the network of the settings is no longer there, and that the bundled one has its place."""
        text = self.tr(
            "The model “{name}” is missing or damaged. The standard model is used instead, and your tracks "
            "are analysed again. Once the file is back, you can choose the model again in the settings."
        )
        self._open_report(self.tr("A model is missing"), text.replace("{name}", showable(name)), [])

    def tell_lost_choices(self, settings: NotJsonObject | OSError | None, keys: NotJsonObject | OSError | None) -> None:
        """Report why the kept settings and keys cannot be read, if so, and where a damaged file of them lies."""
        texts = [self._lost_settings(settings)] if settings is not None else []
        texts += [self._lost_keys(keys)] if keys is not None else []
        if texts:
            self._window.status.warn(" · ".join(texts))

    def _lost_settings(self, error: NotJsonObject | OSError) -> str:
        if isinstance(error, OSError):
            text = self.tr("The settings could not be read; the defaults are used. {error}")
        elif error.set_aside is None:
            text = self.tr("The settings file is damaged; the defaults are used: {path}")
        else:
            text = self.tr("The settings file was damaged; the defaults are used. It was saved as: {path}")
        return _filled_in(text, error)

    def _lost_keys(self, error: NotJsonObject | OSError) -> str:
        if isinstance(error, OSError):
            text = self.tr("Your keyboard shortcuts could not be read; the default ones are used. {error}")
        elif error.set_aside is None:
            text = self.tr("The file of your keyboard shortcuts is damaged; the default ones are used: {path}")
        else:
            text = self.tr(
                "The file of your keyboard shortcuts was damaged; the default ones are used. It was saved as: {path}"
            )
        return _filled_in(text, error)

    def tell_unsaved_settings(self, error: Exception) -> None:
        """Report that the settings are lost when the app ends, unless a later save succeeds."""
        text = self.tr("The settings could not be saved. {error}").replace("{error}", error_text(error))
        self._window.status.warn(text)

    def tell_unsafe(self, error: Exception) -> None:
        """Say that the catalogue is damaged, or why no backup of it can be made."""
        text = error_text(error)
        if not isinstance(error, DamagedCatalogue):
            text = self.tr("No backup of the catalogue could be made: {error}").replace("{error}", text)
        self._window.status.warn(text)

    def _open_report(self, title: str, text: str, lines: list[str]) -> None:
        dialog = ReportDialog(title, text, lines, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def close(self) -> None:
        logging.getLogger().removeHandler(self._listener)

    def _show_bug(self, report: str) -> None:
        if self._dialog is None:
            self._open(report.splitlines())
        else:
            self._dialog.add(report.splitlines())

    def _open(self, lines: list[str]) -> None:
        summary = self.tr(
            "BGM Finder has run into an internal error. Your music, tags and marks are safe, and you can "
            "continue working. The report below contains no file names; please send it to whoever gave you "
            "BGM Finder."
        )
        self._dialog = ReportDialog(self.tr("Internal error"), summary, lines, self._window)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.finished.connect(self._forget)
        self._dialog.open()

    def _forget(self) -> None:
        self._dialog = None

    def _gather(self) -> None:
        self._tasks.run(doctor, self._catalogue).then(self._copy)

    def _copy(self, findings: list[Finding]) -> None:
        lines = [f"{finding.about}: {finding.says}" for finding in findings]
        text = "\n".join([*lines, "", *log.last_lines(self._log_folder)])
        QGuiApplication.clipboard().setText(log.without_names(text))
        self._window.status.say(self.tr("Diagnostics copied, without file names. You can paste them into an e-mail."))


def _filled_in(text: str, error: NotJsonObject | OSError) -> str:
    """Return a sentence with the error, or the path where the damaged file lies now."""
    if isinstance(error, OSError):
        return text.replace("{error}", error_text(error))
    return text.replace("{path}", showable(str(error.set_aside or error.path)))


class _Listener(logging.Handler):
    """A listener to what the log gets with the steps of an exception: only bugs are logged so."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self.setFormatter(log.PrivateFormatter("%(asctime)s %(name)s: %(message)s"))
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            self._tell(self.format(record))
