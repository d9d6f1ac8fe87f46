"""Which tags of a category the filter shows, in which order and by which text: of thousands, the most frequent."""

import heapq
from collections.abc import Collection, Mapping
from functools import lru_cache

from bgm_finder.catalogue.in_memory.file_facets import below
from bgm_finder.catalogue.text_folding import fold
from bgm_finder.gui.text_helpers import showable
from bgm_finder.track import FOLDER

MOST = 50
"""So many tags of a category are shown at once; the others are found by typing."""
_INDENT = "\u2003"
_folded = lru_cache(maxsize=100_000)(fold)


def matching(names: Collection[str], words: str) -> list[str]:
    """Return the names that hold each of the folded words, in their order."""
    wanted = words.split()
    return [name for name in names if all(word in _folded(name) for word in wanted)] if wanted else list(names)


def most_frequent(names: list[str], counts: Mapping[str | None, int], kept: Collection[str]) -> list[str]:
    """Return the names to be shown in the order of the tree: all, or those of most tracks and those kept."""
    if len(names) > MOST:
        best = heapq.nlargest(MOST, names, key=lambda name: counts.get(name, 0))
        names = list({*best, *(name for name in names if name in kept)})
    return sorted(names, key=_order)


def texts(category: str, names: list[str]) -> dict[str, str]:
    """Return the text of each name; a folder stands a step to the right of the one shown that holds it."""
    if category != FOLDER:
        return {name: showable(name) for name in names}
    found, above = {}, list[str]()
    for name in names:
        while above and not name.startswith(above[-1] + "/"):
            above.pop()
        own = name[len(above[-1]) + 1 :] if above else (below(name) or name)
        found[name] = _INDENT * len(above) + showable(own)
        above.append(name)
    return found


def _order(name: str) -> tuple[str, str]:
    """Return a key by which what lies in a folder follows it, before the next one."""
    parted = name.replace("/", "\0")
    return parted.casefold(), parted
