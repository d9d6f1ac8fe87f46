"""The dialog of an export: what it hands on, what it keeps, and what it refuses."""

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialogButtonBox, QDoubleSpinBox, QLabel, QLineEdit

from bgm_finder.export.copies import Copying
from bgm_finder.export.export import TimelineFormat
from bgm_finder.gui.dialogs.export_dialog import ExportDialog, Offer
from bgm_finder.gui.export_options import ExportChoices
from bgm_finder.paths import resource

OFFERS = (Offer("selected", "Selected tracks (2)", 2), Offer("shortlist", "Shortlist (5)", 5))


@pytest.fixture
def opened(qtbot):
    def opened(choices=None, folder="/music/out"):
        dialog = ExportDialog(OFFERS, choices or ExportChoices(), folder, lambda name, pattern: f"{name}: {pattern}")
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.show()
        dialog.part = lambda kind, name: dialog.findChild(kind, name)
        dialog.ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
        dialog.problem = dialog.findChild(QLabel, "exportProblem")
        return dialog

    return opened


def test_choices_come_back_as_they_were_kept(opened):
    kept = ExportChoices("wav", "44100", "32f", 1.5, "{title} {length}", ("xml", "edl"), "29.97df", "01:00:00;00")
    words = kept.words()
    assert all(isinstance(word, str) for word in words.values())
    assert ExportChoices.kept(words) == kept
    assert opened(ExportChoices.kept(words)).choices == kept


@pytest.mark.parametrize("words", [{}, {"copies": "x", "rate_hz": "7", "handles_s": "-nan", "fps": "", "start": ""}])
def test_kept_words_that_mean_nothing_are_as_at_first(words):
    assert ExportChoices.kept(words) == ExportChoices()


def test_everything_is_chosen_by_keyboard(opened, qtbot):
    dialog = opened()
    what, copies = dialog.part(QComboBox, "exportWhat"), dialog.part(QComboBox, "exportCopies")
    assert what.hasFocus()
    qtbot.keyClick(what, Qt.Key.Key_Down)
    qtbot.keyClick(what, Qt.Key.Key_Tab)
    qtbot.keyClick(copies, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.part(QCheckBox, "export_edl"), Qt.Key.Key_Space)
    names = dialog.part(QLineEdit, "exportNames")
    names.selectAll()
    qtbot.keyClicks(names, "{number} {title}")
    assert dialog.part(QLabel, "exportExample").text() == "shortlist: {number} {title}"
    accepted = []
    dialog.accepted.connect(lambda: accepted.append(dialog.choices))
    qtbot.keyClick(names, Qt.Key.Key_Return)
    assert dialog.offer == "shortlist"
    assert accepted == [ExportChoices("wav", names="{number} {title}", formats=("otio", "edl"))]


def test_what_cannot_be_done_is_said_and_not_offered(opened):
    dialog = opened(folder="")
    assert not dialog.ok.isEnabled() and dialog.problem.text() == "Choose a folder."
    dialog.part(QLineEdit, "exportFolder").setText("/out")
    assert dialog.ok.isEnabled() and not dialog.problem.isVisible()
    dialog.part(QLineEdit, "exportNames").setText("{titel}")
    assert not dialog.ok.isEnabled() and "titel" in dialog.problem.text()
    dialog.part(QLineEdit, "exportNames").setText("{title}")
    dialog.part(QLineEdit, "exportStart").setText("1 h")
    assert not dialog.ok.isEnabled() and "01:00:00:00" in dialog.problem.text()
    for kind in TimelineFormat:
        dialog.part(QCheckBox, f"export_{kind}").setChecked(False)
    dialog.part(QLineEdit, "exportStart").setText("00:00:00:00")
    assert dialog.ok.isEnabled()
    copies = dialog.part(QComboBox, "exportCopies")
    copies.setCurrentIndex(copies.findData(str(Copying.NONE)))
    assert not dialog.ok.isEnabled() and dialog.problem.text() == "Choose at least one timeline, or copies."
    assert not dialog.part(QDoubleSpinBox, "exportHandles").isEnabled()


def test_the_dialog_speaks_japanese(opened, qapp):
    translator = QTranslator()
    assert translator.load(str(resource("translations/bgm_finder_ja.qm")))
    qapp.installTranslator(translator)
    try:
        dialog = opened(folder="")
        assert dialog.problem.text() == "フォルダを選んでください。"
        texts = [box.itemText(row) for box in dialog.findChildren(QComboBox) for row in range(box.count())]
        assert not any(word in text for text in texts for word in ("Convert", "frame", "source"))
    finally:
        qapp.removeTranslator(translator)
