"""What files' own tags say: every place of a field, the comments that count, tempi, and tags that are broken."""

import shutil
import struct
import subprocess

import mutagen
import pytest
import soundfile
from made_sounds import RATE_HZ, tone
from mutagen.apev2 import APEv2
from mutagen.flac import FLAC
from mutagen.id3 import COMM, ID3, TBPM, TCON, TIT2, TPE1, TXXX

from bgm_finder.track import Tag
from bgm_finder.workflows.embedded_tags import Embedded, read_embedded


@pytest.fixture
def mp3(tmp_path):
    path = tmp_path / "song.mp3"
    soundfile.write(path, tone(440, length_s=0.2), RATE_HZ)
    return path


@pytest.fixture
def flac(tmp_path):
    path = tmp_path / "song.flac"
    soundfile.write(path, tone(440, length_s=0.2), RATE_HZ)
    return path


def with_id3(path, *frames):
    tags = ID3()
    for frame in frames:
        tags.add(frame)
    tags.save(path, v1=0)
    return read_embedded(path)


def with_vorbis(path, **texts):
    file = FLAC(path)
    file.update(texts)
    file.save()
    return read_embedded(path)


@pytest.mark.parametrize("suffix", ["flac", "ogg", "mp3", "wav", "aiff"])
def test_own_tags_are_read_in_every_format(tmp_path, suffix):
    path = tmp_path / f"song.{suffix}"
    soundfile.write(path, tone(440, length_s=1), RATE_HZ)
    file = mutagen.File(path)
    if suffix in ("flac", "ogg"):
        file["title"], file["artist"], file["comment"] = "雨の日", "誰か", "静か"
        file["bpm"], file["genre"] = "92.5", ["Rock/Pop", "Jazz"]
    else:
        if file.tags is None:
            file.add_tags()
        file.tags.add(TIT2(3, ["雨の日"]))
        file.tags.add(TPE1(3, ["誰か"]))
        file.tags.add(COMM(3, "jpn", "", ["静か"]))
        file.tags.add(TBPM(3, ["92.5"]))
        file.tags.add(TCON(3, ["Rock/Pop", "Jazz"]))
    file.save()
    genres = tuple(Tag("genre", name) for name in ("Rock", "Pop", "Jazz"))
    assert read_embedded(path) == Embedded("雨の日", "誰か", "静か", 92.5, genres)


def test_file_without_or_with_broken_tags_has_none(tmp_path, sounds):
    assert read_embedded(sounds / "wind.wav") == Embedded()
    assert read_embedded(sounds / "broken.mp3") == Embedded()
    (tmp_path / "cut.flac").write_bytes((sounds / "flute 2.flac").read_bytes()[:50])
    assert read_embedded(tmp_path / "cut.flac") == Embedded()


OWN = [
    "quiet piano",
    "LAMEntation for strings",
    "Created by Yamada",
    "Lame excuses, slow",
    "iTunes purchase of 2009, for the trailer",
    "made with love and an old upright piano",
    "https://example.org/track",
    "120 BPM, 8A",
    "recorded with a cheap microphone",
    "静か",
]
PROGRAMS = [
    " 00000A2C 00000B11 00003C8A 00004F1B 00024CA8 00024CA8 00007FFF 00007FFF 0001D4C0 0001D4C0",
    " 00000000 00000210 000005AD 00000000010D3B43 00000000 0030D53A 00000000 00000000 00000000 00000000",
    "7+D6A4C6F2DB4D01F2E8B7BA76E6F2F5C8+148893",
    "9E0B4F0C+178340+12+150+17842+35117",
    "LAME 3.100",
    "LAME v3.98.4 -V 0 --vbr-new",
    "Encoded by FLAC v1.1.2a",
    "Ripped with EAC",
    "ExactAudioCopy v1.0b3",
    "Exact Audio Copy   (Secure mode)",
    "Lavf58.76.100",
    "Processed by SoX",
    "Created with Audacity",
    "replaygain_track_gain = -7.1 dB",
    "-7.50 dB",
    "0",
]


@pytest.mark.parametrize("text", OWN)
def test_a_comment_of_the_user_is_kept(flac, text):
    assert with_vorbis(flac, comment=text).comment == text


@pytest.mark.parametrize("text", PROGRAMS)
def test_what_programs_leave_is_no_comment(flac, text):
    assert with_vorbis(flac, comment=[text]).comment == ""
    assert with_vorbis(flac, comment=[text], description="mine").comment == "mine"


@pytest.mark.parametrize(
    "desc",
    ["iTunNORM", "iTunSMPB", "iTunPGAP", "iTunes_CDDB_1", "iTunes_CDDB_TrackNumber", "engiTunNORM", "Songs-DB_Custom1",
     "MusicMatch_Mood", "replaygain_track_gain", "Serato Markers"],
)  # fmt: skip
def test_the_users_comment_is_found_among_those_of_players(mp3, desc):
    players = COMM(3, "eng", desc, ["Something"])
    assert with_id3(mp3, players).comment == ""
    assert with_id3(mp3, players, COMM(3, "jpn", "", ["静か"])).comment == "静か"
    assert with_id3(mp3, players, COMM(3, "eng", "Remarks", ["calm"])).comment == "calm"


def test_a_comment_without_description_comes_first(mp3):
    frames = (COMM(3, "deu", "Remarks", ["b"]), COMM(3, "jpn", "", ["c"]), COMM(3, "eng", "", ["a"]))
    assert with_id3(mp3, *frames).comment == "a, c, b"


TEMPI = {
    "128": 128.0,
    "128,5": 128.5,
    "128.5 BPM": 128.5,
    "♩ = 120": 120.0,
    "120-128": 124.0,
    "12800": 128.0,
    "１２８": 128.0,
    "テンポ 92": 92.0,
}


@pytest.mark.parametrize("text", TEMPI)
def test_a_tempo_is_read_as_people_write_it(mp3, flac, text):
    assert with_id3(mp3, TBPM(3, [text])).bpm == TEMPI[text]
    assert with_id3(mp3, TXXX(3, "BPM", [text])).bpm == TEMPI[text]
    assert with_vorbis(flac, bpm=text).bpm == TEMPI[text]
    own = with_vorbis(flac, bpm="", tempo=text)
    assert (own.bpm, own.tags, own.unread_tempo) == (TEMPI[text], (), "")


@pytest.mark.parametrize("text", ["fast", "Allegro", "速い、軽快", "4/4"])
def test_a_tempo_that_is_none_is_kept_for_a_complaint_and_never_a_tag(mp3, flac, text):
    for own in (with_id3(mp3, TBPM(3, [text])), with_vorbis(flac, tempo=text)):
        assert (own.bpm, own.tags, own.unread_tempo) == (None, (), text)


@pytest.mark.parametrize("text", ["0", "0.00", "000", "0 BPM", "", " "])
def test_a_tempo_of_nought_is_none(mp3, text):
    assert with_id3(mp3, TBPM(3, [text])) == Embedded()


def test_another_field_tells_the_tempo_where_the_first_does_not(mp3):
    own = with_id3(mp3, TBPM(3, ["0"]), TXXX(3, "fBPM", ["127.97"]))
    assert (own.bpm, own.unread_tempo) == (127.97, "")


@pytest.mark.parametrize(
    ("told", "names"),
    [
        (["17"], ["Rock"]),
        (["(17)"], ["Rock"]),
        (["(4)Eurodisco"], ["Disco", "Eurodisco"]),
        (["(26)(17)"], ["Ambient", "Rock"]),
        (["Rock", "Jazz"], ["Rock", "Jazz"]),
        (["Rock/Pop; Jazz"], ["Rock", "Pop", "Jazz"]),
        (["255"], []),
        (["2000s"], ["2000s"]),
    ],
)
def test_genres_by_number_and_by_name(mp3, flac, told, names):
    tags = tuple(Tag("genre", name) for name in names)
    assert with_id3(mp3, TCON(3, told)).tags == tags
    assert with_vorbis(flac, genre=told).tags == tags


def test_titles_are_one_line_and_never_split(mp3):
    own = with_id3(mp3, TIT2(3, ["  Rain/Sun;\r\n part\t2 "]), TPE1(3, ["A", "B", "A"]))
    assert (own.title, own.artist) == ("Rain/Sun; part 2", "A, B")


def test_mood_and_instrument_become_tags(mp3):
    own = with_id3(mp3, TXXX(3, "MOOD", ["calm; warm"]), TXXX(3, "Instrument", ["piano"]))
    assert own.tags == (Tag("mood", "calm"), Tag("mood", "warm"), Tag("instrument", "piano"))


def test_a_broken_tag_does_not_hide_another(mp3):
    tags = APEv2()
    tags["Title"] = "Rain"
    tags.save(mp3)
    mp3.write_bytes(b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + mp3.read_bytes())
    assert read_embedded(mp3).title == "Rain"


def test_a_file_that_is_gone_has_no_tags(tmp_path):
    assert read_embedded(tmp_path / "gone.wav") == Embedded()


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs FFmpeg's program")
def test_a_cover_beside_vorbis_does_not_name_the_track(tmp_path):
    song, picture, ogg = tmp_path / "song.wav", tmp_path / "cover.png", tmp_path / "song.ogg"
    soundfile.write(song, tone(440, length_s=1), RATE_HZ)
    run = ["ffmpeg", "-y", "-v", "error"]
    subprocess.run([*run, "-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1", str(picture)], check=True)
    tags = ["-metadata:s:v", "title=Album cover", "-metadata:s:a", "title=Vorbis Dream"]
    codecs = ["-c:v", "libtheora", "-c:a", "libvorbis"]
    subprocess.run([*run, "-i", str(picture), "-i", str(song), *codecs, *tags, str(ogg)], check=True)
    assert read_embedded(ogg).title == "Vorbis Dream"


@pytest.mark.parametrize("blank", [b"ID3\4\0\0\0\0\0\0", b"ID3\3\0\0\0\0\0\x40" + bytes(64)], ids=["empty", "blank"])
def test_a_blank_id3_tag_does_not_hide_the_one_behind(mp3, blank):
    with_id3(mp3, TIT2(3, ["Rain"]), TPE1(3, ["Yamada"]))
    mp3.write_bytes(2 * blank + mp3.read_bytes())
    assert read_embedded(mp3) == Embedded(title="Rain", artist="Yamada")


@pytest.mark.parametrize("first", [[], ["TITLE="]], ids=["empty", "blank"])
def test_an_empty_comment_block_does_not_hide_the_one_behind(flac, first):
    raw = flac.read_bytes()
    assert raw[4] & 127 == 0
    blocks = [raw[4:42], _comments(first), _comments(["TITLE=Rain", "MOOD=calm"])]
    flac.write_bytes(b"fLaC" + bytes([raw[4] & 127]) + b"".join(blocks)[1:] + raw[42:])
    assert read_embedded(flac) == Embedded(title="Rain", tags=(Tag("mood", "calm"),))


def _comments(texts):
    """Return a comment block of FLAC."""
    body = struct.pack("<II", 0, len(texts))
    body += b"".join(struct.pack("<I", len(text)) + text.encode() for text in texts)
    return struct.pack(">I", 4 << 24 | len(body)) + body
