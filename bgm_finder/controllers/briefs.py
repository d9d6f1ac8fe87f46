"""The brief that the window shows, and all others: switched, kept soon after each change, and taken from files."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from bgm_finder.briefs.brief import Brief, BriefContent
from bgm_finder.catalogue.briefs import BriefEdit
from bgm_finder.conditions import Filter
from bgm_finder.controllers.edits import Edits
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import RefusalError
from bgm_finder.workflows import briefs

_log = logging.getLogger(__name__)

_DELAY_MS = 1_000
"""From the first change on, as for settings."""


class Briefs(QObject):
    """Keep the brief that is shown, off the GUI thread and in the order of what is asked; no other is written."""

    shown = Signal(object)
    """The Brief that the window is to show from now on."""
    renamed = Signal(object)
    """The Brief that is shown goes by another name."""
    listed = Signal(object)
    """All briefs (a list of Brief, without contents), the open ones first."""
    missing = Signal(object, object)
    """The brief that came from a file, and the paths in it that are not here."""
    leaving = Signal()
    """Something else than the brief as it is comes next: time to keep what is not in the catalogue yet."""
    listening_unkept = Signal(int, object)
    """The brief and the tracks of which could not be kept for how long they were listened to."""
    failed = Signal(Exception)
    """Something that was asked for; one that cannot be kept is reported once."""

    def __init__(
        self,
        catalogue: Path,
        edits: Edits,
        collect: Callable[[], BriefContent | None],
        parent: QObject | None = None,
        delay_ms: int = _DELAY_MS,
    ) -> None:
        """collect: gives what the brief consists of now; None while the window is still on the way to it."""
        super().__init__(parent)
        self._catalogue, self._edits, self._collect = catalogue, edits, collect
        self.current: Brief | None = None
        self.all: list[Brief] = []
        self.is_ours = True
        """Whether this window may change the catalogue; else it shows briefs, and keeps nothing."""
        self._kept: BriefContent | None = None
        """What is kept of the current brief."""
        self._is_due = False
        """Whether the brief's marks or notes have changed since it was kept."""
        self._has_failed = False
        self._tasks = TaskQueue(self)
        self._timer = QTimer(self, singleShot=True, interval=delay_ms)
        self._timer.timeout.connect(self._keep)
        self._tasks.failed.connect(self.failed)
        edits.briefs_changed.connect(self._on_edited)
        edits.changed.connect(lambda _ids: self._on_marked())

    def begin(self, left: BriefContent, last_path: str) -> None:
        """Show the brief that was shown last; left: what one that was never kept begins with."""
        self._tasks.run(briefs.first_brief, self._catalogue, left, last_path, self.is_ours).then(self._show)

    def save_soon(self) -> None:
        """Keep the brief within a second."""
        if self.is_ours and not self._timer.isActive():
            self._timer.start()

    def save_now(self) -> None:
        """Keep the brief before this returns: the app is about to end."""
        taken = self._take()
        if taken is not None:
            try:
                briefs.keep_brief(Job(), self._catalogue, *taken)
            except (OSError, RefusalError) as error:
                self._on_unkept(error)

    def keep_listening(self, brief_id: int, heard_s: Mapping[int, float]) -> None:
        """Keep for how many seconds tracks were listened to in a brief, before all that is asked for next."""
        if self.is_ours:
            task = self._tasks.run(_keep_listening, self._catalogue, brief_id, heard_s)
            task.then(lambda error: self._on_listening(brief_id, heard_s, error))

    def keep_listening_now(self, brief_id: int, heard_s: Mapping[int, float]) -> None:
        """Do so before this returns: the app is about to end."""
        if self.is_ours:
            self._on_listening(brief_id, heard_s, _keep_listening(Job(), self._catalogue, brief_id, heard_s))

    def close(self) -> None:
        """Keep the brief, and end the thread."""
        self._timer.stop()
        self._tasks.close()
        self.save_now()

    def switch(self, brief_id: int) -> None:
        """Show another brief."""
        if self.current is None or self.current.id != brief_id:
            self._leave()
            self._run(briefs.show_brief, brief_id, self.is_ours)

    def new(self) -> None:
        """Show a new brief, which has no name yet; lists are ordered and divided in it as now."""
        self._leave()
        self._run(briefs.new_brief, self._empty())

    def duplicate(self, name: str) -> None:
        """Show a copy of the brief; name: what the brief is called in the window."""
        self._leave()
        if self.current is not None:
            self._run(briefs.duplicate_brief, self.current.id, name, self._kept or self.current.content)

    def put_aside(self) -> None:
        """Close the brief, and show another one that is open, or else a new one."""
        self._leave()
        if self.current is not None:
            self._run(briefs.close_brief, self.current.id, self._empty())

    def rename(self, name: str) -> None:
        """Give the brief another name."""
        if self.current is not None and name != self.current.name:
            self._edits.rename_brief(self.current.id, name)

    def remove(self) -> None:
        """Take the brief away; undo brings it back."""
        self._leave()
        if self.current is not None:
            self._edits.remove_brief(self.current.id)

    def open_file(self, source: Path) -> None:
        """Bring the brief of a file in, and show it."""
        self._leave()
        self._tasks.run(briefs.open_brief, self._catalogue, source).then(self._on_opened)

    def save_copy(self, target: Path, then: Callable[[], object]) -> None:
        """Write the brief into a file; then: called once that is done."""
        self._leave()
        if self.current is not None:
            self._tasks.run(briefs.save_brief, self._catalogue, self.current.id, target).then(lambda _: then())

    def follow(self, change: Callable[[Filter], Filter]) -> None:
        """Make a change to the filters of all briefs, as another name of a tag means."""
        if self.is_ours:
            self._tasks.run(briefs.follow_names, self._catalogue, change)

    def show_again(self) -> None:
        """Show the brief as it is kept: another window may have worked on it until now."""
        if self.current is not None:
            self._run(briefs.show_brief, self.current.id, self.is_ours)

    def _run(self, recipe: Callable[..., Brief | None], *args: object) -> None:
        self._tasks.run(recipe, self._catalogue, *args).then(self._show)

    def _show(self, brief: Brief | None) -> None:
        """Make a brief the one that is shown; the one that is there stays where there is none any more."""
        self._list()
        if brief is None:
            return
        self._timer.stop()
        self.current, self._kept, self._is_due = brief, brief.content, False
        self._edits.brief_id = brief.id
        self.shown.emit(brief)

    def _list(self) -> None:
        self._tasks.run(briefs.list_briefs, self._catalogue).then(self._on_listed)

    def _on_listed(self, found: list[Brief]) -> None:
        self.all = found
        self.listed.emit(found)

    def _empty(self) -> BriefContent:
        """Return what a new brief begins with: nothing but the order and the parts of lists that hold now."""
        now = self._kept or BriefContent()
        return BriefContent(scope=now.scope, sort_key=now.sort_key, sort_descending=now.sort_descending)

    def _take(self) -> tuple[int, BriefContent] | None:
        """Return the brief and what is to be kept of it; None where nothing has changed."""
        self._timer.stop()
        content = self._collect()
        if self.current is None or not self.is_ours or content is None or (content == self._kept and not self._is_due):
            return None
        self._kept, self._is_due = content, False
        return self.current.id, content

    def _leave(self) -> None:
        self.leaving.emit()
        self._keep()

    def _keep(self) -> None:
        taken = self._take()
        if taken is not None:
            self._tasks.run(_keep, self._catalogue, *taken).then(self._on_kept)

    def _on_listening(self, brief_id: int, heard_s: Mapping[int, float], error: Exception | None) -> None:
        if error is not None:
            self.listening_unkept.emit(brief_id, list(heard_s))
            self._on_unkept(error)
        elif self.current is not None and brief_id == self.current.id:
            self._on_marked()

    def _on_kept(self, error: Exception | None) -> None:
        if error is not None:
            self._on_unkept(error)

    def _on_unkept(self, error: Exception) -> None:
        _log.warning("a brief could not be kept: %s", type(error).__name__)
        self._is_due = True
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(error)

    def _on_marked(self) -> None:
        self._is_due = True
        self.save_soon()

    def _on_edited(self, undoing: BriefEdit) -> None:
        """Follow what was done with briefs: undoing is what would take it back."""
        if undoing.restored and self.current is not None:
            gone = [stored.id for stored, _ in undoing.restored]
            if self.current.id in gone:
                self.current, self._kept = None, self._empty()
                self._run(briefs.first_brief, self._kept, "", self.is_ours)
        if undoing.removed:
            self.switch(undoing.removed[-1])
        if undoing.names:
            self._tasks.run(briefs.list_briefs, self._catalogue).then(self._on_renamed)
        self._list()

    def _on_renamed(self, found: list[Brief]) -> None:
        current = self.current
        brief = next((brief for brief in found if current is not None and brief.id == current.id), None)
        if current is not None and brief is not None and brief.name != current.name:
            self.current = Brief(current.id, current.uid, brief.name, current.is_open, current.content)
            self.renamed.emit(self.current)
        self._is_due = True
        self.save_soon()

    def _on_opened(self, opened: briefs.OpenedBrief) -> None:
        def show(brief: Brief | None) -> None:
            self._show(brief)
            if brief is not None and opened.missing:
                self.missing.emit(brief, opened.missing)

        self._tasks.run(briefs.show_brief, self._catalogue, opened.brief_id, self.is_ours).then(show)


def _keep_listening(job: Job, catalogue: Path, brief_id: int, heard_s: Mapping[int, float]) -> Exception | None:
    """Keep what was listened to; return why that cannot be done, where it is the world's fault."""
    try:
        briefs.keep_listening(job, catalogue, brief_id, heard_s)
    except (OSError, RefusalError) as error:
        return error
    return None


def _keep(job: Job, catalogue: Path, brief_id: int, content: BriefContent) -> Exception | None:
    """Keep a brief; return why that cannot be done, where it is the world's fault."""
    try:
        briefs.keep_brief(job, catalogue, brief_id, content)
    except (OSError, RefusalError) as error:
        return error
    return None
