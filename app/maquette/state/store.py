"""Store: one frozen value and one signal that tells what of it changed."""

from typing import Any, Generic, TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal

T = TypeVar("T", bound=msgspec.Struct)


class Store(QObject, Generic[T]):
    """Holds a frozen struct. Equal values do not emit, so two-way bindings cannot loop.

    Signals:
        changed(value, fields): the new value and the frozenset of field names that differ.
    """

    changed = Signal(object, object)

    def __init__(self, value: T, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._value = value

    @property
    def value(self) -> T:
        return self._value

    def replace(self, value: T) -> None:
        """Take `value`; emit `changed` once if any field differs."""
        old = self._value
        fields = frozenset(
            name for name in value.__struct_fields__ if getattr(old, name) != getattr(value, name)
        )
        if fields:
            self._value = value
            self.changed.emit(value, fields)

    def update(self, **changes: Any) -> None:
        """Replace the named fields."""
        self.replace(msgspec.structs.replace(self._value, **changes))
