"""The flow of briefs: which one is open, what it is called, and files of them."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog

from bgm_finder.briefs.brief import Brief
from bgm_finder.briefs.brief_file import SUFFIX, file_name
from bgm_finder.controllers.briefs import Briefs
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.gui.brief_box import brief_name
from bgm_finder.gui.dialogs.brief_switcher import BriefSwitcher
from bgm_finder.gui.dialogs.report_dialog import show_report
from bgm_finder.gui.flows.saving import FileType, Request, Saving
from bgm_finder.gui.flows.work_state import WorkState
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.text_helpers import music_folder, showable
from bgm_finder.settings import Settings
from bgm_finder.workflows.offer_place import within_reach


class BriefSwitching(QObject):
    """Connects the brief's box and its commands with Briefs."""

    def __init__(
        self,
        window: MainWindow,
        briefs: Briefs,
        state: WorkState,
        tasks: TaskQueue,
        catalogue: Path,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._window, self._briefs, self._tasks, self._settings = window, briefs, tasks, settings
        self._saving = Saving(window, tasks, catalogue, settings)
        self._name_next: str | None = None
        """What the brief that is shown next is to be called; empty: its name is typed once it is shown."""
        box = window.brief_box
        box.switch_requested.connect(briefs.switch)
        box.rename_requested.connect(briefs.rename)
        box.left.connect(window.focus_list)
        briefs.shown.connect(state.show)
        briefs.shown.connect(self._on_shown)
        briefs.renamed.connect(box.show_brief)
        briefs.listed.connect(box.show_all)
        briefs.missing.connect(self._tell_missing)
        state.changed.connect(briefs.save_soon)
        for name, act in {
            "switch_brief": self._switch,
            "new_brief": self._new,
            "rename_brief": box.edit_name,
            "duplicate_brief": self._duplicate,
            "close_brief": briefs.put_aside,
            "delete_brief": self._delete,
            "open_brief": self._open,
            "save_brief": self._save,
        }.items():
            window.commands[name].triggered.connect(lambda _checked=False, act=act: act())

    def _new(self, name: str = "") -> None:
        self._name_next = name
        self._briefs.new()

    def _on_shown(self, brief: Brief) -> None:
        name, self._name_next = self._name_next, None
        self._window.brief_box.show_brief(brief)
        if name:
            self._briefs.rename(name)
        elif name is not None:
            QTimer.singleShot(0, self._window.brief_box.edit_name)

    def _switch(self) -> None:
        current = self._briefs.current
        dialog = BriefSwitcher(self._briefs.all, 0 if current is None else current.id, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            if dialog.chosen is not None:
                self._briefs.switch(dialog.chosen)
            elif self._window.commands["new_brief"].isEnabled():
                self._new(dialog.new_name)
        dialog.deleteLater()
        self._window.focus_list()

    def _duplicate(self) -> None:
        if self._briefs.current is not None:
            self._briefs.duplicate(brief_name(self._briefs.current))

    def _delete(self) -> None:
        if self._briefs.current is not None:
            text = self.tr("Brief deleted: {name}. Press {key} to undo.")
            text = text.replace("{key}", self._window.commands.key_text("undo"))
            self._window.status.say(text.replace("{name}", brief_name(self._briefs.current)))
            self._briefs.remove()

    def _open(self) -> None:
        self._tasks.run(within_reach, self._settings.last_folder).then(self._choose_file)

    def _choose_file(self, begin: str) -> None:
        kinds = self.tr("Briefs") + f" (*{SUFFIX});;" + self.tr("All files") + " (*)"
        title = self.tr("Open a brief from a file")
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, begin or music_folder(), kinds)
        if chosen:
            self._briefs.open_file(Path(chosen))

    def _save(self) -> None:
        brief = self._briefs.current
        if brief is None:
            return
        stem = Path(file_name(brief_name(brief), brief.uid, ())).stem
        file_type = FileType(self.tr("Brief"), SUFFIX)
        self._saving.ask(Request("brief", self.tr("Save a copy of the brief"), stem, (file_type,), self._write))

    def _write(self, target: Path) -> None:
        text = self.tr("Brief saved to {path}").replace("{path}", showable(str(target)))
        self._briefs.save_copy(target, lambda: self._window.status.say(text))

    def _tell_missing(self, brief: Brief, missing: tuple[str, ...]) -> None:
        text = self.tr("The brief “{name}” is open. These files are not in this library, or not at their place:")
        lines = [showable(path) for path in missing]
        show_report(self.tr("Files that are missing"), text.replace("{name}", brief_name(brief)), lines, self._window)
