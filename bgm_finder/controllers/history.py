"""The way back and forward through what was visited, as in a browser."""

from collections.abc import Sequence
from typing import Generic, TypeVar

Visited = TypeVar("Visited")

_MOST = 100
"""Steps back that are kept; nobody goes back further, and a window may be open for weeks."""


class History(Generic[Visited]):
    """What was visited, in order, and where one stands: at one of them, or outside after having left it."""

    def __init__(self) -> None:
        self._visited: list[Visited] = []
        self._place = -1
        self._is_outside = True
        self._goal: int | None = None
        """Where one is on the way to, if that was visited before."""

    @classmethod
    def of(cls, visited: Sequence[Visited], place: int, is_outside: bool) -> "History[Visited]":
        """Return the way through what was visited earlier, and where one stands in it."""
        history = cls()
        history._visited = list(visited)
        history._place = min(max(place, -1), len(visited) - 1)
        history._is_outside = is_outside or history._place < 0
        history._forget_oldest()
        return history

    @property
    def visited(self) -> tuple[Visited, ...]:
        """All that was visited and can be gone to, the oldest first."""
        return tuple(self._visited)

    @property
    def place(self) -> int:
        """The place of what is visited, or was last; -1 for none."""
        return self._place

    def can_go(self, steps: int) -> bool:
        return self._place_after(steps) is not None

    @property
    def is_on_the_way(self) -> bool:
        """Whether one is going to what was visited before."""
        return self._goal is not None

    def set_out(self, steps: int) -> Visited | None:
        """Return what lies a step (-1 or 1) from here, or from where one is going; one is there once one arrives."""
        goal = self._place_after(steps)
        if goal is None:
            return None
        self._goal = goal
        return self._visited[goal]

    def stay(self) -> None:
        """Return up going anywhere."""
        self._goal = None

    def arrive(self, at: Visited) -> None:
        """Move to where one set out for, or else to something new, after which nothing comes."""
        if self._goal is not None:
            self._place = self._goal
        elif self._is_outside or self._visited[self._place] != at:
            self._place += 1
            self._visited[self._place :] = [at]
            self._forget_oldest()
        self._is_outside, self._goal = False, None

    def change(self, at: Visited) -> None:
        """Put something else in the place of where one stands; nothing where one is outside."""
        if not self._is_outside and self._place >= 0:
            self._visited[self._place] = at

    def leave(self) -> None:
        """Go outside; a step back leads in again."""
        self._is_outside, self._goal = True, None

    def _forget_oldest(self) -> None:
        over = max(0, len(self._visited) - _MOST)
        del self._visited[:over]
        self._place -= over

    def _place_after(self, steps: int) -> int | None:
        if self._goal is not None:
            goal = self._goal + steps
        else:
            goal = self._place if self._is_outside and steps < 0 else self._place + steps
        return goal if 0 <= goal < len(self._visited) else None
