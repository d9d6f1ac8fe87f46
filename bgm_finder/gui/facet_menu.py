"""The menu of a tag or a category in the filter."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtWidgets import QMenu

from bgm_finder.conditions import Filter
from bgm_finder.gui.filter_changes import Change, exclude, turn, turn_all
from bgm_finder.gui.text_helpers import translatable, translate
from bgm_finder.track import ARTIST, CATEGORIES, FOLDER, FORMAT, Tag

Kind = Literal["rename", "merge", "remove"]

_NO_CHANGE = {
    FORMAT: translatable("FacetMenu", "The file format is read from the files; it cannot be changed here."),
    ARTIST: translatable("FacetMenu", "The artist is read from the files; it cannot be changed here."),
    FOLDER: translatable("FacetMenu", "The folder is where the files are; it cannot be changed here."),
}
_BUILT_IN = translatable("FacetMenu", "This is a built-in category. It cannot be renamed or merged.")
_READ_ONLY = translatable("FacetMenu", "The library is being edited in another window.")
_NO_TAG = translatable("FacetMenu", "This is not a tag: it stands for tracks without a tag in this category.")
_TAG_TEXTS: dict[Kind, str] = {
    "rename": translatable("FacetMenu", "Rename…"),
    "merge": translatable("FacetMenu", "Merge with…"),
    "remove": translatable("FacetMenu", "Remove from all tracks…"),
}
_CATEGORY_TEXTS: dict[Kind, str] = {
    "rename": translatable("FacetMenu", "Rename…"),
    "merge": translatable("FacetMenu", "Merge into another category…"),
    "remove": translatable("FacetMenu", "Remove…"),
}


@dataclass(frozen=True, slots=True)
class TagRequest:
    """What is to be done with a tag, or with an empty name a category."""

    kind: Kind
    tag: Tag


def fill_facet_menu(
    menu: QMenu,
    tag: Tag,
    wanted: Filter,
    may_edit: bool,
    change: Callable[[Change], None],
    request: Callable[[TagRequest], None],
) -> None:
    """Fill the menu of a tag, or with an empty name of a category.

    may_edit: whether this window may change the library. change, request: called with what the user chooses.
    """
    menu.setToolTipsVisible(True)
    if tag.name:
        text, chosen = translate("FacetMenu", "Exclude"), exclude(tag.category, tag.name)
        is_on = tag.name in wanted.excluded.get(tag.category, ())
    else:
        text, chosen = translate("FacetMenu", "Match all ticked tags, not any"), turn_all(tag.category)
        is_on = tag.category in wanted.match_all
    first = menu.addAction(text)
    first.setCheckable(True)
    first.setChecked(is_on)
    first.triggered.connect(lambda: change(chosen))
    menu.addSeparator()
    for kind, words in (_TAG_TEXTS if tag.name else _CATEGORY_TEXTS).items():
        action = menu.addAction(translate("FacetMenu", words))
        action.setObjectName(f"{kind}Tag" if tag.name else f"{kind}Category")
        action.triggered.connect(lambda _checked=False, kind=kind: request(TagRequest(kind, tag)))
        obstacle = obstacle_to(TagRequest(kind, tag), may_edit)
        action.setEnabled(not obstacle)
        action.setToolTip(obstacle)


def fill_untagged_menu(menu: QMenu, category: str, wanted: Filter, change: Callable[[Change], None]) -> None:
    """Fill the menu of a category's "no tag here", which can be chosen, and is no tag that could be changed."""
    menu.setToolTipsVisible(True)
    text = translate("FacetMenu", "Only tracks without a tag in this category")
    only = menu.addAction(translate("FacetMenu", "Only tracks without an artist") if category == ARTIST else text)
    only.setObjectName("tickUntagged")
    only.setCheckable(True)
    only.setChecked(category in wanted.untagged)
    only.triggered.connect(lambda: change(turn(category, None)))
    menu.addSeparator()
    for words in (translatable("FacetMenu", "Exclude"), *_TAG_TEXTS.values()):
        action = menu.addAction(translate("FacetMenu", words))
        action.setEnabled(False)
        action.setToolTip(translate("FacetMenu", _NO_TAG))


def obstacle_to(request: TagRequest, may_edit: bool) -> str:
    """Return why something cannot be done, in the window's language; nothing where it can."""
    if request.tag.category in _NO_CHANGE:
        return translate("FacetMenu", _NO_CHANGE[request.tag.category])
    if not request.tag.name and request.kind != "remove" and request.tag.category in CATEGORIES:
        return translate("FacetMenu", _BUILT_IN)
    return "" if may_edit else translate("FacetMenu", _READ_ONLY)
