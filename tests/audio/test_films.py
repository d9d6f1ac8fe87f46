"""Of a film with several sound streams the one is read that is meant: never silence, a commentary or half a pair."""

import shutil
import struct

import av
import numpy as np
import pytest
from films import Stream, tones_hz, write_film

from bgm_finder.audio.decode import SoundReader, decode, decode_windows, probe
from bgm_finder.reasons import Reason, Unreadable

pytestmark = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="films are made by the ffmpeg program")


def heard(path, stream=None):
    return tones_hz(decode(path, stream=stream))


@pytest.mark.parametrize("name", ["film.mkv", "film.mp4", "film.mov"])
def test_the_stream_that_the_file_marks_is_read(tmp_path, name):
    film = write_film(tmp_path / name, [Stream(440), Stream(880, disposition="default"), Stream(1320)])
    assert heard(film) == [880, 880]


@pytest.mark.parametrize("marked", [("0", "0"), ("default", "default")])
def test_where_none_or_all_are_marked_the_first_is_read(tmp_path, marked):
    streams = [Stream(440, disposition=marked[0]), Stream(880, disposition=marked[1])]
    assert heard(write_film(tmp_path / "film.mkv", streams)) == [440, 440]


@pytest.mark.parametrize(
    "special",
    [
        Stream(440, disposition="default+comment"),
        Stream(440, disposition="default+visual_impaired"),
        Stream(440, disposition="default+hearing_impaired"),
        Stream(440, disposition="default", title="Director's commentary"),
        Stream(440, disposition="default", title="オーディオコメンタリー"),
    ],
)
def test_what_is_made_for_few_never_comes_before_a_normal_one(tmp_path, special):
    assert heard(write_film(tmp_path / "film.mkv", [special, Stream(880)])) == [880, 880]


@pytest.mark.parametrize(("name", "codec"), [("film.mkv", "aac"), ("film.ts", "mp2"), ("film.mkv", "ac3")])
def test_a_silent_stream_never_comes_before_a_sounding_one(tmp_path, name, codec):
    streams = [Stream(0, disposition="default"), Stream(880), Stream(0)]
    assert heard(write_film(tmp_path / name, streams, codec=codec)) == [880, 880]


@pytest.mark.parametrize(
    ("from_s", "to_s", "codec"),  # FFmpeg writes ac3 in a fifth of the time of aac
    [(50.0, 60.0, "ac3"), (20.0, 24.0, "ac3"), (0.0, 3.0, "ac3"), (57.0, 60.0, "aac")],
)
def test_a_stream_that_sounds_for_a_short_while_is_not_silent(tmp_path, from_s, to_s, codec):
    streams = [Stream(0), Stream(440, from_s=from_s, to_s=to_s), Stream(880, disposition="comment")]
    film = write_film(tmp_path / "film.mkv", streams, length_s=60.0, codec=codec)
    found = decode(film, start_s=from_s, duration_s=to_s - from_s)
    assert tones_hz(found) == [440, 440]


@pytest.mark.parametrize(
    ("name", "codec", "video"),
    [("camera.mov", "pcm_s16le", ""), ("camera.mxf", "pcm_s16le", "mpeg2video"), ("camera.mp4", "aac", "mpeg4")],
)
@pytest.mark.parametrize("count", [2, 4, 8])
def test_the_first_two_of_a_cameras_mono_streams_are_left_and_right(tmp_path, name, codec, video, count):
    streams = [Stream(440, 1), Stream(880, 1), *[Stream(0, 1)] * (count - 2)]
    film = write_film(tmp_path / name, streams, codec=codec, video=video)
    assert heard(film) == [440, 880]
    assert probe(film).channels == 2
    assert probe(film).duration_s == pytest.approx(6.0, abs=0.05)


def test_a_seek_in_a_pair_is_exact_in_both_channels(tmp_path):
    film = write_film(tmp_path / "camera.mov", [Stream(440, 1), Stream(880, 1, from_s=2.0)], codec="pcm_s16le")
    whole = decode(film).samples
    with SoundReader(film) as reader:
        for frame in (96_000, 31, 200_000, 95_990):
            reader.seek(frame)
            np.testing.assert_array_equal(reader.read(5_000), whole[frame : frame + 5_000])


def test_of_a_pair_whose_half_is_silent_the_other_half_is_read(tmp_path):
    film = write_film(tmp_path / "camera.mov", [Stream(0, 1), Stream(880, 1)], codec="pcm_s16le")
    assert heard(film) == [880]


def test_a_silent_pair_does_not_hide_the_next_one(tmp_path):
    streams = [Stream(0, 1), Stream(0, 1), Stream(440, 1), Stream(880, 1)]
    assert heard(write_film(tmp_path / "camera.mov", streams, codec="pcm_s16le")) == [440, 880]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Stream(440, 1, language="jpn"), Stream(880, 1, language="eng")),
        (Stream(440, 1, title="Music"), Stream(880, 1, title="Voice")),
        (Stream(440, 1, title="Track1"), Stream(880, 1, title="Track2")),
        (Stream(440, 1), Stream(880, 1, disposition="comment")),
        (Stream(440, 1), Stream(880, 2)),
    ],
)
def test_alternatives_are_not_a_pair(tmp_path, one, other):
    film = write_film(tmp_path / "film.mkv", [one, other])
    assert heard(film) == [440]
    assert set(heard(film, stream=1)) == {880}


def test_a_mono_stream_that_is_marked_instead_of_the_one_before_is_no_half_of_it(tmp_path):
    streams = [Stream(440, 1), Stream(880, 1, disposition="default")]
    assert heard(write_film(tmp_path / "film.mkv", streams)) == [880]


@pytest.mark.parametrize("titles", [("Left", "Right"), ("L", "R"), ("左", "右"), ("Ch 1", "Ch 2"), ("Mix", "Mix")])
def test_titles_that_name_the_sides_are_of_a_pair(tmp_path, titles):
    streams = [Stream(440, 1, title=titles[0]), Stream(880, 1, title=titles[1])]
    assert heard(write_film(tmp_path / "film.mkv", streams)) == [440, 880]


def test_another_stream_can_be_chosen_for_everything_that_reads(tmp_path):
    film = write_film(tmp_path / "film.mkv", [Stream(440), Stream(880), Stream(0)])
    assert heard(film, stream=1) == [880, 880]
    assert heard(film, stream=2) == [0, 0]
    assert heard(film, stream=7) == [440, 440]
    assert probe(film, stream=1).stream.parts == (1,)
    (window,) = decode_windows(film, [2.0], 1.0, 16_000, stream=1)
    power = np.abs(np.fft.rfft(window))
    assert np.argmax(power) == pytest.approx(880, abs=2)


def test_the_choices_are_told_with_what_the_file_says_of_them(tmp_path):
    streams = [
        Stream(440, language="jpn", disposition="default"),
        Stream(880, 1, language="eng", title="Commentary"),
    ]
    streams = probe(write_film(tmp_path / "film.mkv", streams)).streams
    assert [(s.parts, s.language, s.title, s.channels, s.codec) for s in streams] == [
        ((0,), "jpn", "", 2, "aac"),
        ((1,), "eng", "Commentary", 1, "aac"),
    ]
    assert [s.is_special for s in streams] == [False, True]
    pairs = write_film(tmp_path / "camera.mov", [Stream(440, 1)] * 4, codec="pcm_s16le")
    assert [s.parts for s in probe(pairs).streams] == [(0, 1), (2, 3)]
    assert heard(pairs, stream=3) == [440, 440]


def test_a_stream_that_cannot_be_decoded_hides_no_other(tmp_path):
    """As of the phones whose films hold a spatial stream (apac) that FFmpeg has no decoder for."""
    film = write_film(tmp_path / "phone.mov", [Stream(440, disposition="default"), Stream(880)])
    contents = film.read_bytes()
    for name, other in ((b"mp4a", b"apac"), (b"esds", b"dapa")):
        contents = contents.replace(name, other, 1)
    film.write_bytes(contents)
    with av.open(str(film)) as container:
        assert container.streams.audio[0].codec_context is None
    assert heard(film) == [880, 880]
    film.write_bytes(contents.replace(b"mp4a", b"apac").replace(b"esds", b"dapa"))
    with pytest.raises(Unreadable, match=Reason.UNKNOWN_SOUND):
        decode(film)


def test_a_file_of_one_stream_is_not_opened_for_a_choice(tmp_path, monkeypatch):
    film = write_film(tmp_path / "film.mp4", [Stream(440)], video="mpeg4")
    opened, open_file = [], av.open
    monkeypatch.setattr(av, "open", lambda *args, **named: opened.append(args) or open_file(*args, **named))
    assert probe(film).streams == ()
    assert len(opened) == 2  # and begun anew after its first sample


def test_a_film_whose_streams_are_all_silent_is_silence(tmp_path):
    film = write_film(tmp_path / "film.mkv", [Stream(0), Stream(0, disposition="default")])
    assert heard(film) == [0, 0]
    assert probe(film).stream.parts == (1,)


def test_a_stream_whose_header_makes_no_sense_hides_no_other(tmp_path):
    film = write_film(
        tmp_path / "film.mkv", [Stream(440, disposition="default"), Stream(880), Stream(0)], codec="pcm_s16le"
    )
    stored, rate = film.read_bytes(), b"\xb5\x88" + struct.pack(">d", 48_000)
    assert stored.count(rate) == 3
    film.write_bytes(stored.replace(rate, b"\xb5\x88" + struct.pack(">d", 900), 1))
    assert heard(film) == [880, 880]
