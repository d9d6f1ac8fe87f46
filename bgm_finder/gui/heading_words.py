"""The headings of a ranking's parts, in the window's language."""

from bgm_finder.controllers.listing import Heading
from bgm_finder.controllers.search import TOP
from bgm_finder.gui.text_helpers import number, translate
from bgm_finder.track import Scope


def heading_text(heading: Heading) -> str:
    """Return the side of the filter that the part is on, and how many tracks are in it."""
    sides = {
        Scope.INSIDE: translate("RankingRows", "Inside your filter"),
        Scope.OUTSIDE: translate("RankingRows", "Outside your filter"),
    }
    return f"{sides[heading.side]} – {_count_text(heading.count)}"


def _count_text(count: int) -> str:
    if count < TOP:
        return number(count)
    return translate("RankingRows", "the best {count}").replace("{count}", number(count))
