"""The tools of the hand: how they are set, kept from one day to the next."""

from pathlib import Path

import msgspec
from PySide6.QtCore import QObject

from maquette.core.files import write_atomically
from maquette.core.tools import ToolSettings
from maquette.state.store import Store


class Tools(Store[ToolSettings]):
    """The settings of the tools; a file that cannot be read gives those of the first day."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(_read(path), parent)
        self._path = path
        self._kept = self.value

    def keep(self) -> None:
        """Write them if they changed since. A few hundred bytes; raises OSError."""
        if self._kept != self.value:
            write_atomically(self._path, msgspec.json.encode(self.value), durable=False)
            self._kept = self.value


def _read(path: Path) -> ToolSettings:
    try:
        return msgspec.json.decode(path.read_bytes(), type=ToolSettings)
    except (OSError, msgspec.DecodeError, RecursionError):
        return ToolSettings()
