"""Keys as a real keyboard sends them: held down, on other layouts, from the keypad."""

import shutil
import subprocess
import sys
import time

import pytest
from desktop import PATIENCE_S, screen, until

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.settings import Settings

application = QApplication(sys.argv)
window = MainWindow(Settings(), Path(sys.argv[1]))
for name in window.commands.commands:
    window.commands[name].setEnabled(True)
    window.commands[name].triggered.connect(lambda _=False, name=name: print(name, flush=True))
window.show()
window.table.setFocus()
window.search_box.textChanged.connect(lambda text: print("typed", text, flush=True))
application.focusChanged.connect(lambda old, now: print("focus", now and now.objectName(), flush=True))
application.exec()
"""


class Keyboard:
    """The keys of a screen, and the commands that the window takes them for."""

    def __init__(self, environment, log):
        self._environment, self._log = environment, log
        self._seen = 0

    def lines(self):
        return self._log.read_text(encoding="utf-8").splitlines()

    def wait(self, count):
        """Returns what came since the last wait, so many lines at least."""
        until(lambda: len(self.lines()) >= self._seen + count, f"the window takes no key: {self.lines()}")
        found = self.lines()[self._seen :]
        self._seen += len(found)
        return found

    def run(self, *command):
        subprocess.run(command, env=self._environment, check=True, capture_output=True, timeout=PATIENCE_S)

    def press(self, *keys):
        self.run("xdotool", "key", "--delay", "40", *keys)

    def hold(self, key, seconds):
        self.run("xdotool", "keydown", key, "sleep", str(seconds), "keyup", key)


@pytest.fixture(scope="module")
def keyboard(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keyboard")
    if shutil.which("setxkbmap") is None:
        pytest.skip("setxkbmap is not installed")
    log = folder / "log"
    with screen() as environment, log.open("w") as written:
        command = [sys.executable, "-c", WINDOW, str(folder / "keys.json")]
        window = subprocess.Popen(command, env=environment, stdout=written)
        try:
            keys = Keyboard(environment, log)
            keys.run("xdotool", "search", "--sync", "--onlyvisible", "--name", "BGM Finder", "windowfocus", "--sync")
            until(lambda: "focus trackTable" in keys.lines(), "the list has no focus")
            keys.wait(1)
            yield keys
        finally:
            window.kill()
            window.wait()


def pressed_in(keyboard, layout, *keys):
    keyboard.run("setxkbmap", *layout.split())
    time.sleep(0.5)  # the server tells the window of the layout, and nothing shows when it has
    keyboard.press(*keys)
    return keyboard.wait(len(keys))


ROW = [str(code) for code in range(10, 20)]
"""The keys of the row of digits, by their codes."""
SHARES = [f"share_{digit}" for digit in "1234567890"]


@pytest.mark.parametrize("layout", ["us", "fr", "fr oss", "be", "cz", "sk", "de", "jp", "ch fr", "ru", "gr"])
def test_the_row_of_digits_jumps_without_shift(keyboard, layout):
    assert pressed_in(keyboard, layout, *ROW) == SHARES


@pytest.mark.parametrize("layout", ["fr", "be", "cz"])
def test_shift_and_the_row_jump_as_well(keyboard, layout):
    assert pressed_in(keyboard, layout, *(f"shift+{code}" for code in ROW)) == SHARES


def test_the_keypad_s_digits_jump(keyboard):
    keyboard.run("setxkbmap", "us")
    assert pressed_in(keyboard, "us", *(f"KP_{digit}" for digit in "1234567890")) == SHARES


@pytest.mark.parametrize("layout", ["us", "fr", "be", "cz", "de", "jp"])
def test_question_mark_and_slash_are_reached(keyboard, layout):
    assert pressed_in(keyboard, layout, "question") == ["keys"]
    assert pressed_in(keyboard, layout, "slash") == ["search_box_slash"]


@pytest.mark.parametrize("layout", ["us", "fr", "cz", "de", "jp", "ru", "gr", "il"])
def test_letters_act_on_every_layout(keyboard, layout):
    """By the place of F, D, S, J, L, H and I on the keys, where the layout has no Latin letters."""
    codes = {"keep": 41, "reject": 40, "find_similar": 39, "jump_back": 44, "jump_forward": 46, "highlight": 43}
    assert pressed_in(keyboard, layout, *map(str, codes.values())) == list(codes)


@pytest.mark.parametrize(
    ("key", "command"),
    [("f", "keep"), ("d", "reject"), ("s", "find_similar"), ("i", "mark_in"), ("space", "play"), ("k", "play_anywhere"),
     ("Return", "restart"), ("ctrl+z", "undo"), ("ctrl+v", "paste_reference"), ("ctrl+e", "export_shortlist"),
     ("F5", "rescan"), ("m", "mute")],
)  # fmt: skip
def test_one_press_is_one_action_however_long(keyboard, key, command):
    pressed_in(keyboard, "us", "h")
    keys = key.split("+")
    keyboard.run("xdotool", *(word for part in keys for word in ("keydown", part)), "sleep", "1.2",
                 *(word for part in reversed(keys) for word in ("keyup", part)))  # fmt: skip
    keyboard.press("h")
    assert keyboard.wait(2) == [command, "highlight"]


@pytest.mark.parametrize(
    ("key", "command"),
    [("Down", "next"), ("l", "jump_forward"), ("Right", "forward_1"), ("shift+Left", "back_10"),
     ("ctrl+shift+Up", "volume_up"), ("ctrl+plus", "zoom_in")],
)  # fmt: skip
def test_walking_seeking_zooming_and_volume_go_on(keyboard, key, command):
    pressed_in(keyboard, "us", "h")
    keys = key.split("+")
    keyboard.run("xdotool", *(word for part in keys for word in ("keydown", part)), "sleep", "1.2",
                 *(word for part in reversed(keys) for word in ("keyup", part)))  # fmt: skip
    keyboard.press("h")
    until(lambda: keyboard.lines()[-1] == "highlight", "the last key does not come")
    assert keyboard.wait(1).count(command) > 5
