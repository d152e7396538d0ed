"""Pointers: pen, mouse and fingers, made into touches of a tool or movements of the view."""

import math
from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import (
    QEventPoint,
    QGuiApplication,
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)

from maquette.core.strokes import Sample
from maquette.core.tools import Tool
from maquette.gui.sketch_canvas.camera import Camera
from maquette.gui.sketch_canvas.easel import Easel, Handler, Modifiers

UPRIGHT = 60.0
"""Degrees at which a pen counts as lying flat."""
TURN_STEP = 15.0
"""Degrees; with Ctrl the view turns in these steps."""


class _Source(Enum):
    PEN = auto()
    MOUSE = auto()
    FINGER = auto()


class _Doing(Enum):
    DRAW = auto()
    PAN = auto()
    TURN = auto()


class Pointers(QObject):
    """One pointer draws at a time: the pen goes before the mouse, both before fingers.

    Whatever ends a stroke of the pen (it is lifted, leaves the tablet, is unplugged, or another
    device is taken up) ends it well: what was drawn stays.
    """

    def __init__(
        self,
        easel: Easel,
        camera: Camera,
        handler_of: Callable[[Tool], Handler],
        view_moved: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._easel = easel
        self._camera = camera
        self._handler_of = handler_of
        self._view_moved = view_moved
        self._source: _Source | None = None
        self._doing = _Doing.DRAW
        self._handler: Handler | None = None
        self._last = Sample(0.0, 0.0)
        self._grip = QPointF()
        self._turn = 0.0
        self._fingers: tuple[QPointF, QPointF] | None = None
        self.is_space_held = False

    @property
    def is_down(self) -> bool:
        """Whether a pointer touches."""
        return self._source is not None

    # --- events ---------------------------------------------------------------------------------

    def tablet(self, event: QTabletEvent) -> None:
        kind = event.type()
        sample = self._pen_sample(event)
        touching = event.buttons() != Qt.MouseButton.NoButton
        if kind == QEvent.Type.TabletPress:
            if self._source is not _Source.PEN:
                self.end()
                erases = event.pointerType() == QPointingDevice.PointerType.Eraser
                self._press(
                    _Source.PEN, event.position(), sample, event.button(), event.modifiers(), erases
                )
        elif self._source is _Source.PEN and kind == QEvent.Type.TabletMove and touching:
            self._move(event.position(), sample, event.modifiers())
        elif self._source is _Source.PEN:
            # Lifted; or it moves on without touching, so that the lifting was never told.
            self._release(sample, event.modifiers())
        else:
            self._hover(sample, event.modifiers())
        event.accept()

    def mouse(self, event: QMouseEvent) -> None:
        if self._source is _Source.PEN and _is_made_up(event):
            return  # what the system makes of the pen for programs that know none
        sample = self._sample(event.position())
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            if self._source is _Source.MOUSE:
                return
            self.end()
            self._press(
                _Source.MOUSE, event.position(), sample, event.button(), event.modifiers(), False
            )
        elif kind == QEvent.Type.MouseButtonRelease:
            if self._source is _Source.MOUSE and event.buttons() == Qt.MouseButton.NoButton:
                self._release(sample, event.modifiers())
        elif self._source is _Source.MOUSE:
            if event.buttons() == Qt.MouseButton.NoButton:
                self.end()
            else:
                self._move(event.position(), sample, event.modifiers())
        elif self._source is None:
            self._hover(sample, event.modifiers())

    def touch(self, event: QTouchEvent) -> None:
        """One finger draws or moves the view, as it is set; two move, zoom and turn it."""
        points = [point for point in event.points() if point.state() != QEventPoint.State.Released]
        if self._source in (_Source.PEN, _Source.MOUSE):
            return  # a hand that rests on the tablet
        if event.type() == QEvent.Type.TouchCancel:
            self.give_up()
        elif len(points) >= 2:
            self._pinch(points[0].position(), points[1].position())
        elif not points:
            self._fingers = None
            self.end()
        elif self._fingers is None:
            self._one_finger(points[0].position(), event.modifiers())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While the pen touches: it left the tablet without having been lifted."""
        if event.type() == QEvent.Type.TabletLeaveProximity:
            self.end()
        return False

    def end(self) -> None:
        """End what is being drawn where the pointer was last, and keep it."""
        if self._source is not None:
            self._release(self._last, Modifiers.NoModifier)

    def give_up(self) -> None:
        """End what is being drawn without a trace."""
        if self._handler is not None:
            self._handler.cancel()
        self._let_go()

    # --- how ------------------------------------------------------------------------------------

    def _press(
        self,
        source: _Source,
        position: QPointF,
        sample: Sample,
        button: Qt.MouseButton,
        modifiers: Modifiers,
        erases: bool,
    ) -> None:
        tool = Tool.ERASER if erases else self._easel.settings.tool
        picks = button == Qt.MouseButton.RightButton or (
            modifiers & Modifiers.AltModifier and tool in (Tool.BRUSH, Tool.FILL)
        )
        moves = button == Qt.MouseButton.MiddleButton or self.is_space_held or tool is Tool.HAND
        self._source, self._last, self._grip = source, sample, position
        if source is _Source.PEN:
            self._watch(True)
        if moves:
            turns = bool(modifiers & Modifiers.ShiftModifier)
            self._doing = _Doing.TURN if turns else _Doing.PAN
            self._turn = self._bearing(position) - self._camera.angle
            return
        self._doing = _Doing.DRAW
        self._handler = self._handler_of(Tool.PICKER if picks else tool)
        self._handler.press(sample, modifiers)

    def _move(self, position: QPointF, sample: Sample, modifiers: Modifiers) -> None:
        self._last = sample
        if self._doing is _Doing.DRAW:
            if self._handler is not None:
                self._handler.move(sample, modifiers)
            return
        if self._doing is _Doing.PAN:
            self._camera.pan(position - self._grip)
        else:
            angle = self._bearing(position) - self._turn
            if modifiers & Modifiers.ControlModifier:
                angle = round(angle / TURN_STEP) * TURN_STEP
            self._camera.turn_to(angle, self._middle())
        self._grip = position
        self._view_moved()

    def _release(self, sample: Sample, modifiers: Modifiers) -> None:
        handler = self._handler
        self._let_go()
        if handler is not None:
            handler.release(sample, modifiers)

    def _let_go(self) -> None:
        if self._source is _Source.PEN:
            self._watch(False)
        self._source, self._handler = None, None

    def _hover(self, sample: Sample, modifiers: Modifiers) -> None:
        self._handler_of(self._easel.settings.tool).hover(sample[:2], modifiers)

    def _watch(self, on: bool) -> None:
        """The program, not the widget, hears that the pen leaves or a device is gone."""
        app = QGuiApplication.instance()
        if app is None:
            return
        if on:
            app.installEventFilter(self)
        else:
            app.removeEventFilter(self)

    def _one_finger(self, position: QPointF, modifiers: Modifiers) -> None:
        sample = self._sample(position)
        if self._source is None:
            buttons = Qt.MouseButton
            draws = self._easel.settings.finger_draws
            button = buttons.LeftButton if draws else buttons.MiddleButton
            self._press(_Source.FINGER, position, sample, button, modifiers, False)
        else:
            self._move(position, sample, modifiers)

    def _pinch(self, one: QPointF, other: QPointF) -> None:
        if self._source is _Source.FINGER:
            self.give_up()  # the first of two fingers was not meant to draw
        if self._fingers is not None:
            before, after = self._fingers[1] - self._fingers[0], other - one
            stretch = math.hypot(after.x(), after.y()) / max(
                1.0, math.hypot(before.x(), before.y())
            )
            middle, old = (one + other) / 2, (self._fingers[0] + self._fingers[1]) / 2
            self._camera.pan(middle - old)
            self._camera.zoom_to(self._camera.zoom * stretch, middle)
            turned = math.atan2(after.y(), after.x()) - math.atan2(before.y(), before.x())
            self._camera.turn_to(self._camera.angle + math.degrees(turned), middle)
            self._view_moved()
        self._fingers = (one, other)

    def _sample(self, position: QPointF) -> Sample:
        point = self._camera.to_drawing.map(position)
        return Sample(point.x(), point.y())

    def _pen_sample(self, event: QTabletEvent) -> Sample:
        """A pen that reports no pressure draws as a mouse does."""
        sample = self._sample(event.position())
        can_press = QInputDevice.Capability.Pressure in event.device().capabilities()
        tilt = math.hypot(event.xTilt(), event.yTilt()) / UPRIGHT
        return sample._replace(pressure=event.pressure() if can_press else 1.0, tilt=min(1.0, tilt))

    def _middle(self) -> QPointF:
        return QPointF(self._camera.room.width() / 2, self._camera.room.height() / 2)

    def _bearing(self, position: QPointF) -> float:
        way = position - self._middle()
        return math.degrees(math.atan2(way.y(), way.x()))


def _is_made_up(event: QMouseEvent) -> bool:
    return (
        event.source() != Qt.MouseEventSource.MouseEventNotSynthesized
        or event.device().type() != QInputDevice.DeviceType.Mouse
    )
