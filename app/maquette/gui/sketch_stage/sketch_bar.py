"""The footer of the stage while there is a sketch."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from maquette.core.history import Progress
from maquette.gui import icons
from maquette.gui.action_bar import ActionBar
from maquette.gui.actions import SPECS, Actions, said, shown_keys
from maquette.gui.live import Live
from maquette.gui.parts import name
from maquette.gui.sketch_stage.own_button import OwnButton
from maquette.gui.sketch_stage.step_words import step_words
from maquette.gui.theme import current_tokens
from maquette.state.drawings import Drawings

ROOM_FOR_WORDS = 420  # pixels; below, the button of the layers has their number alone
ACTIONS = ("keep_live", "vary", "refine", "use_start", "lock_part", "trace")


class SketchBar(Live, QWidget):
    """What can be done with the render, undo with its number, and the button of the layers."""

    def __init__(self, drawings: Drawings, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawings = drawings
        self.bar = ActionBar([actions[action] for action in ACTIONS])
        self.undo = OwnButton()
        self.undo.clicked.connect(actions["sketch_undo"].trigger)
        self.redo = OwnButton()
        self.redo.clicked.connect(actions["sketch_redo"].trigger)
        self.layers = OwnButton()
        self.layers.setCheckable(True)
        self.layers.clicked.connect(actions["sketch_layers"].trigger)
        for made in (self.undo, self.layers):
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.bar, 1)
        for made in (self.layers, self.undo, self.redo):
            row.addWidget(made)
        drawings.changed.connect(self._render)
        self.retranslate()
        self.restyle()

    def _render(self, _fields: object = None) -> None:
        progress = self._drawings.progress
        count = len(self._drawings.drawing.layers)
        self.undo.setText(str(progress.undo) if progress.undo else "")
        self.undo.setEnabled(progress.undo > 0)
        self.redo.setEnabled(progress.redo > 0)
        is_wide = self.width() >= ROOM_FOR_WORDS
        words = self.tr("Layers: {count}").format(count=count)
        self.layers.setText(words if is_wide else str(count))
        self._name_steps(progress)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._render()

    def _name_steps(self, progress: Progress) -> None:
        """The two arrows tell what they would take back or do again."""
        for made, action, step in (
            (self.undo, "sketch_undo", progress.undo_label),
            (self.redo, "sketch_redo", progress.redo_label),
        ):
            spec = SPECS[action]
            tip = self.tr("{action}: {step}").format(action=said(spec.text), step=step_words(step))
            name(made, said(spec.text), shown_keys(spec), tip=tip if step else said(spec.tip))

    def retranslate(self) -> None:
        self._render()
        spec = SPECS["sketch_layers"]
        name(self.layers, said(spec.text), shown_keys(spec), tip=said(spec.tip))

    def restyle(self) -> None:
        lit = current_tokens().accent_text
        self.undo.setIcon(icons.icon(SPECS["sketch_undo"].icon))
        self.redo.setIcon(icons.icon(SPECS["sketch_redo"].icon))
        self.layers.setIcon(icons.icon(SPECS["sketch_layers"].icon, checked=lit))
