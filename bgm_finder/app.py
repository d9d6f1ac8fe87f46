"""Builds every object of the window once, hands them on, and closes them in order."""

import os
import sys
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from bgm_finder import log, paths, tuning
from bgm_finder.audio.playing.player import Player
from bgm_finder.controllers.backup_scheduler import BackupScheduler
from bgm_finder.controllers.briefs import Briefs
from bgm_finder.controllers.comparison import Comparison
from bgm_finder.controllers.dropped_files import DroppedFiles
from bgm_finder.controllers.edits import Edits
from bgm_finder.controllers.heard_tracks import HeardTracks
from bgm_finder.controllers.learning import Learning
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.playback import Playback, Sounding
from bgm_finder.controllers.preview import Preview
from bgm_finder.controllers.quit_signals import QuitSignals
from bgm_finder.controllers.search import SimilarSearch
from bgm_finder.controllers.settings_saver import SettingsSaver
from bgm_finder.controllers.sound_streams import SoundStreams
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.controllers.track_groups import TrackGroups
from bgm_finder.controllers.track_list import TrackList
from bgm_finder.controllers.window_requests import WindowRequests, request_window
from bgm_finder.gui.filter_changes import renamed
from bgm_finder.gui.flows.app_dialogs import AppDialogs
from bgm_finder.gui.flows.brief_switching import BriefSwitching
from bgm_finder.gui.flows.browsing import Browsing
from bgm_finder.gui.flows.editing import Editing
from bgm_finder.gui.flows.error_reports import ErrorReports
from bgm_finder.gui.flows.exporting import Exporting
from bgm_finder.gui.flows.failures import Failures
from bgm_finder.gui.flows.grouping import Grouping
from bgm_finder.gui.flows.hearing import Hearing
from bgm_finder.gui.flows.import_export import ImportExport
from bgm_finder.gui.flows.importing import Importing
from bgm_finder.gui.flows.library_folders import LibraryFolders
from bgm_finder.gui.flows.listening import Listening
from bgm_finder.gui.flows.media_keys import MediaKeys
from bgm_finder.gui.flows.refining import Refining
from bgm_finder.gui.flows.searching import Searching
from bgm_finder.gui.flows.sharing import Sharing
from bgm_finder.gui.flows.sound_tracks import SoundTracks
from bgm_finder.gui.flows.tag_names import TagNames
from bgm_finder.gui.flows.track_listing import TrackListing
from bgm_finder.gui.flows.volume import Volume
from bgm_finder.gui.flows.work_state import WorkState, left_in_settings
from bgm_finder.gui.language import Language
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.theme import apply_theme
from bgm_finder.jobs.workers import make_executor
from bgm_finder.settings import Settings
from bgm_finder.workflows.open_library import Opening

_PLAYER_MS = 500
"""How long after the list the player's process begins, if nothing is played before: the start comes first."""


class App:
    """All that the window is made of; close() ends every thread and process."""

    def __init__(
        self,
        application: QApplication,
        settings: Settings,
        opening: Opening,
        is_demo: bool = False,
        language: str | None = None,
    ) -> None:
        self._application = application
        self._is_demo = is_demo
        self.settings = settings
        self._language = Language(application)
        self._language.use(settings.language if language is None else language)
        apply_theme(application, settings.theme)
        self._opening = opening
        catalogue, embedder = opening.catalogue, opening.embedder
        self.player = Player(device=settings.output_device or None, waits=True)
        self.window = MainWindow(settings, paths.keys_file())
        read = opening.take_columns()
        self.library = Library(catalogue, settings.network, embedder.name, make_executor, self.window, read)
        self.search = SimilarSearch(catalogue, embedder, self.window)
        self.learning = Learning(self.search, self.library, self.window)
        self.sound_streams = SoundStreams(catalogue, self.window)
        self.playback = Playback(self.player, self.window, self.sound_streams.of)
        self.playback.is_seen = self.window.is_seen
        self.preview = Preview(catalogue, self.window, self.sound_streams.of)
        self.reference_preview = Preview(catalogue, self.window, self.sound_streams.of)
        self.comparison = Comparison(self.playback, self.window)
        self.groups = TrackGroups(catalogue, embedder.name, self.playback, self.window)
        self.track_list = TrackList(self.library, self.search, self.comparison, self.groups, self.window)
        self.edits = Edits(catalogue, self.window)
        self.tasks = TaskQueue(self.window)
        self.dropped = DroppedFiles(self.window)
        self.backup_scheduler = BackupScheduler(catalogue, self.library.scanning, self.window)
        self.error_reports = ErrorReports(self.window, self.tasks, catalogue, paths.log_folder())
        self.settings_saver = SettingsSaver(settings, paths.settings_file(), self.window)
        self.settings_saver.saving.connect(self.window.remember)
        self.settings_saver.failed.connect(self.error_reports.tell_unsaved_settings)
        self._connect()
        self.sharing = Sharing(self.window, self.library, opening.ownership, self._on_taken_over)
        self.playback.sounding_changed.connect(self._on_sounding)
        self.requests = WindowRequests(catalogue, self.window)
        self.requests.requested.connect(self._on_requested)
        for flow in (self.library_folders, self.importing):
            flow.refused.connect(self.sharing.tell)
        self.window.closing.connect(self.close)
        self._is_closed = False
        self._folders: list[Path] = []

    def _connect(self) -> None:
        window, library, settings = self.window, self.library, self.settings
        self.track_listing = TrackListing(window, self.track_list, library)
        self.listening = Listening(window, self.playback, self.preview, library, self.comparison, settings)
        self.volume = Volume(window, self.player, settings)
        self.searching = Searching(
            window,
            self.search,
            self.learning,
            library,
            self.track_list,
            self.playback,
            self.comparison,
            self.reference_preview,
            self.tasks,
            self.dropped,
            settings,
        )
        self.browsing = Browsing(window, library, self.track_list, self.search, self.playback, settings)
        self.work_state = WorkState(window, library, self.track_list, self.search, self.browsing)
        self.briefs = Briefs(library.catalogue, self.edits, self.work_state.collect, window)
        self.brief_switching = BriefSwitching(
            window, self.briefs, self.work_state, self.tasks, library.catalogue, settings
        )
        self.heard_tracks = HeardTracks(
            self.playback, library, self.briefs, lambda: settings.volume > 0 and not settings.muted, window
        )
        self.hearing = Hearing(window, self.heard_tracks, library, self.track_list)
        library.set_heard_after(settings.heard_after_s)
        self.grouping = Grouping(window, self.track_list, self.groups)
        self.editing = Editing(window, library, self.track_list, self.edits, self.playback, self.tasks)
        self.refining = Refining(window, self.search, self.learning, library, self.editing)
        self.tag_names = TagNames(window, library, self.edits)
        self.edits.renamed.connect(self.browsing.follow)
        self.edits.renamed.connect(lambda renaming: self.briefs.follow(renamed(renaming)))
        self.library_folders = LibraryFolders(window, library, self.tasks, self.dropped, settings)
        self.import_export = ImportExport(window, library, self.tasks, settings)
        self.exporting = Exporting(
            window, library, self.track_list, self.search, self.playback, self.briefs, self.tasks, settings
        )
        self.importing = Importing(window, library, self.tasks, self.edits, settings)
        self.sound_tracks = SoundTracks(window, library, self.edits, self.search, self.sound_streams)
        self.sound_streams.changed.connect(self._on_streams)
        self.sound_streams.chosen.connect(self.library_folders.analyse_quietly)
        self.media_keys = MediaKeys(window, self.playback, self.volume, settings)
        self.app_dialogs = AppDialogs(window, self.tasks, settings, self.apply_setting)
        self.failures = Failures(
            window, library, self.comparison, self.edits, self.tasks, self.dropped, self.sound_streams, self.briefs
        )
        self.search.cleared.connect(self.listening.leave_reference)
        self.track_list.changed.connect(lambda *_: self.listening.show_passage())
        self.track_list.resumed.connect(self._on_resumed)
        self.briefs.failed.connect(self._on_brief_failed)
        self.library_folders.tag_list_came.connect(self.importing.bring_in)
        self.importing.imported.connect(lambda: self.backup_scheduler.soon(timedelta()))
        self.backup_scheduler.failed.connect(self.error_reports.tell_unsafe)

    def begin(self, folders: list[Path]) -> None:
        """Show the window; what takes longer follows its first paint."""
        self.window.show()
        self.briefs.is_ours = self.sharing.owns
        self.briefs.begin(*left_in_settings(self.settings, self.library.catalogue))
        self.sound_streams.reload()
        self.window.layout_changed.connect(self.settings_saver.save_soon)  # showing it changed nothing
        self._folders = folders
        self.library.view_changed.connect(self._on_list)
        self.library.failed.connect(self._on_list)
        if self.sharing.owns:
            self._begin_changes()
        # within the event loop, where a mistake in the rescue is told and ends nothing
        QTimer.singleShot(0, self._tell_of_the_start)

    def _tell_of_the_start(self) -> None:
        self.error_reports.tell_lost_choices(self.settings.load_error, self.window.commands.load_error)
        if self._opening.lost_network:
            self.error_reports.tell_lost_network(self._opening.lost_network)
        if (rescue := self._opening.rescue) is not None:
            self.error_reports.tell_rescue(rescue)

    def _on_list(self, _: object) -> None:
        """Go on where the list is there, or cannot be: torch and the look at all files would only hold it up."""
        self.library.view_changed.disconnect(self._on_list)
        self.library.failed.disconnect(self._on_list)
        tuning.begin_collection()  # cli/window.py put it off
        QTimer.singleShot(0, self.media_keys.begin)
        QTimer.singleShot(_PLAYER_MS, self.window, self.player.open)
        QTimer.singleShot(0, self.search.load)
        QTimer.singleShot(0, self._look_for_music)

    def _on_taken_over(self) -> None:
        """Go on with what the window left that was closed."""
        self.briefs.is_ours = True
        self.briefs.show_again()
        self._begin_changes()

    def _begin_changes(self) -> None:
        """Begin what only the window does that may change the catalogue."""
        self.requests.listen()
        self.backup_scheduler.soon()

    def _on_sounding(self, sounding: Sounding) -> None:
        self.window.table.tracks.heard_id = sounding.track_id

    def _on_brief_failed(self, _: Exception) -> None:
        """Let the library say on the whole page why it cannot be opened."""
        if self.briefs.current is None and self.library.view is None:
            self.library.reload()

    def _on_resumed(self, track_id: int) -> None:
        """Show the track at which a brief was left, unless another one plays."""
        if not self.player.is_playing:
            self.listening.show(track_id, False)

    def _on_requested(self, arrived: list[Path], token: str) -> None:
        """Show the window, and take the folders that a later start sent."""
        self.window.come_forward(token)
        self.dropped.take(arrived)

    def _look_for_music(self) -> None:
        if self._folders:
            self.library.scanning.add(self._folders)
        elif not self._is_demo:
            self.library_folders.look_quietly()
        else:
            self.library_folders.open_demo()

    def _on_streams(self, paths: set[Path]) -> None:
        """Play, draw, compare and search anew what sounds otherwise now."""
        self.comparison.forget(paths)
        self.listening.renew(paths)
        self.searching.renew(paths)

    def apply_setting(self, name: str, value: object) -> None:
        """Make a changed setting hold at once, where it can."""
        if name == "language":
            self._language.use(str(value))
            self.window.brief_box.retranslate()
            self.browsing.retranslate()
            self.searching.retranslate()
            self.hearing.show_counts()
        elif name == "theme":
            apply_theme(self._application, str(value))
        elif name == "output_device":
            self.player.use_device(str(value) or None)
        elif name == "heard_after_s":
            self.library.set_heard_after(float(str(value)))
        elif name == "auto_play":
            self.window.commands["auto_play"].setChecked(bool(value))

    def save_now(self) -> None:
        """Save the settings and the brief before this returns."""
        self.settings_saver.save_now()
        self.heard_tracks.keep_now()
        self.briefs.save_now()

    def close(self) -> None:
        """Stop the work, the sound, the threads and the processes, in this order; the settings are saved first."""
        if self._is_closed:
            return
        self._is_closed = True
        self.window.remember()
        self.settings_saver.saving.disconnect(self.window.remember)  # a hidden window knows its place no longer
        self.window.hide()
        self.heard_tracks.close()
        self.briefs.save_now()
        self.player.leave()
        self.settings_saver.close()  # what follows may take longer than a log-out waits
        self.requests.close()
        self.media_keys.close()
        self.backup_scheduler.close()
        self.dropped.close()
        self.importing.close()
        self.exporting.close()
        for part in (
            self.library,
            self.search,
            self.groups,
            self.preview,
            self.reference_preview,
            self.edits,
            self.briefs,
            self.tasks,
            self.sound_streams,
            self.sound_tracks,
        ):
            part.close()
        self.sharing.close()
        self._opening.close()
        self.comparison.close()
        self._language.forget()
        self.playback.close()
        self.error_reports.close()


def run(
    opening: Opening,
    settings: Settings,
    folders: list[Path],
    demo: bool = False,
    language: str | None = None,
    ready_file: Path | None = None,
) -> int:
    """Open the window and return the exit code once it is closed.

    ready_file is written when the window can be used.
    """
    tuning.keep_heaps_few()
    crash = log.watch_for_crashes(paths.log_folder())
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("BGM Finder")
    application.setDesktopFileName("bgm-finder")
    application.setWindowIcon(QIcon(str(paths.resource("icons/app.png"))))
    signals = QuitSignals(application)
    app = App(application, settings, opening, demo, language)
    spare_from_pauses(app)
    if ready_file is not None:
        app.library.view_changed.connect(
            lambda _: ready_file.write_text(str(os.getpid()), encoding="ascii"),
            Qt.ConnectionType.SingleShotConnection,
        )
    app.begin(folders)
    if crash is not None:
        app.error_reports.tell_crash(crash)
    application.aboutToQuit.connect(app.save_now)
    application.commitDataRequest.connect(lambda _session: app.save_now())  # logging out
    signals.received.connect(lambda: application.exit(0))  # out of the loops of dialogs and menus too
    code = application.exec()
    app.close()
    signals.close()
    return code


def hand_to_open_window(opening: Opening, folders: list[Path], ready_file: Path | None) -> bool:
    """Hand the folders to the window that is open on this catalogue, if any; return whether it took them."""
    process = request_window(opening.catalogue, folders, may_wait=not opening.is_ours)
    if process is None:
        return False
    opening.close()
    if ready_file is not None:
        ready_file.write_text(str(process), encoding="ascii")
    return True


def spare_from_pauses(app: App) -> None:
    """Shorten what holds the window up, for as long as the program runs."""
    app.search.loaded.connect(tuning.spare_from_collection)
