"""The flow from a film's menu to another one of its sounds, which is then heard, drawn, analysed and searched by."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from bgm_finder.audio.decode import SoundFacts
from bgm_finder.controllers.edits import Edits
from bgm_finder.controllers.lane import Lane
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.search import SimilarSearch
from bgm_finder.controllers.sound_streams import SoundStreams
from bgm_finder.gui.error_words import error_text
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.sound_track_words import sound_track_text
from bgm_finder.track import SoundAt
from bgm_finder.workflows import sound_tracks


class SoundTracks(QObject):
    """Add the sounds of a film to the menu of its row and of the reference, once they are read from the file."""

    def __init__(
        self, window: MainWindow, library: Library, edits: Edits, search: SimilarSearch, streams: SoundStreams
    ) -> None:
        super().__init__(window)
        self._window, self._library, self._edits = window, library, edits
        self._search, self._streams = search, streams
        self._on_facts: Callable[[SoundFacts], None] | None = None
        self._lane = Lane[SoundFacts]("sound tracks", self)
        self._lane.finished.connect(self._on_read)
        self._lane.failed.connect(lambda error: window.status.warn(error_text(error)))
        window.row_menu_opened.connect(self._on_row_menu)
        window.reference.menu_requested.connect(self._on_reference_menu)
        edits.changed.connect(lambda _ids: streams.reload())
        library.scanning.ended.connect(lambda _report: streams.reload())

    @property
    def is_reading(self) -> bool:
        """Whether the sounds of a film are still to come into the menu that was asked for."""
        return self._lane.is_busy

    def close(self) -> None:
        """End the reading of a film."""
        self._lane.close()

    def _on_row_menu(self, menu: QMenu) -> None:
        """Add the sounds at the menu's foot, where they move nothing under the hand, unless it is closed by then."""
        ids, columns = self._window.table.selected_ids(), self._library.columns
        row = columns.row_of(ids[0]) if columns is not None and len(ids) == 1 else None
        if columns is None or row is None or not self._may_change:
            return
        path = Path(columns.paths[row])
        menu.aboutToHide.connect(self._lane.cancel)
        self._read(path, lambda facts: self._fill(menu, path, facts))

    def _on_reference_menu(self, place: QPoint) -> None:
        search = self._search.current
        if search is None or not self._may_change:
            return
        path = search.references[0].path

        def open_menu(facts: SoundFacts) -> None:
            if facts.streams:
                menu = QMenu(self._window)
                menu.setObjectName("referenceMenu")
                menu.aboutToHide.connect(menu.deleteLater)
                self._fill(menu, path, facts)
                menu.popup(place)

        self._read(path, open_menu)

    @property
    def _may_change(self) -> bool:
        return self._window.commands["edit_tags"].isEnabled()

    def _read(self, path: Path, on_facts: Callable[[SoundFacts], None]) -> None:
        self._on_facts = on_facts
        self._lane.start(sound_tracks.streams_in, SoundAt(path, self._streams.of(path)))

    def _on_read(self, facts: SoundFacts) -> None:
        if self._on_facts is not None:
            self._on_facts(facts)

    def _fill(self, menu: QMenu, path: Path, facts: SoundFacts) -> None:
        """Add the sounds, the one that is heard ticked; nothing where there is no choice."""
        if not facts.streams:
            return
        below = menu.addMenu(self.tr("Sound track"))
        below.setObjectName("soundTrackMenu")
        group = QActionGroup(below)
        for stream in facts.streams:
            action = below.addAction(sound_track_text(stream).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(stream == facts.stream)
            action.triggered.connect(lambda _c=False, number=stream.parts[0]: self._choose(path, number))
            group.addAction(action)

    def _choose(self, path: Path, stream: int) -> None:
        self._edits.choose_stream(path, stream)
        text = self.tr("Switched to another sound track. Press {key} to undo.")
        self._window.status.say(text.replace("{key}", self._window.commands.key_text("undo")))
