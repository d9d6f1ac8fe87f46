"""Settings that are saved soon after they change."""

import threading

import pytest

from bgm_finder.controllers import settings_saver
from bgm_finder.controllers.settings_saver import SettingsSaver
from bgm_finder.json_object import read_object, write_changes
from bgm_finder.settings import load_settings


@pytest.fixture
def file(tmp_path):
    return tmp_path / "config" / "settings.json"


@pytest.fixture
def settings(file):
    return load_settings(file)


@pytest.fixture
def saver(settings, file, qapp):
    made = SettingsSaver(settings, file)
    yield made
    made.close()


def test_a_change_is_on_disk_within_moments_though_changes_never_pause(saver, settings, file, qtbot):
    def go_on():
        settings.volume = 1.0 - settings.volume
        return file.exists()

    qtbot.waitUntil(go_on, timeout=10_000)
    assert set(read_object(file)) == {"volume"}


def test_what_is_put_in_at_the_last_moment_is_saved_too(saver, settings, file):
    saver.saving.connect(lambda: setattr(settings, "window", {"columns": "AAA="}))
    settings.theme = "light"
    saver.save_now()
    assert read_object(file) == {"theme": "light", "window": {"columns": "AAA="}}


def test_nothing_is_written_where_nothing_changed(saver, settings, file):
    saver.save_soon()
    saver.save_now()
    assert not file.parent.exists()


def test_a_failure_is_told_once_and_the_next_save_writes_all(saver, settings, file, qtbot):
    told = []
    saver.failed.connect(told.append)
    file.parent.touch()  # a file where the folder should be
    settings.theme = "light"
    with qtbot.waitSignal(saver.failed, timeout=10_000):
        pass
    settings.volume = 0.5
    saver.save_now()
    assert [type(error) for error in told] == [FileExistsError]
    file.parent.unlink()
    saver.save_now()
    assert read_object(file) == {"theme": "light", "volume": 0.5}


def test_what_is_changed_to_and_fro_during_a_slow_write_is_on_disk_as_it_is_at_last(settings, file, qtbot, monkeypatch):
    may_write = threading.Event()

    def write_slowly(path, changes):
        assert may_write.wait(10)
        write_changes(path, changes)

    monkeypatch.setattr(settings_saver, "write_changes", write_slowly)
    saver = SettingsSaver(settings, file, delay_ms=100)
    settings.volume = 0.5
    with qtbot.waitSignal(saver.saving):
        pass
    settings.volume = 0.6
    with qtbot.waitSignal(saver.saving, timeout=250, raising=False):  # one at a time
        pass
    settings.volume = 0.5
    may_write.set()
    qtbot.waitUntil(lambda: not settings.unsaved())
    saver.close()
    assert read_object(file) == {"volume": 0.5}
