"""Each loudspeaker of a surround file is heard on its side, in every format: one channel sounds at a time."""

import struct
import subprocess

import numpy as np
import pytest
import soundfile

from bgm_finder.audio.channels import to_stereo
from bgm_finder.audio.decode import SoundReader

RATE_HZ = 48_000
TURN_S = 0.5
SIDES = {"FL": "left", "BL": "left", "SL": "left", "FLC": "left", "FR": "right", "BR": "right", "SR": "right"}
SIDES |= {"FRC": "right", "FC": "both", "BC": "both", "TC": "both", "LFE": "none"}
LAYOUTS = {
    "3.0": "FL FR FC",
    "quad": "FL FR BL BR",
    "5.0": "FL FR FC BL BR",
    "5.1": "FL FR FC LFE BL BR",
    "6.1": "FL FR FC LFE BC SL SR",
    "7.1": "FL FR FC LFE BL BR SL SR",
}
BACKS_AT_THE_SIDE = {"4.0": "FL FR FC BC", "5.1(side)": "FL FR FC LFE SL SR", "3.1": "FL FR FC LFE"}
CODECS = {
    "wav": ["pcm_s16le"],
    "w64": ["pcm_s16le"],
    "flac": ["flac"],
    "ogg": ["libvorbis", "-q:a", "6"],
    "opus": ["libopus", "-b:a", "512k", "-mapping_family", "1"],
    "aac": ["aac", "-b:a", "600k"],
    "m4a": ["alac"],
    "wv": ["wavpack"],
    "mka": ["pcm_s16le"],
}


def turns(places):
    """A second of each channel's own tone, one after the other, float32, (frames, channels)."""
    times = np.arange(round(TURN_S * RATE_HZ)) / RATE_HZ
    sound = np.zeros((len(places) * len(times), len(places)), np.float32)
    for place, name in enumerate(places):  # what the bass channel holds is low
        tone = 0.5 * np.sin(2 * np.pi * (60.0 if name == "LFE" else 440.0) * times) * np.hanning(len(times))
        sound[place * len(times) : (place + 1) * len(times), place] = tone
    return sound


def sides_heard(path, count):
    """The side on which each turn is heard."""
    with SoundReader(path) as reader:
        stereo = to_stereo(reader.read(reader.frames), reader.facts.places)
        rate_hz = reader.rate_hz
    found = []
    for turn in range(count):
        middle = round((turn + 0.5) * TURN_S * rate_hz)
        left, right = np.sqrt(np.mean(stereo[middle - rate_hz // 10 : middle + rate_hz // 10] ** 2, axis=0))
        loudest = max(left, right)
        if loudest < 0.01:
            found.append("none")
        elif min(left, right) > 0.8 * loudest:
            found.append("both")
        else:
            assert min(left, right) < 0.2 * loudest
            found.append("left" if left > right else "right")
    return found


def encoded(folder, layout, places, ending, words):
    """A file made by FFmpeg, whose channels sound one after the other in the order of the layout."""
    raw, target = folder / "turns.raw", folder / f"turns.{ending}"
    raw.write_bytes(turns(places).tobytes())
    read = ["-f", "f32le", "-ar", str(RATE_HZ), "-ac", str(len(places)), "-channel_layout", layout, "-i", str(raw)]
    subprocess.run(["ffmpeg", "-y", "-v", "error", *read, "-c:a", *words, str(target)], check=True)
    return target


@pytest.mark.parametrize("layout", [*LAYOUTS, *BACKS_AT_THE_SIDE])
@pytest.mark.parametrize("ending", CODECS)
def test_each_channel_is_heard_on_its_side(tmp_path, ending, layout):
    places = {**LAYOUTS, **BACKS_AT_THE_SIDE}[layout].split()
    if ending in ("opus", "ogg", "m4a", "mka") and layout in BACKS_AT_THE_SIDE:
        pytest.skip("cannot hold this layout")
    if ending == "aac" and layout in ("quad", "6.1", "3.1"):
        pytest.skip("FFmpeg's encoder describes it in a way that bare aac cannot hold")
    path = encoded(tmp_path, layout, places, ending, CODECS[ending])
    assert sides_heard(path, len(places)) == [SIDES[place] for place in places]


@pytest.mark.parametrize("layout", ["3.0", "4.0", "quad", "5.0", "5.1"])
@pytest.mark.parametrize("words", [["ac3", "-b:a", "640k"], ["eac3", "-b:a", "640k"], ["dca", "-strict", "-2"]])
def test_each_channel_of_dolby_and_dts_is_heard_on_its_side(tmp_path, words, layout):
    places = {**LAYOUTS, **BACKS_AT_THE_SIDE}[layout].split()
    if words[0] == "dca" and layout in ("3.0", "4.0"):
        pytest.skip("FFmpeg's encoder does not know this layout")
    path = encoded(tmp_path, layout, places, "dts" if words[0] == "dca" else words[0], words)
    assert sides_heard(path, len(places)) == [SIDES[place] for place in places]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("ending", ["caf", "aiff", "mov"])
def test_each_channel_of_apples_formats_is_heard_on_its_side(tmp_path, ending, layout):
    if (ending, layout) == ("mov", "6.1"):
        pytest.skip("FFmpeg's writer names the loudspeakers in another order than it writes them")
    places = LAYOUTS[layout].split()
    path = encoded(tmp_path, layout, places, ending, ["pcm_s16be" if ending == "aiff" else "pcm_s16le"])
    assert sides_heard(path, len(places)) == [SIDES[place] for place in places]


@pytest.mark.parametrize(
    ("number", "places"), [(122, "FL FR SL SR FC LFE"), (123, "FL FC FR SL SR LFE"), (124, "FC FL FR SL SR LFE")]
)
def test_the_chan_chunk_of_an_aiff_tells_its_loudspeakers(tmp_path, number, places):
    """The numbers are those of Apple's layouts MPEG_5_1_B, C and D."""
    path = tmp_path / "a.aiff"
    soundfile.write(path, turns(places.split()), RATE_HZ, subtype="PCM_16")
    body = path.read_bytes()[12:]
    body = b"AIFFCHAN" + struct.pack(">IIII", 12, number << 16 | 6, 0, 0) + body
    path.write_bytes(b"FORM" + struct.pack(">I", len(body)) + body)
    assert sides_heard(path, 6) == [SIDES[place] for place in places.split()]


def wav_with_mask(path, mask, channels, sound):
    """A WAVE_FORMAT_EXTENSIBLE file whose mask names these loudspeakers."""
    samples = (sound * 32767).astype("<i2").tobytes()
    guid = bytes.fromhex("0100000000001000800000aa00389b71")
    form = struct.pack("<HHIIHHHHI", 0xFFFE, channels, RATE_HZ, RATE_HZ * channels * 2, channels * 2, 16, 22, 16, mask)
    form += guid
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(samples)) + samples
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    return path


@pytest.mark.parametrize(
    ("mask", "places"),
    [
        (0x103, "FL FR BC"),
        (0x00B, "FL FR LFE"),
        (0x10B, "FL FR LFE BC"),
        (0x0C3, "FL FR FLC FRC"),
        (0x603, "FL FR SL SR"),
        (0x60F, "FL FR FC LFE SL SR"),
        (0x0FF, "FL FR FC LFE BL BR FLC FRC"),
        (0x63F, "FL FR FC LFE BL BR SL SR"),
        (0x830, "BL BR TC"),
    ],
)
def test_the_mask_of_a_wav_tells_its_loudspeakers(tmp_path, mask, places):
    names = places.split()
    path = wav_with_mask(tmp_path / "mask.wav", mask, len(names), turns(names))
    assert sides_heard(path, len(names)) == [SIDES[name] for name in names]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_wav_whose_mask_is_empty_has_the_usual_order(tmp_path, layout):
    places = LAYOUTS[layout].split()
    path = wav_with_mask(tmp_path / "no mask.wav", 0, len(places), turns(places))
    assert sides_heard(path, len(places)) == [SIDES[place] for place in places]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_wav_without_a_mask_has_the_usual_order(tmp_path, layout):
    places = LAYOUTS[layout].split()
    soundfile.write(tmp_path / "plain.wav", turns(places), RATE_HZ, subtype="PCM_16", format="WAV")
    assert sides_heard(tmp_path / "plain.wav", len(places)) == [SIDES[place] for place in places]


def test_a_file_of_the_bass_channel_alone_is_not_divided_by_nothing():
    stereo = to_stereo(np.ones((4, 3), np.float32), ("LFE", "LFE", "FL"))
    np.testing.assert_array_equal(stereo, np.array([[1.0, 0.0]] * 4, np.float32))
