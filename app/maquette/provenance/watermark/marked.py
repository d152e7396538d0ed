"""What marking and reading a picture give back."""

import msgspec

from maquette.core.pixels import Pixels
from maquette.core.report import Geometry


class Watermarked(msgspec.Struct, frozen=True):
    """Marked pixels.

    `verified`: the id is read back from the pixels. `robust`: also after every attack of the
    preset's list. `psnr` is in dB against the pixels before; `strength` is the carrier's.
    """

    pixels: Pixels
    verified: bool
    robust: bool
    psnr: float
    strength: float


class Detection(msgspec.Struct, frozen=True, kw_only=True):
    """A mark that was found.

    `chance` is the probability that an unmarked picture reads like this one, over everything that
    was tried. `geometry` is what happened to the picture since it was marked.
    """

    record_id: str
    flags: int
    chance: float
    geometry: Geometry
