"""Fidelity: how well a render follows its sketch; `sketch.fidelity` says how it is measured."""

from enum import IntEnum
from typing import Annotated

import msgspec

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
"""0 to 1."""


class LineClass(IntEnum):
    """What the map of a render's and its sketch's lines says of a pixel."""

    NOTHING = 0
    FOLLOWED = 1
    MISSED = 2
    INVENTED = 3


class Fidelity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """All 0 to 1. `score` is the harmonic mean of `recall`, the share of the sketch's lines that
    the render has an edge for, and `precision`, the share of the render's edges in and around the
    drawing that have a line. `locked_recall` is the recall of the lines that must be kept, None
    where there are none. `missed` counts whole strokes (connected lines) that are mostly missed.
    """

    score: Share
    recall: Share
    precision: Share
    locked_recall: Share | None = None
    missed: Annotated[int, msgspec.Meta(ge=0)] = 0
