"""Paper and picture have one shape: the panel's size changes the paper, and undo the panel's."""

import math

from PySide6.QtCore import QObject

from maquette.core.drawing import MAX_DRAWING_SIDE
from maquette.state.drawings import Drawings
from maquette.state.models import Models
from maquette.state.session import Session
from maquette.state.store import Store

CLOSE = 0.01  # of a ratio: rounding to whole pixels makes no other shape


class PaperShape(QObject):
    """While the sketch is used, the paper grows to the panel's shape around what is drawn.

    That is a step of the drawing's history. When the shape is changed again before anything else
    was drawn, the earlier step is taken back first, so that trying sizes leaves no margins. When
    undo, or another drawing, brings paper of another shape, the panel takes the model's nearest
    size of that shape.
    """

    def __init__(
        self,
        session: Store[Session],
        drawings: Drawings,
        models: Models,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._drawings = drawings
        self._models = models
        self._before: tuple[int, int] | None = None  # the paper before our last step
        self._steps = -1  # how many steps could be undone after it
        self._is_ours = False  # the session changes because the paper did
        self._fitting = False  # steps of ours are on their way
        session.changed.connect(self._session_changed)
        drawings.changed.connect(self._drawing_changed)
        drawings.failed.connect(self._give_up)

    def _session_changed(self, session: Session, fields: frozenset[str]) -> None:
        if fields & {"width", "height", "sketch"} and session.sketch.used and not self._is_ours:
            self._fit(session)

    def _fit(self, session: Session) -> None:
        drawing = self._drawings.drawing
        shape = (drawing.width, drawing.height)
        if session.height <= 0 or session.width <= 0 or _agree(shape, _size(session)):
            return
        if self._before is not None and self._drawings.progress.undo == self._steps:
            self._fitting = True
            self._drawings.undo()
            shape = self._before
        if _agree(shape, _size(session)):
            self._before = None
            return
        width, height = around(shape, _size(session))
        if max(width, height) > MAX_DRAWING_SIDE:
            return  # the picture has blank margins then, as with any other shape
        self._before, self._steps, self._fitting = shape, -1, True
        left, top = (width - shape[0]) // 2, (height - shape[1]) // 2
        self._drawings.resize_paper(width, height, left, top)

    def _drawing_changed(self, fields: frozenset[str]) -> None:
        if "drawing" not in fields:
            return
        drawing, session = self._drawings.drawing, self._session.value
        shape = (drawing.width, drawing.height)
        if _agree(shape, _size(session)):
            self._fitting = False
            if self._before is not None and self._steps < 0:
                self._steps = self._drawings.progress.undo
            return
        if self._fitting or not session.sketch.used:
            return
        model = self._models.chosen
        sizes = [size for size in model.sizes if _agree(shape, size)] if model else []
        if sizes:
            nearest = min(sizes, key=lambda size: abs(math.prod(size) - math.prod(_size(session))))
            self._is_ours = True
            self._session.update(width=nearest[0], height=nearest[1])
            self._is_ours = False

    def _give_up(self, _error: object) -> None:
        self._fitting = False


def around(paper: tuple[int, int], size: tuple[int, int]) -> tuple[int, int]:
    """The smallest paper of the shape of `size` that `paper` lies on whole."""
    width, height = paper
    factor = max(width / size[0], height / size[1])
    return max(width, round(size[0] * factor)), max(height, round(size[1] * factor))


def _size(session: Session) -> tuple[int, int]:
    return session.width, session.height


def _agree(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return abs(one[0] * other[1] / (one[1] * other[0]) - 1) < CLOSE
