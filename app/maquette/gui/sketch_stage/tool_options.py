"""The line above the drawing: what the tool in hand is set to, the rest in a popover."""

import msgspec
from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from maquette.core.tools import (
    MAX_BRUSH,
    MIN_BRUSH,
    Guide,
    Symmetry,
    Tool,
    ToolSettings,
    with_width,
)
from maquette.gui import icons
from maquette.gui.live import Live
from maquette.gui.parts import label, name
from maquette.gui.sketch_stage.colours import ColourPopover, Swatch
from maquette.gui.sketch_stage.options_popover import OptionsPopover
from maquette.gui.sketch_stage.own_button import OwnButton
from maquette.gui.sketch_stage.slim_number import SlimNumber
from maquette.gui.sketch_stage.tool_rail import name_of
from maquette.gui.theme import current_tokens
from maquette.state.session import Layout
from maquette.state.sketch_layout import SketchView, with_colour
from maquette.state.store import Store

DRAWS = frozenset({Tool.BRUSH, Tool.ERASER, Tool.LINE, Tool.RECTANGLE, Tool.ELLIPSE, Tool.POLYLINE})


ROOM_FOR_ALL = 420  # pixels


class ToolOptions(Live, QWidget):
    """Size, opacity and colour at once; one button for the rest, lit while a mirror or guide is on.

    In the overlay how much of the render shows is set here, too.

    Args:
        layout: keeps the colours that were used.
    """

    def __init__(
        self,
        tools: Store[ToolSettings],
        layout: Store[Layout],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._layout_store = layout
        self.held = label("small")
        self.size_row = SlimNumber(MIN_BRUSH, MAX_BRUSH, decimals=1, curved=True)
        self.opacity_row = SlimNumber(0.0, 1.0, factor=100.0)
        self.veil_row = SlimNumber(0.0, 1.0, factor=100.0)
        self.swatch = Swatch()
        self.more = OwnButton(size=18)
        self.more.setCheckable(True)
        self.options = OptionsPopover(tools, self)
        self.colours = ColourPopover(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.held)
        row.addWidget(self.size_row, 1)
        row.addWidget(self.opacity_row, 1)
        row.addWidget(self.swatch)
        row.addWidget(self.veil_row, 1)
        row.addWidget(self.more)
        self.size_row.setMaximumWidth(240)
        self.opacity_row.setMaximumWidth(220)
        self.veil_row.setMaximumWidth(220)
        row.insertStretch(3, 0)
        self.size_row.changed.connect(lambda width: tools.replace(with_width(tools.value, width)))
        self.opacity_row.changed.connect(lambda value: tools.update(opacity=value))
        self.veil_row.changed.connect(self._set_veil)
        layout.changed.connect(self._render_layout)
        self.swatch.clicked.connect(self._open_colours)
        self.colours.chosen.connect(lambda colour: tools.update(colour=colour))
        self.more.clicked.connect(self._open_options)
        tools.changed.connect(self._render)
        self.retranslate()
        self.restyle()
        self._render(tools.value)
        self._render_layout(layout.value)

    def set_with_colour(self, with_colour: bool) -> None:
        """Whether the layer that is drawn on takes colours."""
        self.swatch.setVisible(with_colour)

    def _open_options(self) -> None:
        self._light()
        self.options.open_at(self.more.mapToGlobal(QPoint(self.more.width(), self.height() + 4)))

    def _open_colours(self) -> None:
        self.colours.open_at(self.swatch.mapToGlobal(QPoint(0, self.height() + 4)))

    def _render(self, settings: ToolSettings, fields: object = None) -> None:
        self.held.setText(name_of(settings.tool))
        self.size_row.set_value(settings.width)
        self.opacity_row.set_value(settings.opacity)
        self.swatch.set_colour(settings.colour)
        for row in (self.size_row, self.opacity_row):
            row.setEnabled(settings.tool in DRAWS)
        self._light()
        if isinstance(fields, frozenset) and "colour" in fields:
            sketch = with_colour(self._layout_store.value.sketch, settings.colour)
            self._layout_store.update(sketch=sketch)
        self.colours.offer(settings.colour, self._layout_store.value.sketch.colours)

    def _set_veil(self, share: float) -> None:
        sketch = msgspec.structs.replace(self._layout_store.value.sketch, veil=share)
        self._layout_store.update(sketch=sketch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where it is narrow, the tool is told by its button alone, and the render goes first."""
        is_wide = self.width() >= ROOM_FOR_ALL
        self.held.setVisible(is_wide)
        self.opacity_row.setVisible(is_wide or self.veil_row.isHidden())

    def _render_layout(self, layout: Layout, _fields: object = None) -> None:
        """Under the drawing the render shows as much as is set, so that is set here too."""
        self.veil_row.setVisible(layout.sketch.view is SketchView.OVERLAY)
        self.veil_row.set_value(layout.sketch.veil)
        self._make_room()

    def _light(self) -> None:
        settings = self._tools.value
        self.more.setChecked(
            settings.symmetry is not Symmetry.NONE or settings.guide is not Guide.NONE
        )

    def retranslate(self) -> None:
        self.size_row.set_text(self.tr("Size"), self.tr("Width in pixels of the drawing ([ and ])"))
        self.opacity_row.set_text(self.tr("Opacity"), self.tr("How dense a stroke is, in percent"))
        self.veil_row.set_text(
            self.tr("Render"), self.tr("How much of the render shows under the drawing, in percent")
        )
        name(self.swatch, self.tr("Colour"), tip=self.tr("Colour to paint with on colour layers"))
        name(
            self.more,
            self.tr("Tool options"),
            tip=self.tr("Hardness, smoothing, pressure, mirror, guides, filling"),
        )
        self.held.setText(name_of(self._tools.value.tool))

    def restyle(self) -> None:
        lit = current_tokens().accent_text
        self.more.setIcon(icons.icon("sliders-horizontal", checked=lit))
        self.swatch.update()
