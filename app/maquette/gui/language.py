"""Switching the language of the window while it is open."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

import maquette_resources

ENGLISH, CHINESE = "en", "zh_CN"


def language_of(choice: str) -> str:
    """ "en" or "zh_CN" for a setting of "system", "en" or "zh_CN"."""
    if choice in (ENGLISH, CHINESE):
        return choice
    is_chinese = QLocale.system().language() == QLocale.Language.Chinese
    return CHINESE if is_chinese else ENGLISH


class Language:
    """Holds the translators: ours, and Qt's own for its standard dialogs."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []
        self._current = ENGLISH

    @property
    def current(self) -> str:
        return self._current

    def apply(self, choice: str) -> None:
        """Speak the language that `choice` stands for. Widgets get a LanguageChange event."""
        wanted = language_of(choice)
        if wanted == self._current:
            return
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = []
        self._current = wanted
        QLocale.setDefault(QLocale(wanted))
        if wanted == ENGLISH:
            return
        ours = maquette_resources.translation(wanted)
        if ours is not None:
            self._install(str(ours))
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._install(f"{folder}/qtbase_{wanted}.qm")

    def _install(self, path: str) -> None:
        translator = QTranslator(self._app)
        if translator.load(path):
            self._app.installTranslator(translator)
            self._installed.append(translator)
