"""Easel: what every tool works with, and Handler: what a tool is."""

from PySide6.QtCore import QObject, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QTransform

from maquette.core.errors import MaquetteError
from maquette.core.guides import Point
from maquette.core.strokes import Sample
from maquette.core.tools import ToolSettings
from maquette.gui.sketch_canvas.flattener import Flattener
from maquette.gui.sketch_canvas.layer_painter import LayerPainter
from maquette.state.drawings import Drawings
from maquette.state.store import Store
from maquette.state.tasks import Tasks

Modifiers = Qt.KeyboardModifier


class Easel(QObject):
    """The open drawing, the settings of the tools, and the means to paint.

    `pixel` is how many pixels of the drawing a logical pixel of the widget is long.

    Signals:
        overlay_changed(): what a tool shows over the drawing looks different.
        refused(): the active layer cannot be painted on.
        stroke_began(), stroke_moved(), stroke_ended(): pixels are being painted; `stroke_ended`
            follows a cancelled stroke too.
    """

    overlay_changed = Signal()
    refused = Signal()
    stroke_began = Signal()
    stroke_moved = Signal()
    stroke_ended = Signal()

    def __init__(
        self, drawings: Drawings, tools: Store[ToolSettings], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.drawings = drawings
        self.tools = tools
        self.painter = LayerPainter(drawings, self)
        self.flattener = Flattener(drawings)
        self.tasks = Tasks(self._failed)
        self.pixel = 1.0

    @property
    def must_wait(self) -> bool:
        """Whether the active layer can be painted on in a moment, but not now."""
        layer = self.drawings.active
        return self.drawings.is_busy and layer.visible and not layer.locked

    @property
    def settings(self) -> ToolSettings:
        return self.tools.value

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the drawing."""
        drawing = self.drawings.drawing
        return drawing.width, drawing.height

    def begin(self, layer_id: str = "", *, erases: bool = False) -> bool:
        """Begin to paint with the colour and opacity that are set; False if that is refused.

        On the active layer, or the one named, if it is there still.
        """
        settings, wanted = self.settings, layer_id or self.drawings.drawing.active
        layer = next((one for one in self.drawings.drawing.layers if one.id == wanted), None)
        if layer is None:
            return False
        if not self.painter.begin(layer, settings.colour, settings.opacity, erases=erases):
            self.refused.emit()
            return False
        self.stroke_began.emit()
        return True

    def commit(self, label: str) -> None:
        """End what was begun as a step of the history."""
        self.painter.commit(label)
        self.stroke_ended.emit()

    def cancel(self) -> None:
        """End what was begun without a trace."""
        self.painter.cancel()
        self.stroke_ended.emit()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, MaquetteError):
            self.drawings.failed.emit(error)


class Handler:
    """What one tool does with the pen. Points are pixels of the drawing."""

    def __init__(self, easel: Easel) -> None:
        self.easel = easel

    @property
    def is_busy(self) -> bool:
        """Whether something is begun that Esc gives up and Enter, or another tool, ends."""
        return False

    def press(self, sample: Sample, modifiers: Modifiers) -> None:
        """The pen touches."""

    def move(self, sample: Sample, modifiers: Modifiers) -> None:
        """The pen goes on, touching."""

    def release(self, sample: Sample, modifiers: Modifiers) -> None:
        """The pen is lifted there."""

    def hover(self, point: Point, modifiers: Modifiers) -> None:
        """The pen goes on without touching."""

    def key(self, key: int) -> bool:
        """A key was pressed while busy; True if it meant something."""
        return False

    def confirm(self) -> None:
        """End what is begun, and keep it."""

    def cancel(self) -> None:
        """End what is begun, and leave no trace."""

    def forget(self) -> None:
        """The drawing is another one: what was begun is void."""

    def paint(self, painter: QPainter, to_widget: QTransform) -> None:
        """Paint over the drawing, in logical pixels of the widget."""

    def extent(self, to_widget: QTransform) -> QRect:
        """Where `paint` paints something that changes while the pen moves; empty for nowhere."""
        return QRect()


def spot(transform: QTransform, point: Point) -> QPointF:
    """Where a point of the drawing is in the widget."""
    return transform.map(QPointF(*point))
