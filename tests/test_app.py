"""What the app does around its window."""

import gc
import platform
import subprocess
import sys

import pytest

from bgm_finder.app import App, spare_from_pauses
from bgm_finder.settings import Settings, load_settings
from bgm_finder.workflows import open_library
from bgm_finder.workflows.open_library import Opening

EIGHT_THREADS = """
import ctypes, sys, threading
from bgm_finder.tuning import keep_heaps_few

if sys.argv[1] == "few":
    keep_heaps_few()
c, is_over = ctypes.CDLL(None), threading.Event()
kept = []

def use_memory():
    kept.append(b"x" * 1000 + bytes(str(threading.get_ident()), "ascii"))
    c.malloc(100_000)
    is_over.wait()

threads = [threading.Thread(target=use_memory) for _ in range(8)]
for thread in threads:
    thread.start()
c.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(c.fdopen(1, b"w"))
c.malloc_info(0, out)
c.fflush(out)
is_over.set()
"""


def test_the_collector_leaves_alone_what_is_there_once_the_network_is(qtbot, qapp, tmp_path):
    gc.unfreeze()  # what another test's window left so
    settings = Settings(language="en")
    app = App(qapp, settings, Opening(tmp_path / "catalogue.sqlite", settings))
    qtbot.addWidget(app.window)
    try:
        spare_from_pauses(app)
        assert gc.get_freeze_count() == 0
        app.search.loaded.emit()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        app.close()


def heaps(setting):
    words = [sys.executable, "-c", EIGHT_THREADS, setting]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.count("<heap nr=")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives each thread a heap of its own")
def test_eight_threads_share_few_heaps():
    assert heaps("few") <= 2 < heaps("many")


def test_settings_that_cannot_be_used_are_told_and_the_window_opens(qtbot, qapp, tmp_path):
    (file := tmp_path / "settings.json").write_text("{")
    settings = load_settings(file)
    settings.language, settings.theme, settings.volume = "??", "no such theme", 5.0
    settings.scope, settings.sort_key, settings.network = "no such scope", "no such key", "\x00"
    settings.window = {"geometry": "雨", "sides": "!", "columns": "\ud800"}
    settings.filters = {str(tmp_path / "catalogue.sqlite"): {"text": 3}}
    app = App(qapp, settings, Opening(tmp_path / "catalogue.sqlite", settings), language="en")
    qtbot.addWidget(app.window)
    try:
        app.begin([])
        qtbot.waitUntil(lambda: "settings.broken" in app.window.status.text)
        assert settings.volume == 1.0
    finally:
        app.close()


def test_a_mistake_in_the_look_at_the_catalogue_ends_no_window(qtbot, qapp, tmp_path, monkeypatch):
    def mistaken(_catalogue):
        raise LookupError("a mistake of ours")

    monkeypatch.setattr(open_library, "open_safely", mistaken)
    settings = Settings(language="en")
    app = App(qapp, settings, Opening(tmp_path / "catalogue.sqlite", settings))
    qtbot.addWidget(app.window)
    try:
        with qtbot.capture_exceptions() as mistakes:
            app.begin([])
            qtbot.waitUntil(lambda: app.library.view is not None and bool(mistakes), timeout=10_000)
        assert [kind for kind, _, _ in mistakes] == [LookupError]
        assert app.window.isVisible()
    finally:
        app.close()
