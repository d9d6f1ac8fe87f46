"""What the user said that the columns of tag lists are, by header: the next list with the same one is taken alike."""

import json
from collections.abc import Sequence

from bgm_finder.catalogue.text_folding import fold

STATE_KEY = "columns of tag lists"
"""Under which the catalogue keeps the text."""
_MOST = 50
"""Headers that are remembered."""


def remembered_roles(text: str | None, header: Sequence[str]) -> list[str] | None:
    """Return what the columns under a header were said to be, or None where nothing was said."""
    roles = _read(text).get(_key(header))
    return roles if roles is not None and len(roles) == len(header) else None


def with_roles(text: str | None, header: Sequence[str], roles: Sequence[str]) -> str:
    """Return the text that remembers a header as well; the oldest is forgotten where there are too many."""
    kept = _read(text)
    kept.pop(_key(header), None)
    kept[_key(header)] = list(roles)
    return json.dumps(dict(list(kept.items())[-_MOST:]), ensure_ascii=False)


def _key(header: Sequence[str]) -> str:
    return "\t".join(map(fold, header))


def _read(text: str | None) -> dict[str, list[str]]:
    try:
        kept = json.loads(text or "{}")
    except ValueError:  # a disk has changed it
        return {}
    if not isinstance(kept, dict):
        return {}
    return {key: [*map(str, roles)] for key, roles in kept.items() if isinstance(roles, list)}
