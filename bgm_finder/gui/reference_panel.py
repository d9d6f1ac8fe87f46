"""What the ranking is asked by, pinned above the list: its name, picture and player, and the way through searches."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from bgm_finder.clock import clock
from bgm_finder.controllers.search import Search
from bgm_finder.gui.actions import Actions
from bgm_finder.gui.elided_label import ElidedLabel
from bgm_finder.gui.icons import DrawnIcons
from bgm_finder.gui.picture_strip import PictureStrip
from bgm_finder.gui.ranking_words import remarks
from bgm_finder.gui.reference_chips import ReferenceChips
from bgm_finder.gui.text_helpers import number
from bgm_finder.track import GROUPINGS, AtMost, ListScope
from bgm_finder.workflows.find_similar import Ranking
from bgm_finder.workflows.picture import Drawing

SCOPES = tuple(ListScope)
AT_MOST = (None, *(AtMost(count, per) for per in GROUPINGS for count in (1, 2, 3, 5)))
"""How many tracks of one artist or folder may be listed, as the box offers it."""
_LEAST_STRIP_PX = 100
_LEAST_SCOPE_PX = 70
_LEAST_TEXT_PX = 50
_POPUP_MARGIN_PX = 12
_GAP_PX = 6


class ScopeBox(QComboBox):
    """A choice that reports when its list has closed: the keys then go to the ranking, where the arrows walk again."""

    closed = Signal()

    def minimumSizeHint(self) -> QSize:
        """Return way on a small screen; the list that opens shows every choice whole."""
        return QSize(_LEAST_SCOPE_PX, super().minimumSizeHint().height())

    def showPopup(self) -> None:
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 2 * _POPUP_MARGIN_PX)
        super().showPopup()

    def hidePopup(self) -> None:
        super().hidePopup()
        self.closed.emit()


class ReferencePanel(QWidget):
    """Show a Search; request to hear it, to close it, and which of the two lists to show."""

    play_requested = Signal(object)
    """Position in seconds, or None to play and pause."""
    close_requested = Signal()
    scope_requested = Signal(str)
    scope_closed = Signal()
    at_most_requested = Signal(object)
    """An AtMost, or None for any number."""
    menu_requested = Signal(object)
    """The QPoint on the screen where a menu was asked for."""
    left_out_requested = Signal()
    """Which tracks could not take part is asked."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = DrawnIcons()
        self.setObjectName("referencePanel")
        self._is_playing = False
        self._actions = actions
        self._changes = 0
        self._build(actions)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda place: self.menu_requested.emit(self.mapToGlobal(place)))
        self._retranslate()
        self.hide()

    def show_busy(self) -> None:
        self._state.show_text(self.tr("searching…"))

    def show_search(self, search: Search) -> None:
        title = self.tr(" + ").join(search.titles)
        section = search.references[0].section
        if section is not None:
            title += f"  [{clock(section.start_s)} – {clock(section.end_s)}]"
        self._name.show_text(title, "\n".join(str(reference.path) for reference in search.references))
        self.chips.show_search(search)
        self.show()

    def show_result(self, ranking: Ranking, newest: Ranking | None = None) -> None:
        """Say how many tracks are shown, and how close; and of a newer ranking, what could not take part."""
        newest = newest or ranking
        self._state.show_text(" · ".join([self._count(ranking), *remarks(ranking, newest)]))
        self._which.setVisible(newest.left_out_unreadable + newest.left_out_missing > 0)
        self.scope.setVisible(ranking.is_filtered)

    def _count(self, ranking: Ranking) -> str:
        if not ranking.is_filtered:
            return self.tr("%Ln track(s)", "", len(ranking.inside))
        text = self.tr("{inside} inside the filter, {outside} outside")
        text = text.replace("{inside}", number(len(ranking.inside)))
        return text.replace("{outside}", number(len(ranking.outside)))

    def show_pending(self, changes: int) -> None:
        """Offer a better order that moves so many tracks; take the offer back where there is none."""
        self._changes = changes
        text = self.tr("Better order: {count} changed ({key})").replace("{count}", number(changes))
        self._better.setText(text.replace("{key}", self._actions.key_text("apply_order")))
        self._better.setVisible(changes > 0)

    def set_drawing(self, drawing: Drawing) -> None:
        self.strip.set_picture(drawing.picture, drawing.duration_s)

    def set_position(self, position_s: float | None, is_playing: bool) -> None:
        self.strip.set_position(position_s)
        if is_playing != self._is_playing:
            self._is_playing = is_playing
            role = QPalette.ColorRole.Accent if is_playing else QPalette.ColorRole.WindowText
            self._name.setForegroundRole(role)  # A or B is heard with the eyes elsewhere, and seen at a glance
            self._paint_icons()

    def set_scope(self, scope: ListScope) -> None:
        self.scope.setCurrentIndex(SCOPES.index(scope))

    def set_at_most(self, at_most: AtMost | None) -> None:
        self._few.setCurrentIndex(AT_MOST.index(at_most) if at_most in AT_MOST else 0)

    def tab_order(self) -> list[QWidget]:
        return [
            self._back, self._forward, self._play, self.scope, self._few, self._close, self._which, self._better
        ]  # fmt: skip

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icons()
        super().changeEvent(event)

    def _build(self, actions: Actions) -> None:
        self._back, self._forward = QToolButton(), QToolButton()
        self._back.setDefaultAction(actions["search_back"])
        self._forward.setDefaultAction(actions["search_forward"])
        for button in (self._back, self._forward):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._label = QLabel()
        self._label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._name = ElidedLabel("referenceName", least_width=_LEAST_TEXT_PX)
        self._play = QToolButton()
        self._play.setObjectName("referencePlayButton")
        self._play.clicked.connect(lambda: self.play_requested.emit(None))
        self.strip = PictureStrip(self)
        self.strip.setFixedHeight(40)
        self.strip.setMinimumWidth(_LEAST_STRIP_PX)
        self.strip.position_requested.connect(lambda position_s: self.play_requested.emit(position_s))
        self._state = ElidedLabel("rankingState", least_width=_LEAST_TEXT_PX)
        self._state.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._which = QToolButton()
        self._which.setObjectName("leftOutButton")
        self._which.setVisible(False)
        self._which.clicked.connect(self.left_out_requested)
        self._better = QToolButton()
        self._better.setObjectName("betterOrderButton")
        self._better.setVisible(False)
        self._better.clicked.connect(actions["apply_order"].trigger)
        self.scope = ScopeBox()
        self.scope.setObjectName("scopeSelector")
        self.scope.closed.connect(self.scope_closed)
        self.scope.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.scope.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # another language is longer
        self.scope.activated.connect(lambda index: self.scope_requested.emit(SCOPES[index]))
        self._few = ScopeBox()
        self._few.setObjectName("atMostSelector")
        self._few.closed.connect(self.scope_closed)
        self._few.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._few.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._few.activated.connect(lambda index: self.at_most_requested.emit(AT_MOST[index]))
        self._close = QToolButton()
        self._close.setObjectName("closeReferenceButton")
        self._close.clicked.connect(self.close_requested)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(8, 4, 8, 2)
        rows.setSpacing(0)
        rows.addLayout(self._first_row())
        rows.addLayout(self._second_row())
        self.chips = ReferenceChips()
        rows.addWidget(self.chips)

    def _first_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(_GAP_PX)
        for widget in (self._back, self._forward, self._label):
            row.addWidget(widget)
        row.addWidget(self._name, 2)
        row.addWidget(self._play)
        row.addWidget(self.strip, 3)
        for right in (self.scope, self._few, self._close):
            row.addWidget(right)
        return row

    def _second_row(self) -> QHBoxLayout:
        """Return the row of what was found: as high without its buttons, so that the list below stays where it is."""
        row = QHBoxLayout()
        row.setSpacing(_GAP_PX)
        row.addWidget(self._state, 1)
        for button in (self._which, self._better):
            row.addWidget(button)
        row.addStrut(self._better.sizeHint().height())
        return row

    def _paint_icons(self) -> None:
        self._play.setIcon(self._icons.icon("pause" if self._is_playing else "play", self.palette()))
        self._close.setIcon(self._icons.icon("close", self.palette()))
        self._back.defaultAction().setIcon(self._icons.icon("back", self.palette()))
        self._forward.defaultAction().setIcon(self._icons.icon("forward", self.palette()))

    def _retranslate(self) -> None:
        self.chips.retranslate()
        self._label.setText(self.tr("Similar to"))
        self._play.setToolTip(self.tr("Play the reference (B switches between it and the track)"))
        self._play.setAccessibleName(self.tr("Play the reference"))
        self._close.setToolTip(self.tr("Back to the list (Esc)"))
        self._close.setAccessibleName(self.tr("Close the search"))
        self._better.setToolTip(self.tr("What was analysed since changes the order; it stays until you ask for it"))
        self.show_pending(self._changes)
        self._which.setText(self.tr("Show list"))
        self._which.setToolTip(self.tr("List the tracks that cannot be compared, and why"))
        self._which.setAccessibleName(self.tr("List the tracks that cannot be compared, and why"))
        self.scope.setAccessibleName(self.tr("Shown results"))
        self.scope.setToolTip(self.tr("Choose which results to show"))
        chosen = max(0, self.scope.currentIndex())
        self.scope.clear()
        self.scope.addItems(
            [
                self.tr("Inside, then outside the filter"),
                self.tr("Inside the filter only"),
                self.tr("Outside the filter only"),
                self.tr("All in one ranking"),
            ]
        )
        self.scope.setCurrentIndex(chosen)
        self._retranslate_few()
        self._paint_icons()

    def _retranslate_few(self) -> None:
        self._few.setAccessibleName(self.tr("Tracks of one artist or folder"))
        self._few.setToolTip(self.tr("Choose how many tracks of one artist or folder are listed"))
        chosen = max(0, self._few.currentIndex())
        texts = {
            "artist": self.tr("At most {count} per artist"),
            "folder": self.tr("At most {count} per folder"),
        }
        self._few.clear()
        self._few.addItem(self.tr("Any number per artist"))
        for at_most in AT_MOST[1:]:
            assert at_most is not None
            self._few.addItem(texts[at_most.per].replace("{count}", number(at_most.count)))
        self._few.setCurrentIndex(chosen)
