"""The flow of a second window on one library: it shows, plays and searches, and takes over when the first closes."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from bgm_finder.catalogue.safekeeping.ownership import Ownership
from bgm_finder.controllers.library import Library
from bgm_finder.gui.main_window import MainWindow

_CHANGING = (
    "keep",
    "reject",
    "reject_unlike",
    "edit_tags",
    "repeat_tags",
    "undo",
    "redo",
    "import_tags",
    "add_folder",
    "folders",
)
_BRIEFS = ("new_brief", "rename_brief", "duplicate_brief", "close_brief", "delete_brief", "open_brief")
_ASK_AGAIN_MS = 2_000


class Sharing(QObject):
    """A block on what changes the catalogue, for as long as another window has that right."""

    def __init__(
        self, window: MainWindow, library: Library, ownership: Ownership, on_taken_over: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window, self._library, self._ownership = window, library, ownership
        self._on_taken_over = on_taken_over
        self._ask_again = QTimer(self, interval=_ASK_AGAIN_MS)
        self._ask_again.timeout.connect(self._try)
        self.owns = ownership.claim()
        if not self.owns:
            self._hold_back()

    def close(self) -> None:
        self._ask_again.stop()
        self._ownership.release()

    def tell(self) -> None:
        """Say that this window changes nothing, and what to do."""
        if not self._ownership.may_claim:
            self._window.status.warn(self.tr("This window is read-only: it was opened with --read-only."))
            return
        self._window.status.warn(
            self.tr(
                "This library is open in another window. Here you can listen and search; to edit, close the "
                "other window."
            )
        )

    def _hold_back(self) -> None:
        self._library.scanning.hold()
        self._let_change(False)
        self._window.commands["rescan"].triggered.connect(self._look_again)
        if self._ownership.may_claim:
            self._ask_again.start()
        self._window.setWindowTitle(self.tr("BGM Finder (read only)"))
        self.tell()

    def _look_again(self) -> None:
        if not self.owns:
            self._library.reload()
            self.tell()

    def _try(self) -> None:
        if not self._ownership.claim():
            return
        self._ask_again.stop()
        self.owns = True
        self._let_change(True)
        self._window.setWindowTitle("BGM Finder")
        self._window.status.say(self.tr("The other window was closed. You can now edit the library here."))
        self._library.reload()
        self._library.scanning.release()
        self._on_taken_over()

    def _let_change(self, may: bool) -> None:
        for name in (*_CHANGING, *_BRIEFS):
            self._window.commands[name].setEnabled(may and name not in ("undo", "redo"))
        self._window.filter_panel.tree.may_edit = may
