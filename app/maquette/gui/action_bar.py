"""A row of action buttons that give up their words, then keep their icons, when it gets narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget


class ActionBar(QWidget):
    """Buttons for `actions`, left to right; `trailing` goes to the right end."""

    def __init__(
        self, actions: Sequence[QAction], trailing: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._buttons: list[QToolButton] = []
        self._trailing = trailing
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for action in actions:
            made = QToolButton()
            made.setDefaultAction(action)
            made.setIconSize(QSize(18, 18))
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            action.changed.connect(self._name_all)
            row.addWidget(made)
            self._buttons.append(made)
        row.addStretch(1)
        if trailing is not None:
            row.addWidget(trailing)
        self._name_all()

    def minimumSizeHint(self) -> QSize:
        return QSize(len(self._buttons) * 42, 34)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_words()

    def _name_all(self) -> None:
        for made in self._buttons:
            made.setAccessibleName(made.defaultAction().text())
        self._choose_words()

    def _choose_words(self) -> None:
        """As many buttons with words as there is room for, from the left."""
        icon_width, gap = 44, 8
        worded = [
            made.fontMetrics().horizontalAdvance(made.defaultAction().text()) + 56
            for made in self._buttons
        ]
        room = self.width()
        if self._trailing is not None and self._trailing.isVisibleTo(self):
            room -= self._trailing.sizeHint().width() + gap
        spent = len(self._buttons) * (icon_width + gap)
        for made, width in zip(self._buttons, worded, strict=True):
            spent += width - icon_width
            fits = spent <= room
            style = (
                Qt.ToolButtonStyle.ToolButtonTextBesideIcon
                if fits
                else Qt.ToolButtonStyle.ToolButtonIconOnly
            )
            if made.toolButtonStyle() != style:
                made.setToolButtonStyle(style)
