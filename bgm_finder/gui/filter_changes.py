"""The changes a user makes to the filter; each is made to the filter requested by then, not to the one shown."""

from collections.abc import Callable
from dataclasses import replace

from bgm_finder.conditions import NOT_REJECTED, Filter, MarkFilter, Names
from bgm_finder.track import Limit, Tag
from bgm_finder.workflows.edit_tracks import Renaming

Change = Callable[[Filter], Filter]
"""The list needs a moment for a large library; a second change made meanwhile must not undo the first."""


def clear(_now: Filter) -> Filter:
    return Filter()


def turn(category: str, name: str | None) -> Change:
    """Return the change that ticks what is neither ticked nor excluded, and ends either; None is "no tag here"."""

    def change(now: Filter) -> Filter:
        if name is None:
            return replace(now, untagged=now.untagged ^ {category})
        is_free = name not in now.ticked.get(category, ()) and name not in now.excluded.get(category, ())
        return _placed(now, category, name, ticked=is_free)

    return change


def exclude(category: str, name: str) -> Change:
    """Return the change that excludes a tag, or ends that."""
    return lambda now: _placed(now, category, name, excluded=name not in now.excluded.get(category, ()))


def lock(limit: Limit, is_locked: bool) -> Change:
    """Return the change by which a limit binds in every list, or only as other conditions do."""
    return lambda now: replace(now, soft_limits=now.soft_limits - {limit} if is_locked else now.soft_limits | {limit})


def turn_not_heard(now: Filter) -> Filter:
    """Leave only what is not heard yet, or end that."""
    return replace(now, heard=None if now.heard is False else False)


def turn_not_rejected(now: Filter) -> Filter:
    """Leave out what is rejected, or end that."""
    return _turn_mark(now, NOT_REJECTED)


def turn_kept(now: Filter) -> Filter:
    """Leave only what is kept, or end that."""
    return _turn_mark(now, "keep")


def turn_all(category: str) -> Change:
    """Return the change between all and any of a category's ticked tags."""
    return lambda now: replace(now, match_all=now.match_all ^ {category})


def renamed(renaming: Renaming) -> Change:
    """Return the change by which the filter goes on with what a tag or a category is called now."""
    old, new = renaming.old, renaming.new

    def change(now: Filter) -> Filter:
        ticked = _renamed(now.ticked, old, new)
        excluded = _without(_renamed(now.excluded, old, new), ticked)  # a ticked tag may be merged into an excluded one
        if old.name:
            return replace(now, ticked=ticked, excluded=excluded)
        marks = (_renamed_category(marked, old, new) for marked in (now.untagged, now.match_all))
        untagged, match_all = marks
        return replace(now, ticked=ticked, excluded=excluded, untagged=untagged, match_all=match_all)

    return change


def _turn_mark(now: Filter, mark: MarkFilter) -> Filter:
    return replace(now, mark=None if now.mark == mark else mark)


def _renamed(names: Names, old: Tag, new: Tag | None) -> dict[str, frozenset[str]]:
    """Return names by category where old, or with an empty name all of its category, is called new or gone."""
    found: dict[str, frozenset[str]] = dict(names)
    chosen = names.get(old.category, frozenset())
    moving = chosen & {old.name} if old.name else chosen
    found[old.category] = chosen - moving
    if new is not None and moving:
        found[new.category] = found.get(new.category, frozenset()) | ({new.name} if new.name else moving)
    return {category: kept for category, kept in found.items() if kept}


def _without(names: Names, others: Names) -> dict[str, frozenset[str]]:
    found = {category: chosen - others.get(category, frozenset()) for category, chosen in names.items()}
    return {category: kept for category, kept in found.items() if kept}


def _renamed_category(marked: frozenset[str], old: Tag, new: Tag | None) -> frozenset[str]:
    if old.category not in marked:
        return marked
    return marked - {old.category} | (frozenset() if new is None else {new.category})


def _placed(now: Filter, category: str, name: str, ticked: bool = False, excluded: bool = False) -> Filter:
    return replace(
        now,
        ticked=_with(now.ticked, category, name, ticked),
        excluded=_with(now.excluded, category, name, excluded),
    )


def _with(names: Names, category: str, name: str, is_in: bool) -> dict[str, frozenset[str]]:
    rest = names.get(category, frozenset()) - {name}
    changed = {**names, category: rest | {name} if is_in else rest}
    return {other: kept for other, kept in changed.items() if kept}
