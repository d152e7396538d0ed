"""What marking and reading a picture give back."""

import msgspec

from maquette.core.pixels import Pixels
from maquette.core.report import Geometry
from maquette.provenance.watermark.lattice import tiles_along


class Watermarked(msgspec.Struct, frozen=True):
    """Marked pixels.

    `verified`: the id is read back from the pixels. `robust`: also after every attack of the
    preset's list. `psnr` is in dB against the pixels before (infinite when nothing was written);
    `strength` is the root mean square of the change, in levels of 255.
    """

    pixels: Pixels
    verified: bool
    robust: bool
    psnr: float
    strength: float


class Detection(msgspec.Struct, frozen=True, kw_only=True):
    """A mark that was found.

    `chance` is the probability that an unmarked picture reads like this one, over everything that
    was tried. `tile_x` and `tile_y` are the size of the repeating tile in pixels of this picture,
    along the axes of the picture as it was marked; `rotation` (degrees counter-clockwise),
    `quarter_turns` (0 to 3, counter-clockwise) and `mirrored` (left for right, before the turn)
    are what happened to it since.
    """

    record_id: str
    flags: int
    chance: float
    tile_x: float
    tile_y: float
    rotation: float = 0.0
    quarter_turns: int = 0
    mirrored: bool = False

    def geometry(self, size: tuple[int, int], original: tuple[int, int] | None = None) -> Geometry:
        """What happened since the picture was marked.

        Args:
            size: width and height of the picture that was read.
            original: width and height when it was marked; without them the scale is not known
                and told as 1, and cropping cannot be told.
        """
        turned = Geometry(
            rotation=round(self.rotation, 1) if abs(self.rotation) >= _UPRIGHT else 0.0,
            quarter_turns=self.quarter_turns,
            mirrored=self.mirrored,
        )
        if original is None:
            return turned
        short = min(original)
        period = short / tiles_along(short)
        scale_x, scale_y = self.tile_x / period, self.tile_y / period
        width, height = size if self.quarter_turns % 2 == 0 else (size[1], size[0])
        kept = min(width / (original[0] * scale_x), height / (original[1] * scale_y))
        return Geometry(
            scale_x=round(scale_x, 3),
            scale_y=round(scale_y, 3),
            rotation=turned.rotation,
            quarter_turns=turned.quarter_turns,
            mirrored=turned.mirrored,
            cropped=kept < _WHOLE,
        )


_UPRIGHT = 0.75  # degrees; the turn is known to about half of one
_WHOLE = 0.985  # of a side: the tile's size is known to about half a percent
