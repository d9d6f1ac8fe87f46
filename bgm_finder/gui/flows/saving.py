"""The flow of every new file that the user names: where it goes, its ending, and no file is replaced unasked."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDate, QDir, QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.text_helpers import showable
from bgm_finder.settings import Settings
from bgm_finder.workflows.offer_place import Offer, is_taken, offer_place


@dataclass(frozen=True, slots=True)
class FileType:
    """A format that a file can be saved in."""

    name: str
    suffix: str
    """With its dot."""

    @property
    def name_filter(self) -> str:
        return f"{self.name} (*{self.suffix})"


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be saved."""

    kind: str
    """The folder used last is remembered for each kind."""
    title: str
    name: str
    """What the file is called, beside the library and the date."""
    types: tuple[FileType, ...]
    on_chosen: Callable[[Path], None]


class Saving(QObject):
    """Ask for a file's place; on_chosen gets a path with an ending of the types, which may be written."""

    def __init__(self, window: MainWindow, tasks: TaskQueue, catalogue: Path, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._tasks, self._catalogue, self._settings = window, tasks, catalogue, settings

    def ask(self, request: Request) -> None:
        """Open the dialog as soon as it is known where it can begin."""
        last = str(self._settings.save_folders.get(request.kind, ""))
        task = self._tasks.run(offer_place, self._catalogue, last)
        task.then(lambda offer: self._open(request, _first_target(request, offer)))

    def _open(self, request: Request, first: Path) -> None:
        dialog = save_dialog(request, first, self._window)
        accepted = dialog.exec()
        chosen, name_filter = dialog.selectedFiles(), dialog.selectedNameFilter()
        dialog.deleteLater()
        if accepted and chosen:
            self._on_named(request, Path(chosen[0]), name_filter)

    def _on_named(self, request: Request, named: Path, name_filter: str) -> None:
        """Ask before a file is replaced: some desktops' own dialogs ask before the ending is added, or not at all."""
        target = with_suffix(named, request.types, name_filter)
        if target == named and sys.platform == "darwin":  # its dialog always asks, with the ending
            self._choose(request, target)
        else:
            self._tasks.run(is_taken, target).then(lambda taken: self._on_checked(request, target, taken))

    def _on_checked(self, request: Request, target: Path, taken: bool) -> None:
        if not taken or self._may_replace(target):
            self._choose(request, target)
        else:
            self._open(request, target)

    def _choose(self, request: Request, target: Path) -> None:
        self._settings.save_folders = {**self._settings.save_folders, request.kind: str(target.parent)}
        request.on_chosen(target)

    def _may_replace(self, target: Path) -> bool:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("{name} already exists. Replace it?").replace("{name}", showable(target.name)))
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
        box.setDefaultButton(QMessageBox.StandardButton.No)
        answer = box.exec()
        box.deleteLater()
        return answer == QMessageBox.StandardButton.Yes


def save_dialog(request: Request, first: Path, parent: MainWindow) -> QFileDialog:
    """Return a dialog that adds the chosen format's ending; whether a file may be replaced is asked after it."""
    dialog = QFileDialog(parent, request.title, str(first.parent))
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([file_type.name_filter for file_type in request.types])
    by_filter = {file_type.name_filter: file_type.suffix for file_type in request.types}
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(by_filter[chosen]))
    selected = next((t for t in request.types if t.suffix == first.suffix.lower()), request.types[0])
    dialog.selectNameFilter(selected.name_filter)
    dialog.setDefaultSuffix(selected.suffix)
    dialog.selectFile(first.name)
    return dialog


def with_suffix(named: Path, types: tuple[FileType, ...], name_filter: str) -> Path:
    """Return the path with an ending of the types: its own, else that of the chosen filter.

    Qt takes what follows a dot for an ending, as in "cue 2.5", and adds none.
    """
    if named.suffix.lower() in {file_type.suffix for file_type in types}:
        return named
    chosen = next((t for t in types if t.name_filter == name_filter), types[0])
    return named.with_name(named.name + chosen.suffix)


def _first_target(request: Request, offer: Offer) -> Path:
    day = QDate.currentDate().toString(Qt.DateFormat.ISODate)
    name = " ".join(part for part in (showable(offer.library), request.name, day) if part)
    return Path(offer.folder or QDir.homePath()) / (name + request.types[0].suffix)
