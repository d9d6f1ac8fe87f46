"""The flow of lists: tags and the shortlist out, and how well the library is tagged."""

from pathlib import Path

from PySide6.QtCore import QDir, QObject
from PySide6.QtWidgets import QFileDialog

from bgm_finder.controllers.chores import Chores
from bgm_finder.controllers.library import Library
from bgm_finder.gui.dialogs.statistics_dialog import StatisticsDialog
from bgm_finder.gui.error_words import error_text
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.words import number
from bgm_finder.workflows import export_shortlist, export_tags, statistics


class Lists(QObject):
    """Connects the commands that write lists with Chores."""

    def __init__(self, window: MainWindow, library: Library, chores: Chores) -> None:
        super().__init__(window)
        self._window, self._library, self._chores = window, library, chores
        for name, act in {
            "export_tags": self._export_tags,
            "export_shortlist": self._export_shortlist,
            "statistics": self._show_statistics,
        }.items():
            window.commands[name].triggered.connect(lambda _checked=False, act=act: act())
        chores.failed.connect(lambda error: window.status.warn(error_text(error)))
        chores.took_long.connect(self._tell_working)

    def _export_tags(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Export the tags"), _at_home("tags.csv"), "CSV (*.csv)"
        )
        if chosen:
            self._chores.run(
                export_tags.export_tags, self._library.catalogue, Path(chosen),
                on_done=lambda count: self._say_written(chosen, count),
            )  # fmt: skip

    def _export_shortlist(self) -> None:
        kinds = self.tr("Playlist") + " (*.m3u8);;CSV (*.csv)"
        chosen, kind = QFileDialog.getSaveFileName(
            self._window, self.tr("Export the shortlist"), _at_home("shortlist"), kinds
        )
        if not chosen:
            return
        target = Path(chosen)
        if target.suffix.lower() not in (".m3u8", ".csv"):
            target = target.with_name(target.name + (".csv" if "csv" in kind.lower() else ".m3u8"))
        self._chores.run(
            export_shortlist.export_shortlist, self._library.catalogue, target,
            on_done=lambda count: self._say_written(str(target), count),
        )  # fmt: skip

    def _say_written(self, path: str, count: int) -> None:
        text = self.tr("{count} tracks written to {path}").replace("{count}", number(count)).replace("{path}", path)
        self._window.status.say(text)

    def _tell_working(self, is_working: bool) -> None:
        status, text = self._window.status, self.tr("Working…")
        if is_working:
            status.say(text)
        elif status.text == text:
            status.clear()

    def _show_statistics(self) -> None:
        self._chores.run(statistics.statistics, self._library.catalogue, on_done=self._on_statistics)

    def _on_statistics(self, found: statistics.Statistics) -> None:
        dialog = StatisticsDialog(found, self._window)
        dialog.exec()
        dialog.deleteLater()


def _at_home(name: str) -> str:
    """Gives a place for a new file; the folder that the app was started in is often one that nobody knows."""
    return QDir.home().filePath(name)
