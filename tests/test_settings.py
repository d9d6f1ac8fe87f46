"""What is remembered between two starts."""

import json

import pytest

from bgm_finder.json_object import NotJsonObject, read_object, write_changes
from bgm_finder.settings import Settings, load_settings


@pytest.fixture
def file(tmp_path):
    return tmp_path / "config" / "settings.json"


def save(settings, file):
    changes = settings.unsaved()
    write_changes(file, changes)
    settings.mark_saved(changes)


def test_what_was_changed_is_loaded(file):
    settings = load_settings(file)
    settings.language, settings.volume, settings.filters = "ja", 0.25, {"a.sqlite": {"text": "雨"}}
    save(settings, file)
    assert load_settings(file) == Settings(language="ja", volume=0.25, filters={"a.sqlite": {"text": "雨"}})


def test_nothing_kept_yet_gives_the_defaults_and_writes_nothing(file):
    assert load_settings(file) == Settings()
    assert load_settings(file).unsaved() == {}


def test_values_of_a_wrong_kind_and_unknown_names_are_passed_over(file):
    kept = {"volume": "loud", "theme": "light", "auto_play": 1, "from_the_future": 1, "filters": [], "window": {"a": 1}}
    write_changes(file, kept)
    assert load_settings(file) == Settings(theme="light")


@pytest.mark.parametrize("volume", ["NaN", "Infinity", "true", "1" + 400 * "0" + ".5"])
def test_a_number_that_is_none_keeps_its_default(file, volume):
    file.parent.mkdir()
    file.write_text('{"volume": ' + volume + "}")
    assert load_settings(file) == Settings()


def test_each_of_two_windows_keeps_what_the_other_changed(file):
    write_changes(file, {"theme": "dark", "last_tracks": {"a.sqlite": "/one.wav"}, "from_the_future": 1})
    one, other = load_settings(file), load_settings(file)
    one.theme, one.last_tracks = "light", {**one.last_tracks, "b.sqlite": "/two.wav"}
    other.volume, other.last_tracks = 0.1, {**other.last_tracks, "a.sqlite": "/three.wav"}
    save(one, file)
    save(other, file)
    assert read_object(file) == {
        "theme": "light",
        "volume": 0.1,
        "last_tracks": {"a.sqlite": "/three.wav", "b.sqlite": "/two.wav"},
        "from_the_future": 1,
    }


def test_a_choice_that_is_taken_back_holds_against_another_window(file):
    one, other = load_settings(file), load_settings(file)
    one.theme = "light"
    save(one, file)
    other.theme = "light"
    other.theme = "dark"
    save(other, file)
    assert load_settings(file).theme == "dark"


def test_what_changes_while_it_is_saved_is_saved_the_next_time():
    settings = Settings()
    settings.volume, settings.window = 0.5, {"geometry": "A", "columns": "B"}
    being_saved = settings.unsaved()
    settings.window = {"geometry": "A", "columns": "C"}
    settings.mark_saved(being_saved)
    assert settings.unsaved() == {"window": {"columns": "C"}}


def test_only_a_change_is_told():
    settings, told = Settings(), []
    settings.listen(lambda: told.append(settings.theme))
    settings.theme = "dark"
    settings.theme = "light"
    settings.listen(None)
    settings.theme = "dark"
    assert told == ["light"]


@pytest.mark.parametrize("text", ["{", "[]", "null", "\x00"])
def test_a_damaged_file_is_set_aside(file, text):
    file.parent.mkdir()
    file.write_text(text)
    settings = load_settings(file)
    assert settings == Settings()
    assert isinstance(settings.load_error, NotJsonObject)
    assert settings.load_error.set_aside == file.with_suffix(".broken")
    assert file.with_suffix(".broken").read_text() == text


def test_a_file_that_cannot_be_read_gives_the_defaults_and_says_so(file):
    file.mkdir(parents=True)
    settings = load_settings(file)
    assert settings == Settings()
    assert isinstance(settings.load_error, OSError)


def test_a_file_name_that_is_no_text_can_be_kept(file):
    settings = load_settings(file)
    settings.last_tracks = {"a.sqlite": "/music/\udcff.wav"}
    save(settings, file)
    assert load_settings(file) == settings
    assert json.loads(file.read_text())["last_tracks"] == {"a.sqlite": "/music/\udcff.wav"}
