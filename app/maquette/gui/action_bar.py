"""A row of action buttons that give up their words when it gets narrow, then the last of them."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from maquette.gui.elided import ElidedLabel


class ActionBar(QWidget):
    """Buttons for `actions`, the most important first, and a remark at the right end.

    An action whose button has no room is there by its keys.
    """

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._buttons: list[QToolButton] = []
        self.remark = ElidedLabel("muted")
        self.remark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._texts: tuple[str, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for action in actions:
            made = QToolButton()
            made.setDefaultAction(action)
            made.setIconSize(QSize(18, 18))
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            action.changed.connect(self._rename)
            row.addWidget(made)
            self._buttons.append(made)
        row.addWidget(self.remark, 1)
        row.addStretch(0)
        self._name_all()

    def minimumSizeHint(self) -> QSize:
        return QSize(42, 34)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_words()

    def set_remark(self, text: str, tip: str) -> None:
        self.remark.set_text(text, tip)
        self._choose_words()

    def _rename(self) -> None:
        # Enabling an action tells of a change too; only words matter here.
        texts = tuple(made.defaultAction().text() for made in self._buttons)
        if texts != self._texts:
            self._name_all()

    def _name_all(self) -> None:
        self._texts = tuple(made.defaultAction().text() for made in self._buttons)
        for made, text in zip(self._buttons, self._texts, strict=True):
            made.setAccessibleName(text)
        self._choose_words()

    def _choose_words(self) -> None:
        """As many buttons, and as many of them with words, as there is room for, from the left."""
        if self.width() == 0:
            return
        gap = 8
        narrow = [_width(made, Qt.ToolButtonStyle.ToolButtonIconOnly) for made in self._buttons]
        wide = [_width(made, Qt.ToolButtonStyle.ToolButtonTextBesideIcon) for made in self._buttons]
        room = self.width()
        if self.remark.whole:
            room -= self.remark.sizeHint().width() + gap
        spent = 0
        for made, small in zip(self._buttons, narrow, strict=True):
            spent += small + gap
            made.setVisible(spent - gap <= self.width())
        self.remark.setVisible(self.width() - spent >= self.remark.minimumSizeHint().width())
        for made, small, large in zip(self._buttons, narrow, wide, strict=True):
            spent += large - small
            if spent > room:
                made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)


def _width(button: QToolButton, style: Qt.ToolButtonStyle) -> int:
    """How wide `button` wants to be in `style`, which it has afterwards."""
    button.setToolButtonStyle(style)
    return button.sizeHint().width()
