"""The window's language."""

import shutil

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QFileDialog, QLabel, QToolButton, QTreeView

from bgm_finder import paths
from bgm_finder.gui.dialogs.tag_dialog import TagDialog
from bgm_finder.gui.language import Language
from bgm_finder.gui.spectrogram_view import SpectrogramView
from bgm_finder.gui.status import ProgressPanel
from bgm_finder.jobs.job import Progress


@pytest.fixture
def language(qapp):
    font, locale, language = qapp.font(), QLocale(), Language(qapp)
    language.use("en")
    yield language
    language.forget()
    qapp.setFont(font)
    QLocale.setDefault(locale)


def test_a_paused_analysis_is_told_as_such_in_the_new_language(qtbot, qapp, language):
    panel = ProgressPanel()
    qtbot.addWidget(panel)
    panel.show_busy(True)
    panel.show_progress(Progress(3, 10))
    pause, text = panel.findChild(QToolButton, "pauseButton"), panel.findChild(QLabel, "progressLabel")
    pause.click()
    before = pause.text(), text.text()
    language.use("ja")
    qapp.processEvents()
    after = pause.text(), text.text()
    assert pause.isChecked() and before[0] == "Resume"
    assert after[0] == "再開" and after[1] != before[1]


def test_why_a_track_has_no_picture_is_still_said_in_the_new_language(qtbot, qapp, language):
    view = SpectrogramView()
    qtbot.addWidget(view)
    view.begin(3.0)
    view.say("broken.wav is not a sound file.")
    language.use("ja")
    qapp.processEvents()
    hint = view.findChild(QLabel, "pictureHint")
    assert hint.text() == "broken.wav is not a sound file."
    view.clear()
    assert hint.text().startswith("↓キー")


@pytest.mark.parametrize(("code", "title"), [("en", "Tags of 12,345 tracks"), ("ja", "12,345曲のタグ")])
def test_numbers_are_grouped_as_the_language_does(qtbot, language, code, title):
    language.use(code)
    dialog = TagDialog({}, 12_345, {})
    qtbot.addWidget(dialog)
    assert title in [dialog.windowTitle(), *(label.text() for label in dialog.findChildren(QLabel))]


def test_an_update_of_the_files_does_not_disturb_the_sentences_in_use(qapp, tmp_path, monkeypatch):
    shutil.copytree(paths.resource("translations"), tmp_path / "translations")
    monkeypatch.setattr(paths, "resource", lambda name: tmp_path / name)
    font, locale, language = qapp.font(), QLocale(), Language(qapp)
    try:
        language.use("ja")
        assert QCoreApplication.translate("MainWindow", "Tracks") == "曲の一覧"
        file = tmp_path / "translations" / "bgm_finder_ja.qm"
        whole = file.read_bytes()
        with file.open("r+b") as same:  # in place, as some updates write
            same.write(whole[:400] + whole[:-400])
        assert QCoreApplication.translate("MainWindow", "Tracks") == "曲の一覧"
    finally:
        language.forget()
        qapp.setFont(font)
        QLocale.setDefault(locale)


def test_the_file_dialog_speaks_japanese_all_over(qtbot, language, tmp_path):
    language.use("ja")
    (tmp_path / "folder").mkdir()
    dialog = QFileDialog(None, "", str(tmp_path), options=QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    words = {label.objectName(): label.text() for label in dialog.findChildren(QLabel)}
    assert words["lookInLabel"] == "場所(&L):" and words["fileTypeLabel"] == "ファイルの種類(&T):"
    tree = dialog.findChild(QTreeView)
    qtbot.waitUntil(lambda: tree.model().rowCount(tree.rootIndex()) == 1)
    assert tree.model().index(0, 2, tree.rootIndex()).data() == "フォルダ"
