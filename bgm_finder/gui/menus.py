"""Which commands stand in which menu."""

from PySide6.QtWidgets import QMenu

from bgm_finder.gui.actions import Actions
from bgm_finder.gui.text_helpers import translatable, translate

_BRIEF = """new_brief switch_brief | rename_brief duplicate_brief | open_brief save_brief
    | close_brief delete_brief"""
_LIBRARY = "add_folder folders rescan | import_tags export_tags statistics"
_FIND = """find_similar find_similar_section open_reference paste_reference search_back search_forward learn_from_marks
    apply_order | groups next_of_groups open_group | search_box filter_panel clear_filter | sort columns"""
_TRACK = """keep reject reject_unlike not_heard edit_note edit_tags repeat_tags
    | copy copy_section show_in_folder export | shortlist export_shortlist | undo redo"""
_PLAYING = """play restart stop go_to_playing
    | jump_back jump_forward highlight compare | mark_in mark_out clear_section loop auto_play
    | mute volume_up volume_down
    | zoom_in zoom_out zoom_all"""
_MENUS = (
    (translatable("Menu", "Brief"), _BRIEF),
    (translatable("Menu", "Library"), _LIBRARY),
    (translatable("Menu", "Find"), _FIND),
    (translatable("Menu", "Track"), _TRACK),
    (translatable("Menu", "Playback"), _PLAYING),
)
_LAST = "| settings keys diagnostics about | quit"
_ROW = """restart find_similar keep reject reject_unlike not_heard edit_note edit_tags repeat_tags
    | copy show_in_folder export"""
"""Names of commands, a bar where a line separates them."""


def fill_main_menu(menu: QMenu, commands: Actions) -> None:
    """Fill the window's menu; title_main_menu names what is in it."""
    for _, names in _MENUS:
        _fill(menu.addMenu(""), names, commands)
    _fill(menu, _LAST, commands)


def title_main_menu(menu: QMenu) -> None:
    """Name the menus within the window's menu, in the window's language."""
    for below, (title, _) in zip(menu.findChildren(QMenu), _MENUS, strict=True):
        below.setTitle(translate("Menu", title))


def fill_brief_menu(menu: QMenu, commands: Actions) -> None:
    """Fill the menu of the brief's box, below the briefs."""
    _fill(menu, f"| {_BRIEF}", commands)


def fill_row_menu(menu: QMenu, commands: Actions) -> None:
    """Fill the menu of the list's rows."""
    _fill(menu, _ROW, commands)


def _fill(menu: QMenu, names: str, commands: Actions) -> None:
    for name in names.split():
        if name == "|":
            menu.addSeparator()
        else:
            menu.addAction(commands[name])
