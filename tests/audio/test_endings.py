"""What FFmpeg can read is listed, and read by its content where the ending names another format."""

import shutil
import struct
import subprocess

import numpy as np
import pytest
from sound_files import RATE_HZ

from bgm_finder.audio.decode import decode
from bgm_finder.audio.files import ALIKE_SUFFIXES, AUDIO_SUFFIXES, VIDEO_SUFFIXES

TONE = ["-f", "lavfi", "-i", "sine=frequency=1000:sample_rate=48000:duration=2"]
PICTURE = ["-f", "lavfi", "-i", "testsrc=size=720x576:rate=25:duration=2"]
WORDS = {
    **{
        ".mp2": "-c:a mp2",
        ".mpa": "-f mp2",
        ".m2a": "-f mp2",
        ".mpga": "-f mp2",
        ".mka": "-c:a flac",
        ".tta": "-c:a tta",
    },
    **{".weba": "-f webm -c:a libopus", ".ac3": "-c:a ac3", ".eac3": "-c:a eac3", ".ec3": "-f eac3 -c:a eac3"},
    **{".dts": "-c:a dca -strict -2", ".m4r": "-f ipod -c:a aac", ".adts": "-f adts -c:a aac", ".voc": "-c:a pcm_u8"},
    **{
        ".snd": "-f au",
        ".oga": "-c:a libvorbis",
        ".3ga": "-f 3gp -c:a aac",
        ".thd": "-f truehd -c:a truehd -strict -2",
    },
    **{".mlp": "-f mlp -c:a mlp -strict -2", ".vob": "-f vob -c:a ac3", ".ogv": "-f ogg -c:a libvorbis"},
    **{".ogm": "-f ogg -c:a libvorbis", ".3g2": "-c:a aac", ".asf": "-c:a wmav2", ".f4v": "-f flv -c:a aac"},
    **{
        ".wtv": "-c:a mp2",
        ".rm": "-c:a ac3",
        ".divx": "-f avi -c:a mp3",
        ".m2t": "-f mpegts -c:a mp2",
        ".qt": "-f mov",
    },
    **{
        ".mk3d": "-f matroska -c:a flac",
        ".mpe": "-f mpeg -c:a mp2",
        ".m4v": "-f mp4 -c:a aac",
        ".spx": "-c:a libspeex",
    },
}


def encoded(path, words, pictures=()):
    made = subprocess.run(["ffmpeg", "-y", "-v", "error", *pictures, *TONE, *words.split(), str(path)], check=False)
    if made.returncode:
        pytest.skip("FFmpeg here cannot write it")
    return path


def assert_is_the_tone(path):
    sound = decode(path, mono=True)
    middle = sound.samples[sound.rate_hz // 2 : sound.rate_hz]
    loudest = np.argmax(np.abs(np.fft.rfft(middle * np.hanning(len(middle))))) * sound.rate_hz / len(middle)
    assert loudest == pytest.approx(1000, abs=10)  # VOC knows rates by an old divisor only


@pytest.mark.parametrize("ending", WORDS)
def test_a_rarer_ending_is_listed_and_read(tmp_path, ending):
    assert ending in AUDIO_SUFFIXES | VIDEO_SUFFIXES
    assert_is_the_tone(encoded(tmp_path / f"sound{ending}", WORDS[ending]))


def test_the_sound_of_a_dv_camera_is_read(tmp_path):
    assert_is_the_tone(encoded(tmp_path / "camera.dv", "-target pal-dv", PICTURE))


def test_dsd_is_read(tmp_path):
    rate_hz, seconds = 64 * RATE_HZ, 1
    times = np.arange(rate_hz * seconds) / rate_hz
    wave, bits, error = 0.4 * np.sin(2 * np.pi * 1000 * times), np.zeros(len(times), np.uint8), 0.0
    for place, value in enumerate(wave):  # a delta-sigma modulator of first order
        bits[place] = error + value >= 0
        error += value - (1.0 if bits[place] else -1.0)
    packed = np.packbits(bits, bitorder="little")
    packed = np.resize(packed, -(-len(packed) // 4096) * 4096).tobytes()
    form = b"fmt " + struct.pack("<QIIIIIIQII", 52, 1, 0, 1, 1, rate_hz, 1, len(times), 4096, 0)
    data = b"data" + struct.pack("<Q", 12 + len(packed)) + packed
    (tmp_path / "sound.dsf").write_bytes(b"DSD " + struct.pack("<QQQ", 28, 28 + len(form + data), 0) + form + data)
    assert ".dsf" in AUDIO_SUFFIXES
    assert_is_the_tone(tmp_path / "sound.dsf")


@pytest.mark.parametrize("true_ending", [".m4r", ".mp2", ".oga", ".tta", ".weba", ".mka", ".ac3"])
@pytest.mark.parametrize("told", [".mp3", ".wav", ".flac", ".m4a"])
def test_an_ending_that_names_another_format_does_not_matter(tmp_path, true_ending, told):
    made = encoded(tmp_path / f"sound{true_ending}", WORDS[true_ending])
    shutil.move(made, tmp_path / f"lies{told}")
    assert_is_the_tone(tmp_path / f"lies{told}")


def test_no_ending_is_both_taken_and_counted_as_alike():
    assert not ALIKE_SUFFIXES & (AUDIO_SUFFIXES | VIDEO_SUFFIXES)
    assert not AUDIO_SUFFIXES & VIDEO_SUFFIXES
