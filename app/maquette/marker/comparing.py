"""Comparing a picture with its sketch, for whoever looks closer."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from maquette.core.errors import ImageError
from maquette.core.pixels import MAX_IMAGE_PIXELS, Pixels
from maquette.protocol.framing import Bytes
from maquette.protocol.marker_messages import CompareSketch, SketchCompared
from maquette.protocol.messages import Blob
from maquette.provenance.metadata import read_image
from maquette.sketch.fidelity import measure


def compare_sketch(
    request: CompareSketch, blobs: Sequence[bytearray]
) -> tuple[SketchCompared, tuple[Bytes, ...]]:
    """The answer to `request` with its blob.

    Raises:
        ImageError: the picture cannot be read, or is not of its sketch's size.
    """
    sketch = _pixels(request.sketch, blobs)
    weights = _pixels(request.weights, blobs) if request.weights else None
    if request.picture is not None:
        picture = _pixels(request.picture, blobs)
    else:
        picture, _metadata = read_image(Path(os.fsdecode(request.path)))
    try:
        measured = measure(picture, sketch, weights)
    except ValueError as error:
        raise ImageError(
            "This picture is not of the size of its sketch any more, so they cannot be compared.",
            str(error),
        ) from error
    if measured is None:
        return SketchCompared(job=request.job), ()
    overlay = measured.overlay
    return (
        SketchCompared(
            job=request.job, fidelity=measured.fidelity, overlay=Blob(0, (*overlay.shape, 1))
        ),
        (np.ascontiguousarray(overlay).data,),
    )


def _pixels(blob: Blob, blobs: Sequence[bytearray]) -> Pixels:
    """The RGB pixels that `blob` names. Raises ImageError."""
    shape = blob.shape
    if (
        len(shape) != 3
        or shape[2] != 3
        or min(shape) < 1
        or shape[0] * shape[1] > MAX_IMAGE_PIXELS
        or not 0 <= blob.index < len(blobs)
        or len(blobs[blob.index]) != shape[0] * shape[1] * 3
    ):
        raise ImageError("The picture or its sketch was not sent whole; please try again.")
    return np.frombuffer(blobs[blob.index], dtype=np.uint8).reshape(shape)
