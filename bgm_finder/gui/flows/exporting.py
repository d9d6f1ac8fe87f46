"""The flow of tracks to an editing program: what, how and where to is asked, then it is done beside all else."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from bgm_finder.catalogue.in_memory import filters
from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.conditions import Filter
from bgm_finder.controllers.briefs import Briefs
from bgm_finder.controllers.lane import Lane
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.playback import Playback, Sounding
from bgm_finder.controllers.search import SimilarSearch
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.controllers.track_list import TrackList
from bgm_finder.export.copies import example_name
from bgm_finder.export.export import ExportReport
from bgm_finder.export.of_library import Wanted, export_of_library
from bgm_finder.export.pieces import Known, MarkerNames, Piece
from bgm_finder.gui.dialogs.export_dialog import ExportDialog, Offer
from bgm_finder.gui.dialogs.report_dialog import ReportDialog
from bgm_finder.gui.error_words import error_text, refusal_text
from bgm_finder.gui.export_options import ExportChoices
from bgm_finder.gui.file_manager import reveal
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.text_helpers import number, showable
from bgm_finder.settings import Settings
from bgm_finder.track import Section, SoundAt
from bgm_finder.workflows.offer_place import within_reach

_SELECTED, _SHORTLIST, _SECTION = "selected", "shortlist", "section"
_KIND = "export"
"""The folder used last is remembered by this name."""
_MOST_LINES = 200
_TIMELINE = "BGM"
"""What a timeline is called, and its file, where the brief has no name."""


class Exporting(QObject):
    """Connects the command with the dialog, the export and its report."""

    def __init__(
        self,
        window: MainWindow,
        library: Library,
        track_list: TrackList,
        search: SimilarSearch,
        playback: Playback,
        briefs: Briefs,
        tasks: TaskQueue,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._window, self._library, self._track_list = window, library, track_list
        self._search, self._playback, self._briefs = search, playback, briefs
        self._tasks, self._settings = tasks, settings
        self._lane = Lane[ExportReport]("export", self)
        panel = window.status.export_progress
        self._lane.busy_changed.connect(panel.show_busy)
        self._lane.progressed.connect(panel.show_progress)
        # a dialog has its own event loop, which must not run before the lane has heard that this run is over
        self._lane.finished.connect(lambda report: QTimer.singleShot(0, self, partial(self._show_report, report)))
        self._lane.failed.connect(lambda error: window.status.warn(error_text(error)))
        panel.stop_requested.connect(self._stop)
        window.commands["export"].triggered.connect(lambda _checked=False: self._ask())

    def close(self) -> None:
        self._lane.close()

    def _ask(self) -> None:
        if self._lane.is_busy:
            self._window.status.say(self.tr("An export is running. Wait until it is done, or stop it."))
            return
        last = str(self._settings.save_folders.get(_KIND, ""))
        self._tasks.run(within_reach, last).then(self._open)

    def _open(self, folder: str) -> None:
        wanted = self._wanted()
        if not wanted:
            self._window.status.say(self.tr("No track is selected."))
            return
        offers = [self._offer(name, wanted[name]) for name in wanted]
        dialog = ExportDialog(
            offers, ExportChoices.kept(self._settings.export), folder, partial(self._example, wanted), self._window
        )
        if dialog.exec():
            self._start(wanted[dialog.offer], dialog.choices, dialog.folder)
        dialog.deleteLater()

    def _start(self, wanted: Wanted, choices: ExportChoices, folder: Path) -> None:
        self._settings.export = choices.words()
        self._settings.save_folders = {**self._settings.save_folders, _KIND: str(folder)}
        options = choices.options(self._brief or _TIMELINE, self._brief)
        self._lane.start(export_of_library, self._library.catalogue, wanted, folder, options)

    @property
    def _brief(self) -> str:
        """The current brief's name; empty where it has none."""
        return "" if self._briefs.current is None else self._briefs.current.name

    def _wanted(self) -> dict[str, Wanted]:
        """Return what there is to be exported, the likeliest first."""
        found: dict[str, Wanted] = {}
        names = MarkerNames(self.tr("Highlight"), self.tr("Best passage"), self.tr("Note"))
        if selected := self._track_list.acted_on(self._window.table.selected_ids()):
            found[_SELECTED] = Wanted(tuple(selected), self._known(), names=names)
        columns = self._library.columns
        if columns is not None and (kept := _kept(columns)):
            found[_SHORTLIST] = Wanted(kept, self._known(), names=names)
        section, sounding = self._playback.marking.section, self._playback.sounding
        if section is not None and sounding is not None:
            found[_SECTION] = self._marked(section, sounding, names)
        return found

    def _marked(self, section: Section, sounding: Sounding, names: MarkerNames) -> Wanted:
        if sounding.track_id is not None:
            known = replace(self._known(), sections={sounding.track_id: section})
            return Wanted((sounding.track_id,), known, names=names)
        sound = self._playback.sound_at(sounding.path)
        return Wanted(files=(Piece(sound, sounding.title, section=section),), names=names)

    def _known(self) -> Known:
        """Return where the tracks fit best what is searched for now, and the brief's notes."""
        ranking = self._search.ranking
        matches = () if ranking is None else (*ranking.inside, *ranking.outside)
        passages = {match.track_id: match.passage for match in matches if match.passage is not None}
        columns = self._library.columns
        notes = {} if columns is None else {int(columns.ids[row]): note for row, note in columns.notes.items()}
        return Known({}, passages, notes)

    def _offer(self, name: str, wanted: Wanted) -> Offer:
        count = len(wanted.track_ids) + len(wanted.files)
        texts = {
            _SELECTED: self.tr("Selected tracks ({count})"),
            _SHORTLIST: self.tr("Shortlist ({count})"),
            _SECTION: self.tr("Marked section of the track that is heard"),
        }
        return Offer(name, texts[name].replace("{count}", number(count)), count)

    def _example(self, wanted: dict[str, Wanted], name: str, pattern: str) -> str:
        """Return how the first file will be called, as far as the list knows."""
        columns, chosen = self._library.columns, wanted[name]
        if chosen.files:
            return self._as_example(example_name(chosen.files[0], pattern, self._brief))
        row = None if columns is None else columns.row_of(chosen.track_ids[0])
        if columns is None or row is None:
            return ""
        length_s = float(columns.durations_s[row])
        section = chosen.known.sections.get(chosen.track_ids[0])
        known_s = length_s if length_s == length_s else None
        sound = SoundAt(Path(columns.paths[row]))
        piece = Piece(sound, columns.titles[row], columns.artists[row], known_s, section)
        return self._as_example(example_name(piece, pattern, self._brief))

    def _as_example(self, name: str) -> str:
        return self.tr("Example: {name}").replace("{name}", name)

    def _stop(self) -> None:
        self._lane.cancel()
        self._window.status.say(self.tr("Export stopped. The files exported so far are kept."))

    def _show_report(self, report: ExportReport) -> None:
        dialog = ReportDialog(self.tr("Export"), self._summary(report), self._lines(report), self._window)
        if written := [*report.timelines, *report.files]:
            dialog.add_button("openFolder", self.tr("Open folder"), partial(self._reveal, written[0]))
        dialog.exec()
        dialog.deleteLater()

    def _summary(self, report: ExportReport) -> str:
        parts = [
            self.tr("%Ln file(s) copied", "", len(report.files)),
            self.tr("%Ln timeline(s) written", "", len(report.timelines)),
        ]
        if report.refused:
            parts.append(self.tr("%Ln left out", "", len(report.refused)))
        if report.stopped_by is not None:
            parts.append(self.tr("stopped early: {reason}").replace("{reason}", error_text(report.stopped_by)))
        return " · ".join(parts)

    def _lines(self, report: ExportReport) -> list[str]:
        lines = [f"{showable(str(path))}: {refusal_text(refusal)}" for path, refusal in report.refused]
        if report.left:
            lines.append(self.tr("%Ln more track(s) were not exported.", "", report.left))
        lines += [showable(str(path)) for path in (*report.timelines, *report.files)]
        return lines[:_MOST_LINES]

    def _reveal(self, file: Path, *_: object) -> None:
        text = self.tr("No file manager could be opened for {path}").replace("{path}", str(file))
        warn: Callable[[], object] = partial(self._window.status.warn, text)
        reveal(file, self, warn)


def _kept(columns: Columns) -> tuple[int, ...]:
    rows = filters.sort(columns, filters.apply(columns, Filter(mark="keep")), "title")
    return tuple(columns.ids[rows].tolist())
