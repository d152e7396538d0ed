"""A button with an icon, as the bars around the sketch have them."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from maquette.gui.own_keys import OwnKeys


class OwnButton(OwnKeys, QToolButton):
    """Space presses it, whatever shortcut that is elsewhere."""

    def __init__(self, kind: str = "quiet", size: int = 16, parent: QWidget | None = None) -> None:
        """`kind` is what the style sheet calls it; `size` of the icon is in logical pixels."""
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setIconSize(QSize(size, size))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def drop_down(self, menu: QMenu) -> None:
        """Open `menu` below the button when that is pressed.

        Not by `setMenu`: Qt would wait for the menu within the event, which is handled in Python
        here, so that no other thread could do anything until the menu is closed.
        """
        self.clicked.connect(lambda: menu.popup(self.mapToGlobal(QPoint(0, self.height()))))
