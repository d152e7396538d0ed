"""Freehand: the brush and the eraser."""

import math

from maquette.core.guides import Point, along, directions, mirrored, nearest_direction
from maquette.core.strokes import Node, Sample, Stroke
from maquette.gui.sketch_canvas.easel import Easel, Handler, Modifiers

DECIDES = 8.0
"""Logical pixels that the pen must go before the line along a guide is known."""


class Freehand(Handler):
    """Draws what the pen does, smoothed, held to the guides, and in the mirrors."""

    def __init__(self, easel: Easel, *, erases: bool) -> None:
        super().__init__(easel)
        self._erases = erases
        self._stroke: Stroke | None = None
        self._settings = easel.settings
        self._last: Node | None = None
        self._sample = Sample(0.0, 0.0)
        self._start: Point = (0.0, 0.0)
        self._allowed: list[Point] = []
        self._direction: Point | None = None
        self._early: list[Sample] = []  # of a stroke that cannot be painted yet

    @property
    def is_busy(self) -> bool:
        return self._stroke is not None or bool(self._early)

    @property
    def width(self) -> float:
        settings = self.easel.settings
        return settings.eraser_size if self._erases else settings.size

    def press(self, sample: Sample, modifiers: Modifiers) -> None:
        if self.is_busy:
            return
        if self.easel.must_wait:
            self._early = [sample]
        else:
            self._begin(sample)

    def _begin(self, sample: Sample) -> None:
        if not self.easel.begin(erases=self._erases):
            return
        self._settings = self.easel.settings
        self._stroke = Stroke(self._settings, self.width, self.easel.pixel)
        self._start, self._sample, self._last = (sample.x, sample.y), sample, None
        self._direction = None
        self._allowed = (
            directions(self._start, self._settings, *self.easel.size) if self._settings.snap else []
        )
        self._lay(self._stroke.add(sample))

    def move(self, sample: Sample, modifiers: Modifiers) -> None:
        if self._early:
            self._early.append(sample)
            if not self.easel.must_wait:
                early, self._early = self._early, []
                self._draw(early)
            return
        self._go_on(sample)

    def _draw(self, samples: list[Sample]) -> None:
        """Begin with the first of `samples`, which came before they could be painted."""
        self._begin(samples[0])
        for sample in samples[1:]:
            self._go_on(sample)

    async def _draw_later(self, samples: list[Sample], drawing_id: str) -> None:
        """A whole stroke, as soon as the drawing can be painted on; none on another drawing."""
        drawings = self.easel.drawings
        await drawings.settled()
        if drawings.drawing.id != drawing_id:
            self.easel.refused.emit()
        elif not self.is_busy:
            self._draw(samples)
            self.confirm()

    def _go_on(self, sample: Sample) -> None:
        held = self._held(sample)
        if self._stroke is not None and held is not None:
            self._sample = held
            self._lay(self._stroke.add(held))

    def release(self, sample: Sample, modifiers: Modifiers) -> None:
        self.confirm()

    def confirm(self) -> None:
        early, self._early = self._early, []
        if early:
            drawing_id = self.easel.drawings.drawing.id
            self.easel.tasks.start(self._draw_later(early, drawing_id))
        if self._stroke is None:
            return
        self._lay(self._stroke.finish())
        self._stroke = None
        self.easel.commit("Eraser" if self._erases else "Brush")

    def cancel(self) -> None:
        self._early = []
        if self._stroke is not None:
            self._stroke = None
            self.easel.cancel()

    def forget(self) -> None:
        self._stroke, self._early = None, []

    def _held(self, sample: Sample) -> Sample | None:
        """`sample` on the guide's line; None until the hand has shown which one it means."""
        if not self._allowed:
            return sample
        if self._direction is None:
            way = math.hypot(sample.x - self._start[0], sample.y - self._start[1])
            if way < DECIDES * self.easel.pixel:
                return None
            self._direction = nearest_direction(self._start, sample[:2], self._allowed)
        if self._direction is None:
            return sample
        x, y = along(self._start, self._direction, sample[:2])
        return sample._replace(x=x, y=y)

    def _lay(self, nodes: list[Node]) -> None:
        if self._stroke is None or not nodes:
            return
        joined = not self._stroke.is_dotted
        line = [self._last, *nodes] if self._last is not None and joined else nodes
        self._last = nodes[-1]
        lines = mirrored(line, self._settings, *self.easel.size)
        self.easel.painter.line(lines, self._settings.hardness, joined=joined)
        self.easel.stroke_moved.emit()
