"""The length that is told, the one that is read and where jumps land are one, whatever a file's header says."""

import shutil
import subprocess
import sys
from fractions import Fraction

import av
import mutagen
import numpy as np
import pytest
import sound_files
import soundfile
from mutagen.mp4 import MP4FreeForm
from sound_files import RATE_HZ, sweep

from bgm_finder.audio.container_trust import has_an_even_index
from bgm_finder.audio.decode import SoundReader, decode, probe


def _agrees(path, seconds, within_s=0.05, off=0, after_pause_s=None):
    """Check a file's length, told and read, and that jumps find what reading in order finds; return the samples.

    Jumps may be off by so many frames, where time stamps are rounded to a millisecond.
    """
    whole = decode(path).samples
    rate_hz = probe(path).rate_hz
    assert probe(path).duration_s == pytest.approx(seconds, abs=within_s)
    assert len(whole) / rate_hz == pytest.approx(seconds, abs=within_s)
    with SoundReader(path) as reader:
        for goal in np.random.default_rng(3).integers(0, len(whole) - 3000, 12):
            if after_pause_s and 0 < goal / rate_hz - after_pause_s < 0.1:
                continue  # an Opus decoder lacks what was before the pause
            reader.seek(int(goal))
            found = reader.read(2000)
            shifts = range(max(-off, -int(goal)), off + 1)
            differences = [found - whole[goal + by : goal + by + 2000] for by in shifts]
            assert min(np.sqrt(np.mean(difference**2)) for difference in differences) < (0.05 if off else 1e-3), goal
    return whole


@pytest.fixture
def mp3(tmp_path):
    return sound_files.write(tmp_path / "a.mp3", sweep(6.0)).read_bytes()


def _frame_size(mp3):
    """Return the size of the first frame, which holds the length."""
    return mp3.index(b"\xff\xfb", 4)


@pytest.mark.parametrize("change", ["none", "no first frame", "zeros before", "false count", "cut"])
def test_mp3_is_as_long_as_its_frames(mp3, tmp_path, change):
    path, seconds = tmp_path / f"{change}.mp3", 6.0
    place = mp3.index(b"Info") + 8 if b"Info" in mp3[:200] else mp3.index(b"Xing") + 8
    stored = {
        "none": mp3,
        "no first frame": mp3[_frame_size(mp3) :],
        "zeros before": bytes(3000) + mp3,
        "false count": mp3[:place] + (7).to_bytes(4, "big") + mp3[place + 4 :],
        "cut": mp3[: len(mp3) // 2],
    }[change]
    path.write_bytes(stored)
    _agrees(path, seconds / 2 if change == "cut" else seconds, 0.1)


def test_joined_mp3_are_read_to_the_end(mp3, tmp_path):
    (tmp_path / "joined.mp3").write_bytes(mp3 + mp3)
    whole = _agrees(tmp_path / "joined.mp3", 12.05, 0.1)
    assert np.abs(whole[9 * RATE_HZ :]).max() > 0.3


@pytest.mark.parametrize("name", ["a.ogg", "a.opus", "a.flac", "16.wav"])
def test_joined_files_are_read_to_the_end(tmp_path, name):
    stored = sound_files.write(tmp_path / name, sweep(5.0)).read_bytes()
    path = tmp_path / f"joined {name}"
    path.write_bytes(stored + stored)
    whole = _agrees(path, 10.0)
    half = len(whole) // 2
    assert np.corrcoef(whole[half + 9000 : half + 30_000, 0], whole[9000:30_000, 0])[0, 1] > 0.99


def test_a_second_link_of_another_rate_is_fitted(tmp_path):
    first = sound_files.write(tmp_path / "a.ogg", sweep(5.0)).read_bytes()
    soundfile.write(tmp_path / "b.ogg", sweep(5.0, 22_050)[:, :1], 22_050, format="OGG", subtype="VORBIS")
    (tmp_path / "c.ogg").write_bytes(first + (tmp_path / "b.ogg").read_bytes())
    whole = _agrees(tmp_path / "c.ogg", 10.0)
    wanted = sweep(5.0)[:, 0]
    second = whole[5 * RATE_HZ : 9 * RATE_HZ, 0]
    assert np.corrcoef(second, wanted[: len(second)])[0, 1] > 0.99


def _write_with_pause(path, codec, layout, seconds=(2.0, 6.0)):
    """Write 3 s of sound, of which what is after the first time begins at the second."""
    samples = sweep(3.0, 48_000)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=48_000, format=layout, layout="stereo")
        for start in range(0, len(samples), 960):
            late = 0.0 if start < seconds[0] * 48_000 else seconds[1] - seconds[0]
            frame = sound_files.frame_of(samples[start : start + 960], layout)
            frame.sample_rate, frame.time_base = 48_000, Fraction(1, 48_000)
            frame.pts = start + round(late * 48_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


@pytest.mark.parametrize(
    ("name", "codec", "layout"),
    [
        ("a.mkv", "flac", "s16"),
        ("b.mka", "pcm_s16le", "s16"),
        ("c.webm", "libopus", "flt"),
        ("d.opus", "libopus", "flt"),
    ],
)
def test_a_pause_of_the_time_stamps_is_silence(tmp_path, name, codec, layout):
    _write_with_pause(tmp_path / name, codec, layout)
    whole = _agrees(tmp_path / name, 7.0, 0.06, off=72, after_pause_s=6.0)
    assert not np.abs(whole[round(2.2 * 48_000) : round(5.8 * 48_000)]).max() > 1e-3
    after = whole[round(6.2 * 48_000) : round(6.8 * 48_000), 0]
    wanted = sweep(3.0, 48_000)[round(2.2 * 48_000) :, 0]
    lags = [np.corrcoef(after, wanted[lag : lag + len(after)])[0, 1] for lag in range(0, 240)]
    assert max(lags) > 0.99


@pytest.mark.parametrize("name", ["a.mka", "b.webm"])
def test_a_hole_of_hours_is_left_out(tmp_path, name):
    _write_with_pause(tmp_path / name, "libopus", "flt", (2.0, 7200.0))
    _agrees(tmp_path / name, 3.0, 0.06)


@pytest.mark.parametrize("name", ["a.flac", "a.mp3"])
def test_what_follows_damage_is_heard(tmp_path, name):
    path = sound_files.write(tmp_path / name, sweep(8.0))
    stored = bytearray(path.read_bytes())
    stored[len(stored) // 2 : len(stored) // 2 + 4000] = bytes(4000)
    path.write_bytes(stored)
    whole = decode(path).samples
    assert len(whole) > 7.2 * RATE_HZ
    assert np.abs(whole[-RATE_HZ:]).max() > 0.3


def test_the_length_is_set_right_as_soon_as_reading_shows_it(tmp_path):
    """Most of the middle is gone, which the first and the last bytes do not show."""
    path = sound_files.write(tmp_path / "a.mp3", sweep(8.0))
    stored = bytearray(path.read_bytes())
    stored[len(stored) // 2 : len(stored) // 2 + 30_000] = bytes(30_000)
    path.write_bytes(stored)
    with SoundReader(path) as reader:
        read = 0
        while len(block := reader.read(10_000)):
            read += len(block)
        assert reader.frames == pytest.approx(read, abs=0.05 * RATE_HZ)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="FFmpeg's program writes it")
@pytest.mark.parametrize("name", ["a.spx", "a.mka"])
def test_speex_is_as_long_as_told_and_jumped_to_right(tmp_path, name):
    wav = sound_files.write(tmp_path / "16.wav", sweep(8.0))
    words = ["-ac", "1", "-ar", "16000", "-c:a", "libspeex"]
    made = subprocess.run(["ffmpeg", "-v", "error", "-i", str(wav), *words, str(tmp_path / name)], check=False)
    if made.returncode:
        pytest.skip("FFmpeg here cannot write it")
    _agrees(tmp_path / name, 8.0)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="FFmpeg's program writes it")
@pytest.mark.parametrize("told", [True, False])
def test_an_m4a_ends_where_its_gapless_tag_says(tmp_path, told):
    wav, path, frames = sound_files.write(tmp_path / "16.wav", sweep(3.0)), tmp_path / "a.m4a", 3 * RATE_HZ
    subprocess.run(["ffmpeg", "-v", "error", "-i", wav, "-c:a", "aac", "-use_editlist", "0", path], check=True)
    length = frames if told else 10 * frames  # a tag of another sound is not believed
    tagged = mutagen.File(path)
    words = f" 00000000 00000400 {-(frames + 1024) % 1024:08X} {length:016X} 00000000"
    tagged.tags["----:com.apple.iTunes:iTunSMPB"] = [MP4FreeForm(words.encode())]
    tagged.save()
    assert (probe(path).frames == frames, len(decode(path).samples) == frames) == (told, told)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="FFmpeg's program writes it")
def test_vorbis_beside_a_picture_is_read_without_gaps(tmp_path):
    """At the start of a page, FFmpeg's time stamps are late by 448 frames where short and long blocks meet."""
    wav, alone, film = sound_files.write(tmp_path / "16.wav", sweep(4.0)), tmp_path / "a.ogg", tmp_path / "b.ogv"
    samples = sweep(4.0)
    samples[:: RATE_HZ // 7] = 0.9  # clicks, for which the encoder takes short blocks
    sound_files.write(wav, samples)
    picture = ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=10:duration=4", "-c:v", "libtheora"]
    for words in (["-i", wav, "-c:a", "libvorbis", "-q:a", "9", alone], ["-i", alone, *picture, "-c:a", "copy", film]):
        subprocess.run(["ffmpeg", "-v", "error", *map(str, words)], check=True)
    np.testing.assert_allclose(_agrees(film, 4.0), decode(alone).samples, atol=1e-3)


def test_honest_files_stay_with_the_cheap_reader(tmp_path):
    names = ("a.mp3", "a.flac", "a.ogg", "16.wav", "a.aiff")
    paths = [sound_files.write(tmp_path / name, sweep(20.0)) for name in names]
    program = (
        "import sys; from pathlib import Path; from bgm_finder.audio.decode import SoundReader\n"
        "for name in sys.argv[1:]:\n"
        "    with SoundReader(Path(name)) as reader: assert len(reader.read(1000)) == 1000\n"
        "    assert 'av' not in sys.modules, name\n"  # FFmpeg's libraries
    )
    subprocess.run([sys.executable, "-c", program, *map(str, paths)], check=True)


def test_several_entries_of_one_cluster_are_an_even_index(tmp_path):
    samples, path = sweep(3.0), tmp_path / "a.mka"
    with av.open(str(path), "w", options={"cluster_time_limit": "500"}) as container:
        stream = container.add_stream("pcm_s16le", rate=RATE_HZ, format="s16", layout="stereo")
        for start in range(0, 3 * RATE_HZ, 960):
            frame = sound_files.frame_of(samples[start : start + 960], "s16")
            frame.sample_rate, frame.time_base, frame.pts = RATE_HZ, Fraction(1, RATE_HZ), start
            container.mux(stream.encode(frame))
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        container.seek(3_000, stream=stream)
        places = [entry.pos for entry in stream.index_entries]
        assert len(set(places)) < len(places)
        assert has_an_even_index(stream)


def test_nothing_is_lost_where_reading_meets_time_stamps_that_step_back(tmp_path):
    """The index is even and the end is where it should be, so that reading alone shows the fault."""
    samples, path = sweep(3.6, 48_000), tmp_path / "a.mka"
    with av.open(str(path), "w", options={"cluster_time_limit": "500"}) as container:
        stream = container.add_stream("pcm_s16le", rate=48_000, format="s16", layout="stereo")
        for start in range(0, len(samples), 960):
            frame = sound_files.frame_of(samples[start : start + 960], "s16")
            frame.sample_rate, frame.time_base, frame.pts = 48_000, Fraction(1, 48_000), start
            container.mux(stream.encode(frame))
    stored = bytearray(path.read_bytes())
    clusters = [at for at in range(len(stored)) if stored.startswith(b"\x1f\x43\xb6\x75", at)]
    for cluster in clusters[len(clusters) // 2 : -2]:  # the end is honest
        time = stored.index(b"\xe7\x82", cluster) + 2
        stored[time : time + 2] = (int.from_bytes(stored[time : time + 2], "big") - 300).to_bytes(2, "big")
    path.write_bytes(stored)
    with SoundReader(path) as reader:
        reader.seek(1_000)
        found = reader.read(140_000)
    np.testing.assert_allclose(found, samples[1_000:141_000], atol=1e-4)
