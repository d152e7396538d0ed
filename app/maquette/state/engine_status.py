"""The engine's state as a store for the status bar."""

from PySide6.QtCore import QObject

from maquette.engine.client import EngineClient
from maquette.engine.status import EngineStatus
from maquette.state.store import Store


class EngineStatusStore(Store[EngineStatus]):
    """Mirrors the client's status."""

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(client.status, parent)
        self._unsubscribe = client.subscribe(self.replace)

    def close(self) -> None:
        self._unsubscribe()
