"""The chip that says which picture the next one starts from, and how much it may change."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from maquette.gui import icons
from maquette.gui.elided import ElidedLabel
from maquette.gui.images import to_image
from maquette.gui.live import Live
from maquette.gui.number_row import NumberRow
from maquette.gui.parts import label, name, tool_button
from maquette.state.commands import Commands
from maquette.state.session import StartChoice
from maquette.state.start import Held, StartPictures


class StartRow(Live, QFrame):
    """Hidden while there is no start picture."""

    def __init__(
        self, commands: Commands, starts: StartPictures, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("chipRow")
        self._commands = commands
        self._file = ""
        self._thumbnail = label()
        self._thumbnail.setFixedSize(40, 40)
        self._title = label("title")
        self._name = ElidedLabel("small")
        self._remove = tool_button()
        self._remove.clicked.connect(commands.drop_start)
        self.strength = NumberRow(0.05, 1.0, 0.05, decimals=2)
        self.strength.changed.connect(commands.set_strength)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._name)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._thumbnail)
        top.addLayout(words, 1)
        top.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 8, 8, 8)
        outer.setSpacing(4)
        outer.addLayout(top)
        outer.addWidget(self.strength)
        starts.current.changed.connect(self._render_picture)
        self._render_picture(starts.current.value)
        self.retranslate()
        self.restyle()
        self.hide()

    def render_choice(self, choice: StartChoice | None) -> None:
        self.setVisible(choice is not None)
        if choice is not None:
            self._file = Path(choice.path).name
            self._name.set_text(self._file)
            self.strength.set_value(choice.strength)
            self.setAccessibleName(f"{self._title.text()} {self._file}")

    def _render_picture(self, held: Held, _fields: object = None) -> None:
        if held.picture is None:
            self._thumbnail.setPixmap(QPixmap())
            return
        ratio = self.devicePixelRatioF()
        size = QSize(40, 40) * ratio
        pixmap = QPixmap.fromImage(to_image(held.picture.thumbnail)).scaled(
            size,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pixmap.setDevicePixelRatio(ratio)
        self._thumbnail.setPixmap(pixmap)

    def retranslate(self) -> None:
        self._title.setText(self.tr("Starting from"))
        name(self._remove, self.tr("Start from nothing again"))
        self.strength.set_text(
            self.tr("Strength"),
            self.tr("How much may change: near 0 keeps the picture, 1 keeps almost nothing of it."),
        )

    def restyle(self) -> None:
        self._remove.setIcon(icons.icon("x"))
