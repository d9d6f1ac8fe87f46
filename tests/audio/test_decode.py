"""Every format an editor has is decoded, exact to the frame; what cannot be read is refused with its reason."""

import os
import pickle
import struct
import subprocess
import sys

import av
import numpy as np
import pytest
import sound_files
import soundfile
from sound_files import ALL, LOSSLESS, RATE_HZ, sweep

from bgm_finder.audio.channels import to_stereo
from bgm_finder.audio.decode import SoundReader, decode, decode_blocks, decode_windows, probe
from bgm_finder.audio.ffmpeg import FfmpegSource
from bgm_finder.audio.libsndfile import LibsndfileSource
from bgm_finder.audio.mono import to_mono
from bgm_finder.reasons import Reason, Unreadable


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sounds")
    for name in ALL:
        sound_files.write(folder / name, sweep())
    return folder


def test_the_tests_know_every_format(folder):
    assert {path.name for path in folder.iterdir()} == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_facts_are_those_of_the_sound(folder, name):
    facts = probe(folder / name)
    is_opus = facts.codec == "opus"
    assert facts.rate_hz == (48_000 if is_opus else RATE_HZ)
    assert facts.channels == 2
    frames = len(decode(folder / name).samples)
    assert facts.frames == pytest.approx(frames, abs=1500)
    assert facts.duration_s == pytest.approx(facts.frames / facts.rate_hz)


@pytest.mark.parametrize("name", LOSSLESS)
def test_lossless_formats_give_the_samples_back(folder, name):
    np.testing.assert_allclose(decode(folder / name).samples, sweep(), atol=2e-4)


@pytest.mark.parametrize("name", [name for name in ALL if name not in LOSSLESS])
def test_lossy_formats_sound_the_same(folder, name):
    sound = decode(folder / name)
    wanted = sweep(rate_hz=sound.rate_hz)
    frames = min(len(wanted), len(sound.samples)) - 6000
    here = sound.samples[3000 : 3000 + frames, 0]
    lags = {late: np.corrcoef(here, wanted[3000 - late : 3000 - late + frames, 0])[0, 1] for late in (0, 1024, 2048)}
    assert max(lags.values()) > 0.999


@pytest.mark.parametrize("name", ALL)
def test_seeks_are_exact_to_the_frame(folder, name):
    whole = decode(folder / name).samples
    rng = np.random.default_rng(5)
    goals = [0, 1, *rng.integers(0, len(whole) - 2000, 12), len(whole) - 700, 100]
    with SoundReader(folder / name) as reader:
        for goal in goals:
            reader.seek(int(goal))
            np.testing.assert_allclose(reader.read(1500), whole[goal : goal + 1500], atol=2e-3, err_msg=f"{goal}")


@pytest.mark.parametrize("reader", [LibsndfileSource, FfmpegSource])
def test_long_ogg_seeks_are_exact_up_to_its_last_page(tmp_path, reader):
    path = sound_files.write(tmp_path / "a.ogg", sweep(9.37))
    source = reader(path)
    whole = source.read(source.facts.frames)
    for goal in np.random.default_rng(6).integers(0, len(whole) - 1500, 25):
        source.seek(int(goal))
        np.testing.assert_allclose(source.read(1500), whole[goal : goal + 1500], atol=1e-4, err_msg=f"{goal}")
    source.close()


@pytest.mark.parametrize("name", ["a.ogg", "a.flac"])
def test_the_other_reader_is_the_second_try(folder, tmp_path, name):
    path = tmp_path / "named_wrongly.mp4"
    path.write_bytes((folder / name).read_bytes())
    assert probe(path).frames == len(sweep())
    path = tmp_path / "named_wrongly.wav"
    path.write_bytes((folder / "a.m4a").read_bytes())
    assert probe(path).codec == "aac"


def test_a_stretch_is_cut_to_the_frame(folder):
    sound = decode(folder / "float.wav", start_s=1.0, duration_s=0.5)
    np.testing.assert_array_equal(sound.samples, sweep()[RATE_HZ : RATE_HZ + RATE_HZ // 2])
    assert decode(folder / "float.wav", start_s=9.0).samples.shape == (0, 2)


def test_resampling_keeps_length_and_sound(folder):
    sound = decode(folder / "float.wav", rate_hz=16_000, mono=True)
    assert sound.samples.shape == (48_000,)
    wanted = to_mono(sweep(rate_hz=16_000))
    np.testing.assert_allclose(sound.samples[200:-200], wanted[200:-200], atol=2e-3)


def test_blocks_are_the_whole(tmp_path):
    path = sound_files.write(tmp_path / "float.wav", sweep(21.0))
    with SoundReader(path) as reader:
        blocks = list(decode_blocks(reader, mono=True))
    assert len(blocks) == 3
    np.testing.assert_array_equal(np.concatenate(blocks), decode(path, mono=True).samples)


@pytest.mark.parametrize("name", ["float.wav", "a.mp3", "a.m4a", "a.opus"])
def test_windows_are_the_stretches_of_the_whole(folder, name):
    whole = decode(folder / name, mono=True)
    windows = decode_windows(folder / name, [2.0, 0.5, 2.9], 0.5, whole.rate_hz)
    half = whole.rate_hz // 2
    np.testing.assert_allclose(windows[0], whole.samples[4 * half : 5 * half], atol=2e-3)
    np.testing.assert_allclose(windows[1], whole.samples[half : 2 * half], atol=2e-3)
    assert 0 < len(windows[2]) < half
    assert [len(window) for window in decode_windows(folder / name, [0.0], 1.0, 8000)] == [8000]


def test_surround_folds_to_what_two_loudspeakers_can_play(tmp_path):
    samples = np.zeros((1000, 6), np.float32)
    samples[:, 2] = 0.5
    soundfile.write(tmp_path / "surround.wav", samples, RATE_HZ, subtype="PCM_24")
    sound = decode(tmp_path / "surround.wav").samples
    assert sound.shape == (1000, 6)
    stereo = to_stereo(sound)
    assert stereo[0, 0] == stereo[0, 1] > 0.1
    assert np.abs(to_stereo(np.ones((10, 6), np.float32))).max() <= 1.0
    assert to_mono(sound)[0] == pytest.approx(0.5 / 6, abs=1e-4)


@pytest.mark.parametrize("channels", range(1, 17))
def test_any_number_of_channels_gives_both_loudspeakers_sound(channels):
    stereo = to_stereo(np.ones((4, channels), np.float32))
    assert stereo.shape == (4, 2)
    assert (stereo > 0.9).all()
    assert (stereo < 1.01).all()


def test_what_is_no_number_becomes_silence(tmp_path):
    samples = np.full((500, 1), np.nan, np.float32)
    samples[100:200] = np.inf
    samples[200:300] = 0.25
    soundfile.write(tmp_path / "broken.wav", samples, RATE_HZ, subtype="FLOAT")
    sound = decode(tmp_path / "broken.wav").samples
    assert np.flatnonzero(sound[:, 0]).tolist() == list(range(200, 300))


@pytest.mark.skipif(sys.platform != "linux", reason="names must be valid text here")
@pytest.mark.parametrize("name", ["float.wav", "a.m4a"])
def test_names_that_are_not_valid_text_are_read(folder, tmp_path, name):
    path = tmp_path / os.fsdecode(b"\xff\xe9-" + name.encode())
    path.write_bytes((folder / name).read_bytes())
    assert probe(path).channels == 2


def _refused(path):
    with pytest.raises(Unreadable) as refusal:
        decode(path)
    assert refusal.value.path == path
    return refusal.value.reason


def test_refusals_name_their_reason(tmp_path):
    (tmp_path / "empty.wav").touch()
    (tmp_path / "text.mp3").write_text("Not a sound, whatever its name says.\n" * 200)
    (tmp_path / "list.m3u8").write_text("#EXTM3U\n#EXTINF:10,\nother.ts\n")
    assert _refused(tmp_path / "empty.wav") == Reason.IS_EMPTY
    assert _refused(tmp_path / "gone.wav") == Reason.VANISHED
    assert _refused(tmp_path) == Reason.IS_FOLDER
    assert _refused(tmp_path / "text.mp3") == Reason.UNKNOWN_SOUND
    assert _refused(tmp_path / "list.m3u8") == Reason.UNKNOWN_SOUND


def test_noise_and_cut_headers_are_refused(folder, tmp_path):
    path = tmp_path / "noise.flac"
    path.write_bytes(np.random.default_rng(0).bytes(50_000))
    assert _refused(path) == Reason.UNKNOWN_SOUND
    for name in ALL:
        path = tmp_path / f"cut_{name}"
        path.write_bytes((folder / name).read_bytes()[:20])
        assert _refused(path)


@pytest.mark.parametrize("name", ALL)
def test_a_file_cut_in_half_gives_what_is_there_or_its_reason(folder, tmp_path, name):
    path = tmp_path / name
    stored = (folder / name).read_bytes()
    path.write_bytes(stored[: len(stored) // 2])
    try:
        assert len(decode(path).samples) < len(sweep()) * 1.1
    except Unreadable as refusal:
        assert refusal.reason


def test_a_video_without_sound_says_so(tmp_path):
    import av

    with av.open(str(tmp_path / "mute.mp4"), "w") as container:
        sound_files.add_video(container)
    assert _refused(tmp_path / "mute.mp4") == Reason.NO_SOUND


def test_a_sound_without_samples_says_so(tmp_path):
    soundfile.write(tmp_path / "none.wav", np.zeros((0, 2), np.float32), RATE_HZ)
    assert _refused(tmp_path / "none.wav") == Reason.NO_SOUND


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_pipes_are_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.wav")
    assert _refused(tmp_path / "pipe.wav") == Reason.NOT_REGULAR


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may read everything")
def test_files_that_may_not_be_read_say_so(folder, tmp_path):
    path = tmp_path / "secret.wav"
    path.write_bytes((folder / "float.wav").read_bytes())
    path.chmod(0)
    assert _refused(path) == Reason.NO_PERMISSION


@pytest.mark.parametrize(("channels", "rate_hz"), [(65, 44_100), (1000, 44_100), (2, 10), (2, 4_000_000)])
def test_headers_that_make_no_sense_are_refused(tmp_path, channels, rate_hz):
    path = tmp_path / "absurd.wav"
    form = struct.pack("<HHIIHH", 1, channels, rate_hz, rate_hz * channels * 2, channels * 2, 16)
    sound = bytes(channels * 2 * 100)
    body = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(sound)) + sound
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    assert _refused(path) == Reason.SENSELESS_HEADER


def test_a_wav_without_channels_is_refused(folder, tmp_path):
    stored = bytearray((folder / "float.wav").read_bytes())
    stored[22:24] = bytes(2)
    (tmp_path / "none.wav").write_bytes(stored)
    assert _refused(tmp_path / "none.wav") == Reason.UNKNOWN_SOUND


def test_refusals_come_back_from_worker_processes(tmp_path):
    refused = Unreadable(tmp_path, Reason.SENSELESS_HEADER, channels=65, rate_hz=44_100)
    back = pickle.loads(pickle.dumps(refused))
    assert (type(back), back.path, back.refusal) == (Unreadable, tmp_path, refused.refusal)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("name", ["sound.flac", "sound.wav", "sound.ogg", "sound.mp3"])
def test_windows_of_a_cut_file_end_where_its_sound_does(tmp_path, name, share):
    """A seek behind the cut, and a block with the cut inside."""
    whole = tmp_path / ("whole" + name[5:])
    samples = np.random.default_rng(4).uniform(-0.5, 0.5, (20 * RATE_HZ, 1)).astype(np.float32)
    with soundfile.SoundFile(whole, "w", RATE_HZ, 1) as file:
        for start in range(0, len(samples), RATE_HZ):
            file.write(samples[start : start + RATE_HZ])
    cut = tmp_path / name
    cut.write_bytes(whole.read_bytes()[: int(share * whole.stat().st_size)])
    windows = decode_windows(cut, [0.0, 6.0, 12.0, 19.0], 1.0, RATE_HZ)
    assert len(windows) == 4
    assert not len(windows[3])
    assert len(windows[0]) >= 0.8 * RATE_HZ
    with SoundReader(cut) as reader:
        assert len(reader.read(20 * RATE_HZ)) >= (share - 0.05) * 20 * RATE_HZ


DECODE = """
import subprocess
import sys
from pathlib import Path
import av
import numpy as np
from bgm_finder.audio.decode import decode

samples = decode(Path(sys.argv[1])).samples
print(*np.argmax(np.abs(np.fft.rfft(samples[:22050], axis=0)), axis=0).tolist())
"""


@pytest.mark.parametrize(("layout", "channels"), [("5.1", 6), ("7.1", 8), ("hexadecagonal", 16)])
def test_many_channels_are_each_read(tmp_path, layout, channels):
    """In a process of its own: PyAV's own way of reading them ends it."""
    path = tmp_path / "film.mkv"
    write_tones(path, layout, channels)
    ran = subprocess.run([sys.executable, "-c", DECODE, str(path)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-500:]
    assert [int(word) for word in ran.stdout.split()] == [100 * (channel + 1) for channel in range(channels)]


def write_tones(path, layout, channels):
    """Write a second of wavpack, whose channels are planes, with a tone of its own in each channel."""
    hz = 200.0 * np.arange(1, channels + 1)
    tones = (0.3 * np.sin(2 * np.pi * hz * np.arange(44_100)[:, None] / 44_100)).astype(np.float32)
    with av.open(path, "w") as container:
        stream = container.add_stream("wavpack", rate=44_100, layout=layout, format="fltp")
        frame = av.AudioFrame.from_ndarray(tones.reshape(1, -1), format="flt", layout=layout)
        frame.sample_rate = 44_100
        resampler = av.AudioResampler(format="fltp", layout=layout, rate=44_100)
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
