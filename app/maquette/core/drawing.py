"""Drawing: a sketch with its layers, as values. The pixels are kept beside it, layer by layer."""

from enum import StrEnum

import msgspec

MAX_LAYERS = 64
MIN_DRAWING_SIDE = 64  # pixels
MAX_DRAWING_SIDE = 8192  # pixels
MAX_DRAWING_PIXELS = 512 << 20  # of all layers together


class LayerRole(StrEnum):
    """What the strokes of a layer are for."""

    LINES = "lines"  # the sketch
    KEEP = "keep"  # lines that the render must follow
    COLOUR = "colour"  # flat colours: what is where
    LOCK = "lock"  # what is painted over here stays of the earlier render
    REFERENCE = "reference"  # to look at; never goes to the model


class Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One sheet. `opacity` is 0 to 1; `locked` means that nothing can be drawn on it."""

    id: str
    name: str
    role: LayerRole = LayerRole.LINES
    visible: bool = True
    locked: bool = False
    opacity: float = 1.0


class Drawing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A sketch of `width` by `height` pixels on white paper; `layers` from bottom to top.

    `active` is the id of the layer that is drawn on.
    """

    id: str
    name: str
    width: int
    height: int
    layers: tuple[Layer, ...]
    active: str

    def layer(self, layer_id: str) -> Layer:
        """The layer of that id. Raises KeyError."""
        for layer in self.layers:
            if layer.id == layer_id:
                return layer
        raise KeyError(layer_id)
