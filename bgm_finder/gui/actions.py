"""Every command of the window in one table: its name, its keys, where its keys act, and its words."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from bgm_finder.gui.text_helpers import translatable, translate
from bgm_finder.json_object import NotJsonObject, read_object, write_changes

LIST, DECK, WINDOW = "list", "deck", "window"
"""Where a key acts: in the list and the pictures; there and in the player; everywhere."""


_ENDS = ("Home", "End", "PgUp", "PgDown")
_KEYS_OF_LISTS = frozenset(
    ["Tab", "Shift+Tab", "Backtab", "Shift+Backtab", "Ctrl+A", "Shift+Up", "Shift+Down"]
    + [before + end for before in ("", "Shift+", "Ctrl+", "Ctrl+Shift+") for end in _ENDS]
)
"""Keys that go through a list, select in it, or leave it."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can do."""

    name: str
    text: str
    keys: tuple[str, ...]
    acts_in: str = WINDOW
    is_switch: bool = False
    repeats: bool = False
    """Whether a key that is held down goes on: walking, seeking, zooming and volume only."""


def _command(
    name: str, text: str, *keys: str, acts_in: str = WINDOW, is_switch: bool = False, repeats: bool = False
) -> Command:
    return Command(name, text, keys, acts_in, is_switch, repeats)


COMMANDS: tuple[Command, ...] = (
    _command("play", translatable("Command", "Play / pause"), "Space", acts_in=LIST),
    _command("play_anywhere", translatable("Command", "Play / pause (from the player too)"), "K", acts_in=DECK),
    _command("restart", translatable("Command", "Play from the start"), "Return", "Enter", acts_in=LIST),
    _command("stop", translatable("Command", "Back to the list; from there stop, then close the search"), "Esc"),
    _command("next", translatable("Command", "Next track"), "Down", acts_in=LIST, repeats=True),
    _command("previous", translatable("Command", "Previous track"), "Up", acts_in=LIST, repeats=True),
    _command(
        "next_silent", translatable("Command", "Next track without playing"), "Ctrl+Down", acts_in=LIST, repeats=True
    ),
    _command(
        "previous_silent",
        translatable("Command", "Previous track without playing"),
        "Ctrl+Up",
        acts_in=LIST,
        repeats=True,
    ),
    _command("jump_back", translatable("Command", "Back 5 s (repeated: 15, 30 s)"), "J", acts_in=DECK, repeats=True),
    _command(
        "jump_forward",
        translatable("Command", "Forward 5 s (repeated: 15, 30 s)"),
        "L",
        acts_in=DECK,
        repeats=True,
    ),
    _command("back_1", translatable("Command", "Back 1 s"), "Left", acts_in=LIST, repeats=True),
    _command("forward_1", translatable("Command", "Forward 1 s"), "Right", acts_in=LIST, repeats=True),
    _command("back_10", translatable("Command", "Back 10 s"), "Shift+Left", acts_in=LIST, repeats=True),
    _command("forward_10", translatable("Command", "Forward 10 s"), "Shift+Right", acts_in=LIST, repeats=True),
    *(_command(f"share_{n}", translatable("Command", "Go to {percent} %"), str(n), acts_in=DECK) for n in range(10)),
    _command("go_to_playing", translatable("Command", "Go to the playing track"), "Ctrl+J", acts_in=DECK),
    _command("highlight", translatable("Command", "Go to the highlight (loudest passage)"), "H", acts_in=DECK),
    _command("mark_in", translatable("Command", "Set the section's start here"), "I", acts_in=DECK),
    _command("mark_out", translatable("Command", "Set the section's end here"), "O", acts_in=DECK),
    _command("clear_section", translatable("Command", "Clear the marked section"), "Alt+X"),
    _command("loop", translatable("Command", "Loop"), "Ctrl+L", is_switch=True),
    _command("mute", translatable("Command", "Mute"), "M", acts_in=DECK, is_switch=True),
    _command("volume_up", translatable("Command", "Volume up"), "Ctrl+Shift+Up", repeats=True),
    _command("volume_down", translatable("Command", "Volume down"), "Ctrl+Shift+Down", repeats=True),
    _command("auto_play", translatable("Command", "Play tracks when selected"), is_switch=True),
    _command("find_similar", translatable("Command", "Find similar"), "S", acts_in=DECK),
    _command(
        "find_similar_section", translatable("Command", "Find similar to the marked section"), "Shift+S", acts_in=DECK
    ),
    _command("apply_order", translatable("Command", "Show the better order of the results"), "R", acts_in=DECK),
    _command("search_back", translatable("Command", "Previous search"), "Alt+Left"),
    _command("search_forward", translatable("Command", "Next search"), "Alt+Right"),
    _command("groups", translatable("Command", "Ten that differ: the list in groups by sound"), "G", acts_in=DECK),
    _command("next_of_groups", translatable("Command", "One more of each group"), "Shift+G", acts_in=DECK),
    _command("open_group", translatable("Command", "Open or fold the group"), "U", acts_in=DECK),
    _command("keep", translatable("Command", "Keep and go to the next track"), "F", acts_in=DECK),
    _command("reject", translatable("Command", "Reject and go to the next track"), "D", acts_in=DECK),
    _command(
        "reject_unlike", translatable("Command", "Reject, and search away from the track"), "Shift+D", acts_in=DECK
    ),
    _command("learn_from_marks", translatable("Command", "Learn from marks"), "Ctrl+Shift+M", is_switch=True),
    _command("not_heard", translatable("Command", "Mark as not heard")),
    _command("undo", translatable("Command", "Undo"), "Ctrl+Z"),
    _command("redo", translatable("Command", "Redo"), "Ctrl+Shift+Z", "Ctrl+Y"),
    _command("compare", translatable("Command", "Compare with the reference (A/B)"), "B", acts_in=DECK),
    _command("search_box", translatable("Command", "Go to the search box"), "Ctrl+F"),
    _command("search_box_slash", translatable("Command", "Go to the search box (from the list)"), "/", acts_in=DECK),
    _command("filter_panel", translatable("Command", "Go to the filter"), "Ctrl+T"),
    _command("clear_filter", translatable("Command", "Clear the filter"), "Ctrl+Shift+T"),
    _command("sort", translatable("Command", "Sort the list by…"), "Ctrl+Shift+S"),
    _command("columns", translatable("Command", "Choose columns…"), "Ctrl+Shift+H"),
    _command("menu", translatable("Command", "Open the menu"), "F10"),
    _command("open_reference", translatable("Command", "Search by file…"), "Ctrl+O"),
    _command(
        "paste_reference",
        translatable("Command", "Paste a sound file, folder or tag list"),
        "Ctrl+V",
        acts_in=DECK,
    ),
    _command("copy", translatable("Command", "Copy file and path"), "Ctrl+C", acts_in=LIST),
    _command("copy_section", translatable("Command", "Copy the marked section (WAV)"), "Ctrl+Shift+C"),
    _command("show_in_folder", translatable("Command", "Show in folder"), "Ctrl+Shift+F"),
    _command("edit_tags", translatable("Command", "Edit tags…"), "T", acts_in=LIST),
    _command("edit_note", translatable("Command", "Write a note…"), "N", acts_in=DECK),
    _command("repeat_tags", translatable("Command", "Add the last tags again"), "Shift+T", acts_in=LIST),
    _command("zoom_in", translatable("Command", "Zoom into the picture"), "Ctrl++", "Ctrl+=", repeats=True),
    _command("zoom_out", translatable("Command", "Zoom out of the picture"), "Ctrl+-", repeats=True),
    _command("zoom_all", translatable("Command", "Show the whole track"), "Ctrl+0"),
    _command("shortlist", translatable("Command", "Show the shortlist only"), "Ctrl+Shift+L", is_switch=True),
    _command("export", translatable("Command", "Export to a folder…"), "Ctrl+Shift+E"),
    _command("export_shortlist", translatable("Command", "Export the shortlist…"), "Ctrl+E"),
    _command("switch_brief", translatable("Command", "Switch brief…"), "Ctrl+B"),
    _command("new_brief", translatable("Command", "New brief"), "Ctrl+N"),
    _command("rename_brief", translatable("Command", "Rename the brief"), "F2"),
    _command("duplicate_brief", translatable("Command", "Duplicate the brief"), "Ctrl+D"),
    _command("close_brief", translatable("Command", "Close the brief"), "Ctrl+W"),
    _command("delete_brief", translatable("Command", "Delete the brief"), "Ctrl+Shift+D"),
    _command("open_brief", translatable("Command", "Open a brief from a file…"), "Ctrl+Shift+B"),
    _command("save_brief", translatable("Command", "Save a copy of the brief…"), "Ctrl+S"),
    _command("add_folder", translatable("Command", "Add a folder…"), "Ctrl+Shift+O"),
    _command("folders", translatable("Command", "Folders of the library…")),
    _command("rescan", translatable("Command", "Check for new and changed files"), "F5"),
    _command("import_tags", translatable("Command", "Import a tag list (CSV)…")),
    _command("export_tags", translatable("Command", "Export the tags (CSV)…")),
    _command("statistics", translatable("Command", "Tag statistics…")),
    _command("settings", translatable("Command", "Settings…"), "Ctrl+,"),
    _command("keys", translatable("Command", "Keyboard shortcuts"), "?", "F1"),
    _command("diagnostics", translatable("Command", "Copy diagnostics")),
    _command("about", translatable("Command", "About BGM Finder")),
    _command("quit", translatable("Command", "Quit"), "Ctrl+Q"),
)


class Actions(QObject):
    """One QAction a command; the window connects them, the keys sheet changes their keys."""

    def __init__(self, window: QWidget, keys_file: Path) -> None:
        super().__init__(window)
        self._window = window
        self._keys_file = keys_file
        self.load_error: NotJsonObject | OSError | None = None
        """Why the kept keys could not be read."""
        self._actions = {command.name: self._make(command) for command in COMMANDS}
        self.commands = {command.name: command for command in COMMANDS}
        self._load_keys()
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def let_act_in(self, widgets: list[QWidget], deck: QWidget) -> None:
        """Say which widgets are the list and the pictures, and which holds them and the player."""
        for name, action in self._actions.items():
            acts_in = self.commands[name].acts_in
            if acts_in == LIST:
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                for widget in widgets:
                    widget.addAction(action)
            elif acts_in == DECK:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                deck.addAction(action)
            else:
                self._window.addAction(action)

    def with_key(self, key: QKeySequence) -> QAction | None:
        """Return the command that has a key, or None."""
        return next((action for action in self._actions.values() if key in action.shortcuts()), None)

    def retranslate(self) -> None:
        for name, action in self._actions.items():
            action.setText(command_text(self.commands[name]))
            self._tell_key(action)

    def set_keys(self, name: str, keys: list[str]) -> str | None:
        """Give a command other keys and keep them; return the name of the command that has one of them already.

        Raises OSError or NotJsonObject where they cannot be kept; they hold until the app ends then.
        """
        wanted = {QKeySequence(key) for key in keys}
        for other, action in self._actions.items():
            if other != name and wanted & set(action.shortcuts()):
                return other
        self._actions[name].setShortcuts([QKeySequence(key) for key in keys])
        self._tell_key(self._actions[name])
        self._save_keys(self.commands[name])
        return None

    def reset_keys(self) -> None:
        """Give every command its own keys again; raises OSError where that cannot be kept."""
        for command in COMMANDS:
            self._actions[command.name].setShortcuts([QKeySequence(key) for key in command.keys])
        self.retranslate()
        self._keys_file.unlink(missing_ok=True)

    def keys_of(self, name: str) -> list[str]:
        return [key.toString() for key in self._actions[name].shortcuts()]

    def key_text(self, name: str) -> str:
        """Return a command's first key as this system writes it, or the command's own words where it has none."""
        key = self._actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return key or self._actions[name].text()

    def _make(self, command: Command) -> QAction:
        action = QAction(self._window)
        action.setObjectName(command.name)
        action.setCheckable(command.is_switch)
        action.setAutoRepeat(command.repeats)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        return action

    def _tell_key(self, action: QAction) -> None:
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{action.text()} ({key})" if key else action.text())

    def _load_keys(self) -> None:
        """Take the kept keys; one that lists need counts for none, one that stands twice for the first."""
        try:
            kept = read_keys(self._keys_file)
        except (NotJsonObject, OSError) as error:
            kept, self.load_error = {}, error
        taken: set[QKeySequence] = set()
        for command in sorted(COMMANDS, key=lambda command: command.name not in kept):
            wanted = [QKeySequence(key) for key in kept.get(command.name, command.keys)]
            good = [key for key in wanted if key.toString() and not belongs_to_lists(key) and key not in taken]
            taken.update(good)
            if command.name in kept or good != wanted:
                self._actions[command.name].setShortcuts(good)

    def _save_keys(self, command: Command) -> None:
        keys = self.keys_of(command.name)
        write_changes(self._keys_file, {command.name: None if keys == _own_keys(command) else keys})


def read_keys(file: Path) -> dict[str, list[str]]:
    """Return the kept keys by command; those that are not there or are no list are passed over.

    Raises NotJsonObject for a damaged file, which is set aside, and OSError for one that cannot be read.
    """
    return {name: [str(key) for key in keys] for name, keys in read_object(file).items() if isinstance(keys, list)}


def belongs_to_lists(key: QKeySequence) -> bool:
    """Whether lists and the focus need a key themselves, so that no command may have it."""
    return key.toString() in _KEYS_OF_LISTS


def command_text(command: Command) -> str:
    """Return the command's words in the window's language."""
    text = translate("Command", command.text)
    if command.name.startswith("share_"):
        text = text.replace("{percent}", str(10 * int(command.name.removeprefix("share_"))))
    return text


def _own_keys(command: Command) -> list[str]:
    return [QKeySequence(key).toString() for key in command.keys]
