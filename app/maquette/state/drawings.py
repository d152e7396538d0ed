"""The open drawing: what the canvas paints into and the layers panel changes."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from maquette.core.drawing import Drawing, Layer, LayerRole
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
from maquette.core.history import Progress, Step
from maquette.core.open_drawing import Content, needed
from maquette.core.pixels import Pixels
from maquette.core.rect import Rect
from maquette.core.sketch_images import LOOSE, SketchImages
from maquette.core.tiles import Fetch, LayerTiles, Place, Sheet, cut
from maquette.library.sketches.flattening import Flattening
from maquette.library.sketches.found import Found
from maquette.library.sketches.reshaping import extended, merged, resized, with_image
from maquette.library.sketches.shelf import Shelved
from maquette.state.drawing_files import DrawingFiles, Kept
from maquette.state.edit_queue import Edit, EditQueue
from maquette.state.tasks import Tasks

SIDE = 1024  # of the first drawing
AT_ONCE = 16  # tiles that are copied on the window's thread; each takes up to 0.7 ms
_CHANGE = "Change layer"
SAME_DRAG = 1.0  # seconds within which changes of one value of one layer are one step


class Drawings(QObject):
    """The open drawing with its history.

    The canvas calls `begin`, paints into `pixels(layer_id).array`, and calls `commit` or `cancel`.
    Everything else is done by the methods, which all can be undone; what takes long is prepared in
    a thread, in order, and `is_busy` meanwhile, so that `begin` refuses. `settled` waits for it.

    Signals:
        changed(fields): frozenset of "drawing" (name, size), "layers" (order, values, the active
            one), "history", "saved" (whether everything is on the disk).
        pixels_changed(layer_id, rect): the array has other pixels there, not by the canvas itself.
        replaced(): all arrays are new ones: another drawing, or another size.
        failed(error): a MaquetteError, for the notices.
    """

    changed = Signal(object)
    pixels_changed = Signal(str, object)
    replaced = Signal()
    failed = Signal(object)

    def __init__(self, folder: Path, tasks: Tasks, parent: QObject | None = None) -> None:
        """`folder` is where drawings are kept; nothing is read or written yet."""
        super().__init__(parent)
        self._tasks = tasks
        self._edits = EditQueue(tasks, self.failed.emit)
        self._files = DrawingFiles(folder, tasks, self.failed.emit, lambda: self._tell({"saved"}))
        self._leaving: set[asyncio.Task[None]] = set()
        self._open, self._keeper = self._files.fresh(SIDE, SIDE)
        self._flattening = Flattening()
        self._painting = ""
        self._dragged: tuple[str, frozenset[str], float] = ("", frozenset(), 0.0)

    # --- what there is --------------------------------------------------------------------------

    @property
    def drawing(self) -> Drawing:
        return self._open.drawing

    @property
    def content(self) -> Content:
        """The drawing and its tiles after the last step; never changes later."""
        return self._open.content

    @property
    def fetch(self) -> Fetch:
        """Reads tiles of `content` that are only on the disk, for threads."""
        return self._open.fetch

    @property
    def active(self) -> Layer:
        """The layer that is drawn on."""
        return self.drawing.layer(self.drawing.active)

    @property
    def progress(self) -> Progress:
        """What can be undone and redone."""
        return self._open.history.progress

    @property
    def is_busy(self) -> bool:
        """Whether an edit is being prepared; nothing can be painted meanwhile."""
        return self._edits.is_preparing

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing on any layer, nor being painted."""
        return not self._painting and not any(self._open.content.tiles.values())

    def pixels(self, layer_id: str) -> LayerPixels:
        """What is on a layer. Raises KeyError."""
        return self._open.pixels(layer_id)

    async def settled(self) -> None:
        """Return when all edits asked for are done."""
        await self._edits.settled()

    # --- painting -------------------------------------------------------------------------------

    def begin(self, layer_id: str) -> bool:
        """Something will be painted on that layer; False if it must not be.

        It must not on a locked or hidden layer, nor while another edit is being prepared.
        """
        layer = self.drawing.layer(layer_id)
        if self._painting or self.is_busy or layer.locked or not layer.visible:
            return False
        self._painting = layer_id
        self._edits.hold()
        return True

    def commit(self, layer_id: str, rects: Rect | Iterable[Rect], label: str) -> None:
        """What was painted within `rects` since `begin` is a step. `label` is English.

        Several small rectangles along a stroke are quicker than one around all of it.
        """
        assert layer_id == self._painting, "commit without begin"
        places = self._open.touched(layer_id, _several(rects))
        sheet = self._open.pixels(layer_id).array
        remember = partial(self._remember, layer_id, label)
        self._painting = ""
        if len(places) <= AT_ONCE:
            remember(_cut_all(sheet, places))
        else:
            prepare = partial(_cut_all, sheet, places)
            self._edits.perform_next(Edit(remember, prepare))
        self._edits.go_on()

    def cancel(self, rects: Rect | Iterable[Rect] | None = None) -> None:
        """Take back what was painted since `begin`, within `rects` or on the whole layer."""
        layer_id, self._painting = self._painting, ""
        if not layer_id:
            return
        whole = Rect(0, 0, self.drawing.width, self.drawing.height)
        places = self._open.touched(layer_id, (whole,) if rects is None else _several(rects))
        for layer, rect in self._open.unpaint(layer_id, places):
            self.pixels_changed.emit(layer, rect)
        self._edits.go_on()

    def _remember(self, layer_id: str, label: str, raws: Mapping[Place, bytes]) -> None:
        step = self._open.remember(layer_id, raws, label)
        if step is not None:
            self._made(step)

    # --- for the model --------------------------------------------------------------------------

    async def sketch_images(
        self, width: int, height: int, loose: float = LOOSE
    ) -> SketchImages | None:
        """What the drawing says to the model at a recipe's size, as it is painted at this moment.

        None if nothing is drawn on any layer of lines. `loose` is the weight, 0 to 1, of lines
        that need not be kept where others must. What did not change since the last time is not
        worked out again.
        """
        drawing = self.drawing
        sheets = {layer.id: self._open.pixels(layer.id) for layer in drawing.layers}
        return await asyncio.to_thread(
            self._flattening.images, drawing, sheets, self._painting, (width, height), loose
        )

    # --- history --------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last step back."""
        self._edits.perform(self._plan_undo)

    def redo(self) -> None:
        """Do the step again that was undone last."""
        self._edits.perform(self._plan_redo)

    def _plan_undo(self) -> Edit | None:
        step = self._open.history.last
        return step and self._stepping(step.turned, self._open.history.back)

    def _plan_redo(self) -> Edit | None:
        step = self._open.history.next
        return step and self._stepping(step, self._open.history.forward)

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
        if layer_id != self.drawing.active:
            self.drawing.layer(layer_id)
            self._open.drawing = msgspec.structs.replace(self.drawing, active=layer_id)
            self._tell({"layers"})

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

    def place_image(self, pixels: Pixels, role: LayerRole, name: str = "") -> str:
        """Put an image (RGB or RGBA) on a layer of its own, which is active then; returns its id.

        As large as it can be, in the middle. On layers of lines what is dark becomes ink.
        """
        layer = fresh_layer(role, name)
        self._edits.perform(
            lambda: self._remaking("Place image", partial(with_image, self._open, pixels, layer))
        )
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

    # --- drawings -------------------------------------------------------------------------------

    @property
    def is_saved(self) -> bool:
        """Whether everything that was done is on the disk."""
        return self._keeper.is_saved

    def new(self, width: int, height: int, name: str = "") -> None:
        """An empty drawing; the one before stays on the shelf. Raises DrawingError."""
        fresh = self._files.fresh(width, height, name)
        self._edits.perform(lambda: Edit(lambda _: self._switch(fresh)))

    def restore(self) -> None:
        """Lay out the drawing that was open last, if there is one."""
        self._edits.perform(lambda: Edit(self._switch, self._files.last))

    def lay_out(self, drawing_id: str) -> None:
        """Open a drawing of the shelf."""
        if drawing_id != self.drawing.id:
            self._edits.perform(
                lambda: Edit(self._switch, partial(self._files.shelved, drawing_id))
            )

    async def open(self, path: Path) -> Found:
        """Open a .maquette or .ora file as a new drawing; returns what was in the file.

        The drawing before stays on the shelf. Raises DrawingError; everything is as it was then.
        """
        kept, found = await asyncio.to_thread(self._files.opened, path)

        def apply(_: None) -> None:
            self._switch(kept)
            self._keep(set())

        self._edits.perform(lambda: Edit(apply))
        await self.settled()
        return found

    async def shelved(self) -> list[Shelved]:
        """The drawings on the shelf, the one that was open last first."""
        return await asyncio.to_thread(self._files.shelf.list)

    async def trash(self, drawing_id: str) -> None:
        """Put a drawing into the trash; in place of the open one comes a new one.

        Raises:
            DrawingError: it could not be moved.
        """
        if drawing_id == self.drawing.id:
            self.new(self.drawing.width, self.drawing.height)
        await self.settled()
        await asyncio.gather(*self._leaving)
        await asyncio.to_thread(self._files.shelf.trash, drawing_id)

    async def untrash(self, drawing_id: str) -> None:
        """Take a drawing out of the trash. Raises DrawingError."""
        await asyncio.to_thread(self._files.shelf.restore, drawing_id)

    async def close(self) -> None:
        """Save what is not yet saved. Nothing can be done with the drawing afterwards."""
        await self.settled()
        await self._keeper.finish()
        await asyncio.gather(*self._leaving, return_exceptions=True)

    def _switch(self, other: Kept | None) -> None:
        """Another drawing is the open one; the one before is put away in the background."""
        if other is None:
            return
        leaving = self._tasks.start(self._keeper.finish())
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)
        self._open, self._keeper = other
        self._painting = ""
        self.replaced.emit()
        self._tell({"drawing", "layers", "history", "saved"})

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

    def _stepping(self, step: Step, note: Callable[[], None]) -> Edit:
        """The edit that does `step`, in a thread if it would keep the window waiting."""
        there = self._open
        arrive = partial(self._arrive, step, note)
        is_long = sum(map(len, step.changes.values())) > AT_ONCE
        is_elsewhere = any(
            tile.raw is None and tile.packed is None for tile in needed(step.changes)
        )
        if is_long or is_elsewhere or _size(step.before) != _size(step.after):
            return Edit(arrive, lambda: there.sheets_after(step))
        return Edit(lambda _: arrive(there.sheets_after(step)))

    def _arrive(
        self, step: Step, note: Callable[[], None], sheets: Mapping[str, LayerPixels]
    ) -> None:
        painted = self._open.arrive(step, sheets)
        note()
        if _size(step.before) != _size(step.after):
            self.replaced.emit()
            painted = []
        self._made(step)
        for layer, rect in painted:
            self.pixels_changed.emit(layer, rect)

    def _made(self, step: Step) -> None:
        fields = {"history"}
        if step.before.layers != step.after.layers or step.before.active != step.after.active:
            fields.add("layers")
        if step.before.name != step.after.name or _size(step.before) != _size(step.after):
            fields.add("drawing")
        self._dragged = ("", frozenset(), 0.0)
        self._keep(fields)

    def _keep(self, fields: set[str]) -> None:
        self._keeper.changed()
        self._tell({*fields, "saved"})

    def _tell(self, fields: set[str]) -> None:
        self.changed.emit(frozenset(fields))


def _several(rects: Rect | Iterable[Rect]) -> Iterable[Rect]:
    return (rects,) if isinstance(rects, Rect) else rects


def _cut_all(sheet: Sheet, places: Iterable[Place]) -> dict[Place, bytes]:
    return {place: cut(sheet, place) for place in places}


def _size(drawing: Drawing) -> tuple[int, int]:
    return drawing.width, drawing.height
