"""The flow that pulls a search towards some tracks and pushes it away from others: weights, Shift+D, the marks."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from bgm_finder.controllers.learning import Learning
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.search import Beside, SimilarSearch
from bgm_finder.gui.flows.editing import Editing
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.track import Reference


class Refining(QObject):
    """Connects the chips of the reference panel, Shift+D and the switch with SimilarSearch and Learning."""

    def __init__(
        self, window: MainWindow, search: SimilarSearch, learning: Learning, library: Library, editing: Editing
    ) -> None:
        super().__init__(window)
        self._window, self._search, self._learning, self._library = window, search, learning, library
        chips, switch = window.reference.chips, window.commands["learn_from_marks"]
        chips.search_requested.connect(search.start)
        chips.left_out_requested.connect(learning.leave_out)
        switch.toggled.connect(self._on_switch)
        learning.switched.connect(switch.setChecked)
        editing.turned_away.connect(self._turn_away)

    def _turn_away(self, track_ids: list[int]) -> None:
        """Search away from tracks that were rejected just now; say what to do where nothing is searched for."""
        search, columns = self._search.requested, self._library.columns
        if search is None or columns is None:
            text = self.tr(
                "Rejected. To search away from a track, search first: press {key} on one that is nearly right."
            )
            self._window.status.say(text.replace("{key}", self._window.commands.key_text("find_similar")))
            return
        known = {one.reference.track_id for one in search.beside if not one.is_learned and not one.is_like}
        known |= {reference.track_id for reference in search.references}
        rows = columns.rows_of([track_id for track_id in track_ids if track_id not in known]).tolist()
        new = [Beside(Reference(Path(columns.paths[row]), int(columns.ids[row])), columns.titles[row]) for row in rows]
        if new:
            self._search.start(self._learning.applied(replace(search, beside=(*search.beside, *new))))

    def _on_switch(self, is_on: bool) -> None:
        self._learning.switch(is_on)
        if is_on and self._search.requested is None:
            text = self.tr("The next search goes towards what you kept, and away from what you rejected.")
            self._window.status.say(text)
