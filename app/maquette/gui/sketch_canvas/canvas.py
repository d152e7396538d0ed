"""SketchCanvas: the widget that the open drawing is drawn on."""

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from maquette.core.rect import Rect
from maquette.core.tools import Tool, ToolSettings, next_width, with_width
from maquette.gui.live import Live
from maquette.gui.sketch_canvas.brush_ring import BrushRing
from maquette.gui.sketch_canvas.canvas_keys import CanvasKeys
from maquette.gui.sketch_canvas.easel import Easel, Handler
from maquette.gui.sketch_canvas.fill import Fill, Picker
from maquette.gui.sketch_canvas.freehand import Freehand
from maquette.gui.sketch_canvas.guide_lines import GuideMover, paint_guides
from maquette.gui.sketch_canvas.hint_pill import HintPill
from maquette.gui.sketch_canvas.lasso import Lasso
from maquette.gui.sketch_canvas.pauses import Pauses
from maquette.gui.sketch_canvas.pointers import Pointers
from maquette.gui.sketch_canvas.shapes import Dragged, Polyline
from maquette.gui.sketch_canvas.viewport import Viewport
from maquette.gui.theme import current_tokens
from maquette.state.drawings import Drawings
from maquette.state.store import Store

AT_ONCE = 0.006
"""Seconds of flattening in one go; what is left is done after the events that wait."""


class SketchCanvas(Live, Viewport):
    """Draws with pen, mouse and fingers; zooms, turns and mirrors the view.

    Its own keys are in `CanvasKeys`.

    Signals:
        stroke_began(), stroke_paused(), stroke_ended(): pixels of the drawing are being painted;
            paused tells, four times a second at most, that it is worth looking at them.
        hinted(str): why nothing was drawn, in the user's language; the canvas shows it too.
    """

    stroke_began = Signal()
    stroke_paused = Signal()
    stroke_ended = Signal()
    hinted = Signal(str)

    def __init__(
        self, drawings: Drawings, tools: Store[ToolSettings], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._drawings = drawings
        self._tools = tools
        self._easel = Easel(drawings, tools, self)
        self._handlers: dict[Tool, Handler] = {
            Tool.BRUSH: Freehand(self._easel, erases=False),
            Tool.ERASER: Freehand(self._easel, erases=True),
            Tool.LINE: Dragged(self._easel, Tool.LINE),
            Tool.RECTANGLE: Dragged(self._easel, Tool.RECTANGLE),
            Tool.ELLIPSE: Dragged(self._easel, Tool.ELLIPSE),
            Tool.POLYLINE: Polyline(self._easel),
            Tool.FILL: Fill(self._easel),
            Tool.LASSO: Lasso(self._easel),
            Tool.PICKER: Picker(self._easel),
            Tool.GUIDES: GuideMover(self._easel),
            Tool.HAND: Handler(self._easel),
        }
        self._tool = tools.value.tool
        self._active = drawings.drawing.active
        self._pointers = Pointers(
            self._easel, self._camera, self._handlers.__getitem__, self._view_moved, self
        )
        self._keys = CanvasKeys(self)
        self._pauses = Pauses(self)
        self._hint = HintPill(self)
        self._ring = BrushRing()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._flatten_rest)
        self._unflattened: list[QRect] = []
        self._overlay = QRect()  # where the tool has painted over the drawing
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._connect()
        self._lay_sheet()
        self.retranslate()
        self.restyle()

    def _connect(self) -> None:
        self._drawings.changed.connect(self._drawing_changed)
        self._drawings.leaving.connect(self.finish)
        self._drawings.replaced.connect(self._drawing_replaced)
        self._drawings.pixels_changed.connect(self._pixels_changed)
        self._tools.changed.connect(self._tools_changed)
        easel = self._easel
        easel.painter.painted.connect(self._touch)
        easel.overlay_changed.connect(self._update_overlay)
        easel.refused.connect(self._refuse)
        easel.stroke_began.connect(self._pauses.begin)
        easel.stroke_began.connect(self.stroke_began)
        easel.stroke_moved.connect(self._pauses.moved)
        easel.stroke_ended.connect(self._pauses.end)
        easel.stroke_ended.connect(self.stroke_ended)
        self._pauses.paused.connect(self.stroke_paused)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Sketch"))
        self.setAccessibleDescription(
            self.tr("The paper to draw on with pen, mouse or finger; every tool has a key")
        )

    def restyle(self) -> None:
        self._hint.restyle()
        self._easel.flattener.restack()
        self.update()

    # --- what is held ---------------------------------------------------------------------------

    @property
    def tool(self) -> Tool:
        """The tool that is held."""
        return self._tool

    @property
    def is_busy(self) -> bool:
        """Whether something is begun that Esc would give up: a stroke, a polyline, a selection."""
        return self._handlers[self._tool].is_busy

    def finish(self) -> None:
        """End and keep what is begun, before something else is done with the drawing."""
        self._pointers.end()
        self._handlers[self._tool].confirm()

    def give_up(self) -> None:
        """End what is begun without a trace."""
        self._pointers.give_up()
        self._handlers[self._tool].cancel()

    def undo(self) -> None:
        """Give up what is begun; if nothing is, take the last step back."""
        if self.is_busy:
            self.give_up()
        else:
            self._drawings.undo()

    def change_width(self, wider: bool) -> None:
        """The next step of the width of what is held."""
        settings = self._tools.value
        self._tools.replace(with_width(settings, next_width(settings.width, wider)))

    def hold_hand(self, held: bool) -> None:
        """Whether any tool moves the view, as it does while the space bar is down."""
        self._pointers.is_space_held = held
        self._show_cursor()

    def tell_tool(self, key: int) -> None:
        """A key that only the tool in hand knows."""
        self._handlers[self._tool].key(key)

    # --- the render -----------------------------------------------------------------------------

    def set_backdrop(self, image: QImage | None, share: float) -> None:
        """Lay a render under the layers, `share` (0 to 1) of it seen; None takes it away."""
        self._easel.flattener.set_backdrop(image, share)
        self.update()

    def levels(self) -> tuple[QImage, ...]:
        """The drawing as it is seen, as a picture and its halves."""
        return self._easel.flattener.levels()

    # --- what changes ---------------------------------------------------------------------------

    def _drawing_changed(self, fields: frozenset[str]) -> None:
        if "layers" not in fields:
            return
        active = self._drawings.drawing.active
        if active != self._active:
            self._active = active
            self._handlers[self._tool].confirm()
        self._easel.flattener.restack()
        self.update()

    def _lay_sheet(self) -> None:
        drawing = self._drawings.drawing
        self.show_sheet(QSize(drawing.width, drawing.height))

    def _show_view(self) -> None:
        self._easel.pixel = 1 / self._camera.zoom
        super()._show_view()

    def _drawing_replaced(self) -> None:
        self._pointers.give_up()
        self._easel.painter.drop()
        for handler in self._handlers.values():
            handler.forget()
        self._pauses.end()
        self._active = self._drawings.drawing.active
        self._easel.flattener.renew()
        self._lay_sheet()

    def _pixels_changed(self, layer_id: str, rect: Rect) -> None:
        lasso = self._handlers[Tool.LASSO]
        if lasso.is_busy and not self._easel.painter.is_painting:
            lasso.cancel()  # it shows pixels of before
        self._touch(layer_id, rect)

    def _touch(self, layer_id: str, rect: Rect) -> None:
        """The pixels of a layer are others there: show it, and repaint no more than that."""
        self._easel.flattener.touch(layer_id, rect)
        self.update(self._in_widget(QRect(*rect)))

    def _tools_changed(self, settings: ToolSettings, fields: frozenset[str]) -> None:
        if settings.tool is not self._tool:
            before, self._tool = self._tool, settings.tool
            self._pointers.end()
            self._handlers[before].confirm()
        self._show_cursor()
        if fields - {"colour"}:
            self.update()

    def _refuse(self) -> None:
        layer = self._drawings.active
        if layer.locked:
            hint = self.tr("This layer is locked; unlock it or choose another one.")
        elif not layer.visible:
            hint = self.tr("This layer is hidden; show it or choose another one.")
        else:
            hint = self.tr("The drawing is still being changed; try again in a moment.")
        self._hint.say(hint)
        self.hinted.emit(hint)

    # --- painting -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        self._camera.ratio = self.devicePixelRatioF()
        to_widget = self._camera.to_widget
        seen = self._in_drawing(event.rect())
        left = self._easel.flattener.refresh(seen, AT_ONCE)
        painter = QPainter(self)
        tokens = current_tokens()
        painter.fillRect(event.rect(), QColor(tokens.stage))
        scale, rough = self._camera.scale, self._is_rough
        self._easel.flattener.paint(painter, to_widget, scale, rough=rough)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_guides(painter, self._tools.value, self._easel.size, to_widget)
        self._handlers[self._tool].paint(painter, to_widget)
        self._overlay = self._handlers[self._tool].extent(to_widget)
        self._ring.paint(painter)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(tokens.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if left:
            self._unflattened += left
            self._later.start()

    def _flatten_rest(self) -> None:
        rest, self._unflattened = self._unflattened, []
        for rect in rest:
            self.update(self._in_widget(rect))

    def _update_overlay(self) -> None:
        """Paint what the tool shows over the drawing, where it was and where it is now."""
        after = self._handlers[self._tool].extent(self._camera.to_widget)
        self.update(self._overlay | after)

    def _move_ring(self, position: QPointF | None) -> None:
        draws = self._tool in (Tool.BRUSH, Tool.ERASER)
        width = self._tools.value.width * self._camera.zoom
        for rect in self._ring.move(position if draws else None, width):
            self.update(rect)

    # --- events ---------------------------------------------------------------------------------

    def tabletEvent(self, event: QTabletEvent) -> None:
        if event.type() == QEvent.Type.TabletPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._move_ring(event.position())
        self._pointers.tablet(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointers.mouse(event)
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move_ring(event.position())
        self._pointers.mouse(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._pointers.touch(event)
            event.accept()
            return True
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._keys.wants(event):
                event.accept()
                return True
        elif kind == QEvent.Type.Leave:
            self._move_ring(None)
        elif kind == QEvent.Type.WindowDeactivate:
            self._pointers.end()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.hold_hand(False)
        super().keyReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._paint_frame()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hold_hand(False)
        self._paint_frame()

    def hideEvent(self, event: QHideEvent) -> None:
        self._pointers.end()
        super().hideEvent(event)

    def _paint_frame(self) -> None:
        """Paint the ring of the focus again, and nothing within it."""
        rect = self.rect()
        self.update(QRegion(rect) - QRegion(rect.adjusted(1, 1, -1, -1)))

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape.CrossCursor
        if self._pointers.is_space_held or self._tool is Tool.HAND:
            is_down = self._pointers.is_down
            shape = Qt.CursorShape.ClosedHandCursor if is_down else Qt.CursorShape.OpenHandCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)
