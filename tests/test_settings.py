"""What is remembered between two starts."""

import json

import pytest

from bgm_finder.settings import Settings, load_settings, save_settings


@pytest.fixture
def file(tmp_path):
    return tmp_path / "config" / "settings.json"


def test_what_was_saved_is_loaded(file):
    kept = Settings(language="ja", volume=0.25, window={"geometry": "AAA="}, filters={"a.sqlite": {"text": "雨"}})
    save_settings(kept, file)
    assert load_settings(file) == kept


def test_nothing_kept_yet_gives_the_defaults(file):
    assert load_settings(file) == Settings()


def test_values_of_a_wrong_kind_and_unknown_names_are_passed_over(file):
    file.parent.mkdir()
    file.write_text(json.dumps({"volume": "loud", "theme": "light", "auto_play": 1, "from_the_future": 1}))
    assert load_settings(file) == Settings(theme="light")


@pytest.mark.parametrize("text", ["{", "[]", "null", "\x00"])
def test_a_damaged_file_is_set_aside(file, text):
    file.parent.mkdir()
    file.write_text(text)
    assert load_settings(file) == Settings()
    assert file.with_suffix(".broken").read_text() == text


def test_a_file_name_that_is_no_text_can_be_kept(file):
    kept = Settings(last_tracks={"a.sqlite": "/music/\udcff.wav"})
    save_settings(kept, file)
    assert load_settings(file) == kept
