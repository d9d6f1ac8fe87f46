"""Names of new files, which every common file system has to take."""

import unicodedata

import pytest

from bgm_finder.export.file_names import FreeNames, UnknownField, check_pattern, key_of, portable, stem_of

RESERVED = ("con", "PRN.old", "aux .x", "NUL", "com1", "LPT9.wav", "com¹", "conin$")


@pytest.mark.parametrize("stem", RESERVED)
def test_windows_devices_are_no_names(stem):
    assert portable(stem).partition(".")[0].strip().casefold() != stem.partition(".")[0].strip().casefold()


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ('a/b\\c:d*e?f"g<h>i|j', "a_b_c_d_e_f_g_h_i_j"),
        ("dots and blanks... ", "dots and blanks"),
        (".hidden", "hidden"),
        ("line\nfeed\ttab\x07", "line feed tab"),
        ("\u202egpj.exe", "gpj.exe"),
        ("Cue #3 100% & é", "Cue #3 100% & é"),
        (unicodedata.normalize("NFD", "がé"), unicodedata.normalize("NFC", "がé")),
        ("no text \udcff", "no text _"),
        ("com10 console", "com10 console"),
        ("...", "untitled"),
        ("", "untitled"),
    ],
)
def test_what_some_file_system_refuses_is_replaced(stem, name):
    assert portable(stem) == name


def test_names_fit_into_255_bytes_with_their_number():
    names = FreeNames([])
    found = [names.take("長" * 200, ".wav") for _ in range(11)]
    assert max(len(name.encode()) for name in found) <= 255
    assert len({key_of(name) for name in found}) == 11
    assert found[0].startswith("長" * 83) and found[10].endswith(" (11).wav")


def test_names_that_a_disk_may_take_for_one_are_numbered():
    names = FreeNames(["Été.wav", "strasse.wav"])
    wanted = ("été", unicodedata.normalize("NFD", "ÉTÉ"), "straße", "other")
    assert [names.take(stem, ".wav") for stem in wanted] == [
        "été (2).wav",
        "ÉTÉ (3).wav",
        "straße (2).wav",
        "other.wav",
    ]


VALUES = {"name": "01 - x", "title": "Rain", "artist": "", "length": "1m02s", "brief": "VP", "number": "03"}


@pytest.mark.parametrize(
    ("pattern", "stem"),
    [
        ("{name}", "01 - x"),
        ("{artist} - {title}", "Rain"),
        ("{number} {title} - {artist} ({length})", "03 Rain (1m02s)"),
        ("{title} ({artist})", "Rain"),
        ("{brief}_{title}_{artist}", "VP_Rain"),
        ("BGM {number}", "BGM 03"),
    ],
)
def test_patterns_leave_no_separator_for_what_is_not_known(pattern, stem):
    check_pattern(pattern)
    assert stem_of(pattern, VALUES) == stem


@pytest.mark.parametrize("pattern", ["{titel}", "plain", "{title} {0}", "{}"])
def test_a_pattern_names_what_there_is(pattern):
    with pytest.raises(UnknownField):
        check_pattern(pattern)
