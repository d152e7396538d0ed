"""Images of strangers become sketches; the last one is kept as read, for other settings."""

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from maquette.core.cleanup import READ_SIDE
from maquette.core.drawing import MAX_DRAWING_SIDE, MIN_DRAWING_SIDE
from maquette.core.errors import ImageError, RecipeError
from maquette.core.pixels import MAX_IMAGE_PIXELS, Pixels
from maquette.library.ledger_row import sha256
from maquette.protocol.framing import Bytes
from maquette.protocol.marker_messages import CleanSketch, SketchCleaned
from maquette.protocol.messages import Blob
from maquette.provenance.metadata import MAX_FILE
from maquette.provenance.pictures import frames_in, read_picture
from maquette.sketch.cleaning import Cleaner

FIRST_ONLY = "This picture is animated, so its first image was taken."


class ReadImage(msgspec.Struct, frozen=True, eq=False):
    """RGB pixels, upright, with a longer side of READ_SIDE at most, and sentences about them."""

    pixels: Pixels
    notices: tuple[str, ...] = ()


def read_for_sketch(file: Path | bytes) -> ReadImage:
    """Decode an image file for its lines, reduced while it is read.

    Raises:
        ImageError: missing, too large, damaged, or no picture that can be opened.
    """
    if isinstance(file, Path):
        try:
            too_large = file.stat().st_size > MAX_FILE
        except (OSError, ValueError):
            too_large = False  # whoever opens it says what is wrong with it
    else:
        too_large = len(file) > MAX_FILE
    if too_large:
        raise ImageError(f"This file is larger than {MAX_FILE >> 20} MiB and was not read.")
    pixels = np.asarray(read_picture(file, READ_SIDE), np.uint8)
    return ReadImage(pixels, (FIRST_ONLY,) if frames_in(file) > 1 else ())


class SketchDesk:
    """Answers requests for sketches."""

    def __init__(self) -> None:
        self._key: object = None
        self._cleaner: Cleaner | None = None
        self._notices: tuple[str, ...] = ()

    def cleaned(
        self, request: CleanSketch, blobs: Sequence[bytearray]
    ) -> tuple[SketchCleaned, tuple[Bytes, ...]]:
        """The sketch that `request` asks for, with its blobs.

        Raises:
            ImageError: the image cannot be read.
            RecipeError: no sketch has that size.
        """
        for side in (request.width, request.height):
            if not MIN_DRAWING_SIDE <= side <= MAX_DRAWING_SIDE:
                raise RecipeError(
                    f"A sketch must be {MIN_DRAWING_SIDE} to {MAX_DRAWING_SIDE} pixels wide and "
                    f"high, not {side}."
                )
        cleaner = self._cleaner_for(request, blobs)
        made = cleaner.clean(request.cleanup, request.width, request.height)
        found = msgspec.structs.replace(made.found, notices=self._notices + made.found.notices)
        event = SketchCleaned(
            job=request.job,
            sketch=Blob(0, made.sketch.shape),
            found=found,
            before=Blob(1, made.before.shape) if request.before else None,
        )
        sent = (made.sketch, made.before) if request.before else (made.sketch,)
        return event, tuple(np.ascontiguousarray(pixels).data for pixels in sent)

    def _cleaner_for(self, request: CleanSketch, blobs: Sequence[bytearray]) -> Cleaner:
        key = _key(request, blobs)
        if self._cleaner is None or key != self._key:
            self._cleaner = None  # its memory first
            image = _image(request, blobs)
            self._cleaner, self._key, self._notices = Cleaner(image.pixels), key, image.notices
        return self._cleaner


def _key(request: CleanSketch, blobs: Sequence[bytearray]) -> object:
    """What tells the image apart from every other."""
    if request.file is not None:
        return request.file.shape, sha256(_bytes(request.file, blobs))
    path = os.fsdecode(request.path)
    try:
        state = os.stat(path)
    except (OSError, ValueError):
        return object()
    return path, state.st_mtime_ns, state.st_size


def _image(request: CleanSketch, blobs: Sequence[bytearray]) -> ReadImage:
    blob = request.file
    if blob is None:
        return read_for_sketch(Path(os.fsdecode(request.path)))
    data = _bytes(blob, blobs)
    if not blob.shape:
        return read_for_sketch(data)
    if (
        len(blob.shape) != 3
        or blob.shape[2] != 3
        or min(blob.shape) < 1
        or blob.shape[0] * blob.shape[1] > MAX_IMAGE_PIXELS
        or len(data) != np.prod(blob.shape)
    ):
        raise ImageError("No picture was sent; please try again.")
    return ReadImage(np.frombuffer(data, np.uint8).reshape(blob.shape))


def _bytes(blob: Blob, blobs: Sequence[bytearray]) -> bytes:
    if not 0 <= blob.index < len(blobs):
        raise ImageError("No file was sent; please try again.")
    return bytes(blobs[blob.index])
