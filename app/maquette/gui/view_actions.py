"""The actions that zoom, for whichever picture the place that is shown has."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from maquette.gui.actions import Actions
from maquette.gui.canvas import Canvas


class ViewActions(QObject):
    """Fit, 100 %, nearer, farther: they act on one canvas at a time, and only if it has a picture.

    `turn_to` says on which; None has nothing to zoom.
    """

    def __init__(self, actions: Actions, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._canvas: Canvas | None = None
        actions.bind("fit", lambda: self._act(Canvas.fit))
        actions.bind("actual_size", lambda: self._act(Canvas.actual_size))
        actions.bind("zoom_in", lambda: self._act(lambda canvas: canvas.zoom_by(1.25)))
        actions.bind("zoom_out", lambda: self._act(lambda canvas: canvas.zoom_by(0.8)))
        self.turn_to(canvas)

    def turn_to(self, canvas: Canvas | None) -> None:
        """Act on `canvas` from now on."""
        if self._canvas is not None:
            self._canvas.filled.disconnect(self._set_enabled)
        self._canvas = canvas
        if canvas is not None:
            canvas.filled.connect(self._set_enabled)
        self._set_enabled(canvas is not None and not canvas.is_empty)

    def _act(self, act: Callable[[Canvas], object]) -> None:
        if self._canvas is not None:
            act(self._canvas)

    def _set_enabled(self, has_picture: bool) -> None:
        for name in ("fit", "actual_size", "zoom_in", "zoom_out"):
            self._actions[name].setEnabled(has_picture)
