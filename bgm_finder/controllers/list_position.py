"""Where one stands in the list: the current track, kept over every change of what the list shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bgm_finder.controllers.listing import Listing


class Arrival(Enum):
    """How a list takes the place of the one before."""

    SAME = auto()
    """The same list: sorted otherwise, or after a change of the library."""
    OTHER = auto()
    """A list of other tracks, such as another filter leaves: it begins at its top unless the current track is in it."""
    FROM_TOP = auto()
    """A list that is to be walked from its top, also where the current track is in it."""


class Scroll(Enum):
    """What the list brings into view."""

    KEEP = auto()
    """The current track stays where it was on the screen; without one, the list stays where it was."""
    TOP = auto()
    SHOW_CURRENT = auto()


@dataclass(frozen=True, slots=True)
class Position:
    """Where one stands in a list that is shown."""

    current: int | None = None
    """The place of the current track; None where it is not in the list."""
    resume_at: int | None = 0
    """The place that the next step leads to; None where it leads to the neighbour of the current track."""
    scroll: Scroll = Scroll.TOP


class ListPosition:
    """The current track, which stays known while a filter or a search leaves it out, until another becomes current."""

    def __init__(self) -> None:
        self.track_id: int | None = None
        self.is_in_list = False
        self._place = 0
        self._is_to_be_walked = False
        """Whether the list came to be walked from its top, and nobody has gone anywhere in it since."""

    @property
    def current_id(self) -> int | None:
        """The current track, where it is in the list."""
        return self.track_id if self.is_in_list else None

    def move(self, track_id: int | None, place: int) -> None:
        """Make the track at a place of the list current, or none."""
        self._stand(track_id, place)
        self._is_to_be_walked = False

    def follow(self, listing: Listing, arrival: Arrival, candidates: Sequence[int | None] = ()) -> Position:
        """Return where one stands in a list that takes the place of the one before.

        candidates: tracks that may be current in it, the first that is there is; without any, the current track.
        """
        before = self.current_id
        self._is_to_be_walked = arrival is Arrival.FROM_TOP or (arrival is Arrival.SAME and self._is_to_be_walked)
        found = _first_in(listing, [track_id for track_id in candidates or (self.track_id,) if track_id is not None])
        if found is None:
            return self._leave(listing, arrival)
        self._stand(*found)
        if arrival is Arrival.FROM_TOP:
            return Position(self._place, 0, Scroll.TOP)
        scroll = Scroll.KEEP if self.track_id == before else Scroll.SHOW_CURRENT
        return Position(self._place, 0 if self._is_to_be_walked else None, scroll)

    def _stand(self, track_id: int | None, place: int) -> None:
        self.track_id, self._place, self.is_in_list = track_id, max(0, place), track_id is not None

    def _leave(self, listing: Listing, arrival: Arrival) -> Position:
        """Return where the next step goes on: where the track stood, unless the list ends long before or is another."""
        self.is_in_list = False
        if arrival is not Arrival.SAME or self._place > len(listing.rows.rows):
            self._place = 0
        return Position(None, self._place, Scroll.KEEP if arrival is Arrival.SAME else Scroll.TOP)


def _first_in(listing: Listing, track_ids: list[int]) -> tuple[int, int] | None:
    """Return the first of the tracks that the list holds, and its place."""
    for track_id in track_ids:
        place = listing.place_of(track_id)
        if place is not None:
            return track_id, place
    return None
