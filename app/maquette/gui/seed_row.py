"""The seed: its number, a die for a new one, and a lock that keeps it."""

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from maquette.gui import icons
from maquette.gui.live import Live
from maquette.gui.parts import CAPTION, label, name, tool_button
from maquette.gui.theme import current_tokens


class SeedRow(Live, QWidget):
    """Typing a seed locks it, since it would be drawn anew otherwise."""

    typed = Signal(object)
    locked = Signal(bool)
    rolled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label()
        self._label.setMinimumWidth(CAPTION)
        self.field = QLineEdit()
        self.field.setValidator(
            QRegularExpressionValidator(QRegularExpression(r"\d{0,10}"), self.field)
        )
        self.die = tool_button()
        self.lock = tool_button()
        self.lock.setCheckable(True)
        self._label.setBuddy(self.field)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(self._label)
        outer.addSpacing(4)
        outer.addWidget(self.field, 1)
        outer.addWidget(self.die)
        outer.addWidget(self.lock)
        self.field.textEdited.connect(self._edited)
        self.die.clicked.connect(self.rolled)
        self.lock.clicked.connect(self.locked)
        self.retranslate()
        self.restyle()

    def render_seed(self, seed: int, is_locked: bool) -> None:
        if self.field.text() != str(seed) and not (seed == 0 and self.field.text() == ""):
            self.field.setText(str(seed))
        self.lock.setChecked(is_locked)
        self.restyle()

    def retranslate(self) -> None:
        self._label.setText(self.tr("Seed"))
        name(
            self.field,
            self.tr("Seed"),
            tip=self.tr("The same seed and recipe make the same picture again."),
        )
        name(self.die, self.tr("Draw a new seed"), "Ctrl+D")
        name(
            self.lock,
            self.tr("Keep this seed"),
            "Ctrl+L",
            tip=self.tr("Locked: every Generate uses this seed. Open: each draws a new one."),
        )

    def restyle(self) -> None:
        tokens = current_tokens()
        self.die.setIcon(icons.icon("dice-five"))
        locked = self.lock.isChecked()
        self.lock.setIcon(
            icons.icon(
                "lock-simple" if locked else "lock-simple-open",
                tokens.muted,
                checked=tokens.accent_text,
            )
        )

    def _edited(self, text: str) -> None:
        self.typed.emit(int(text) if text else 0)
