"""How the drawing and its render are laid out on the stage, as part of the window's layout."""

from enum import StrEnum

import msgspec

MAX_RECENT_COLOURS = 12


class SketchView(StrEnum):
    """How the two are seen together, in the order of the key that goes through them."""

    BESIDE = "beside"
    OVERLAY = "overlay"  # the drawing over the render
    WIPE = "wipe"  # the drawing up to a line, the render after it


class Part(StrEnum):
    """What can be in a window of its own."""

    DRAWING = "drawing"
    RENDER = "render"


class SketchLayout(msgspec.Struct, frozen=True, kw_only=True):
    """How it was left.

    `veil` is how much of the render shows under the drawing in the overlay, 0 to 1. While `linked`,
    zoom and pan of the one go for the other. `detached` has a window of its own, whose geometry
    (Qt's, base64) is kept for each part. `colours` are what was painted with (#rrggbb), newest
    first.
    """

    view: SketchView = SketchView.BESIDE
    veil: float = 0.6
    linked: bool = True
    layers_open: bool = True
    detached: Part | None = None
    drawing_window: str = ""
    render_window: str = ""
    colours: tuple[str, ...] = ()


def with_colour(layout: SketchLayout, colour: str) -> SketchLayout:
    """`layout` with `colour` as the one used last."""
    others = tuple(other for other in layout.colours if other != colour)
    return msgspec.structs.replace(layout, colours=(colour, *others)[:MAX_RECENT_COLOURS])
