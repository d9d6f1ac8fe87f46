"""The window's language: its own sentences, Qt's, numbers, and a font that has the letters."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from bgm_finder import paths
from bgm_finder.gui.theme import apply_font

_SPOKEN = (QLocale.Language.English, QLocale.Language.Japanese)


class Language:
    """Changes the language of a running application."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._translators: list[QTranslator] = []

    def use(self, code: str) -> None:
        """Speaks "en", "ja", or with "" the system's language; English where that is another."""
        locale = QLocale(code) if code else QLocale.system()
        if locale.language() not in _SPOKEN:
            locale = QLocale("en")
        QLocale.setDefault(locale)
        self.forget()
        self._translators = list(_translators(self._application, locale))
        for translator in self._translators:
            self._application.installTranslator(translator)
        apply_font(self._application, locale)

    def forget(self) -> None:
        """Leaves the application without translations, as it was."""
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = []


def _translators(application: QApplication, locale: QLocale) -> list[QTranslator]:
    sources = {
        "qtbase": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
        "bgm_finder": str(paths.resource("translations")),
    }
    found = []
    for name, folder in sources.items():
        translator = QTranslator(application)
        if translator.load(locale, name, "_", folder):
            found.append(translator)
    return found
