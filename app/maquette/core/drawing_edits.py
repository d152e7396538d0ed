"""Changes of a drawing as a value: which layers there are, in what order, of what kind."""

import secrets
from typing import Any

import msgspec

from maquette.core.drawing import (
    MAX_DRAWING_PIXELS,
    MAX_DRAWING_SIDE,
    MAX_LAYERS,
    MIN_DRAWING_SIDE,
    Drawing,
    Layer,
    LayerRole,
)
from maquette.core.errors import DrawingError


def fresh_drawing(width: int, height: int, name: str = "") -> Drawing:
    """An empty sheet with one layer for lines. Raises DrawingError."""
    check_size(width, height)
    layer = fresh_layer(LayerRole.LINES)
    return Drawing(
        id=secrets.token_hex(8),
        name=name,
        width=width,
        height=height,
        layers=(layer,),
        active=layer.id,
    )


def fresh_layer(role: LayerRole, name: str = "") -> Layer:
    """A layer with an id of its own; without a name it is called by its role."""
    return Layer(id=secrets.token_hex(4), name=name, role=role)


def check_size(width: int, height: int, layers: int = 1) -> None:
    """Raise DrawingError if a drawing cannot be that large or small, or have so many layers."""
    if not all(MIN_DRAWING_SIDE <= side <= MAX_DRAWING_SIDE for side in (width, height)):
        raise DrawingError(
            f"The sides of a sketch must be between {MIN_DRAWING_SIDE} and {MAX_DRAWING_SIDE} "
            f"pixels, not {width} × {height}."
        )
    if layers > MAX_LAYERS:
        raise DrawingError(
            f"A sketch has at most {MAX_LAYERS} layers; merge or remove one of them first."
        )
    if width * height * layers > MAX_DRAWING_PIXELS:
        raise DrawingError(
            f"A sketch of {width} × {height} pixels cannot have {layers} layers; make it smaller "
            "or remove some of them."
        )


def with_layer(drawing: Drawing, layer: Layer) -> Drawing:
    """With `layer` above the active one, and active itself. Raises DrawingError."""
    check_size(drawing.width, drawing.height, len(drawing.layers) + 1)
    place = position(drawing, drawing.active) + 1
    layers = (*drawing.layers[:place], layer, *drawing.layers[place:])
    return msgspec.structs.replace(drawing, layers=layers, active=layer.id)


def without_layer(drawing: Drawing, layer_id: str) -> Drawing:
    """Without that layer; the one below is active then. Raises DrawingError for the last one."""
    if len(drawing.layers) == 1:
        raise DrawingError("A sketch needs a layer; add another one before this is removed.")
    place = position(drawing, layer_id)
    layers = (*drawing.layers[:place], *drawing.layers[place + 1 :])
    active = drawing.active if drawing.active != layer_id else layers[max(0, place - 1)].id
    return msgspec.structs.replace(drawing, layers=layers, active=active)


def with_layer_moved(drawing: Drawing, layer_id: str, place: int) -> Drawing:
    """With that layer at `place`, counted from the bottom."""
    layer = drawing.layer(layer_id)
    others = [other for other in drawing.layers if other is not layer]
    others.insert(max(0, min(len(others), place)), layer)
    return msgspec.structs.replace(drawing, layers=tuple(others))


def with_layer_changed(drawing: Drawing, layer_id: str, **changes: Any) -> Drawing:
    """With other values of that layer."""
    layers = tuple(
        msgspec.structs.replace(layer, **changes) if layer.id == layer_id else layer
        for layer in drawing.layers
    )
    return msgspec.structs.replace(drawing, layers=layers)


def position(drawing: Drawing, layer_id: str) -> int:
    """Where the layer is, counted from the bottom. Raises KeyError."""
    return drawing.layers.index(drawing.layer(layer_id))


def layer_below(drawing: Drawing, layer_id: str) -> Layer | None:
    """The layer under that one; None for the lowest."""
    place = position(drawing, layer_id)
    return drawing.layers[place - 1] if place else None
