"""From the layers of a drawing to the images that steer a model, at the size of a recipe.

Everything here blocks and belongs in a thread.
"""

import math
import threading
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from maquette.core.drawing import Drawing, Layer, LayerRole
from maquette.core.drawing_pixels import LayerPixels
from maquette.core.pixels import Pixels
from maquette.core.rect import Rect
from maquette.core.sketch_images import SketchImages
from maquette.core.tiles import Sheet

REACH = 0.04  # how far around a line that must be kept, in parts of the recipe's shorter side
DARK = 0.5  # ink from which a pixel counts as drawn on
_CELLS = 4  # of a coarser grid, in which the reach is worked out

Plane = npt.NDArray[np.floating]
"""float32, shape (height, width), or (height, width, 3) for colours; 0 to 1."""


class _Small(NamedTuple):
    """A layer at the size of the recipe's drawing: `planes` (its meaning depends on the role)."""

    sheet: LayerPixels
    version: int
    size: tuple[int, int]
    planes: tuple[Plane, ...]


class Flattening:
    """Makes the images, and remembers each layer as it was scaled last. Threads take turns."""

    def __init__(self) -> None:
        self._known: dict[str, _Small] = {}
        self._turn = threading.Lock()

    def images(
        self,
        drawing: Drawing,
        sheets: Mapping[str, LayerPixels],
        painted_on: str,
        size: tuple[int, int],
        loose: float,
    ) -> SketchImages | None:
        """The images of `drawing` at `size` (width, height); None if no line is drawn.

        Args:
            sheets: the pixels of the layers by their ids; a layer without any is blank.
            painted_on: the layer that somebody paints on, which is always looked at anew.
            loose: weight of lines that need not be kept, 0 to 1.
        """
        with self._turn:
            placed = placed_on(drawing.width, drawing.height, *size)
            shown = [layer for layer in drawing.layers if layer.visible and layer.opacity > 0]
            self._known = {id_: small for id_, small in self._known.items() if id_ in sheets}
            planes = {
                layer.id: self._small(layer, sheets[layer.id], placed, layer.id == painted_on)
                for layer in shown
                if layer.role is not LayerRole.REFERENCE and layer.id in sheets
            }
        return _composed(shown, planes, size, placed, loose)

    def _small(
        self, layer: Layer, sheet: LayerPixels, placed: Rect, is_painted_on: bool
    ) -> tuple[Plane, ...]:
        size, kind = (placed.width, placed.height), layer.role
        is_ink = kind in (LayerRole.LINES, LayerRole.KEEP)
        known = self._known.get(layer.id)
        wanted = 2 if is_ink else 4
        if (
            known is not None
            and not is_painted_on
            and (known.sheet, known.version, known.size) == (sheet, sheet.version, size)
            and len(known.planes) in (0, wanted)
        ):
            return known.planes
        version = sheet.version
        planes = _ink(sheet.array, size) if is_ink else _colours(sheet.array, size)
        self._known[layer.id] = _Small(sheet, version, size, planes)
        return planes


def placed_on(width: int, height: int, recipe_width: int, recipe_height: int) -> Rect:
    """Where a drawing is on a recipe's picture: as large as its aspect allows, in the middle."""
    scale = min(recipe_width / width, recipe_height / height)
    inner = max(1, round(width * scale)), max(1, round(height * scale))
    return Rect((recipe_width - inner[0]) // 2, (recipe_height - inner[1]) // 2, *inner)


def _composed(
    shown: Iterable[Layer],
    planes: Mapping[str, tuple[Plane, ...]],
    size: tuple[int, int],
    placed: Rect,
    loose: float,
) -> SketchImages | None:
    shape = (placed.height, placed.width)
    paper, keep, lock = (np.full(shape, value, np.float32) for value in (1, 0, 0))
    colours = np.ones((*shape, 3), np.float32)
    has_colours = False
    for layer in shown:
        of = planes.get(layer.id, ())
        if not of:
            continue
        if layer.role in (LayerRole.LINES, LayerRole.KEEP):
            light, cover = (plane * layer.opacity for plane in of)
            paper = light + paper * (1 - cover)
            if layer.role is LayerRole.KEEP:
                keep = np.maximum(keep, cover - light)
        elif layer.role is LayerRole.COLOUR:
            has_colours = True
            cover = of[3][..., None] * layer.opacity
            colours = np.stack(of[:3], axis=-1) * layer.opacity + colours * (1 - cover)
        else:
            lock = np.maximum(lock, of[3])
    ink = float((1 - paper >= DARK / 2).mean())
    if not ink:
        return None
    return SketchImages(
        sketch=_framed(paper, size, placed, 1.0),
        weights=_weights(keep, size, placed, loose),
        colours=_framed(colours, size, placed, 1.0) if has_colours else None,
        lock=_framed(lock, size, placed, 0.0) if lock.max() >= DARK else None,
        ink=ink,
        placed=placed,
    )


def _weights(keep: Plane, size: tuple[int, int], placed: Rect, loose: float) -> Pixels | None:
    """1 around what is to be kept, softly down to `loose` elsewhere."""
    if keep.max() < DARK / 2:
        return None
    reach = max(2.0, REACH * min(size))
    step = max(1, int(reach / _CELLS))
    near = Image.fromarray(np.uint8(255) * (_pooled(keep, step, np.maximum) >= DARK / 2))
    for _ in range(max(1, round(reach / step))):  # by one cell each
        near = near.filter(ImageFilter.MaxFilter(3))
    near = near.filter(ImageFilter.GaussianBlur(reach / step / 2))
    box = (0, 0, placed.width / step, placed.height / step)
    wide = near.resize((placed.width, placed.height), Image.Resampling.BILINEAR, box)
    # The lines themselves and what is right beside them are kept whole.
    sure = np.minimum(1, np.asarray(wide, np.float32) * (2 / 255))
    return _framed(loose + (1 - loose) * sure, size, placed, loose)


def _framed(values: Plane, size: tuple[int, int], placed: Rect, around: float) -> Pixels:
    """`values` at their place on a picture of `size`, as RGB."""
    framed = np.full((size[1], size[0], 3), round(255 * around), np.uint8)
    inner = (np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8)
    framed[placed.slices] = inner if inner.ndim == 3 else inner[..., None]
    return framed


def line_ink(greatest: Plane, average: Plane) -> Plane:
    """What a square of ink counts as, between its average and its greatest.

    The geometric mean in which the greatest counts twice: what it leaves of a line is what the
    line was, to the power of 2/3.
    """
    return np.cbrt(greatest * greatest * average)


# --- one layer -----------------------------------------------------------------------------------


def _ink(sheet: Sheet, size: tuple[int, int]) -> tuple[Plane, ...]:
    """(light, cover) of a layer of lines at `size`, premultiplied; () for an empty one.

    What is coloured counts as ink as well as what is dark: the least of the three channels tells.
    Thin lines fade in an average over an area, and a model that was trained on dark lines does not
    see them then. So the ink is a mean of average and greatest.
    """
    view = _View.of(sheet, size)
    if view is None:
        return ()
    part = view.part(sheet)
    whole = part.view(np.uint32)[..., 0]
    cover = (whole >> 24).astype(np.uint8)
    if not (whole & 0xFFFFFF).any():  # black ink, as nearly always
        strong = view.strong(cover)
        return np.zeros_like(strong), strong
    light = np.minimum(np.minimum(part[..., 0], part[..., 1]), part[..., 2])
    strong = view.strong(cover - light)
    light_left = np.minimum(view.average(light), 1 - strong)
    return light_left, strong + light_left


def _colours(sheet: Sheet, size: tuple[int, int]) -> tuple[Plane, ...]:
    """(red, green, blue, cover) at `size`, premultiplied; () for an empty layer."""
    view = _View.of(sheet, size)
    if view is None:
        return ()
    part = view.part(sheet)
    return tuple(view.average(part[..., channel]) for channel in (2, 1, 0, 3))


class _View(NamedTuple):
    """How what is painted on a sheet is brought to `size` (width, height).

    First squares of `step` pixels become one, which numpy does quickly within `area`, then Pillow
    does the rest. `area` is made of whole squares, but for those that the sheet's edges cut.
    """

    size: tuple[int, int]
    sheet_size: tuple[int, int]
    step: int
    area: Rect

    @classmethod
    def of(cls, sheet: Sheet, size: tuple[int, int]) -> "_View | None":
        """None for an empty sheet."""
        whole = sheet.view(np.uint32)[..., 0]
        rows = np.flatnonzero(whole.any(axis=1))
        if not rows.size:
            return None
        top, bottom = int(rows[0]), int(rows[-1]) + 1
        columns = np.flatnonzero(whole[top:bottom].any(axis=0))
        height, width = whole.shape
        step = max(1, min(height // size[1], width // size[0]))
        top, left = top // step * step, int(columns[0]) // step * step
        right, bottom = -(-(int(columns[-1]) + 1) // step) * step, -(-bottom // step) * step
        area = Rect(left, top, right - left, bottom - top).clipped(width, height)
        return cls(size, (width, height), step, area)

    def part(self, sheet: Sheet) -> Sheet:
        """What is painted."""
        return sheet[self.area.slices]

    def strong(self, part: npt.NDArray[np.uint8]) -> Plane:
        """0 to 1, thin lines darker than their average."""
        average = self._averaged(part)
        if self.step == 1:
            return self._fitted(average)
        greatest = _pooled(part, self.step, np.maximum).astype(np.float32)
        return self._fitted(line_ink(greatest, average))

    def average(self, part: npt.NDArray[np.uint8]) -> Plane:
        """0 to 1, by averaging over areas."""
        return self._fitted(self._averaged(part))

    def _averaged(self, part: npt.NDArray[np.uint8]) -> Plane:
        sums = _pooled(part, self.step, np.add, np.uint16 if self.step <= 16 else np.uint32)
        return sums.astype(np.float32) / self.step**2

    def _fitted(self, pooled: Plane) -> Plane:
        width, height = (side / self.step for side in self.sheet_size)
        whole = np.zeros((math.ceil(height), math.ceil(width)), np.float32)
        corner = Rect(self.area.x // self.step, self.area.y // self.step, *pooled.shape[::-1])
        whole[corner.slices] = pooled / 255
        if whole.shape == self.size[::-1]:
            return whole
        image = Image.fromarray(whole)
        scaled = image.resize(self.size, Image.Resampling.BOX, (0, 0, width, height))
        return np.clip(np.asarray(scaled, np.float32), 0, 1)


def _pooled(
    plane: npt.NDArray[Any], step: int, how: np.ufunc, kind: npt.DTypeLike | None = None
) -> npt.NDArray[Any]:
    """Squares of `step` by `step` values as one each; what is missing is as the edge is."""
    if step == 1:
        return plane if kind is None else plane.astype(kind)
    height, width = plane.shape
    if height % step or width % step:
        plane = np.pad(plane, ((0, -height % step), (0, -width % step)), mode="edge")
        height, width = plane.shape
    # Slice by slice, which numpy does many times as fast as along an axis of a few values.
    rows = plane[::step].astype(kind or plane.dtype)
    for offset in range(1, step):
        how(rows, plane[offset::step], out=rows)
    squares = rows[:, ::step].copy()
    for offset in range(1, step):
        how(squares, rows[:, offset::step], out=squares)
    return squares
