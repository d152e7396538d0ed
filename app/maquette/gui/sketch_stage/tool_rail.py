"""The tools of the hand, one button each, in a rail that takes a second column where it is low."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from maquette.core.tools import Tool, ToolSettings
from maquette.gui import icons
from maquette.gui.actions import SPECS, Actions, said
from maquette.gui.live import Live
from maquette.gui.parts import name
from maquette.gui.sketch_stage.own_button import OwnButton
from maquette.gui.theme import current_tokens
from maquette.state.store import Store

SIDE = 36
GAP = 6
LEAST_GAP = 2
MOST_COLUMNS = 2  # with the wider gap
TOOLS = {
    Tool.BRUSH: "tool_brush",
    Tool.ERASER: "tool_eraser",
    Tool.LINE: "tool_line",
    Tool.POLYLINE: "tool_polyline",
    Tool.ELLIPSE: "tool_ellipse",
    Tool.RECTANGLE: "tool_rectangle",
    Tool.FILL: "tool_fill",
    Tool.PICKER: "tool_picker",
    Tool.LASSO: "tool_lasso",
    Tool.GUIDES: "tool_guides",
    Tool.HAND: "tool_hand",
}


class ToolRail(Live, QWidget):
    """Shows and sets which tool is held."""

    def __init__(
        self, tools: Store[ToolSettings], actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self.buttons: dict[Tool, QToolButton] = {}
        self._group = QButtonGroup(self)
        for tool, action in TOOLS.items():
            made = OwnButton("tool", 18, self)
            made.setCheckable(True)
            made.clicked.connect(lambda _checked=False, held=tool: tools.update(tool=held))
            actions.bind(action, lambda held=tool: tools.update(tool=held))
            self._group.addButton(made)
            self.buttons[tool] = made
        self.setMinimumHeight(4 * (SIDE + GAP))
        tools.changed.connect(self._render)
        self.retranslate()
        self.restyle()
        self._render(tools.value)

    def _render(self, settings: ToolSettings, _fields: object = None) -> None:
        self.buttons[settings.tool].setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(SIDE, len(self.buttons) * (SIDE + GAP))

    def _place(self) -> None:
        columns, gap = self._columns_for(GAP), GAP
        if columns > MOST_COLUMNS:
            columns, gap = self._columns_for(LEAST_GAP), LEAST_GAP
        rows = -(-len(self.buttons) // columns)
        self.setFixedWidth(columns * SIDE + (columns - 1) * gap)
        for place, made in enumerate(self.buttons.values()):
            column, row = divmod(place, rows)
            made.setGeometry(QRect(column * (SIDE + gap), row * (SIDE + gap), SIDE, SIDE))

    def _columns_for(self, gap: int) -> int:
        rows = max(1, (self.height() + gap) // (SIDE + gap))
        return -(-len(self.buttons) // rows)

    def retranslate(self) -> None:
        for tool, made in self.buttons.items():
            spec = SPECS[TOOLS[tool]]
            keys = QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
            name(made, said(spec.text), keys, tip=f"{said(spec.text)}: {said(spec.tip)}")

    def restyle(self) -> None:
        tokens = current_tokens()
        for tool, made in self.buttons.items():
            made.setIcon(icons.icon(SPECS[TOOLS[tool]].icon, checked=tokens.accent_text))


def name_of(tool: Tool) -> str:
    """What `tool` is called in the language of the window."""
    return said(SPECS[TOOLS[tool]].text)
