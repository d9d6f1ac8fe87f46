"""The flow of what was heard to the list's dots and the counts, and back by "Mark as not heard"."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject

from bgm_finder.catalogue.in_memory.filters import BriefCounts
from bgm_finder.controllers.heard_tracks import HeardTracks
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.track_list import TrackList
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.text_helpers import number
from bgm_finder.workflows.browse import View


class Hearing(QObject):
    """Show at once what is heard; a list that goes by it stays as it is until another one is asked for."""

    def __init__(self, window: MainWindow, heard: HeardTracks, library: Library, track_list: TrackList) -> None:
        super().__init__(window)
        self._window, self._heard, self._library, self._track_list = window, heard, library, track_list
        window.table.tracks.heard_s = library.heard_s
        heard.changed.connect(self._on_heard)
        library.view_changed.connect(lambda _: self.show_counts())
        window.commands["not_heard"].triggered.connect(lambda: self._forget())

    def show_counts(self) -> None:
        """Show how many tracks of the filter are heard, and what the brief's facets would leave."""
        view = self._library.view
        if view is None:
            return
        counts = self._counts_now(view)
        self._window.filter_panel.brief_facets.show_counts(counts)
        text = self.tr("{heard} of {total} heard").replace("{heard}", number(counts.heard))
        text = text.replace("{total}", number(counts.heard + counts.not_heard))
        self._window.heard_count.setText(text if counts.heard else "")

    def _on_heard(self, track_id: int) -> None:
        self._window.table.tracks.refresh_heard(track_id)
        self.show_counts()

    def _counts_now(self, view: View) -> BriefCounts:
        """Return the view's counts with what was heard since it was made."""
        columns, rows = view.columns, {}
        for track_id, seconds in self._library.heard_s.items():
            row, is_heard = columns.row_of(track_id), seconds >= columns.heard_after_s
            if row is not None and is_heard != bool(columns.heard_s[row] >= columns.heard_after_s):
                rows[row] = 1 if is_heard else -1
        here = np.isin(list(rows), view.rows)
        change = int(np.sum(np.array(list(rows.values()), np.int64)[here]))
        counts = view.brief_counts
        return replace(counts, heard=counts.heard + change, not_heard=counts.not_heard - change)

    def _forget(self) -> None:
        ids = self._track_list.acted_on(self._window.table.selected_ids())
        if not ids:
            self._window.status.say(self.tr("No track is selected."))
            return
        self._heard.forget(ids)
        self._window.status.say(self.tr("%Ln track(s) marked as not heard", "", len(ids)))
