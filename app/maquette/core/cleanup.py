"""Cleanup: how an image becomes a sketch (settings and what was found). Plain values."""

from enum import StrEnum

import msgspec

READ_SIDE = 2048
"""Pixels of the longer side that an image is brought down to while it is read for its lines."""

Corner = tuple[float, float]
"""x and y in pixels of the image as read: upright, and no larger than READ_SIDE."""


class ImageNature(StrEnum):
    """What kind of image lines are taken from."""

    AUTO = "auto"  # find out
    DRAWING = "drawing"  # clean lines already: a scan, a screenshot, a file of ours
    PAPER = "paper"  # a photo of a drawing: paper, shadows, perspective
    SCENE = "scene"  # a photo or a render of things: its edges are wanted


class Cleanup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the designer set. `weight` is the thickness of the lines, 0 (hair) to 1 (marker), and
    `detail` how faint a line may be and still count, 0 to 1. `corners` of the paper are clockwise
    from the top left; None proposes them, () takes the whole image. `invert` None finds the
    polarity. `remove_ruling` takes the lines of ruled or squared paper out.
    """

    nature: ImageNature = ImageNature.AUTO
    corners: tuple[Corner, ...] | None = None
    weight: float = 0.35
    detail: float = 0.5
    invert: bool | None = None
    remove_ruling: bool = True
    margin: float = 0.06  # of the shorter side, around what was drawn; -1 keeps the framing


class CleanupFound(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was decided: settings as used, and what is worth telling.

    `gaps` are places (x, y in pixels of the sketch) where a line seems to be broken. `notices`
    are sentences. `empty` says that no lines were found, so that there is nothing to render.
    """

    nature: ImageNature
    corners: tuple[Corner, ...] = ()
    inverted: bool = False
    ruled: bool = False
    gaps: tuple[Corner, ...] = ()
    notices: tuple[str, ...] = ()
    empty: bool = False
