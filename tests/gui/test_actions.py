"""The table of commands and their keys."""

import errno
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow

from bgm_finder.gui.actions import COMMANDS, Actions, read_keys
from bgm_finder.json_object import NotJsonObject


@pytest.fixture
def actions(qtbot, tmp_path):
    window = QMainWindow()
    qtbot.addWidget(window)
    return Actions(window, tmp_path / "keys.json")


def test_one_key_one_meaning():
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))


def test_paste_names_all_that_it_takes(actions):
    text = actions["paste_reference"].text()
    assert [what for what in ("file", "folder", "tag list") if what not in text] == []


def test_a_changed_key_is_kept(qtbot, actions, tmp_path):
    assert actions.set_keys("keep", ["P"]) is None
    window = QMainWindow()
    qtbot.addWidget(window)
    assert Actions(window, tmp_path / "keys.json").keys_of("keep") == ["P"]


def test_a_key_that_is_taken_names_its_owner_and_changes_nothing(actions):
    assert actions.set_keys("keep", ["S"]) == "find_similar"
    assert actions.keys_of("keep") == ["F"]


def test_reset_gives_every_command_its_own_key_again(actions, tmp_path):
    actions.set_keys("keep", ["P"])
    actions.reset_keys()
    assert actions.keys_of("keep") == ["F"]
    assert not (tmp_path / "keys.json").exists()


def test_keys_that_cannot_be_kept_leave_the_kept_ones_whole(actions, tmp_path, monkeypatch):
    actions.set_keys("keep", ["P"])
    before = (tmp_path / "keys.json").read_text()

    def full_disk(path, text, **_):
        path.write_bytes(text.encode()[:5])
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_text", full_disk)
    with pytest.raises(OSError, match="No space"):
        actions.set_keys("keep", ["W"])
    assert (tmp_path / "keys.json").read_text() == before
    assert actions.keys_of("keep") == ["W"]


def test_a_damaged_file_of_keys_leaves_every_command_its_own_and_can_be_told(qtbot, actions, tmp_path):
    assert actions.load_error is None
    (tmp_path / "keys.json").write_text("{ not json")
    window = QMainWindow()
    qtbot.addWidget(window)
    damaged = Actions(window, tmp_path / "keys.json")
    assert damaged.keys_of("keep") == ["F"]
    assert isinstance(damaged.load_error, NotJsonObject)
    assert damaged.load_error.set_aside == tmp_path / "keys.broken"


@pytest.mark.parametrize(
    "text", ["{", "[]", "\x00", "[" * 200_000, '{"keep": 7, "reject": null}', '{"keep": [null, {}]}']
)
def test_keys_file_that_makes_no_sense_leaves_the_keys(qtbot, tmp_path, text):
    (tmp_path / "keys.json").write_text(text)
    window = QMainWindow()
    qtbot.addWidget(window)
    assert Actions(window, tmp_path / "keys.json").keys_of("reject") == ["D"]


def test_keys_written_by_hand_take_no_list_s_and_no_other_s(qtbot, tmp_path):
    (tmp_path / "keys.json").write_text('{"keep": ["Home", "P"], "reject": ["P", "S"]}')
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window, tmp_path / "keys.json")
    assert [actions.keys_of(name) for name in ("keep", "reject", "find_similar")] == [["P"], ["S"], []]


def test_keys_that_another_window_changed_meanwhile_stay(qtbot, actions, tmp_path):
    other = QMainWindow()
    qtbot.addWidget(other)
    Actions(other, tmp_path / "keys.json").set_keys("keep", ["P"])
    actions.set_keys("reject", ["W"])
    actions.set_keys("shortlist", ["Y"])
    assert read_keys(tmp_path / "keys.json") == {"keep": ["P"], "reject": ["W"], "shortlist": ["Y"]}
    actions.set_keys("reject", ["D"])
    assert "reject" not in read_keys(tmp_path / "keys.json")


def test_a_damaged_file_of_keys_is_set_aside_before_others_are_written(actions, tmp_path):
    (tmp_path / "keys.json").write_text('{"keep": ["P"],')
    actions.set_keys("reject", ["W"])
    assert (tmp_path / "keys.broken").read_text() == '{"keep": ["P"],'
