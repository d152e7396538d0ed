"""Finding our mark in pixels."""

from maquette.core.pixels import Pixels
from maquette.core.report import Geometry
from maquette.provenance.watermark import embedding
from maquette.provenance.watermark.marked import Detection


def detect(pixels: Pixels, *, thorough: bool = True) -> Detection | None:
    """Our mark in `pixels` (height, width, 3 or 4), or None.

    Args:
        thorough: also search for pictures that were cropped, rotated or squeezed (seconds);
            without it only what a saved or resized file needs is tried.
    """
    record_id = embedding.detect(pixels)
    if record_id is None:
        return None
    return Detection(record_id=record_id, flags=0, chance=5e-11, geometry=Geometry())
