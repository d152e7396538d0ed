"""Keys that mean something of their own while the drawing has the focus."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from maquette.gui.actions import SPECS, Actions


class LocalKeys(QObject):
    """Triggers the actions `names` by their keys within some widgets, whatever the keys do else.

    What is not enabled leaves its keys to others. In a field, keys are typed.
    """

    def __init__(
        self,
        actions: Actions,
        names: Sequence[str],
        more: dict[str, str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`more` gives keys of the window's own actions another meaning here: key to action."""
        super().__init__(parent)
        self._actions = actions
        self._by_key = {
            QKeySequence(key).toString(): name for name in names for key in SPECS[name].keys
        }
        for key, name in (more or {}).items():
            self._by_key[QKeySequence(key).toString()] = name

    def watch(self, parts: Iterable[QWidget]) -> None:
        """Let the keys work in `parts`."""
        for part in parts:
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return super().eventFilter(watched, event)
        assert isinstance(event, QKeyEvent)
        name = self._by_key.get(QKeySequence(event.keyCombination()).toString())
        if name is None or isinstance(QApplication.focusWidget(), QLineEdit):
            return False
        if not self._actions[name].isEnabled():
            return False
        if kind == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._actions[name].trigger()
        event.accept()
        return True
