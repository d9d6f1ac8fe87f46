"""Keep the tests away from the user's data, screen and spare cores, and fails those that leave threads behind."""

import atexit
import logging
import os
import shutil
import tempfile
import threading
import time
from pathlib import Path

import pytest

_HOME = tempfile.mkdtemp(prefix="bgm-finder-tests-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)

# Before Qt, numpy and torch are imported, as they look at these only once; the programs that tests start inherit them.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for _name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
    _folder = Path(_HOME, _name)
    _folder.mkdir(mode=0o700)  # Qt warns of a runtime folder that others can read
    os.environ[_name] = str(_folder)
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

_HOME_CONFIG = Path(os.environ["XDG_CONFIG_HOME"])
_TESTS = Path(__file__).parent
_SLOW = {
    "end_to_end",
    "lab",
    "reliability",
    "training",
    "audio/test_channels.py",
    "audio/test_endings.py",
    "audio/test_films.py",
    "audio/test_lengths.py",
    "audio/test_lost_server.py",
    "audio/test_real_stream.py",
    "catalogue/in_memory/test_filters.py",
    "catalogue/in_memory/test_patching.py",
    "controllers/test_typed_bridge.py",
    "gui/test_file_manager.py",
    "gui/test_small_screens.py",
    "jobs/test_each_file.py",
    "jobs/test_time_limit.py",
    "test_cli.py",
    "test_mel.py",
    "test_setup.py",
    "test_system_libraries.py",
    "workflows/test_chosen_stream.py",
    "workflows/test_cluster.py",
    "workflows/test_doctor.py",
    "workflows/test_find_similar.py",
    "workflows/test_open_demo.py",
    "workflows/test_passages.py",
}
"""Rooms and files that `make check` leaves out: most of their tests take a second or more; and whatever is indexed."""

_MISTAKES = logging.getLogger("bgm_finder.jobs.each_file")
"""Where a mistake of ours is told that costs a user one file; a test it costs everything."""

_PATIENCE_S = 20.0
"""How long a thread may take to end after the test that started it; a window that closes does not wait for torch."""


@pytest.fixture(autouse=True)
def _settings_are_not_the_next_test_s():
    """The windows of a test save theirs; programs that a later one starts would read them."""
    yield
    for file in _HOME_CONFIG.rglob("*.json"):
        file.unlink()


def _is_slow(path):
    place = path.relative_to(_TESTS)
    return (bool(place.parts) and place.parts[0] in _SLOW) or place.as_posix() in _SLOW


def pytest_ignore_collect(collection_path, config):
    """Import nothing that is left out anyway: torch, librosa and the like take seconds in each process."""
    if config.option.markexpr == "not slow" and _is_slow(collection_path):
        return True
    return None


def pytest_collection_modifyitems(items):
    for item in items:
        if _is_slow(item.path) or "indexed" in item.fixturenames:
            item.add_marker("slow")


@pytest.fixture(autouse=True)
def _no_thread_is_left_behind():
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + _PATIENCE_S
    for thread in set(threading.enumerate()) - before:
        thread.join(max(0.0, deadline - time.monotonic()))
    left = [thread.name for thread in set(threading.enumerate()) - before]
    assert not left, f"the test left threads behind: {left}"


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


@pytest.fixture
def mistakes():
    """The mistakes that were logged so far; a test that takes this expects some."""
    return []


@pytest.fixture(autouse=True)
def _no_mistake_is_passed_over(request):
    kept = _Kept()
    if "mistakes" in request.fixturenames:
        kept.texts = request.getfixturevalue("mistakes")
    _MISTAKES.addHandler(kept)
    yield
    _MISTAKES.removeHandler(kept)
    assert "mistakes" in request.fixturenames or not kept.texts, kept.texts[0]
