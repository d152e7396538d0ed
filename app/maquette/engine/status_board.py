"""StatusBoard: where the engine's status stands, and who is told when it changes."""

import contextlib
from collections.abc import Callable

import msgspec

from maquette.engine.status import EngineStatus

Listener = Callable[[EngineStatus], None]


class StatusBoard:
    """The status of now. Belongs to the thread of the event loop."""

    def __init__(self, status: EngineStatus) -> None:
        self._status = status
        self._listeners: list[Listener] = []

    @property
    def value(self) -> EngineStatus:
        """What the engine is doing now."""
        return self._status

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every new status; the returned function ends that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    def show(self, **changes: object) -> None:
        """Change these fields of the status; what is the same as before is told to nobody."""
        status = msgspec.structs.replace(self._status, **changes)
        if status != self._status:
            self._status = status
            for listener in tuple(self._listeners):
                listener(status)
