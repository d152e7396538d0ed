"""What is found in a sketch file: the drawing and its pixels, and what is to be told."""

import math
import secrets
from typing import NamedTuple

import msgspec

from maquette.core.drawing import Drawing, Layer, LayerRole
from maquette.core.drawing_edits import check_size, fresh_layer
from maquette.core.drawing_pixels import LayerPixels
from maquette.core.errors import DrawingError
from maquette.core.plain_text import visible_text

MAX_NAME = 200  # characters


class Found(NamedTuple):
    """A drawing out of a file. `panel` is JSON, "" if there is none; `notices` are sentences."""

    drawing: Drawing
    sheets: dict[str, LayerPixels]
    panel: bytes = b""
    notices: tuple[str, ...] = ()


def sound_drawing(drawing: Drawing) -> Drawing:
    """A stranger's drawing with an id of its own and short plain names.

    Raises:
        DrawingError: it is too large, or has too many layers.
        ValueError: two layers have the same id, or one a very long one.
    """
    check_size(drawing.width, drawing.height, max(1, len(drawing.layers)))
    ids = [layer.id for layer in drawing.layers]
    if len(set(ids)) != len(ids) or any(len(id_) > 64 for id_ in ids):
        raise ValueError("layers without names of their own")
    layers = tuple(
        msgspec.structs.replace(layer, name=short(layer.name), opacity=sound(layer.opacity))
        for layer in drawing.layers
    )
    return with_layers(
        msgspec.structs.replace(drawing, id=secrets.token_hex(8), name=short(drawing.name)), layers
    )


def with_layers(drawing: Drawing, layers: tuple[Layer, ...]) -> Drawing:
    """With these layers, or an empty one if there are none, one of which is active."""
    layers = layers or (fresh_layer(LayerRole.LINES),)
    is_there = any(layer.id == drawing.active for layer in layers)
    active = drawing.active if is_there else layers[-1].id
    return msgspec.structs.replace(drawing, layers=layers, active=active)


def missing_notice(name: str, missing: int) -> tuple[str, ...]:
    """What to tell about layers that are not in the file `name`."""
    if missing == 0:
        return ()
    if missing == 1:
        return (f"1 layer is missing in {name}; the others were opened.",)
    return (f"{missing} layers are missing in {name}; the others were opened.",)


def short(text: str) -> str:
    """A stranger's name as short plain text."""
    return visible_text(text[:MAX_NAME])


def sound(opacity: float) -> float:
    """An opacity between 0 and 1."""
    return max(0.0, min(1.0, opacity)) if math.isfinite(opacity) else 1.0


def unreadable(name: str, error: Exception | str = "") -> DrawingError:
    """The sentence for a file that says nothing that makes sense."""
    return DrawingError(
        f"{name} is not a sketch that can be opened; choose a .maquette or .ora file.", str(error)
    )
