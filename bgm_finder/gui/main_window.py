"""Places the panels; the flows beside this file connect them to what is going on."""

import base64
import itertools
import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bgm_finder.gui import icons
from bgm_finder.gui.actions import Actions
from bgm_finder.gui.brief_box import BriefBox
from bgm_finder.gui.chips import FilterChips
from bgm_finder.gui.deck import Deck
from bgm_finder.gui.empty_states import EmptyState
from bgm_finder.gui.filter_panel import FilterPanel
from bgm_finder.gui.first_size import first_size, restore_on_screen
from bgm_finder.gui.focus_policy import FocusPolicy
from bgm_finder.gui.held_keys import HeldKeys
from bgm_finder.gui.menus import fill_main_menu, fill_row_menu, title_main_menu
from bgm_finder.gui.player_bar import PlayerBar
from bgm_finder.gui.reference_panel import ReferencePanel
from bgm_finder.gui.spectrogram_view import SpectrogramView
from bgm_finder.gui.status import StatusLine
from bgm_finder.gui.text_helpers import number
from bgm_finder.gui.track_table import TrackTable
from bgm_finder.gui.waveform import WaveformView
from bgm_finder.settings import Settings

_FIRST_SIZE = QSize(1280, 720)
_FILTER_WIDTH = 250
_LEAST_SIZE = QSize(640, 400)
"""Less than the smallest usual screen: 1366 × 768 at 150 % leaves 911 × 512 for the window, its frame and the bars."""


class MainWindow(QMainWindow):
    """The one window; emits what is dropped on it, and that it is about to close."""

    dropped = Signal(object)
    """The QMimeData of files from outside."""
    closing = Signal()
    layout_changed = Signal()
    """The window's size, place or state, a splitter or the headings of the list: what remember() puts down."""
    row_menu_opened = Signal(object)
    """The QMenu of the selected rows, before it is shown."""

    def __init__(self, settings: Settings, keys_file: Path) -> None:
        super().__init__()
        self._settings = settings
        self._kept = 0
        self._is_alt_alone = False
        self.commands = Actions(self, keys_file)
        self._build()
        self._retranslate()
        FocusPolicy(self, self.stack, self.focus_list, HeldKeys(self.commands, self))
        self.setAcceptDrops(True)
        self._restore()
        self._seen_columns = self.table.column_layout.state()
        self._seen_states: dict[str, str] = {}
        for changed in (self._sides.splitterMoved, self._deck.splitterMoved, self.table.column_layout.changed):
            changed.connect(lambda *_: self.layout_changed.emit())

    def show_page(self, page: QWidget) -> None:
        """Show the list, or what to do where there is none."""
        self.stack.setCurrentWidget(page)

    def show_kept(self, count: int) -> None:
        """Say beside the shortlist's button how many tracks are in it."""
        self._kept = count
        text = self.tr("Shortlist")
        self.commands["shortlist"].setIconText(f"{text} ({number(count)})" if count else text)

    def come_forward(self, token: str = "") -> None:
        """Show the window above the others, as far as the desktop lets it; token: the permission that a start got."""
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # where Qt looks for it on Wayland, once
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def is_seen(self) -> bool:
        """Return whether any of the window may be on the screen: it is neither minimised nor on another desktop."""
        handle = self.windowHandle()
        return handle is not None and handle.isExposed()

    def remember(self) -> None:
        """Put into the settings what was changed in the window's layout since it was shown, and nothing else.

        Another window that is open may have written its own.
        """
        changed = {name: state for name, state in self._states().items() if state != self._seen_states.get(name)}
        if self.table.column_layout.state() != self._seen_columns:
            self._seen_columns = self.table.column_layout.state()
            self._settings.window = {**self._settings.window, "columns": self._seen_columns}
        self._seen_states |= changed
        self._settings.window = {**self._settings.window, **changed}

    def focus_list(self) -> None:
        """Give the keys to the list, or to the page that stands in its place."""
        if self.stack.currentWidget() is self.table:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._page().focus_first()

    def is_in_list(self, widget: QWidget | None) -> bool:
        """Whether a widget is the list, or belongs to the page in its place."""
        return widget is not None and self.stack.isAncestorOf(widget)

    def open_menu(self) -> None:
        """Open the main menu on its first entry, as a key does."""
        self._menu.popup(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))
        down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(self._menu, down)  # setActiveAction would open what is below the entry as well

    def event(self, event: QEvent) -> bool:
        """Watch for Alt, pressed and released with no other key between."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self._is_alt_alone = event.key() == Qt.Key.Key_Alt and not event.isAutoRepeat()
        elif event.type() == QEvent.Type.WindowDeactivate:
            self._is_alt_alone = False
        return super().event(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt and self._is_alt_alone and not event.isAutoRepeat():
            self._is_alt_alone = False
            self.open_menu()
        super().keyReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go through the searches by the mouse's own buttons for back and forward."""
        command = {Qt.MouseButton.BackButton: "search_back", Qt.MouseButton.ForwardButton: "search_forward"}
        if event.button() in command:
            self.commands[command[event.button()]].trigger()
        super().mousePressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._seen_states:
            self._seen_states = self._states()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icons()
        if event.type() == QEvent.Type.WindowStateChange:
            self.layout_changed.emit()
        super().changeEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.layout_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.layout_changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _has_files(event.mimeData()) and event.source() is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if _has_files(event.mimeData()) and event.source() is None:
            event.acceptProposedAction()
            self.dropped.emit(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _build(self) -> None:
        self.setObjectName("mainWindow")
        self.setWindowTitle("BGM Finder")
        self.setMinimumSize(_LEAST_SIZE)
        self.table = TrackTable()
        self.spectrogram = SpectrogramView()
        self.waveform = WaveformView()
        self.player_bar = PlayerBar(self.commands)
        self.reference = ReferencePanel(self.commands)
        self.filter_panel = FilterPanel()
        self.chips = FilterChips()
        self.status = StatusLine()
        self.nothing_yet, self.nothing_left = EmptyState(), EmptyState()
        self.stack = QStackedWidget()
        for page in (self.table, self.nothing_yet, self.nothing_left):
            self.stack.addWidget(page)
        self._place()
        self._order_tabs()
        self.commands.let_act_in([self.table, self.waveform, self.spectrogram], self.deck)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_row_menu)

    def _place(self) -> None:
        pictures = QWidget()
        stacked = _column(pictures, self.waveform, self.spectrogram, self.player_bar)
        stacked.setStretchFactor(self.spectrogram, 1)
        upper = QWidget()
        listed = _column(upper, self.chips, self.reference, self.stack)
        listed.setStretchFactor(self.stack, 1)
        self._deck = Deck(self.commands)
        self._deck.addWidget(upper)
        self._deck.addWidget(pictures)
        self._deck.setSizes([360, 300])
        self._deck.setChildrenCollapsible(False)
        self._deck.setHandleWidth(1)
        self.deck: QWidget = self._deck
        self._sides = QSplitter(Qt.Orientation.Horizontal)
        self._sides.addWidget(self.filter_panel)
        self._sides.addWidget(self._deck)
        self._sides.setChildrenCollapsible(False)
        self._sides.setStretchFactor(1, 1)
        self._sides.setSizes([_FILTER_WIDTH, _FIRST_SIZE.width() - _FILTER_WIDTH])
        self._sides.setHandleWidth(1)
        self._sides.setObjectName("sides")
        whole = QWidget()
        column = _column(whole, self._build_top(), self._sides, self.status)
        column.setStretchFactor(self._sides, 1)
        self.setCentralWidget(whole)

    def _order_tabs(self) -> None:
        """Tab goes as the eye does: the top row, the filter, the reference, the list, the pictures, the player."""
        order = (
            self._menu_button, self.brief_box, self.search_box, self.find_button, self.file_button,
            self.shortlist_button, self.folder_button, *self.filter_panel.tab_order(), *self.reference.tab_order(),
            self.table, self.waveform, self.spectrogram, *self.player_bar.tab_order(), *self.status.tab_order(),
        )  # fmt: skip
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)
        self.chips.follow(self.filter_panel.tree)

    def _build_top(self) -> QWidget:
        top = QWidget()
        self._menu_button = QToolButton()
        self._menu_button.setObjectName("menuButton")
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        fill_main_menu(self._menu, self.commands)
        self._menu_button.setMenu(self._menu)
        headings = self.table.sort_header
        for command, open_it in (
            ("menu", self.open_menu), ("sort", headings.open_sort_menu), ("columns", headings.open_column_menu),
        ):  # fmt: skip
            self.commands[command].triggered.connect(lambda _checked=False, open_it=open_it: open_it())
        self.search_box = QLineEdit()
        self.search_box.setObjectName("searchBox")
        self.search_box.setClearButtonEnabled(True)
        self.search_box.setAcceptDrops(False)  # a file dropped here is a reference like anywhere
        self.count = QLabel()
        self.count.setObjectName("countLabel")
        self.count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.heard_count = QLabel()
        self.heard_count.setObjectName("heardLabel")
        self.heard_count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.find_button = self._button("find_similar", "findSimilarButton")
        self.file_button = self._button("open_reference", "openReferenceButton")
        self.shortlist_button = self._button("shortlist", "shortlistButton")
        self.folder_button = self._button("add_folder", "addFolderButton")
        row = QHBoxLayout(top)
        row.setContentsMargins(8, 6, 8, 6)
        self.brief_box = BriefBox(self.commands)
        row.addWidget(self._menu_button)
        row.addWidget(self.brief_box)
        row.addWidget(self.search_box, 1)
        for widget in (
            self.count, self.heard_count, self.find_button, self.file_button, self.shortlist_button, self.folder_button,
        ):  # fmt: skip
            row.addWidget(widget)
        return top

    def _button(self, command: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setDefaultAction(self.commands[command])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button

    def _open_row_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        fill_row_menu(menu, self.commands)
        self.row_menu_opened.emit(menu)
        menu.exec(self.table.viewport().mapToGlobal(place))
        menu.deleteLater()
        self.table.presses.leave_menu()

    def _page(self) -> EmptyState:
        page = self.stack.currentWidget()
        assert isinstance(page, EmptyState)
        return page

    def _paint_icons(self) -> None:
        self._menu_button.setIcon(icons.icon("menu", self.palette()))
        for command, icon in (
            ("find_similar", "similar"), ("open_reference", "file"), ("shortlist", "star"), ("add_folder", "folder"),
            ("loop", "loop"),
        ):  # fmt: skip
            self.commands[command].setIcon(icons.icon(icon, self.palette()))

    def _retranslate(self) -> None:
        self.commands.retranslate()
        self.brief_box.retranslate()
        self.chips.retranslate()
        self.table.column_layout.retranslate()
        self._menu_button.setAccessibleName(self.tr("Menu"))
        self._menu_button.setToolTip(self.tr("Menu"))
        self.search_box.setPlaceholderText(self.tr("Title, artist, comment, tag, file or folder name"))
        self.search_box.setAccessibleName(self.tr("Search words"))
        self.table.setAccessibleName(self.tr("Tracks"))
        self.waveform.setAccessibleName(self.tr("Waveform"))
        self.spectrogram.setAccessibleName(self.tr("Mel spectrogram"))
        for command, text in (
            ("find_similar", self.tr("Find similar")),
            ("open_reference", self.tr("Search by file…")),
            ("add_folder", self.tr("Add folder…")),
            ("auto_play", self.tr("Auto-play")),
        ):
            self.commands[command].setIconText(text)
        self.show_kept(self._kept)
        title_main_menu(self._menu)
        self._paint_icons()

    def _states(self) -> dict[str, str]:
        """Return the sizes and places as Qt gives them, in base64."""
        states = {"geometry": self.saveGeometry(), "sides": self._sides.saveState(), "deck": self._deck.saveState()}
        return {name: base64.b64encode(state.data()).decode("ascii") for name, state in states.items()}

    def _restore(self) -> None:
        kept = self._settings.window
        self.resize(first_size(self, _FIRST_SIZE))
        if "geometry" in kept:
            restore_on_screen(self, QByteArray.fromBase64(kept["geometry"].encode("ascii", "ignore")))
        for name, splitter in (("sides", self._sides), ("deck", self._deck)):
            if name in kept:
                _restore_sizes(splitter, QByteArray.fromBase64(kept[name].encode("ascii", "ignore")))
        self.table.column_layout.restore(kept.get("columns", ""))


def _column(widget: QWidget, *children: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for child in children:
        column.addWidget(child)
    return column


def _restore_sizes(splitter: QSplitter, state: QByteArray) -> None:
    """Restore how a splitter was left; its first sizes stay where it was left with a panel that could not be seen."""
    first = splitter.sizes()
    splitter.restoreState(state)
    splitter.setChildrenCollapsible(False)  # an older state brings back that they may
    if 0 in splitter.sizes():
        splitter.setSizes(first)


def _has_files(mime: QMimeData) -> bool:
    return any(url.isLocalFile() for url in mime.urls())
