"""A JSON object that several processes change."""

import json
import subprocess
import sys

import pytest

from bgm_finder.json_object import NotJsonObject, read_object, write_changes

WRITER = """
import sys
from pathlib import Path
from bgm_finder.json_object import write_changes

for number in range(40):
    write_changes(Path(sys.argv[1]), {f"{sys.argv[2]}{number}": number, "shared": {sys.argv[2]: number}})
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "config" / "settings.json"


def test_two_processes_that_write_at_once_keep_what_the_other_wrote(file):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(file), name]) for name in "ab"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    each = {f"{name}{number}": number for name in "ab" for number in range(40)}
    assert read_object(file) == {**each, "shared": {"a": 39, "b": 39}}


def test_what_is_not_changed_stays_whatever_it_is(file):
    file.parent.mkdir()
    file.write_text(json.dumps({"from_the_future": [1, {"a": None}], "nothing": None, "theme": 3}))
    write_changes(file, {"volume": 0.5})
    assert read_object(file) == {"from_the_future": [1, {"a": None}], "nothing": None, "theme": 3, "volume": 0.5}


def test_a_key_that_is_none_is_removed(file):
    write_changes(file, {"a": 1, "b": 2})
    write_changes(file, {"a": None, "c": None})
    assert read_object(file) == {"b": 2}


@pytest.mark.parametrize("held", [b"", b"{", b"[]", b"null", b"\x00", b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_file_is_set_aside_and_never_written_over(file, held):
    file.parent.mkdir()
    file.write_bytes(held)
    write_changes(file, {"a": 1})
    assert read_object(file) == {"a": 1}
    assert file.with_suffix(".broken").read_bytes() == held


def test_a_file_that_an_editor_began_with_a_byte_order_mark_is_read(file):
    file.parent.mkdir()
    file.write_bytes(b"\xef\xbb\xbf" + b'{"theme": "light"}')
    assert read_object(file) == {"theme": "light"}


def test_a_link_stays_and_leads_to_what_was_written(file, tmp_path):
    file.parent.mkdir()
    (tmp_path / "dotfiles.json").write_text("{}")
    file.symlink_to(tmp_path / "dotfiles.json")
    write_changes(file, {"a": 1})
    assert file.is_symlink()
    assert read_object(tmp_path / "dotfiles.json") == {"a": 1}


def test_what_cannot_be_read_or_set_aside_is_left_as_it_is(file, tmp_path):
    file.mkdir(parents=True)
    (file / "inside").touch()
    with pytest.raises(OSError):
        write_changes(file, {"a": 1})
    assert (file / "inside").exists()
    (damaged := tmp_path / "damaged.json").write_text("{")
    (damaged.with_suffix(".broken")).mkdir()
    with pytest.raises(NotJsonObject):
        write_changes(damaged, {"a": 1})
    assert damaged.read_text() == "{"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "config",
        "damaged.broken",
        "damaged.json",
        "damaged.json.lock",
    ]
