"""What happened to a picture since it was saved, in short sentences."""

from collections.abc import Iterator

from maquette.core.report import Geometry
from maquette.provenance.copies import Crop

_SAME_SCALE = 0.012  # closer to 1, or to each other, two scales count as equal: half is noise
_SAME_ANGLE = 0.3  # degrees
_LEAST_CUT = 0.01  # of a side
_TURNS = {
    1: "It was turned by 90° to the left.",
    2: "It was turned by 180°.",
    3: "It was turned by 90° to the right.",
}


def history(geometry: Geometry | None, crop: Crop | None, jpeg_quality: int | None) -> list[str]:
    """Sentences on size, cut, position and compression, in this order."""
    told = list(_size(geometry)) if geometry else []
    told += _cuts(crop) if crop else ()
    told += _position(geometry) if geometry else ()
    if geometry and geometry.cropped and not crop:
        told.append("It is a part of the picture.")
    if jpeg_quality is not None:
        told.append(f"It was saved as JPEG at a quality of about {jpeg_quality}.")
    return told


def _size(geometry: Geometry) -> Iterator[str]:
    across, down = geometry.scale_x, geometry.scale_y
    if abs(across - down) > _SAME_SCALE * max(across, down):
        yield f"It was stretched to {_percent(across)} in width and {_percent(down)} in height."
    elif abs(across - 1) > _SAME_SCALE:
        yield f"It was scaled to {_percent(across)}."


def _position(geometry: Geometry) -> Iterator[str]:
    if geometry.mirrored:
        yield "It was mirrored."
    if geometry.quarter_turns % 4:
        yield _TURNS[geometry.quarter_turns % 4]
    if geometry.rotation >= _SAME_ANGLE:
        yield f"It was rotated by {geometry.rotation:.1f}° to the left."
    elif geometry.rotation <= -_SAME_ANGLE:
        yield f"It was rotated by {-geometry.rotation:.1f}° to the right."


def _cuts(crop: Crop) -> Iterator[str]:
    left, top, right, bottom = crop
    if left >= _LEAST_CUT:
        yield f"About {_percent(left)} is missing on the left."
    if top >= _LEAST_CUT:
        yield f"About {_percent(top)} is missing at the top."
    if 1 - right >= _LEAST_CUT:
        yield f"About {_percent(1 - right)} is missing on the right."
    if 1 - bottom >= _LEAST_CUT:
        yield f"About {_percent(1 - bottom)} is missing at the bottom."


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
