"""The flow of lists: tags and the shortlist out, and how well the library is tagged."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from bgm_finder.controllers.library import Library
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.gui.dialogs.statistics_dialog import StatisticsDialog
from bgm_finder.gui.flows.saving import FileType, Request, Saving
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.jobs.job import Job
from bgm_finder.settings import Settings
from bgm_finder.workflows import export_shortlist, export_tags, statistics


class ImportExport(QObject):
    """The flow from the commands that write lists to TaskQueue."""

    def __init__(self, window: MainWindow, library: Library, tasks: TaskQueue, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._library, self._tasks, self._settings = window, library, tasks, settings
        self._saving = Saving(window, tasks, library.catalogue, settings)
        for name, act in {
            "export_tags": self._export_tags,
            "export_shortlist": self._export_shortlist,
            "statistics": self._show_statistics,
        }.items():
            window.commands[name].triggered.connect(lambda _checked=False, act=act: act())

    def _export_tags(self) -> None:
        self._saving.ask(
            Request(
                "tags",
                self.tr("Export the tags"),
                self.tr("tags", "name of a file"),
                (FileType("CSV", ".csv"),),
                lambda target: self._write(export_tags.export_tags, target),
            )
        )

    def _export_shortlist(self) -> None:
        brief_id = self._library.brief_id
        self._saving.ask(
            Request(
                "shortlist",
                self.tr("Export the shortlist"),
                self.tr("shortlist", "name of a file"),
                (FileType(self.tr("Playlist"), ".m3u8"), FileType("CSV", ".csv")),
                lambda target: self._write(partial(export_shortlist.export_shortlist, brief_id=brief_id), target),
            )
        )

    def _write(self, recipe: Callable[[Job, Path, Path], int], target: Path) -> None:
        task = self._tasks.run(recipe, self._library.catalogue, target)
        task.then(lambda count: self._say_written(str(target), count))

    def _say_written(self, path: str, count: int) -> None:
        text = self.tr("%Ln track(s) exported to {path}", "", count).replace("{path}", path)
        self._window.status.say(text)

    def _show_statistics(self) -> None:
        self._tasks.run(statistics.statistics, self._library.catalogue).then(self._on_statistics)

    def _on_statistics(self, found: statistics.Statistics) -> None:
        dialog = StatisticsDialog(found, self._window)
        dialog.exec()
        dialog.deleteLater()
