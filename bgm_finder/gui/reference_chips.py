"""What a search goes by, as a row of chips: each with its weight, each to be taken away."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from bgm_finder.controllers.search import Beside, Search
from bgm_finder.gui.chips import FlowLayout
from bgm_finder.gui.text_helpers import number, showable

WEIGHTS = {"¼": 0.25, "½": 0.5, "1": 1.0, "2": 2.0}
_LONGEST = 30
_SHAPE = (
    "QToolButton {{ background: palette(button); border: 1px solid {colour}; border-radius: 9px; padding: 1px 8px; }}"
    "QToolButton::menu-indicator {{ image: none; }}"
)
_LIKE, _UNLIKE, _LEARNED = "transparent", "#c0504d", "palette(highlight)"


class ReferenceChips(QWidget):
    """Show the references where there is more than one, what the order is pushed away from, and the marks."""

    search_requested = Signal(object)
    """The Search that takes the place of the one that is shown."""
    left_out_requested = Signal(object)
    """The ids of tracks that nothing is to be learned from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("referenceChips")
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._search: Search | None = None
        self._chips: list[QToolButton] = []
        self.hide()

    @property
    def chips(self) -> list[QToolButton]:
        """The chips, as Tab goes through them."""
        return list(self._chips)

    def show_search(self, search: Search) -> None:
        """Make the chips anew where the search is another."""
        if search != self._search:
            self._search = search
            self._fill(search)

    def retranslate(self) -> None:
        if self._search is not None:
            self._fill(self._search)

    def _fill(self, search: Search) -> None:
        before = self._chips
        while self._flow.takeAt(0) is not None:
            pass
        self._chips = [*self._like(search), *self._unlike(search), *self._learned(search)]
        for chip in self._chips:
            self._flow.addWidget(chip)
            chip.show()
        for old in before:
            old.hide()
            old.deleteLater()
        self.setVisible(bool(self._chips))
        self.updateGeometry()

    def _like(self, search: Search) -> list[QToolButton]:
        if len(search.references) + len(search.beside) < 2:
            return []  # the panel names it already, and a weight would count beside nothing
        weights = search.weights or (1.0,) * len(search.references)
        chips = []
        for place, (title, weight) in enumerate(zip(search.titles, weights, strict=True)):
            chip = self._chip(showable(title), weight, _LIKE)
            self._offer_weights(chip, weight, partial(_weighing, search, place))
            if len(search.references) > 1:
                self._offer(chip, self.tr("Remove"), partial(_without, search, place))
            chips.append(chip)
        return chips

    def _unlike(self, search: Search) -> list[QToolButton]:
        chips = []
        for one in search.beside:
            if not one.is_learned:
                chip = self._chip(
                    self.tr("not like: {title}").replace("{title}", _short(one.title)), one.weight, _UNLIKE
                )
                self._offer_weights(chip, one.weight, partial(_reweighed, search, one))
                self._offer(chip, self.tr("Remove"), partial(_exchanged, search, one, None))
                chips.append(chip)
        return chips

    def _learned(self, search: Search) -> list[QToolButton]:
        """Return a chip for what was kept and one for what was rejected, each with a menu of its tracks."""
        chips = []
        for is_like, text in (
            (True, self.tr("from marks: {count} kept")),
            (False, self.tr("from marks: {count} rejected")),
        ):
            learned = [one for one in search.beside if one.is_learned and one.is_like == is_like]
            if learned:
                chip = self._chip(text.replace("{count}", number(len(learned))), 1.0, _LEARNED)
                self._offer_removal(chip, self.tr("Remove all"), learned)
                chip.menu().addSeparator()
                for one in learned:
                    self._offer_removal(chip, self.tr("Remove {title}").replace("{title}", showable(one.title)), [one])
                chips.append(chip)
        return chips

    def _chip(self, text: str, weight: float, colour: str) -> QToolButton:
        chip = QToolButton(self)
        sign = next((sign for sign, known in WEIGHTS.items() if known == weight), f"{weight:g}")
        shown = _short(text) if weight == 1.0 else f"{_short(text)}  ×{sign}"
        chip.setText(shown.replace("&", "&&") + "  ▾")
        chip.setAccessibleName(shown)
        chip.setToolTip(self.tr("Change the weight, or remove it"))
        chip.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.setStyleSheet(_SHAPE.format(colour=colour))
        chip.setMenu(QMenu(chip))
        return chip

    def _offer_weights(self, chip: QToolButton, now: float, changed: Callable[[float], Search]) -> None:
        for sign, weight in WEIGHTS.items():
            action = chip.menu().addAction(self.tr("Weight {weight}").replace("{weight}", sign))
            action.setCheckable(True)
            action.setChecked(weight == now)
            action.triggered.connect(lambda _=False, weight=weight: self.search_requested.emit(changed(weight)))

    def _offer(self, chip: QToolButton, text: str, changed: Callable[[], Search]) -> None:
        chip.menu().addAction(text).triggered.connect(lambda _=False: self.search_requested.emit(changed()))

    def _offer_removal(self, chip: QToolButton, text: str, learned: list[Beside]) -> None:
        ids = [one.reference.track_id for one in learned]
        action = chip.menu().addAction(text.replace("&", "&&"))
        action.triggered.connect(lambda _=False: self.left_out_requested.emit(ids))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _weighing(search: Search, place: int, weight: float) -> Search:
    weights = list(search.weights or (1.0,) * len(search.references))
    weights[place] = weight
    return replace(search, weights=tuple(weights))


def _without(search: Search, place: int) -> Search:
    left = [number for number in range(len(search.references)) if number != place]
    return replace(
        search,
        references=tuple(search.references[number] for number in left),
        titles=tuple(search.titles[number] for number in left),
        weights=tuple(search.weights[number] for number in left) if search.weights else (),
    )


def _exchanged(search: Search, old: Beside, new: Beside | None) -> Search:
    beside = [new if one == old else one for one in search.beside]
    return replace(search, beside=tuple(one for one in beside if one is not None))


def _reweighed(search: Search, one: Beside, weight: float) -> Search:
    return _exchanged(search, one, replace(one, weight=weight))
