"""Short words in a row that can be added and taken off: tags, boards."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from maquette.gui import icons
from maquette.gui.elided import ElidedLabel
from maquette.gui.live import Live
from maquette.gui.parts import WrapLayout, name, set_property
from maquette.gui.theme import current_tokens

WIDEST = 180  # pixels of words in a chip


class Chip(msgspec.Struct, frozen=True):
    """`key` tells chips apart; `words` are shown; `count` of the selected pictures have it."""

    key: str
    words: str
    count: int = 1


class ChipRow(Live, QWidget):
    """Chips that wrap. Each has a button that takes it off; Delete on that button does so too.

    Signals:
        removed(str): the key of the chip that the user took off.
    """

    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: tuple[Chip, ...] = ()
        self._of = 1
        self.parts: list[_ChipWidget] = []
        wrap = WrapLayout(6)
        self.setLayout(wrap)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def chips(self) -> tuple[Chip, ...]:
        return self._chips

    def show_chips(self, chips: Sequence[Chip], of: int) -> None:
        """Show `chips` of `of` selected pictures; what not all of them have looks and says so."""
        if (tuple(chips), of) == (self._chips, self._of):
            return
        self._chips, self._of = tuple(chips), of
        layout = self.layout()
        assert layout is not None  # set above
        while len(self.parts) < len(chips):
            part = _ChipWidget()
            part.taken_off.connect(self.removed)
            self.parts.append(part)
            layout.addWidget(part)
        while len(self.parts) > len(chips):
            spare = self.parts.pop()
            layout.removeWidget(spare)
            spare.hide()
            spare.deleteLater()
        self.retranslate()

    def retranslate(self) -> None:
        for part, chip in zip(self.parts, self._chips, strict=True):
            is_whole = chip.count >= self._of
            share = "" if is_whole else self.tr("{n} of {of}").format(n=chip.count, of=self._of)
            part.show_chip(chip, share, self.tr("Take {word} off").format(word=chip.words))
        self.updateGeometry()

    def restyle(self) -> None:
        for part in self.parts:
            part.restyle()


class _ChipWidget(QWidget):
    """One chip."""

    taken_off = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("chip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = ElidedLabel()
        self.words.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._share = QLabel()
        self._share.setTextFormat(Qt.TextFormat.PlainText)
        self._share.setProperty("role", "small")
        self.off_button = _OffButton()
        self.off_button.clicked.connect(lambda: self.taken_off.emit(self.key))
        self.key = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 1, 2, 1)
        row.setSpacing(4)
        row.addWidget(self.words)
        row.addWidget(self._share)
        row.addWidget(self.off_button)
        self.restyle()

    def show_chip(self, chip: Chip, share: str, removal: str) -> None:
        self.key = chip.key
        self.words.set_text(chip.words)
        self.words.setFixedWidth(min(WIDEST, self.words.sizeHint().width()))
        self._share.setText(share)
        self._share.setVisible(bool(share))
        self.setAccessibleName(f"{chip.words} {share}".strip())
        set_property(self, "part", "some" if share else "all")
        name(self.off_button, removal)

    def restyle(self) -> None:
        self.off_button.setIcon(icons.icon("x", current_tokens().muted))


class _OffButton(QToolButton):
    """The little cross of a chip."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "cross")
        self.setIconSize(QSize(10, 10))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
        else:
            super().keyPressEvent(event)
