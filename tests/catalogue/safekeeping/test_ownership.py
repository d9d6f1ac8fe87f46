"""One program at a time may change a catalogue."""

import subprocess
import sys

from bgm_finder.catalogue.safekeeping.ownership import Ownership

_CLAIM = """
import sys, pathlib
from bgm_finder.catalogue.safekeeping.ownership import Ownership
owner = Ownership(pathlib.Path(sys.argv[1]))
print(owner.claim(), flush=True)
sys.stdin.read()
"""


def start_owner(path):
    owner = subprocess.Popen(
        [sys.executable, "-c", _CLAIM, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout.readline() == "True\n"
    return owner


def test_the_second_waits_until_the_first_lets_go(tmp_path):
    first, second = Ownership(tmp_path / "a.sqlite"), Ownership(tmp_path / "a.sqlite")
    assert first.claim() and not second.claim()
    assert Ownership(tmp_path / "b.sqlite").claim()
    first.release()
    assert second.claim()
    second.release()


def test_a_killed_owner_leaves_no_lock_behind(tmp_path):
    with start_owner(tmp_path / "a.sqlite") as owner:
        ours = Ownership(tmp_path / "a.sqlite")
        assert not ours.claim()
        owner.kill()
        owner.wait()
        assert ours.claim()
        ours.release()


def test_what_cannot_be_locked_is_ours(tmp_path):
    (tmp_path / "file").write_text("")
    assert Ownership(tmp_path / "file" / "a.sqlite").claim()
