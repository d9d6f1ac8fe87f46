"""A disk or share that fails at any moment of opening gives Unreadable, or a sound by another reader."""

import errno
from pathlib import Path

import pytest
import sound_files
from sound_files import sweep

from bgm_finder.audio.decode import SoundReader
from bgm_finder.reasons import Reason, Refusal, Unreadable


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


@pytest.fixture
def half_read(tmp_path):
    """A joined file that is read up to where its second part will be opened."""
    stored = sound_files.write(tmp_path / "a.ogg", sweep(1.0)).read_bytes()
    path = tmp_path / "joined.ogg"
    path.write_bytes(stored * 3)
    with SoundReader(path) as reader:
        reader.read(1000)
        yield path, reader


def test_a_file_that_vanishes_while_it_is_read_is_unreadable(half_read):
    path, reader = half_read
    path.unlink()
    with pytest.raises(Unreadable, match=Reason.VANISHED) as refused:
        reader.read(2 * reader.rate_hz)
    assert refused.value.path == path


@pytest.mark.parametrize("use", ["read", "seek"])
def test_a_file_that_is_damaged_while_it_is_read_is_unreadable(half_read, use):
    path, reader = half_read
    path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(Unreadable, match=Reason.DAMAGED_SOUND):
        reader.read(2 * reader.rate_hz) if use == "read" else reader.seek(2 * reader.rate_hz)
