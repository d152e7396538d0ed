"""HintPill: one short sentence over the canvas, which goes away by itself."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QWidget

from maquette.gui.theme import current_tokens

SHOWN = 4000  # milliseconds


class HintPill(QLabel):
    """Says why nothing was drawn. Lies at the bottom of its parent and lets the pen through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN)
        self._timer.timeout.connect(self.hide)

    def say(self, sentence: str) -> None:
        """Show `sentence`, already in the user's language, for a while."""
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self.place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.start()

    def place(self) -> None:
        """Lie where the parent has its lower edge now."""
        self.adjustSize()
        room = self._over.size()
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - 16)

    def restyle(self) -> None:
        tokens = current_tokens()
        self.setStyleSheet(
            f"background: {tokens.control}; color: {tokens.text};"
            f"border: 1px solid {tokens.border}; border-radius: 8px; padding: 6px 12px;"
        )
