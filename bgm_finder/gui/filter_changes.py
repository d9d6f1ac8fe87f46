"""The changes a user makes to the filter; each is made to the filter wished for by then, not to the one shown."""

from collections.abc import Callable
from dataclasses import replace

from bgm_finder.catalogue.in_memory.conditions import Filter, Names

Change = Callable[[Filter], Filter]
"""The list needs a moment for a large library; a second change made meanwhile must not undo the first."""


def clear(_now: Filter) -> Filter:
    return Filter()


def turn(category: str, name: str | None) -> Change:
    """Gives the change that ticks what is neither ticked nor excluded, and ends either; None is "no tag here"."""

    def change(now: Filter) -> Filter:
        if name is None:
            return replace(now, untagged=now.untagged ^ {category})
        is_free = name not in now.ticked.get(category, ()) and name not in now.excluded.get(category, ())
        return _placed(now, category, name, ticked=is_free)

    return change


def exclude(category: str, name: str) -> Change:
    """Gives the change that excludes a tag, or ends that."""
    return lambda now: _placed(now, category, name, excluded=name not in now.excluded.get(category, ()))


def turn_all(category: str) -> Change:
    """Gives the change between all and any of a category's ticked tags."""
    return lambda now: replace(now, match_all=now.match_all ^ {category})


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
