"""The headings of a ranking's parts and of groups, in the window's language."""

from bgm_finder.controllers.listing import GroupHeading, Heading
from bgm_finder.controllers.search import TOP
from bgm_finder.gui.category_names import limit_name
from bgm_finder.gui.text_helpers import number, translate
from bgm_finder.track import Scope

_BETWEEN = " · "
_OPEN, _FOLDED, _VISITED = "▾", "▸", "●"


def heading_text(heading: Heading | GroupHeading) -> str:
    """Return what is in the part: a side of the filter, or what a group shares; and how many tracks."""
    if isinstance(heading, GroupHeading):
        signs = [_OPEN if heading.is_open else _FOLDED, *([_VISITED] if heading.is_visited else [])]
        return "  ".join([*signs, _BETWEEN.join(_shared(heading))])
    sides = {
        Scope.INSIDE: translate("RankingRows", "Inside your filter"),
        Scope.OUTSIDE: translate("RankingRows", "Outside your filter"),
    }
    return f"{sides[heading.side]} – {_count_text(heading.count)}"


def spoken_heading(heading: Heading | GroupHeading) -> str:
    """Return a heading in words only, for a screen reader."""
    if not isinstance(heading, GroupHeading):
        return heading_text(heading)
    is_open = translate("GroupRows", "opened") if heading.is_open else translate("GroupRows", "folded")
    heard = [translate("GroupRows", "heard")] if heading.is_visited else []
    return ", ".join([*_shared(heading), is_open, *heard])


def _shared(heading: GroupHeading) -> list[str]:
    """Return the tags and tempos that the group shares, or its number where it shares none, and its size."""
    found = [tag.name for tag in heading.tags]
    if heading.bpm is not None:
        low, high = heading.bpm
        found.append(f"{low}–{high} {limit_name('bpm')}")
    if not found:
        found.append(translate("GroupRows", "Group {number}").replace("{number}", number(heading.number)))
    size = translate("GroupRows", "1 track") if heading.count == 1 else translate("GroupRows", "{count} tracks")
    return [*found, size.replace("{count}", number(heading.count))]


def _count_text(count: int) -> str:
    if count < TOP:
        return number(count)
    return translate("RankingRows", "the best {count}").replace("{count}", number(count))
