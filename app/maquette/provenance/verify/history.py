"""What happened to a picture since it was saved, in short sentences."""

from collections.abc import Iterator

from maquette.core.report import Geometry

_SAME_SCALE = 0.012  # closer to 1, or to each other, two scales count as equal: half is noise
_SAME_ANGLE = 0.3  # degrees
_TURNS = {
    1: "It was turned by 90° to the left.",
    2: "It was turned by 180°.",
    3: "It was turned by 90° to the right.",
}
_SIDES = ("on the left", "at the top", "on the right", "at the bottom")

Crop = tuple[float, float, float, float]
"""The part of the original that is left: (left, top, right, bottom), fractions of its sides."""


def history(geometry: Geometry | None, crop: Crop | None, jpeg_quality: int | None) -> list[str]:
    """Sentences on size, cut, position and compression, in this order."""
    told = list(_size(geometry)) if geometry else []
    told += _cuts(crop) if crop else []
    told += _position(geometry) if geometry else []
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
    if abs(geometry.rotation) >= _SAME_ANGLE:
        side = "left" if geometry.rotation > 0 else "right"
        yield f"It was rotated by {abs(geometry.rotation):.1f}° to the {side}."


def _cuts(crop: Crop) -> list[str]:
    left, top, right, bottom = crop
    missing = (left, top, 1 - right, 1 - bottom)
    return [
        f"About {_percent(share)} is missing {side}."
        for share, side in zip(missing, _SIDES, strict=True)
        if share >= 0.01
    ]


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
