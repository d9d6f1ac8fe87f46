"""The window's language."""

import shutil

from PySide6.QtCore import QCoreApplication, QLocale

from bgm_finder import paths
from bgm_finder.gui.language import Language


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
