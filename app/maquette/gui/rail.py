"""The rail at the left edge: the rooms of the studio, and the settings."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from maquette.gui import icons
from maquette.gui.actions import Actions
from maquette.gui.live import Live
from maquette.gui.parts import name, tool_button
from maquette.gui.theme import current_tokens


class Rail(Live, QFrame):
    """Create is the one room so far; Settings opens its dialog."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(64)
        self.create_button = self._button()
        self.create_button.setCheckable(True)
        self.create_button.setChecked(True)
        self.create_button.clicked.connect(self._stay)
        self.create_button.clicked.connect(actions["focus_prompt"].trigger)
        self.settings_button = self._button()
        self.settings_button.clicked.connect(actions["settings"].trigger)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 12, 4, 4)
        column.addWidget(self.create_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        column.addWidget(self.settings_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.retranslate()
        self.restyle()

    @staticmethod
    def _button() -> QToolButton:
        made = tool_button("rail", 20)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setIconSize(QSize(20, 20))
        return made

    def _stay(self) -> None:
        self.create_button.setChecked(True)

    def retranslate(self) -> None:
        self.create_button.setText(self.tr("Create"))
        name(self.create_button, self.tr("Create"), tip=self.tr("Make pictures from prompts"))
        self.settings_button.setText(self.tr("Settings"))
        name(self.settings_button, self.tr("Settings"), "Ctrl+,")

    def restyle(self) -> None:
        tokens = current_tokens()
        self.create_button.setIcon(
            icons.icon("pencil-simple", tokens.muted, checked=tokens.accent_text)
        )
        self.settings_button.setIcon(icons.icon("gear", tokens.muted))
