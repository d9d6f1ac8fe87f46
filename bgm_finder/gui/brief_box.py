"""The brief's name at the top left of the window: a button with all briefs in its menu, and a field to rename it in."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QStackedWidget, QToolButton, QWidget

from bgm_finder.briefs.brief import Brief
from bgm_finder.gui.actions import Actions
from bgm_finder.gui.menus import fill_brief_menu
from bgm_finder.gui.text_helpers import set_tip, showable, translate

_WIDTH = 170
_MOST_LISTED = 12
_MOST_LETTERS = 200


class NameField(QLineEdit):
    """Takes a name: Enter, or another place in the window, takes it over; Esc leaves all as it was."""

    done = Signal(object)
    """The name, or None."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit(self.text())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Esc and Enter, which are commands of the window, for the field."""
        keys = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in keys:
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.done.emit(self.text())


class BriefBox(QStackedWidget):
    """Shows which brief is open; emits which other one is wanted, and what this one is to be called."""

    switch_requested = Signal(int)
    rename_requested = Signal(str)
    left = Signal()
    """The field was closed by a key: the list goes on."""

    def __init__(self, commands: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("briefBox")
        self._commands = commands
        self._brief = Brief(0, "")
        self._briefs: list[Brief] = []
        self._is_named = False
        """Whether a name is being typed."""
        self.button, self.field = QToolButton(), NameField()
        self._menu = QMenu(self)
        self._build()
        self.retranslate()

    def show_brief(self, brief: Brief) -> None:
        """Show the name of the open brief."""
        self._brief = brief
        self.retranslate()

    def show_all(self, briefs: list[Brief]) -> None:
        """Offer these briefs in the menu."""
        self._briefs = briefs

    def edit_name(self) -> None:
        """Let the name be typed, in the place where it stands."""
        self._is_named = True
        self.field.setText(self._brief.name)
        self.setCurrentWidget(self.field)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def retranslate(self) -> None:
        name = brief_name(self._brief)
        self.button.setText(self.button.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _WIDTH - 40))
        self.button.setAccessibleName(self.tr("Brief: {name}").replace("{name}", name))
        set_tip(self.button, name)
        self.field.setAccessibleName(self.tr("Name of the brief"))
        self.field.setPlaceholderText(brief_name(Brief(0, "")))

    def minimumSizeHint(self) -> QSize:
        return QSize(_WIDTH // 2, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, super().sizeHint().height())

    def _build(self) -> None:
        self.button.setObjectName("briefButton")
        self.button.setMenu(self._menu)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.field.setObjectName("briefName")
        self.field.setMaxLength(_MOST_LETTERS)
        self.addWidget(self.button)
        self.addWidget(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.button)
        self._menu.aboutToShow.connect(self._fill)
        self.field.done.connect(self._on_named)

    def _fill(self) -> None:
        self._menu.clear()
        for brief in [brief for brief in self._briefs if brief.is_open][:_MOST_LISTED]:
            action = QAction(brief_name(brief).replace("&", "&&"), self._menu)
            action.setCheckable(True)
            action.setChecked(brief.id == self._brief.id)
            action.triggered.connect(lambda _checked=False, brief_id=brief.id: self.switch_requested.emit(brief_id))
            self._menu.addAction(action)
        fill_brief_menu(self._menu, self._commands)

    def _on_named(self, name: str | None) -> None:
        if not self._is_named:
            return  # a key was first, and the focus leaves the field only now
        self._is_named, had_focus = False, self.field.hasFocus()
        self.setCurrentWidget(self.button)
        if name is not None:
            self.rename_requested.emit(" ".join(name.split()))
        if had_focus:
            self.left.emit()


def brief_name(brief: Brief) -> str:
    """Return what a brief is called in the window."""
    return showable(brief.name) or translate("BriefBox", "Untitled")
