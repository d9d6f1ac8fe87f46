"""The window's language: its own sentences, Qt's, numbers, and a font that has the letters."""

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from bgm_finder import paths
from bgm_finder.gui.text_helpers import translatable
from bgm_finder.gui.theme import apply_font

_SPOKEN = (QLocale.Language.English, QLocale.Language.Japanese)
_LACKING_IN_QT = (
    translatable("QFileDialog", "&Look in:"),
    translatable("QFileDialog", "Files of &type:"),
    translatable("QAbstractFileIconProvider", "Drive"),
    translatable("QAbstractFileIconProvider", "File"),
    translatable("QAbstractFileIconProvider", "Folder"),
    translatable("QAbstractFileIconProvider", "Shortcut"),
    translatable("QAbstractFileIconProvider", "Unknown"),
    translatable("QAbstractFileIconProvider", "%1 File"),
)
"""Words of Qt's own file dialog that its Japanese file has not; they stand here to come into ours."""


class Language:
    """The language of a running application."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._translators: list[QTranslator] = []
        self._known: dict[QLocale.Language, list[QTranslator]] = {}
        """Kept, as each keeps its sentences in memory for good."""
        self._held: list[bytes] = []
        """What the translators read from: Qt takes no copy."""

    def use(self, code: str) -> None:
        """Use "en", "ja", or with "" the system's language; English where that is another."""
        locale = QLocale(code) if code else QLocale.system()
        if locale.language() not in _SPOKEN:
            locale = QLocale("en")
        QLocale.setDefault(locale)
        self.forget()
        if locale.language() not in self._known:
            read = [self._translator(file.read_bytes()) for file in _files(locale)]
            self._known[locale.language()] = [translator for translator in read if translator is not None]
        for translator in self._known[locale.language()]:
            self._application.installTranslator(translator)
            self._translators.append(translator)
        apply_font(self._application, locale)

    def forget(self) -> None:
        """Remove the translations from the application."""
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = []

    def _translator(self, sentences: bytes) -> QTranslator | None:
        """Take sentences from memory: Qt would go on reading the file, and crash where an update writes it anew."""
        translator = QTranslator(self._application)
        if not translator.load(sentences):
            return None
        self._held.append(sentences)
        return translator


def _files(locale: QLocale) -> list[Path]:
    """Return the files for a language, Qt's own first."""
    sources = {
        "qtbase": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
        "bgm_finder": str(paths.resource("translations")),
    }
    found = []
    for name, folder in sources.items():
        finder = QTranslator()
        if finder.load(locale, name, "_", folder):
            found.append(Path(finder.filePath()))
    return found
