"""The dark and the light look: one palette each, and the few rules that a palette cannot say."""

from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from bgm_finder import paths

_JAPANESE_FAMILIES = ("Hiragino Sans", "Yu Gothic UI", "Meiryo UI", "Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic")
"""One family for Latin and Japanese letters alike; two, mixed in one line, differ in weight and height."""

_ROLES = QPalette.ColorRole

_DARK = {
    _ROLES.Window: "#1d1f23",
    _ROLES.WindowText: "#d8dade",
    _ROLES.Base: "#17191c",
    _ROLES.AlternateBase: "#1b1d21",
    _ROLES.Text: "#dfe1e5",
    _ROLES.Button: "#2a2d33",
    _ROLES.ButtonText: "#dfe1e5",
    _ROLES.Highlight: "#2f5d7c",
    _ROLES.HighlightedText: "#ffffff",
    _ROLES.ToolTipBase: "#2a2d33",
    _ROLES.ToolTipText: "#dfe1e5",
    _ROLES.PlaceholderText: "#8d929b",
    _ROLES.Link: "#7cc0ea",
    _ROLES.Mid: "#3a3e46",
    _ROLES.Accent: "#58b4e8",
    _ROLES.BrightText: "#ff9e8a",
}
_LIGHT = {
    _ROLES.Window: "#eef0f2",
    _ROLES.WindowText: "#22252a",
    _ROLES.Base: "#ffffff",
    _ROLES.AlternateBase: "#f6f7f9",
    _ROLES.Text: "#1f2226",
    _ROLES.Button: "#e2e5e9",
    _ROLES.ButtonText: "#1f2226",
    _ROLES.Highlight: "#2f76a8",
    _ROLES.HighlightedText: "#ffffff",
    _ROLES.ToolTipBase: "#ffffff",
    _ROLES.ToolTipText: "#1f2226",
    _ROLES.PlaceholderText: "#6a7078",
    _ROLES.Link: "#1668a0",
    _ROLES.Mid: "#c3c8cf",
    _ROLES.Accent: "#1a73ad",
    _ROLES.BrightText: "#b3261e",
}

_RULES = """
QToolTip { border: 1px solid palette(mid); padding: 3px; }
QTableView { gridline-color: transparent; selection-background-color: palette(highlight); }
QTableView, QTreeView, QListView, QPlainTextEdit { border: 1px solid palette(base); }
QTableView:focus, QTreeView:focus, QListView:focus, QPlainTextEdit:focus { border-color: palette(accent); }
QHeaderView::section { background: palette(window); border: none; border-bottom: 1px solid palette(mid);
  padding: 3px; }
QSplitter::handle { background: palette(mid); }
QScrollArea { border: none; }
QToolButton { padding: 3px 7px; border: 1px solid transparent; border-radius: 4px; }
QToolButton:hover { background: palette(button); }
QToolButton:checked { background: palette(highlight); color: palette(highlighted-text); }
QToolButton:focus, QPushButton:focus, QLineEdit:focus, QCheckBox:focus, QSpinBox:focus,
QDoubleSpinBox:focus { border: 1px solid palette(accent); border-radius: 4px; }
QToolButton:checked:focus { border: 1px solid palette(text); }
QSlider:focus { border: 1px solid palette(accent); border-radius: 4px; }
QTreeView::indicator, QListView::indicator, QCheckBox::indicator { width: 11px; height: 11px;
  border: 1px solid palette(placeholder-text); border-radius: 2px; background: palette(base); }
QTreeView::indicator:checked, QListView::indicator:checked, QCheckBox::indicator:checked { background: palette(accent);
  border-color: palette(accent); }
QTreeView::indicator:selected, QListView::indicator:selected { border-color: palette(highlighted-text);
  background: palette(highlight); }
QTreeView::indicator:checked:selected, QListView::indicator:checked:selected {
  background: palette(highlighted-text); }
QTreeView::indicator:indeterminate { background: palette(bright-text); border-color: palette(bright-text); }
QListView::indicator:indeterminate { background: palette(mid); border-color: palette(accent); }
QPushButton { padding: 4px 12px; border: 1px solid palette(mid); border-radius: 4px; background: palette(button); }
QPushButton:hover { border-color: palette(accent); }
QPushButton:disabled { color: palette(placeholder-text); }
QPushButton:default { border-color: palette(accent); }
QTreeView::item { padding: 1px 0; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QLineEdit { padding: 4px 6px; border: 1px solid palette(mid); border-radius: 4px; background: palette(base); }
QComboBox { padding: 3px 6px; border: 1px solid palette(mid); border-radius: 4px; background: palette(button); }
QComboBox:editable { background: palette(base); }
QComboBox:hover { border-color: palette(placeholder-text); }
QComboBox:focus { border-color: palette(accent); }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url("DOWN"); width: 10px; height: 10px; }
QComboBox QLineEdit { padding: 0; border: none; background: transparent; }
"""


def apply_font(application: QApplication, locale: QLocale) -> None:
    """Give Japanese a family of its own where the system has one, and other languages the system's.

    Tags and titles are Japanese in an English window too: left to itself, Qt may draw them in Chinese shapes.
    """
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    known = set(QFontDatabase.families())
    found = [family for family in _JAPANESE_FAMILIES if family in known][:1]
    # by its real name: "Sans Serif" stands for whatever has the letters, which would be the other one for all of them
    own = [QFontInfo(QFont(family)).family() for family in font.families()]
    is_japanese = locale.language() == QLocale.Language.Japanese
    font.setFamilies([*found, *own] if is_japanese else [*own, *found])
    application.setFont(font)


def apply_theme(application: QApplication, name: str) -> None:
    """Give the whole application the dark or the light look."""
    application.setStyle("Fusion")
    palette = QPalette()
    for role, colour in (_LIGHT if name == "light" else _DARK).items():
        palette.setColor(role, QColor(colour))
    for role in (_ROLES.Text, _ROLES.WindowText, _ROLES.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, palette.color(_ROLES.PlaceholderText))
    application.setPalette(palette)
    application.setStyleSheet(_RULES.replace("DOWN", paths.resource("icons/down.png").as_posix()))
