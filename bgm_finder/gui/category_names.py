"""Categories, conditions and reasons in words."""

from bgm_finder.catalogue.in_memory.conditions import NOT_REJECTED, Condition, Filter
from bgm_finder.clock import clock
from bgm_finder.gui.words import translatable, translate
from bgm_finder.track import Outside

_NAMES = {
    "use": translatable("Category", "Use"),
    "genre": translatable("Category", "Genre"),
    "mood": translatable("Category", "Mood"),
    "instrument": translatable("Category", "Main instrument"),
    "tempo": translatable("Category", "Tempo"),
    "format": translatable("Category", "File format"),
    "length": translatable("Category", "Length"),
    "bpm": translatable("Category", "BPM"),
    "text": translatable("Category", "Search words"),
    "mark": translatable("Category", "Shortlist"),
}
_MARKS = {
    "keep": translatable("Category", "kept"),
    "reject": translatable("Category", "rejected"),
    "": translatable("Category", "undecided"),
    NOT_REJECTED: translatable("Category", "not rejected"),
}


def category_name(category: str) -> str:
    """Return a category's name in the window's language; a tag list's own categories keep theirs."""
    return translate("Category", _NAMES[category]) if category in _NAMES else category


def mark_name(mark: str) -> str:
    return translate("Category", _MARKS[mark])


def condition_text(condition: Condition, wanted: Filter) -> str:
    """Return a condition in words, such as "Genre: rock" or "not Mood: sad"."""
    category = category_name(condition.category or condition.kind)
    if condition.kind == "ticked":
        return f"{category}: {condition.name}"
    if condition.kind == "excluded":
        return (
            translate("Category", "not {category}: {name}")
            .replace("{category}", category)
            .replace("{name}", condition.name)
        )
    if condition.kind == "untagged":
        return translate("Category", "{category}: no tag").replace("{category}", category)
    return f"{category}: {_value_text(condition.kind, wanted)}"


def outside_text(outside: Outside | None) -> str:
    """Return what kept a track out of the filter, such as "no Genre tag" or "Genre: rock"."""
    if outside is None:
        return ""
    category = category_name(outside.category)
    if outside.tag is not None:
        tag = mark_name(outside.tag) if outside.category == "mark" else outside.tag
        return f"{category}: {tag}"
    if outside.category in ("length", "bpm"):
        return translate("Category", "{category} unknown").replace("{category}", category)
    if outside.category == "text":
        return translate("Category", "without the search words")
    if outside.category == "mark":
        return f"{category}: {mark_name('')}"
    return translate("Category", "no {category} tag").replace("{category}", category)


def _value_text(kind: str, wanted: Filter) -> str:
    if kind == "text":
        return wanted.text.strip()
    if kind == "mark":
        return mark_name(wanted.mark or "")
    if kind == "length":
        return _range_text(*(None if s is None else clock(s) for s in (wanted.min_length_s, wanted.max_length_s)))
    return _range_text(*(None if b is None else f"{b:g}" for b in (wanted.min_bpm, wanted.max_bpm)))


def _range_text(lowest: str | None, highest: str | None) -> str:
    return f"{lowest or ''} – {highest or ''}".strip()
