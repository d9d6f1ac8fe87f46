"""The flow from the list to its groups by sound, and back."""

from PySide6.QtCore import QObject

from bgm_finder.controllers.track_groups import TrackGroups
from bgm_finder.controllers.track_list import TrackList
from bgm_finder.gui.error_words import error_text
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.text_helpers import number
from bgm_finder.workflows.group_tracks import MOST_TRACKS


class Grouping(QObject):
    """Connects the keys and the headings with TrackList, and reports what cannot be grouped."""

    def __init__(self, window: MainWindow, track_list: TrackList, groups: TrackGroups) -> None:
        super().__init__(window)
        self._window, self._track_list, self._groups = window, track_list, groups
        window.commands["groups"].triggered.connect(lambda _checked=False: self._make())
        window.commands["next_of_groups"].triggered.connect(lambda _checked=False: self._show_next())
        window.commands["open_group"].triggered.connect(lambda _checked=False: self._toggle())
        window.table.heading_clicked.connect(self._on_heading)
        groups.made.connect(self._on_made)
        groups.empty.connect(lambda: window.status.say(self.tr("None of these tracks has been analysed yet.")))
        groups.failed.connect(lambda error: window.status.warn(error_text(error)))

    def _make(self) -> None:
        if self._track_list.has_groups:
            self._track_list.leave_groups()
        elif self._track_list.tracks > MOST_TRACKS:
            text = self.tr("These are too many tracks for groups. Narrow the list to {count} with the filter first.")
            self._window.status.say(text.replace("{count}", number(MOST_TRACKS)))
        else:
            self._track_list.make_groups()

    def _on_made(self) -> None:
        """Report which keys lead on, and how many tracks are in no group."""
        commands = self._window.commands
        text = self.tr("{next}: one more of each group · {open}: open or fold one · {leave}: back to the list")
        for name, command in {"next": "next_of_groups", "open": "open_group", "leave": "stop"}.items():
            text = text.replace(f"{{{name}}}", commands.key_text(command))
        missing = self._track_list.tracks - self._groups.tracks
        if missing > 0:
            text += " · " + self.tr("not analysed yet: {count}").replace("{count}", number(missing))
        self._window.status.say(text)

    def _show_next(self) -> None:
        if not self._track_list.has_groups:
            self._say_no_groups()
        elif not self._track_list.show_next_of_each():
            self._window.status.say(self.tr("No group has another track."))

    def _toggle(self) -> None:
        if self._track_list.has_groups:
            self._track_list.toggle_group()
        else:
            self._say_no_groups()

    def _say_no_groups(self) -> None:
        text = self.tr("Press {key} first: it shows the list in groups of tracks that sound alike.")
        self._window.status.say(text.replace("{key}", self._window.commands.key_text("groups")))

    def _on_heading(self, place: int) -> None:
        """Open the group below a heading, or fold it."""
        self._track_list.toggle_group(self._window.table.tracks.id_at(place + 1))
