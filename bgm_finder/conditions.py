"""What the user wants to see: the filter, and the single conditions it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, Literal

from bgm_finder.track import FACETS, Limit, Mark

Names = Mapping[str, frozenset[str]]

NOT_REJECTED: Final = "not reject"
MarkFilter = Mark | Literal["not reject"]
"""Tracks with this mark, or all but the rejected ones."""
ConditionKind = Literal["ticked", "untagged", "excluded"] | Limit
_BINDING: tuple[Limit, ...] = ("length", "bpm")
"""Limits that a ranking keeps to as well, unless they are soft."""
_NO_LIMIT: Mapping[Limit, Mapping[str, Any]] = {
    "length": {"min_length_s": None, "max_length_s": None},
    "bpm": {"min_bpm": None, "max_bpm": None},
    "text": {"text": ""},
    "mark": {"mark": None},
    "heard": {"heard": None},
}
"""What a filter holds without each limit."""


@dataclass(frozen=True)
class Condition:
    """One part of a filter that can be taken away."""

    kind: ConditionKind
    category: str = ""
    name: str = ""


@dataclass(frozen=True)
class Filter:
    """What the tracks must be like; the empty filter leaves all."""

    ticked: Names = field(default_factory=dict)
    excluded: Names = field(default_factory=dict)
    untagged: frozenset[str] = frozenset()
    """Categories where "no tag here" is ticked; a choice beside the names."""
    match_all: frozenset[str] = frozenset()
    """Categories where all of the choices must hold; elsewhere any."""
    text: str = ""
    min_length_s: float | None = None
    max_length_s: float | None = None
    min_bpm: float | None = None
    max_bpm: float | None = None
    mark: MarkFilter | None = None
    """None for any."""
    heard: bool | None = None
    """True for tracks that are heard, False for those that are not yet, None for any."""
    soft_limits: frozenset[Limit] = frozenset()
    """Length, BPM or both where a track beyond them is outside the filter, as one with other tags; else in no list."""

    def to_json(self) -> dict[str, Any]:
        """Return plain dicts, lists, strings and numbers."""
        return {
            "ticked": {category: sorted(names) for category, names in self.ticked.items()},
            "excluded": {category: sorted(names) for category, names in self.excluded.items()},
            "untagged": sorted(self.untagged),
            "match_all": sorted(self.match_all),
            "text": self.text,
            "min_length_s": self.min_length_s,
            "max_length_s": self.max_length_s,
            "min_bpm": self.min_bpm,
            "max_bpm": self.max_bpm,
            "mark": self.mark,
            "heard": self.heard,
            "soft_limits": sorted(self.soft_limits),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Filter":
        """Return the filter that to_json wrote; what is not there keeps its default."""
        return cls(
            **{item.name: _restored(item.name, stored[item.name]) for item in fields(cls) if item.name in stored}
        )


def _restored(key: str, value: Any) -> Any:
    if key in ("ticked", "excluded"):
        return {category: frozenset(names) for category, names in value.items()}
    return frozenset(value) if key in ("untagged", "match_all", "soft_limits") else value


def conditions(wanted: Filter) -> list[Condition]:
    """Return the single conditions of a filter, in the order of the panel."""
    found = []
    for category in used_categories(wanted):
        found += [Condition("ticked", category, name) for name in sorted(wanted.ticked.get(category, ()))]
        found += [Condition("untagged", category)] if category in wanted.untagged else []
        found += [Condition("excluded", category, name) for name in sorted(wanted.excluded.get(category, ()))]
    present: dict[ConditionKind, bool] = {
        "length": wanted.min_length_s is not None or wanted.max_length_s is not None,
        "bpm": wanted.min_bpm is not None or wanted.max_bpm is not None,
        "text": bool(wanted.text.strip()),
        "mark": wanted.mark is not None,
        "heard": wanted.heard is not None,
    }
    return found + [Condition(kind) for kind, is_set in present.items() if is_set]


def binding(wanted: Filter) -> list[Condition]:
    """Return the conditions that also hold for what a ranking lists outside the filter."""
    kinds = [kind for kind in _BINDING if kind not in wanted.soft_limits]
    return [condition for condition in conditions(wanted) if condition.kind in kinds]


def without(wanted: Filter, condition: Condition) -> Filter:
    """Return the filter with one condition taken away."""
    if condition.kind == "ticked":
        return replace(wanted, ticked=_less(wanted.ticked, condition))
    if condition.kind == "excluded":
        return replace(wanted, excluded=_less(wanted.excluded, condition))
    if condition.kind == "untagged":
        return replace(wanted, untagged=wanted.untagged - {condition.category})
    return replace(wanted, **_NO_LIMIT[condition.kind])


def both(one: Filter, other: Filter) -> Filter:
    """Return a filter that has the conditions of two; of two limits the tighter one, of two marks the other's."""
    return Filter(
        **{item.name: _joined(item.name, getattr(one, item.name), getattr(other, item.name)) for item in fields(one)}
    )


def used_categories(wanted: Filter) -> list[str]:
    """Return the categories with any condition, the well-known ones first."""
    used = {c for c, names in [*wanted.ticked.items(), *wanted.excluded.items()] if names} | wanted.untagged
    return [c for c in FACETS if c in used] + sorted(used.difference(FACETS))


def _joined(key: str, one: Any, other: Any) -> Any:
    if isinstance(one, Mapping):
        return {name: one.get(name, frozenset()) | other.get(name, frozenset()) for name in [*one, *other]}
    if isinstance(one, frozenset):
        return one | other
    if key == "text":
        return f"{one} {other}".strip()
    if one is None or other is None or not key.startswith(("min_", "max_")):
        return one if other is None else other
    return max(one, other) if key.startswith("min_") else min(one, other)


def _less(names: Names, condition: Condition) -> Names:
    rest = {**names, condition.category: names.get(condition.category, frozenset()) - {condition.name}}
    return {category: kept for category, kept in rest.items() if kept}
