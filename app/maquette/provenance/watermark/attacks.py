"""What a fresh mark has to survive before it counts as robust: everyday handling, in memory."""

from collections.abc import Callable
from typing import NamedTuple

from maquette.core.marking import Preset
from maquette.provenance.watermark.arrays import Arrays, Colours, Plane

Attack = Callable[[Arrays, Colours], Plane]
"""Marked colours to the luma of the handled picture, which has its proportions."""


class Demand(NamedTuple):
    """What a preset asks for.

    `margin`: how far above zero each coded bit must come out of each attack, in units of the noise
    of one; `sync`: likewise the pilots, in standard deviations. Unknown handling gets what is left.
    """

    attacks: tuple[Attack, ...]
    margin: float
    sync: float


def compressed(quality: int) -> Attack:
    """JPEG of `quality`, and a better one for small pictures.

    In those the same mark is finer, so that JPEG takes more of it and it would have to be seen; and
    they are small already, so that they are seldom compressed hard.
    """

    def attack(arrays: Arrays, colours: Colours) -> Plane:
        luma = arrays.luma(colours)
        return arrays.jpeg(luma, quality + (_SPARED if min(luma.shape) < _SMALL else 0))

    return attack


def reduced(factor: float) -> Attack:
    """`factor` times the size, but no thumbnail, then JPEG 75: what a messenger makes of it."""

    def attack(arrays: Arrays, colours: Colours) -> Plane:
        luma = arrays.luma(colours)
        by = max(factor, min(1.0, _THUMBNAIL / min(luma.shape)))
        height, width = (round(side * by) for side in luma.shape)
        return arrays.jpeg(arrays.shrunk(luma, height, width), 75)

    return attack


def brightened(arrays: Arrays, colours: Colours) -> Plane:
    """A fifth brighter, which burns out pale areas, then JPEG 85."""
    return arrays.jpeg(arrays.luma(arrays.brightened(colours, 1.2)), 85)


_THUMBNAIL, _SMALL = 192, 384  # px, short side
_SPARED = 15  # of JPEG's quality

DEMANDS = {
    Preset.STANDARD: Demand((compressed(50), reduced(0.485), brightened), margin=0.7, sync=8.5),
    Preset.STRONG: Demand((compressed(30), reduced(0.5), brightened), margin=1.1, sync=10.5),
}
