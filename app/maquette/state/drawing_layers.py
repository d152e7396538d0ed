"""Changes of the open drawing's layers, each of which can be undone."""

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject

from maquette.core.drawing import Drawing, LayerRole
from maquette.core.drawing_edits import (
    fresh_layer,
    layer_below,
    with_layer,
    with_layer_changed,
    with_layer_moved,
    without_layer,
)
from maquette.core.drawing_pixels import LayerPixels
from maquette.core.errors import DrawingError
from maquette.core.history import Step
from maquette.core.open_drawing import Content
from maquette.core.pixels import Pixels
from maquette.core.tiles import LayerTiles
from maquette.library.sketches.reshaping import extended, merged, resized, with_image
from maquette.state.drawing_files import Kept
from maquette.state.drawing_painting import Painting
from maquette.state.edit_queue import Edit
from maquette.state.tasks import Tasks

SAME_DRAG = 1.0  # seconds within which changes of one value of one layer are one step

_CHANGE = "Change layer"


class Layered(Painting):
    """The part of `Drawings` that the layers panel knows."""

    def __init__(self, kept: Kept, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(kept, tasks, parent)
        self._dragged: tuple[str, frozenset[str], float] = ("", frozenset(), 0.0)

    # --- layers ---------------------------------------------------------------------------------

    def add_layer(self, role: LayerRole, name: str = "") -> str:
        """A new layer above the active one, and active; returns its id."""
        layer = fresh_layer(role, name)
        self._change("Add layer", lambda drawing: with_layer(drawing, layer))
        return layer.id

    def remove_layer(self, layer_id: str) -> None:
        self._change("Remove layer", lambda drawing: without_layer(drawing, layer_id))

    def move_layer(self, layer_id: str, place: int) -> None:
        """To `place`, counted from the bottom."""
        self._change("Move layer", lambda drawing: with_layer_moved(drawing, layer_id, place))

    def duplicate_layer(self, layer_id: str) -> str:
        """A copy above the layer, and active; returns its id."""
        copy_id = fresh_layer(LayerRole.LINES).id

        def copied(drawing: Drawing) -> Drawing:
            copy = msgspec.structs.replace(drawing.layer(layer_id), id=copy_id)
            return with_layer(msgspec.structs.replace(drawing, active=layer_id), copy)

        self._change("Duplicate layer", copied, lambda: {copy_id: self._open.tiles(layer_id)})
        return copy_id

    def set_layer(self, layer_id: str, **changes: Any) -> None:
        """Other values of a layer: name, role, visible, locked, opacity.

        Changes of the same value that follow one another quickly are one step.
        """
        fields, now = frozenset(changes), time.monotonic()
        is_same_drag = (
            self._dragged[:2] == (layer_id, fields) and now - self._dragged[2] < SAME_DRAG
        )

        def plan() -> Edit | None:
            after = with_layer_changed(self.drawing, layer_id, **changes)
            if after == self.drawing:
                return None
            last, following = self._open.history.last, self._open.history.next
            if not is_same_drag or following or last is None or last.label != _CHANGE:
                return self._step_edit(_CHANGE, after, {})
            self._open.history.widen(after)
            self._open.drawing = after
            self._keep({"layers"})
            return None

        self._edits.perform(plan)
        self._dragged = (layer_id, fields, now)

    def activate(self, layer_id: str) -> None:
        """Draw on that layer. No step: there is nothing in it to be undone."""

        def plan() -> None:
            if self.drawing.layer(layer_id).id != self.drawing.active:
                self._open.drawing = msgspec.structs.replace(self.drawing, active=layer_id)
                self._tell({"layers"})

        self._edits.perform(plan)

    def rename(self, name: str) -> None:
        """Another name for the drawing."""
        self._change("Rename", lambda drawing: msgspec.structs.replace(drawing, name=name))

    def merge_down(self, layer_id: str) -> None:
        """Put a layer on the one below; both must be shown, and the lower not locked."""

        def plan() -> Edit | None:
            upper, lower = self.drawing.layer(layer_id), layer_below(self.drawing, layer_id)
            if lower is None:
                raise DrawingError("There is no layer below; move this one up first.")
            if lower.locked or not (lower.visible and upper.visible):
                raise DrawingError("Layers can be merged when both are shown and not locked.")
            return self._remaking("Merge layers", partial(merged, self._open, upper, lower))

        self._edits.perform(plan)

    def place_image(
        self,
        pixels: Pixels,
        role: LayerRole,
        name: str = "",
        *,
        lowest: bool = False,
        instead: bool = False,
    ) -> str:
        """Put an image (RGB or RGBA) on a layer of its own, which is active then; returns its id.

        As large as it can be, in the middle. On layers of lines what is dark becomes ink.
        `lowest` puts it below all others, and what was active stays so; `instead` puts it in the
        place of the only layer, where that is empty.
        """
        layer = fresh_layer(role, name)

        def plan() -> Edit:
            make = partial(with_image, lowest=lowest, instead=instead)
            return self._remaking("Place image", partial(make, self._open, pixels, layer))

        self._edits.perform(plan)
        return layer.id

    def resize(self, width: int, height: int) -> None:
        """Scale the drawing to another size."""
        self._edits.perform(
            lambda: self._remaking("Resize", partial(resized, self._open, width, height))
        )

    def resize_paper(self, width: int, height: int, left: int, top: int) -> None:
        """Another size of the paper, on which the old corner is at `left`, `top` (also below 0)."""
        make = extended
        self._edits.perform(
            lambda: self._remaking(
                "Resize paper", partial(make, self._open, width, height, left, top)
            )
        )

    # --- how ------------------------------------------------------------------------------------

    def _change(
        self,
        label: str,
        after: Callable[[Drawing], Drawing],
        tiles: Callable[[], Mapping[str, LayerTiles]] = dict,
    ) -> None:
        """Make a step of a change of the layers; `tiles` are those of layers that are new."""
        self._edits.perform(lambda: self._step_edit(label, after(self.drawing), tiles()))

    def _step_edit(
        self, label: str, drawing: Drawing, tiles: Mapping[str, LayerTiles]
    ) -> Edit | None:
        if drawing == self.drawing:
            return None
        there = {layer.id for layer in drawing.layers}
        known = self._open.content.tiles
        after = {layer: of for layer, of in {**known, **tiles}.items() if layer in there}
        step = self._open.step_to(label, Content(drawing, after))
        return self._stepping(step, lambda: self._open.history.push(step))

    def _remaking(self, label: str, make: Callable[[], Content]) -> Edit:
        """The edit that leads to what `make` gives, which is called in a thread."""
        there = self._open

        def prepare() -> tuple[Step, dict[str, LayerPixels]]:
            step = there.step_to(label, make())
            return step, there.sheets_after(step)

        def apply(made: tuple[Step, dict[str, LayerPixels]]) -> None:
            step, sheets = made
            self._arrive(step, lambda: there.history.push(step), sheets)

        return Edit(apply, prepare)

    def _made(self, step: Step) -> None:
        self._dragged = ("", frozenset(), 0.0)
        super()._made(step)
