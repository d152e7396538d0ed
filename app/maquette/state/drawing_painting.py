"""What is painted: the pixels of the open drawing, its history, and how they are changed."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from maquette.core.drawing import Drawing, Layer
from maquette.core.drawing_pixels import LayerPixels
from maquette.core.history import Progress, Step
from maquette.core.open_drawing import Content, Painted, needed
from maquette.core.rect import Rect
from maquette.core.tiles import Fetch, Place, Sheet, cut
from maquette.state.drawing_files import Kept
from maquette.state.edit_queue import Edit, EditQueue
from maquette.state.tasks import Tasks

AT_ONCE = 16  # tiles that are copied on the window's thread; each takes up to 0.7 ms


class Painting(QObject):
    """The part of `Drawings` that the canvas knows, which paints into the arrays of layers.

    Signals: as `Drawings` tells.
    """

    changed = Signal(object)
    pixels_changed = Signal(str, object)
    leaving = Signal()
    replaced = Signal()
    failed = Signal(object)

    def __init__(self, kept: Kept, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edits = EditQueue(tasks, self.failed.emit)
        self._open, self._keeper = kept
        self._painting = ""

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
    def is_saved(self) -> bool:
        """Whether everything that was done is on the disk."""
        return self._keeper.is_saved

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
        unpaint = partial(self._open.unpaint, layer_id, places)
        if len(places) <= AT_ONCE and self._open.is_at_hand(layer_id, places):
            self._tell_painted(unpaint())
        else:
            self._edits.perform_next(Edit(self._tell_painted, unpaint))
        self._edits.go_on()

    def _remember(self, layer_id: str, label: str, raws: Mapping[Place, bytes]) -> None:
        step = self._open.remember(layer_id, raws, label)
        if step is not None:
            self._made(step)

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

    # --- how ------------------------------------------------------------------------------------

    def _stepping(self, step: Step, note: Callable[[], None]) -> Edit:
        """The edit that does `step`, in a thread if it would keep the window waiting."""
        there = self._open
        arrive = partial(self._arrive, step, note)
        is_long = sum(map(len, step.changes.values())) > AT_ONCE
        is_elsewhere = any(tile.raw is None for tile in needed(step.changes))
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
        self._tell_painted(painted)

    def _tell_painted(self, painted: Iterable[Painted]) -> None:
        for layer, rect in painted:
            self.pixels_changed.emit(layer, rect)

    def _made(self, step: Step) -> None:
        fields = {"history"}
        if step.before.layers != step.after.layers or step.before.active != step.after.active:
            fields.add("layers")
        if step.before.name != step.after.name or _size(step.before) != _size(step.after):
            fields.add("drawing")
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
