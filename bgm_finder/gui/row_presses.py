"""What the list goes back to after a click, a drag and a right click."""

from bgm_finder.gui.row_selection import Chosen, RowSelection


class RowPresses:
    """What was chosen before a mouse button went down, as a press may begin a drag or open a menu."""

    def __init__(self, selection: RowSelection) -> None:
        self._selection = selection
        self._pressed: Chosen | None = None
        self._before_menu: Chosen | None = None
        self._menu_id: int | None = None
        """The track that a right click has made current."""

    @property
    def is_pressed(self) -> bool:
        """Whether the left button is down on a track."""
        return self._pressed is not None

    def press(self) -> None:
        """Note what is chosen before the left button selects."""
        self._pressed = self._selection.chosen()

    def release(self) -> Chosen | None:
        """Return what was chosen before the press; None where it was on no track, or has become a drag."""
        before, self._pressed = self._pressed, None
        return before

    def open_menu(self, before: Chosen) -> None:
        """Note that a right click has made its row current."""
        self._before_menu, self._menu_id = before, self._selection.current_id()

    def leave_menu(self) -> None:
        """Choose again what was chosen before a right click, unless its menu has made another row current."""
        before, self._before_menu = self._before_menu, None
        if before is not None and self._selection.current_id() == self._menu_id:
            self._selection.restore(before)

    def stay_here(self) -> None:
        """Leave the row of the right click current: it is what is heard now."""
        self._before_menu = None
