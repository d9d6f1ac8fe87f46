"""The flow of the window's own dialogs: settings, keys, about."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from bgm_finder import __version__
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.gui.dialogs.settings_dialog import SettingsDialog
from bgm_finder.gui.dialogs.shortcuts_sheet import ShortcutsSheet
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.settings import Settings
from bgm_finder.similarity.embedder import available_networks
from bgm_finder.workflows import sound_devices


class AppDialogs(QObject):
    """The flow from the commands of the app itself to their dialogs."""

    def __init__(
        self, window: MainWindow, tasks: TaskQueue, settings: Settings, apply_setting: Callable[[str, object], None]
    ) -> None:
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._settings, self._apply_setting = settings, apply_setting
        self._settings_dialog: SettingsDialog | None = None
        for name, act in {
            "settings": self._show_settings,
            "keys": self._show_keys,
            "about": self._show_about,
            "quit": window.close,
        }.items():
            window.commands[name].triggered.connect(lambda _checked=False, act=act: act())

    def _show_settings(self) -> None:
        dialog = SettingsDialog(self._settings, list(available_networks()), self._window)
        dialog.changed.connect(self._apply_setting)
        self._settings_dialog = dialog
        self._tasks.run(sound_devices.sound_devices).then(self._offer_devices)
        dialog.exec()
        self._settings_dialog = None
        dialog.deleteLater()

    def _offer_devices(self, names: list[str]) -> None:
        """Do nothing where the settings were closed before all devices were found."""
        if self._settings_dialog is not None:
            self._settings_dialog.offer_devices(names)

    def _show_keys(self) -> None:
        dialog = ShortcutsSheet(self._window.commands, self._window)
        dialog.exec()
        dialog.deleteLater()

    def _show_about(self) -> None:
        text = self.tr("Find background music by ear and by keyboard.")
        QMessageBox.about(self._window, "BGM Finder", f"BGM Finder {__version__}\n\n{text}")
