"""The brief: an editor's job, with all that is needed to go on with it where it was left."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bgm_finder.conditions import Filter
from bgm_finder.track import AtMost, ListScope, Match, Reference

LIKE, NOT_LIKE = 1.0, -1.0
"""Weights of references that the matches should sound like, and not like."""


@dataclass(frozen=True, slots=True)
class WeightedReference:
    """A track, a section of one, or a file, and how much the matches should sound like it."""

    reference: Reference
    title: str = ""
    """As the user knows it."""
    weight: float = LIKE
    """Above 0: like it; below 0: not like it; the further from 0, the more it counts."""
    is_learned: bool = False
    """Whether it comes from the brief's marks."""


@dataclass(frozen=True, slots=True)
class BriefSearch:
    """What was searched by."""

    references: tuple[WeightedReference, ...] = ()
    learns: bool = False
    """Whether it follows the brief's marks."""


@dataclass(frozen=True, slots=True)
class RankedOrder:
    """What a search found, so that its list comes back as it was without searching again."""

    inside: tuple[Match, ...] = ()
    outside: tuple[Match, ...] = ()
    is_filtered: bool = True
    at_most: AtMost | None = None
    left_out: int = 0
    left_out_unreadable: int = 0
    left_out_missing: int = 0


@dataclass(frozen=True, slots=True)
class BriefContent:
    """What is asked for, and where in the work one is; the target length is the filter's limit of length."""

    filter: Filter = field(default_factory=Filter)
    """Of the library's list, also while the shortlist is shown."""
    searches: tuple[BriefSearch, ...] = ()
    """The oldest first."""
    place: int = -1
    """Of the search that is shown, or was last; -1 for none."""
    is_ranking: bool = False
    """Whether that search is shown."""
    order: RankedOrder | None = None
    """What that search found."""
    shortlist: Filter | None = None
    """The filter of the shortlist while that is shown, in place of the other one."""
    resumes_search: bool = False
    """Whether the search was put aside for the shortlist only."""
    scope: ListScope = ListScope.BOTH
    sort_key: str = "title"
    sort_descending: bool = False
    current: int | None = None
    """The current track."""
    top_row: int = 0
    """The first row of the list that is visible."""

    @property
    def references(self) -> tuple[WeightedReference, ...]:
        """The references of the search that is shown, or was last."""
        return self.searches[self.place].references if 0 <= self.place < len(self.searches) else ()

    def renumbered(self, numbers: Mapping[int, int]) -> "BriefContent":
        """Return the content with other numbers for the tracks; what has no number any more is left out.

        A reference without one stays, as the file that it is.
        """
        order = self.order
        if order is not None:
            order = replace(order, inside=_kept(order.inside, numbers), outside=_kept(order.outside, numbers))
        return replace(
            self,
            searches=tuple(
                replace(search, references=tuple(_renumbered(one, numbers) for one in search.references))
                for search in self.searches
            ),
            order=order,
            current=None if self.current is None else numbers.get(self.current),
        )

    def track_ids(self) -> set[int]:
        """Return the tracks that the content names."""
        order = self.order or RankedOrder()
        found = {match.track_id for match in (*order.inside, *order.outside)}
        found |= {r.reference.track_id for s in self.searches for r in s.references if r.reference.track_id is not None}
        return found if self.current is None else found | {self.current}


@dataclass(frozen=True, slots=True)
class Brief:
    """One brief of a catalogue."""

    id: int
    uid: str
    """The same in every catalogue and file that holds the brief."""
    name: str = ""
    """Empty until the user names it."""
    is_open: bool = True
    content: BriefContent = field(default_factory=BriefContent)


def _renumbered(weighted: WeightedReference, numbers: Mapping[int, int]) -> WeightedReference:
    track_id = weighted.reference.track_id
    number = None if track_id is None else numbers.get(track_id)
    return replace(weighted, reference=replace(weighted.reference, track_id=number))


def _kept(matches: tuple[Match, ...], numbers: Mapping[int, int]) -> tuple[Match, ...]:
    return tuple(replace(match, track_id=numbers[match.track_id]) for match in matches if match.track_id in numbers)
