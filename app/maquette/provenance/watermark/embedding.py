"""The invisible watermark: puts a record id into pixels and finds it again.

One carrier for now; a stronger one takes its place by fulfilling `Carrier` and being returned by
`default_carrier`. Nothing here is secret: the mark names a record, it does not prove authorship.
"""

import io
import math
from typing import Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image

from maquette.core.marking import Preset
from maquette.core.pixels import Pixels, require_pixels
from maquette.provenance.dwt_dct_svd import DwtDctSvd
from maquette.provenance.payload import CAPACITY, CODE_BITS, from_code, to_code
from maquette.provenance.watermark.marked import Watermarked

SELF_CHECK_QUALITY = 90
"""The JPEG quality (4:2:0) that a mark has to outlive before it counts as verified."""


class Carrier(Protocol):
    """A way to hide bits in RGB pixels. `strengths` goes from the least visible upwards."""

    strengths: tuple[float, ...]

    def blocks(self, height: int, width: int) -> int:
        """How many bits a picture of this size holds, repetitions included."""
        ...

    def embed(self, pixels: Pixels, bits: npt.NDArray[np.uint8], strength: float) -> Pixels:
        """Return a copy of `pixels`, shape (height, width, 3), that carries `bits`."""
        ...

    def read(self, pixels: Pixels, count: int) -> npt.NDArray[np.float64]:
        """For each strength and bit, how surely it is 1 (above 0) or 0 (below 0).

        Shape (number of strengths, `count`).
        """
        ...


def default_carrier() -> Carrier:
    """The carrier that new pictures are marked with and that `detect` looks for."""
    return DwtDctSvd()


def embed(
    pixels: Pixels, record_id: str, *, preset: Preset = Preset.STANDARD, flags: int = 0
) -> Watermarked:
    """Mark `pixels` (height, width, 3 or 4) with `record_id` as weakly as passes the self-check.

    The same pixels and id give the same result. An alpha channel is left as it is. Where no
    strength outlives JPEG, the weakest that can be read is kept; where none can be read, or the
    picture is too small for the code, the pixels come back unchanged.
    """
    carrier = default_carrier()
    bits = to_code(record_id)
    rgb = np.ascontiguousarray(require_pixels(pixels)[..., :3])
    kept = Watermarked(pixels, False, False, math.inf, 0.0)
    if carrier.blocks(*rgb.shape[:2]) < CODE_BITS:
        return kept
    for strength in carrier.strengths:
        marked = carrier.embed(rgb, bits, strength)
        if detect(marked) != record_id:
            continue
        robust = _outlives_jpeg(carrier, marked, record_id)
        if robust or not kept.verified:
            result = pixels.copy()
            result[..., :3] = marked
            kept = Watermarked(result, True, robust, _psnr(rgb, marked), strength)
        if robust:
            break
    return kept


def detect(pixels: Pixels) -> str | None:
    """The record id that `pixels` (height, width, 3 or 4) carry, or None.

    Every strength is tried, so an unmarked picture is taken for a marked one with probability
    5e-11 (see `payload`).
    """
    carrier = default_carrier()
    rgb = require_pixels(pixels)[..., :3]
    if carrier.blocks(*rgb.shape[:2]) < CODE_BITS:
        return None
    reading = from_code(carrier.read(rgb, CODE_BITS))
    return reading.record_id if reading else None


def _outlives_jpeg(carrier: Carrier, marked: Pixels, record_id: str) -> bool:
    """Whether the id is read after JPEG, with half of the error correction still in hand."""
    reading = from_code(carrier.read(_through_jpeg(marked), CODE_BITS))
    return (
        reading is not None and reading.record_id == record_id and reading.effort <= CAPACITY // 2
    )


def _through_jpeg(rgb: Pixels) -> Pixels:
    buffer = io.BytesIO()
    Image.fromarray(rgb).save(buffer, "JPEG", quality=SELF_CHECK_QUALITY, subsampling="4:2:0")
    return np.asarray(Image.open(buffer).convert("RGB"))


def _psnr(before: Pixels, after: Pixels) -> float:
    difference = np.subtract(before, after, dtype=np.int32)
    error = float(np.mean(np.square(difference, out=difference)))
    return 10 * math.log10(255**2 / error) if error else math.inf
