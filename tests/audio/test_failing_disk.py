"""A disk or share that fails at any moment of opening gives Unreadable, or a sound by another reader."""

import errno
from pathlib import Path

import pytest
import sound_files
from sound_files import sweep

from bgm_finder.audio.decode import SoundReader, Unreadable
from bgm_finder.reasons import Reason, Refusal


def _fail_at(monkeypatch, name, number):
    """Let this use of a Path fail, counted from 0; return a list that is empty until then."""
    ask, failed, uses = getattr(Path, name), [], iter(range(1000))

    def fails(path, *args, **named):
        if next(uses) == number:
            failed.append(path)
            raise OSError(errno.EIO, "Input/output error")
        return ask(path, *args, **named)

    monkeypatch.setattr(Path, name, fails)
    return failed


@pytest.mark.parametrize("use", ["open", "stat"])
@pytest.mark.parametrize("name", ["a.mp3", "a.flac", "a.ogg", "a.opus", "a.mkv", "joined a.ogg", "joined a.flac"])
def test_a_disk_that_fails_while_a_file_is_opened_makes_it_unreadable(tmp_path, monkeypatch, name, use):
    stored = sound_files.write(tmp_path / name.removeprefix("joined "), sweep(2.0)).read_bytes()
    reached = 0
    for number in range(40):
        path = tmp_path / f"{number} {name}"  # a name of its own, as answers are kept
        path.write_bytes(stored * (2 if name.startswith("joined") else 1))
        with monkeypatch.context() as patch:
            failed = _fail_at(patch, use, number)
            try:
                SoundReader(path).close()
            except Unreadable as refusal:
                assert refusal.refusal == Refusal(Reason.CANNOT_BE_READ, {"system": "EIO"})
        if not failed:
            break
        reached += 1
    assert 1 < reached < 40
