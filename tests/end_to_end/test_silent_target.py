"""A share that never answers is what the user names to write to, to open, or to begin a dialog at."""

import gc
import shutil
import sys
import threading

import pytest
from music import write_tracks
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog
from test_silent_file import Watch
from test_silent_folder import ANSWER_MS, CLOSING_S, WAITING, close, command, interrupted

from bgm_finder.app import App
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.drives import waiting
from bgm_finder.jobs.job import Job
from bgm_finder.settings import Settings
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.track import Section, SoundAt
from bgm_finder.workflows.cut_section import cut_section
from bgm_finder.workflows.export_shortlist import export_shortlist
from bgm_finder.workflows.export_tags import export_tags
from bgm_finder.workflows.open_library import Opening
from tests.reliability.living_files import silent_folder


@pytest.fixture
def silent_at():
    """What the share never answers."""
    return "look"


@pytest.fixture
def share(tmp_path, silent_at):
    if sys.platform != "linux" or shutil.which("fusermount3") is None:
        pytest.skip("needs FUSE (Debian: fuse3)")
    pytest.importorskip("mfusepy", reason="needs the reliability extra (mfusepy)")
    with silent_folder(tmp_path / "share", silent_at) as files:
        if not files:
            pytest.skip("no file system can be mounted here (it takes root)")
        yield tmp_path / "share"


@pytest.fixture
def catalogue(tmp_path):
    with Catalogue(tmp_path / "catalogue.sqlite") as opened:
        return opened.path


@pytest.fixture
def app(qtbot, qapp, share, catalogue, monkeypatch):
    monkeypatch.setattr(waiting, "ANSWER_S", 3.0)
    settings = Settings(language="en", last_folder=str(share))
    app = App(qapp, settings, Opening(catalogue, settings))
    app.begin([])
    qtbot.waitUntil(lambda: app.library.view is not None, timeout=ANSWER_MS)
    yield app
    app.window.close()
    app.window.deleteLater()
    qapp.processEvents()
    gc.collect()


def export(app, recipe, target):
    app.window.status.clear()
    app.tasks.run(recipe, app.library.catalogue, target).then(lambda _: pytest.fail("nothing can be written"))


def is_stuck():
    """Whether a thread of this process waits for an answer, which holds the process until one comes."""
    return any(thread.name == "uses a drive" for thread in threading.enumerate())


def test_an_export_is_refused_and_holds_nothing(qtbot, app, share, tmp_path):
    (tmp_path / "link").symlink_to(share)
    watch = Watch(app.window)
    for recipe, target in (
        (export_tags, share / "tags.csv"),
        (export_shortlist, tmp_path / "link" / "kept.m3u8"),
    ):
        export(app, recipe, target)
        qtbot.waitUntil(lambda target=target: f"{target.name}: {WAITING}" in app.window.status.text, timeout=ANSWER_MS)
    assert watch.longest_s < CLOSING_S
    assert not is_stuck()
    export(app, export_tags, share / "tags.csv")
    close(app)
    assert not is_stuck()


@pytest.mark.parametrize("silent_at", ["write"])
def test_an_export_to_a_share_that_falls_silent_meanwhile_is_told_and_left(qtbot, app, share):
    export(app, export_tags, share / "tags.csv")
    qtbot.waitUntil(lambda: f"tags.csv: {WAITING}" in app.window.status.text, timeout=ANSWER_MS)
    export(app, export_tags, share / "other.csv")
    close(app)


def test_a_section_is_not_cut_into_it(share, tmp_path, monkeypatch):
    monkeypatch.setattr(waiting, "ANSWER_S", 1.0)
    (track,) = write_tracks(tmp_path, 1, seconds=2.0, formats=("wav",))
    with pytest.raises(TimeoutError):
        cut_section(Job(), SoundAt(track), Section(0.5, 1.0), share / "sections")
    assert not is_stuck()


@pytest.mark.parametrize("name", ["add_folder", "open_reference", "import_tags"])
def test_a_dialog_begins_elsewhere(qtbot, qapp, app, name):
    watch = Watch(app.window)
    begun = []

    def reject():  # within the dialog's own event loop
        dialog = qapp.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            begun.append(dialog.directory().path())
            dialog.reject()

    timer = QTimer(app.window, interval=100)
    timer.timeout.connect(reject)
    timer.start()
    app.window.commands[name].trigger()
    qtbot.waitUntil(lambda: bool(begun), timeout=ANSWER_MS)
    assert begun[0] != app.settings.last_folder
    assert watch.longest_s < CLOSING_S
    close(app)


def test_the_window_comes_without_own_weights_that_lie_there(qapp, share, catalogue, monkeypatch):
    monkeypatch.setattr(waiting, "ANSWER_S", 1.0)
    settings = Settings(network=str(share / "own.safetensors"))
    opening = Opening(catalogue, settings)
    opening.close()
    assert opening.embedder.name == load_embedder("default").name


@pytest.mark.parametrize("words", [[], ["list"], ["doctor"]], ids=["window", "list", "doctor"])
def test_a_catalogue_there_is_refused(share, words):
    with command(*words, catalogue=share / "catalogue.sqlite") as program:
        _, complaints = program.communicate(timeout=60)
    assert f"catalogue.sqlite' {WAITING}" in complaints
    assert program.returncode == 2


@pytest.mark.parametrize(
    "words",
    [
        ["export-tags", "share/tags.csv"],
        ["copy-catalogue", "share/copy.sqlite"],
        ["similar", "share/reference.wav"],
        ["embed", "a.wav", "--output", "share/vectors.npz"],
        ["embed", "a.wav", "--output", "vectors.npz", "--network", "share/own.safetensors"],
    ],
    ids=lambda words: " ".join(words),
)
def test_a_command_that_is_to_use_a_file_there_says_so(share, tmp_path, catalogue, words):
    there = [tmp_path / word if word.startswith("share/") else word for word in words]
    with command(*there, catalogue=catalogue, patience_s=1.0) as program:
        _, complaints = program.communicate(timeout=60)
    assert WAITING in complaints
    assert program.returncode == 2


@pytest.mark.parametrize("words", [[], ["list"]], ids=["window", "list"])
def test_ctrl_c_ends_the_wait_for_a_catalogue(share, words):
    with command(*words, catalogue=share / "catalogue.sqlite", patience_s=60.0) as program:
        assert "Stopped" in interrupted(program)
    assert program.returncode == 130
