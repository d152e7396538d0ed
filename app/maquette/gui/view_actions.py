"""The actions that zoom, for whichever picture the place that is shown has."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject

from maquette.gui.actions import Actions


class Zoomable(Protocol):
    """A canvas, or two that are looked at together."""

    filled: Any  # Signal(bool): there is something to zoom now, or there is nothing any more

    @property
    def is_empty(self) -> bool: ...
    def fit(self) -> None: ...
    def actual_size(self) -> None: ...
    def zoom_by(self, factor: float) -> None: ...


class ViewActions(QObject):
    """Fit, 100 %, nearer, farther: they act on one canvas at a time, and only if it has a picture.

    `turn_to` says on which; None has nothing to zoom.
    """

    def __init__(self, actions: Actions, canvas: Zoomable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._canvas: Zoomable | None = None
        actions.bind("fit", lambda: self._act(lambda canvas: canvas.fit()))
        actions.bind("actual_size", lambda: self._act(lambda canvas: canvas.actual_size()))
        actions.bind("zoom_in", lambda: self._act(lambda canvas: canvas.zoom_by(1.25)))
        actions.bind("zoom_out", lambda: self._act(lambda canvas: canvas.zoom_by(0.8)))
        self.turn_to(canvas)

    def turn_to(self, canvas: Zoomable | None) -> None:
        """Act on `canvas` from now on."""
        if self._canvas is not None:
            self._canvas.filled.disconnect(self._set_enabled)
        self._canvas = canvas
        if canvas is not None:
            canvas.filled.connect(self._set_enabled)
        self._set_enabled(canvas is not None and not canvas.is_empty)

    def _act(self, act: Callable[[Zoomable], object]) -> None:
        if self._canvas is not None:
            act(self._canvas)

    def _set_enabled(self, has_picture: bool) -> None:
        for name in ("fit", "actual_size", "zoom_in", "zoom_out"):
            self._actions[name].setEnabled(has_picture)
