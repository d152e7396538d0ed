"""One row of the stack of LoRAs: on or off, how much, its trigger words, and why it cannot act."""

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from maquette.core.lora import MAX_LORA_WEIGHT
from maquette.core.lora_models import LoraInfo
from maquette.gui import icons
from maquette.gui.elided import ElidedLabel
from maquette.gui.live import Live
from maquette.gui.parts import WrappedRows, button, label, name, plain_tip, tool_button
from maquette.state.lora_choice import LoraChoice
from maquette.state.messages import translate_sentence

STEP = 0.05  # of a weight, by a key or a notch of the wheel
_NOTCHES = 20  # of the slider to a weight of 1
_GRIP = 18
_INDENT = 22


class LoraRow(Live, QWidget):
    """A LoRA of the stack.

    Signals:
        weighed(float): the user set another weight.
        switched(bool): the user switched it on or off.
        moved(int): the user moves it by so many places.
        dragged(QPoint): the user holds it over this point of the screen.
        removed(): the user takes it out.
        written(str): the user wants these words in the prompt.
    """

    weighed = Signal(float)
    switched = Signal(bool)
    moved = Signal(int)
    dragged = Signal(QPoint)
    removed = Signal()
    written = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = LoraChoice(name="")
        self._info: LoraInfo | None = None
        self.grip = _Grip()
        self.used = QCheckBox()
        self.caption = ElidedLabel()
        self.field = QDoubleSpinBox()
        self.field.setRange(-MAX_LORA_WEIGHT, MAX_LORA_WEIGHT)
        self.field.setSingleStep(STEP)
        self.field.setFixedWidth(64)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setKeyboardTracking(False)
        self.remove = tool_button(size=14)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(-MAX_LORA_WEIGHT * _NOTCHES), round(MAX_LORA_WEIGHT * _NOTCHES))
        self.slider.setPageStep(_NOTCHES // 4)
        self.words = WrappedRows(4)
        self.problem = label("error", wrap=True)
        self._lay_out()
        for key, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self.moved.emit(by))
        self.used.toggled.connect(self.switched)
        self.slider.valueChanged.connect(lambda notch: self._turned(notch / _NOTCHES))
        self.field.valueChanged.connect(self._turned)
        self.remove.clicked.connect(self.removed)
        self.grip.dragged.connect(self.dragged)
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        for part in (self.grip, self.used, self.caption, self.field, self.remove):
            head.addWidget(part, 1 if part is self.caption else 0)
        below = QVBoxLayout()
        below.setContentsMargins(_INDENT, 0, 0, 0)
        below.setSpacing(4)
        for part in (self.slider, self.words, self.problem):
            below.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        outer.addLayout(head)
        outer.addLayout(below)

    @property
    def key(self) -> str:
        """Which LoRA it is of, as `key_of` says it."""
        return key_of(self._choice)

    def show_choice(self, choice: LoraChoice, info: LoraInfo | None, problem: str) -> None:
        """Show `choice`, what its file is, and why it cannot be used, if so."""
        is_other = info != self._info
        self._choice, self._info = choice, info
        with QSignalBlocker(self.used), QSignalBlocker(self.slider), QSignalBlocker(self.field):
            self.used.setChecked(choice.used)
            self.field.setValue(choice.weight)
            self.slider.setValue(round(choice.weight * _NOTCHES))
        self.slider.setEnabled(choice.used)
        self.field.setEnabled(choice.used)
        self.problem.setText(translate_sentence(problem) if problem else "")
        self.problem.setVisible(bool(problem))
        self.caption.set_text(choice.name, self._told())
        if is_other or not self.words.rows.count():
            self._offer_words()

    def _turned(self, weight: float) -> None:
        if round(weight, 2) != self._choice.weight:
            self.weighed.emit(weight)

    def _offer_words(self) -> None:
        while (item := self.words.rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for words in self._info.triggers if self._info else ():
            made = button("chip")
            made.setText(words.replace("&", "&&"))
            name(made, self.tr("Put “{words}” into the prompt").format(words=words))
            made.setToolTip(plain_tip(made.accessibleName()))
            made.clicked.connect(lambda _=False, words=words: self.written.emit(words))
            self.words.rows.addWidget(made)
            made.show()
        self.words.setVisible(self.words.rows.count() > 0)
        self.words.setFixedHeight(self.words.rows.heightForWidth(max(self.words.width(), 1)))

    def _told(self) -> str:
        """What the file says of itself, as a tooltip."""
        if self._info is None:
            return ""
        notes = self._info.notes
        captions = {
            "title": self.tr("Title"),
            "author": self.tr("Author"),
            "licence": self.tr("Licence"),
            "description": self.tr("Description"),
            "usage": self.tr("Usage"),
        }
        lines = [f"{words}: {notes[key]}" for key, words in captions.items() if key in notes]
        lines.append(self.tr("Rank: {rank}").format(rank=self._info.rank))
        if self._info.too_wordy:
            lines.append(self.tr("Its notes are too long to be read."))
        return "\n".join(lines)

    def retranslate(self) -> None:
        own = self._choice.name
        name(self.used, self.tr("Use {name}").format(name=own))
        for part in (self.slider, self.field):
            name(part, self.tr("Weight of {name}").format(name=own))
        name(self.remove, self.tr("Take {name} out of the stack").format(name=own))
        self.grip.setToolTip(self.tr("Drag to change the order (Alt+Up, Alt+Down)"))
        for part in (self.used, self.slider, self.field, self.remove):
            part.setToolTip(plain_tip(part.accessibleName()))
        self._offer_words()

    def restyle(self) -> None:
        self.remove.setIcon(icons.icon("x"))
        self.grip.setPixmap(icons.icon("dots-six-vertical").pixmap(14, 14))


def key_of(choice: LoraChoice) -> str:
    """What tells the rows of a stack apart: the digest, or the name where only that is known."""
    return choice.digest or f"name:{choice.name}"


class _Grip(Live, ElidedLabel):
    """What a row is dragged by.

    Signals:
        dragged(QPoint): where on the screen the pointer is.
    """

    dragged = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(_GRIP)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.dragged.emit(event.globalPosition().toPoint())
