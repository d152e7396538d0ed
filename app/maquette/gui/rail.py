"""The rail at the left edge: the places of the studio, and the settings."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from maquette.gui import icons
from maquette.gui.action_spec import Place
from maquette.gui.actions import SPECS, Actions, said, shown_keys
from maquette.gui.live import Live
from maquette.gui.parts import name, tool_button
from maquette.gui.theme import current_tokens

PLACES = {
    Place.CREATE: "go_create",
    Place.LIBRARY: "go_library",
    Place.STYLES: "go_styles",
    Place.CHECK: "go_check",
}


class Rail(Live, QFrame):
    """One button for each place; Settings opens its dialog."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(64)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 12, 4, 4)
        column.setSpacing(4)
        self.places: dict[Place, QToolButton] = {}
        for place, action in PLACES.items():
            made = self._button()
            made.setCheckable(True)
            made.clicked.connect(actions[action].trigger)
            self.places[place] = made
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        self.settings_button = self._button()
        self.settings_button.clicked.connect(actions["settings"].trigger)
        column.addStretch(1)
        column.addWidget(self.settings_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.show_place(Place.CREATE)
        self.retranslate()
        self.restyle()

    def show_place(self, place: Place) -> None:
        """Show which place one is in."""
        shown = Place.STYLES if place is Place.TRAININGS else place
        for each, made in self.places.items():
            made.setChecked(each is shown)

    @staticmethod
    def _button() -> QToolButton:
        made = tool_button("rail", 20)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setIconSize(QSize(20, 20))
        return made

    def retranslate(self) -> None:
        for place, made in self.places.items():
            spec = SPECS[PLACES[place]]
            made.setText(said(spec.text))
            name(made, said(spec.text), shown_keys(spec), tip=said(spec.tip))
        self.settings_button.setText(said(SPECS["settings"].text))
        name(self.settings_button, said(SPECS["settings"].text), "Ctrl+,")

    def restyle(self) -> None:
        tokens = current_tokens()
        for place, made in self.places.items():
            icon = SPECS[PLACES[place]].icon
            made.setIcon(icons.icon(icon, tokens.muted, checked=tokens.accent_text))
        self.settings_button.setIcon(icons.icon("gear", tokens.muted))
