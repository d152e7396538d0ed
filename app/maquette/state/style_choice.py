"""The style that the panel has on, and what the panel said before it was put on."""

import msgspec

from maquette.core.recipe import Sampler
from maquette.core.style import Style


class Numbers(msgspec.Struct, frozen=True):
    """Settings of the panel that a style may bring along."""

    steps: int
    guidance_scale: float
    sampler: Sampler


class StyleChoice(msgspec.Struct, frozen=True):
    """The chosen style as it is, so that it holds although its file may be gone.

    `before` is what the panel said before; None where that is not known.
    """

    style: Style
    before: Numbers | None = None
