"""Keys that belong to a part of the window while the focus is in it, whatever they do elsewhere."""

from typing import ClassVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

_WITH = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)

PRESSING = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})
"""What presses a button, or ends what is typed."""
REMOVING = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
DIGITS = frozenset(Qt.Key(Qt.Key.Key_0 + digit) for digit in range(10))


class OwnKeys:
    """Mix-in, before the Qt class: `own_keys` go to the focused part, not to shortcuts.

    Without it, Space on a button would be the window's shortcut instead.
    """

    own_keys: ClassVar[frozenset[Qt.Key]] = PRESSING | REMOVING

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and not event.modifiers() & _WITH
            and event.key() in self.own_keys
        ):
            event.accept()
            return True
        return super().event(event)  # type: ignore[misc]  # the Qt class comes next
