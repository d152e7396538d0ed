"""The settings as a store that saves itself on every change."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from maquette.core.settings import Settings, save_settings
from maquette.state.store import Store


class SettingsStore(Store[Settings]):
    """Holds the settings and writes them atomically whenever they change.

    `on_failure` gets one sentence when they cannot be written; the change still holds until the
    window closes.
    """

    def __init__(
        self,
        value: Settings,
        path: Path,
        on_failure: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(value, parent)
        self._path = path
        self._on_failure = on_failure
        self.changed.connect(self._save)

    def _save(self, value: Settings, _fields: frozenset[str]) -> None:
        try:
            save_settings(self._path, value)
        except OSError as error:
            self._on_failure(
                f"The settings could not be saved to {self._path} ({error.strerror}); "
                "check that the folder can be written."
            )
