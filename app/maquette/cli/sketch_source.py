"""Sketches from the command line: images, SVG and files of drawings as what steers a model."""

from pathlib import Path

import msgspec
import numpy as np

from maquette.core.cleanup import Cleanup
from maquette.core.drawing import LayerRole
from maquette.core.drawing_edits import fresh_drawing, fresh_layer, with_layer
from maquette.core.drawing_pixels import LayerPixels
from maquette.core.errors import RecipeError
from maquette.core.sketch_images import SketchImages
from maquette.engine.svg import rasterise_file
from maquette.library.sketches.flattening import DARK, Flattening
from maquette.library.sketches.formats import is_sketch_file, read_sketch_file
from maquette.library.sketches.found import Found
from maquette.library.sketches.reshaping import laid_out
from maquette.marker.sketches import ReadImage, read_for_sketch
from maquette.sketch.cleaning import clean
from maquette.state.pictures import fit_pixels


class SketchFiles(msgspec.Struct, frozen=True, kw_only=True):
    """The files that were named. `keep` and `colours` are laid over the sketch, `lock` over the
    start picture."""

    sketch: Path
    keep: Path | None = None
    colours: Path | None = None
    lock: Path | None = None
    cleanup: bool = True


class SketchRead(msgspec.Struct, frozen=True, eq=False):
    """What the drawing says, and sentences about how it was read."""

    images: SketchImages
    remarks: tuple[str, ...] = ()


def read_sketch(files: SketchFiles, size: tuple[int, int], loose: float) -> SketchRead:
    """The images that `files` come to at `size` (width, height).

    Args:
        loose: weight of lines that need not be kept where others must, 0 to 1.

    Raises:
        ImageError: a file cannot be read.
        RecipeError: there are no lines in the sketch.
    """
    if is_sketch_file(str(files.sketch)):
        found = read_sketch_file(files.sketch)
    else:
        found = _drawn(files, size)
    remarks = found.notices
    drawing, sheets = found.drawing, dict(found.sheets)
    for role, path in (
        (LayerRole.KEEP, files.keep),
        (LayerRole.COLOUR, files.colours),
    ):
        if path is None:
            continue
        image = _read(path)
        if role is LayerRole.KEEP and files.cleanup:
            image = _cleaned(image, files, (drawing.width, drawing.height))
        remarks += image.notices
        layer = fresh_layer(role)
        drawing = with_layer(drawing, layer)
        sheets[layer.id] = LayerPixels.of(
            laid_out(image.pixels, drawing.width, drawing.height, role)
        )
    images = Flattening().images(drawing, sheets, "", size, loose)
    if images is None:
        raise RecipeError(
            f"There are no lines in {files.sketch.name} to follow; draw some, or choose another "
            "sketch.",
            "sketch",
        )
    if files.keep is not None and images.weights is None:
        remarks += (f"There are no lines in {files.keep.name}, so none is kept.",)
    if files.lock is not None:
        mask = _read(files.lock)
        remarks += mask.notices
        locked = fit_pixels(mask.pixels, *size).max(axis=2, keepdims=True).repeat(3, axis=2)
        if locked.max() < DARK * 255:
            remarks += (f"Nothing in {files.lock.name} is white, so nothing is locked.",)
        elif images.lock is None:
            images = msgspec.structs.replace(images, lock=locked)
        else:
            images = msgspec.structs.replace(images, lock=np.maximum(images.lock, locked))
    return SketchRead(images, tuple(dict.fromkeys(remarks)))


def _drawn(files: SketchFiles, size: tuple[int, int]) -> Found:
    """A drawing with the lines of an image on its one layer."""
    image = _read(files.sketch)
    if files.cleanup:
        image = _cleaned(image, files, size)
    drawing = fresh_drawing(*size)
    sheet = laid_out(image.pixels, *size, LayerRole.LINES)
    return Found(drawing, {drawing.active: LayerPixels.of(sheet)}, notices=image.notices)


def _cleaned(image: ReadImage, files: SketchFiles, size: tuple[int, int]) -> ReadImage:
    """Only its lines, at `size`. What was said of the image is said of them."""
    # What is laid over another image has to stay where it is.
    is_alone = files.keep is files.colours is None
    cleanup = Cleanup() if is_alone else Cleanup(corners=(), margin=-1)
    return ReadImage(clean(image.pixels, cleanup, *size).sketch, image.notices)


def _read(path: Path) -> ReadImage:
    """Raises ImageError."""
    drawn = rasterise_file(path)
    return read_for_sketch(path) if drawn is None else ReadImage(drawn)
