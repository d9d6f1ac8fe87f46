"""The flow of what went wrong in a controller to the status line, whichever flow had asked for it."""

from PySide6.QtCore import QObject

from bgm_finder.controllers.briefs import Briefs
from bgm_finder.controllers.comparison import Comparison
from bgm_finder.controllers.dropped_files import DroppedFiles
from bgm_finder.controllers.edits import Edits
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.sound_streams import SoundStreams
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.gui.error_words import error_text
from bgm_finder.gui.main_window import MainWindow


class Failures(QObject):
    """Show the failures that are a line of the status and nothing else, and that a task takes long."""

    def __init__(
        self,
        window: MainWindow,
        library: Library,
        comparison: Comparison,
        edits: Edits,
        tasks: TaskQueue,
        dropped: DroppedFiles,
        streams: SoundStreams,
        briefs: Briefs,
    ) -> None:
        super().__init__(window)
        self._status = window.status
        for controller in (library, comparison, edits, tasks, dropped, streams, briefs):
            controller.failed.connect(self._warn)
        tasks.took_long.connect(self._show_working)

    def _warn(self, error: Exception) -> None:
        self._status.warn(error_text(error))

    def _show_working(self, is_working: bool) -> None:
        text = self.tr("Working…")
        if is_working:
            self._status.say(text)
        elif self._status.text == text:
            self._status.clear()
