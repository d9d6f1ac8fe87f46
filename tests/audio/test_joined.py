"""Joined files: no descriptor stays open, and the loudspeakers of surround keep their names."""

from pathlib import Path

import pytest
import sound_files
from sound_files import RATE_HZ, sweep
from test_channels import SIDES, sides_heard, turns, wav_with_mask

from bgm_finder.audio.decode import SoundReader, decode, probe
from bgm_finder.audio.joined import JoinedSource

DESCRIPTORS = Path("/proc/self/fd")


def _open_times(path):
    """How many descriptors of this process are open on a file."""
    return sum(link.exists() and link.resolve() == path.resolve() for link in DESCRIPTORS.iterdir())


@pytest.mark.skipif(not DESCRIPTORS.exists(), reason="the system does not list a process's descriptors")
@pytest.mark.parametrize("name", ["a.ogg", "a.flac"])
def test_many_parts_are_open_one_at_a_time_and_closed_at_the_end(tmp_path, name):
    stored = sound_files.write(tmp_path / name, sweep(0.25)).read_bytes()
    path = tmp_path / f"joined {name}"
    path.write_bytes(stored * 12)
    with SoundReader(path) as reader:
        assert reader.facts.duration_s == pytest.approx(12 * 0.25, abs=0.1)
        reader.seek(reader.frames - 10_000)
        assert len(reader.read(5_000)) == 5_000
        assert _open_times(path) <= 1
    assert _open_times(path) == 0


@pytest.mark.skipif(not DESCRIPTORS.exists(), reason="the system does not list a process's descriptors")
def test_parts_that_cannot_be_read_are_closed(tmp_path):
    stored = sound_files.write(tmp_path / "a.flac", sweep(0.5)).read_bytes()
    path = tmp_path / "joined.flac"
    path.write_bytes(stored + (stored[:8] + bytes(5000)) * 3)
    source = JoinedSource(path, [0, len(stored), len(stored) + 5008, len(stored) + 10_016])
    source.close()
    assert source.facts.frames == RATE_HZ // 2  # of the first part alone
    assert _open_times(path) == 0


def test_joined_surround_is_heard_on_its_sides(tmp_path):
    names = ["FL", "FR", "LFE", "BC"]
    stored = wav_with_mask(tmp_path / "a.wav", 0x10B, 4, turns(names)).read_bytes()
    path = tmp_path / "joined.wav"
    path.write_bytes(stored + stored)
    with SoundReader(path) as reader:
        assert reader.facts.places == tuple(names)
    assert sides_heard(path, 8) == [SIDES[name] for name in names] * 2


def test_a_short_flac_joined_with_itself_is_read_to_the_end(tmp_path):
    stored = sound_files.write(tmp_path / "a.flac", sweep(0.5)).read_bytes()
    path = tmp_path / "joined.flac"
    path.write_bytes(stored * 2)
    assert (probe(path).frames, len(decode(path).samples)) == (RATE_HZ, RATE_HZ)
