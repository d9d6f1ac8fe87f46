"""What is asked of the file system in a thread that can be left behind: a vanished share may never answer."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Self, TypeVar

from bgm_finder.catalogue.mounts import answers, mount_of, mount_points

Answer = TypeVar("Answer")

_LOOK_S = 0.2
_ANSWER_S = 15.0
"""What the slowest drive takes to wake up."""
_NEXT_ANSWER_S = 2.0
"""Whoever did not wake up by then lets the next question wait for less."""
_MOST_SILENT = 8
"""So many threads are left behind at most; then nothing more is asked."""


class NoAnswer(Exception):  # noqa: N818 - says what happened
    """The file system did not answer in time."""


def is_answered(path: Path, check: Callable[[], None]) -> bool:
    """Whether the system says what is at a path, links and all, or that nothing is, as far as that can be told.

    check: called while the answer is waited for; may raise to stop.
    """
    return answers(os.fsencode(path.absolute()), check, _ANSWER_S)


@dataclass(slots=True)
class _Reader:
    """A thread and what goes in and out of it."""

    questions: SimpleQueue[Callable[[], Any] | None] = field(default_factory=SimpleQueue)
    answers: SimpleQueue[tuple[Any, BaseException | None]] = field(default_factory=SimpleQueue)

    def run(self) -> None:
        while (question := self.questions.get()) is not None:
            try:
                self.answers.put((question(), None))
            except BaseException as error:  # noqa: BLE001 - it is raised again where it is waited for
                self.answers.put((None, error))


class Asking:
    """Ask one thing after the other; to be used in a with block, by one thread."""

    def __init__(self, check: Callable[[], None]) -> None:
        """check: called while an answer is waited for; may raise to stop."""
        self._check = check
        self._reader: _Reader | None = None
        self._silent = 0
        self._points = mount_points()
        self._answering: dict[bytes, bool] = {}
        """Whether each disk or share that was asked does answer."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._reader is not None:
            self._reader.questions.put(None)

    def ask(self, place: bytes, question: Callable[[], Answer], progress: Callable[[], int] = lambda: 0) -> Answer:
        """Return the answer, raises what the question raises, and NoAnswer where it makes no progress for too long.

        place: what is asked about. What counts is how often was looked in vain, not the clock: whoever is starved or
        asleep does not look either.
        """
        if self._silent >= _MOST_SILENT or not self.reaches(place):
            raise NoAnswer
        reader = self._begun()
        reader.questions.put(question)
        patience_s = _NEXT_ANSWER_S if self._silent else _ANSWER_S
        seen, looks = progress(), 0
        while True:
            try:
                answer, error = reader.answers.get(timeout=_LOOK_S)
            except Empty:
                self._check_or_leave()
                looks = looks + 1 if progress() == seen else 0
                seen = progress()
                if looks * _LOOK_S >= patience_s:
                    self._leave()
                    raise NoAnswer from None
                continue
            if error is not None:
                raise error
            return answer  # type: ignore[no-any-return]

    def reaches(self, place: bytes) -> bool:
        """Whether the disk or share on which a place lies answers, as far as that can be told."""
        point = mount_of(place, self._points)
        if point is None:
            return True
        if point not in self._answering:
            self._answering[point] = answers(point, self._check, _ANSWER_S)
        return self._answering[point]

    def _begun(self) -> _Reader:
        if self._reader is None:
            self._reader = _Reader()
            threading.Thread(target=self._reader.run, name="asking", daemon=True).start()
        return self._reader

    def _check_or_leave(self) -> None:
        try:
            self._check()
        except BaseException:
            self._leave()
            raise

    def _leave(self) -> None:
        """Let the thread end by itself, should an answer ever come."""
        assert self._reader is not None
        self._reader.questions.put(None)
        self._reader = None
        self._silent += 1
