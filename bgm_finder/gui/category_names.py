"""Categories, conditions and reasons in words."""

from collections.abc import Iterable

from bgm_finder.catalogue.in_memory.file_facets import below
from bgm_finder.clock import clock
from bgm_finder.conditions import NOT_REJECTED, Condition, Filter, MarkFilter
from bgm_finder.gui.text_helpers import showable, translatable, translate
from bgm_finder.track import ARTIST, FOLDER, MARKS, Limit, Outside

_NAMES = {
    "use": translatable("Category", "Use"),
    "genre": translatable("Category", "Genre"),
    "mood": translatable("Category", "Mood"),
    "instrument": translatable("Category", "Main instrument"),
    "tempo": translatable("Category", "Tempo"),
    "format": translatable("Category", "File format"),
    ARTIST: translatable("Category", "Artist"),
    FOLDER: translatable("Category", "Folder"),
}
_LIMITS: dict[Limit, str] = {
    "length": translatable("Category", "Length"),
    "bpm": translatable("Category", "BPM"),
    "text": translatable("Category", "Search words"),
    "mark": translatable("Category", "Shortlist"),
    "heard": translatable("Category", "Heard"),
}
_MARKS: dict[MarkFilter, str] = {
    "keep": translatable("Category", "kept"),
    "reject": translatable("Category", "rejected"),
    "": translatable("Category", "undecided"),
    NOT_REJECTED: translatable("Category", "not rejected"),
}


def category_name(category: str) -> str:
    """Return a category's name in the window's language; a tag list's own categories keep theirs."""
    return translate("Category", _NAMES[category]) if category in _NAMES else category


def heading_name(category: str, others: Iterable[str]) -> str:
    """Return what stands above a category's tags; artist and folder say where they are from beside one of their name.

    A tag list may have brought a category that is called so.
    """
    name = category_name(category)
    taken = {category_name(other).casefold() for other in others if other != category}
    if category not in (ARTIST, FOLDER) or name.casefold() not in taken:
        return name
    return translate("Category", "{name} (from the files)").replace("{name}", name)


def value_text(category: str, name: str) -> str:
    """Return a tag, an artist or a folder as it is shown; a folder without the added one, which is above all."""
    return showable(below(name) or name if category == FOLDER else name)


def untagged_name(category: str) -> str:
    """Return what a track is called that has nothing in a category, for the row in the filter."""
    return translate("Category", "(no artist)") if category == ARTIST else translate("FacetTree", "(no tag)")


def limit_name(limit: Limit) -> str:
    """Return a condition's name in the window's language, of one that is about no category."""
    return translate("Category", _LIMITS[limit])


def mark_name(mark: MarkFilter) -> str:
    return translate("Category", _MARKS[mark])


def heard_name(is_heard: bool) -> str:
    return translate("Category", "heard") if is_heard else translate("Category", "not heard yet")


def condition_text(condition: Condition, wanted: Filter) -> str:
    """Return a condition in words, such as "Genre: rock" or "not Mood: sad"."""
    category = category_name(condition.category)
    if condition.kind == "ticked":
        return f"{category}: {value_text(condition.category, condition.name)}"
    if condition.kind == "excluded":
        return (
            translate("Category", "not {category}: {name}")
            .replace("{category}", category)
            .replace("{name}", value_text(condition.category, condition.name))
        )
    if condition.kind == "untagged":
        if condition.category == ARTIST:
            return translate("Category", "no artist")
        return translate("Category", "{category}: no tag").replace("{category}", category)
    if condition.kind == "heard":
        return heard_name(bool(wanted.heard))
    return f"{limit_name(condition.kind)}: {_value_text(condition.kind, wanted)}"


def outside_text(outside: Outside | None) -> str:
    """Return what kept a track out of the filter, such as "no Genre tag" or "Genre: rock"."""
    if outside is None:
        return ""
    if outside.limit is not None:
        return _outside_limit_text(outside.limit, outside.tag)
    category = category_name(outside.category)
    if outside.tag is not None:
        return f"{category}: {value_text(outside.category, outside.tag)}"
    if outside.lacked is not None:
        text = translate("Category", "without {category}: {name}").replace("{category}", category)
        return text.replace("{name}", value_text(outside.category, outside.lacked))
    if outside.category == ARTIST:
        return translate("Category", "no artist")
    return translate("Category", "no {category} tag").replace("{category}", category)


def _outside_limit_text(limit: Limit, value: str | None) -> str:
    if limit == "text":
        return translate("Category", "without the search words")
    if limit == "heard":
        return heard_name(value is not None)
    if limit == "mark":
        mark = next(mark for mark in MARKS if mark == (value or ""))
        return f"{limit_name(limit)}: {mark_name(mark)}"
    if value is None:
        return translate("Category", "{category} unknown").replace("{category}", limit_name(limit))
    return f"{limit_name(limit)}: {value}"


def _value_text(limit: Limit, wanted: Filter) -> str:
    if limit == "text":
        return wanted.text.strip()
    if limit == "mark":
        return mark_name(wanted.mark or "")
    if limit == "length":
        return _range_text(*(None if s is None else clock(s) for s in (wanted.min_length_s, wanted.max_length_s)))
    return _range_text(*(None if b is None else f"{b:g}" for b in (wanted.min_bpm, wanted.max_bpm)))


def _range_text(lowest: str | None, highest: str | None) -> str:
    return f"{lowest or ''} – {highest or ''}".strip()
