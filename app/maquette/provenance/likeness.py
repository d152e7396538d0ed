"""What is kept of a picture to tell whether another one is a copy of it: a hash and a likeness.

A watermark can be lifted off one picture and laid onto another. So the ledger keeps, beside the
record, a 64-bit perceptual hash (quick to search) and a likeness (48 x 48 luma and 16 x 16 chroma
values), and a mark counts only if the picture that bears it looks like the one that was saved.
"""

import math
import struct
import zlib
from collections.abc import Iterator

import msgspec
import numpy as np
import numpy.typing as npt
from PIL import Image

from maquette.core.pixels import Pixels
from maquette.core.report import Geometry
from maquette.provenance.copies import Crop, Planes, compare, fit, is_flat

_HASH_SIDE, _HASH_BAND = 32, 8
_LUMA, _CHROMA = 48, 16
_HEADER = struct.Struct(">BII")  # version, width, height
_VERSION = 1
_VALUES = _LUMA * _LUMA + 2 * _CHROMA * _CHROMA

_MOST_DISTANCE = 10  # bits of the hash, where there is no likeness to look at
_FINE = 2 * _LUMA  # crops are looked for on a grid twice as fine
_LEAST_PART = 0.3  # of width and height that a crop must have kept
_MOST_BORDER = 8.0  # how much wider and higher than the original a screenshot of it may be
_FAR, _FAR_SCORE = 2.0, 0.9  # in a picture so much larger something fits by chance: ask for more
_WHOLE = 0.95  # of a side: less is a part
_LARGE = 768  # pixels of the longer side to which large pictures are reduced before all else
_TOLD = (1.0, 0.98, 1.02, 0.96, 1.04)  # the watermark's scale is right within some per cent
_LADDER = tuple(0.96**step for step in range(1, 30))


class Likeness(msgspec.Struct, frozen=True):
    """How a picture compares with what is kept of another one.

    `distance` of the hashes is 0 to 64 bits, `correlation` of the luma -1 to 1. `crop` says which
    part of the original the picture shows: (left, top, right, bottom) as fractions of the
    original's width and height, None for all of it; `surrounded` says that it shows all of it with
    something around. `conclusive` is false where too little was kept
    or is there to tell; `agrees` then says only whether the hashes do.
    """

    agrees: bool
    distance: int
    correlation: float
    crop: Crop | None = None
    surrounded: bool = False
    conclusive: bool = True

    @property
    def confirms(self) -> bool:
        """Whether this is a copy of the picture that was kept."""
        return self.conclusive and self.agrees

    @property
    def denies(self) -> bool:
        """Whether this is another picture."""
        return self.conclusive and not self.agrees


class _Kept(msgspec.Struct, frozen=True):
    """A likeness opened: the original's size, and its planes Y, Cb, Cr (48, 48, 3), 0 to 255."""

    width: int
    height: int
    planes: Planes


def hash_of(pixels: Pixels) -> str:
    """The perceptual hash of `pixels`: 64 bits as 16 lower-case hex digits.

    DCT hash as in C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions",
    2010, section 3.2.1: luma at 32 x 32, the lowest 8 x 8 coefficients, each a 1 above the median.
    """
    grey = np.asarray(_shrunk(pixels, _HASH_SIDE, _HASH_SIDE), np.float64)[..., 0]
    basis = _cosines(_HASH_SIDE)[:_HASH_BAND]
    low = (basis @ grey @ basis.T).ravel()
    # Rounded, so that the noise of a flat picture's arithmetic is no pattern.
    low = np.round(low, 6)
    return np.packbits(low > np.median(low[1:])).tobytes().hex()


def likeness_of(pixels: Pixels) -> bytes:
    """What is kept of `pixels`: size, small luma and chroma, compressed; about 1.5 KB."""
    height, width = pixels.shape[:2]
    luma, chroma = _planes(pixels)
    steps = np.diff(luma, axis=1, prepend=np.uint8(0))  # wraps around; compresses better
    values = steps.tobytes() + chroma.tobytes()
    return _HEADER.pack(_VERSION, width, height) + zlib.compress(values, 9)


def distance(a: str, b: str) -> int:
    """In how many of their 64 bits two perceptual hashes differ. Unrelated pictures: about 32."""
    return (int(a, 16) ^ int(b, 16)).bit_count()


def same_picture(
    pixels: Pixels, perceptual_hash: str, likeness: bytes, geometry: Geometry | None = None
) -> Likeness:
    """Whether `pixels` (height, width, 3 or 4) are a copy of the picture that was kept.

    Turns, mirroring and rotation that `geometry` tells are undone first. Copies may be scaled,
    compressed, blurred, brighter or without colour, cut down to a part, or have a border. It cannot
    be told with no `likeness` (b"": it was forgotten), nor of what `geometry` says is a small or
    plain part.
    """
    factor = max(1, max(pixels.shape[:2]) // _LARGE)
    upright, inner = _upright(_reduced(pixels, factor), geometry or Geometry())
    far = distance(hash_of(upright), perceptual_hash)
    kept = _open(likeness)
    if kept is None:
        return Likeness(far <= _MOST_DISTANCE, far, 0.0, conclusive=False)
    whole, agrees = compare(kept.planes, _stacked(*_planes(upright)))
    if agrees:
        return Likeness(True, far, whole)
    if not _shows_enough(kept, inner, factor, geometry):
        return Likeness(far <= _MOST_DISTANCE, far, whole, conclusive=False)
    found = _find_part(kept, inner, factor, geometry)
    if found is None:
        return Likeness(False, far, whole)
    correlation, crop = found
    return Likeness(True, far, correlation, crop, surrounded=crop is None)


def _upright(pixels: Pixels, geometry: Geometry) -> tuple[Pixels, Pixels]:
    """`pixels` with what `geometry` tells undone: all of them, and without a rotation's corners."""
    turned = pixels
    share = 1.0
    if geometry.rotation:
        image = Image.fromarray(pixels).rotate(-geometry.rotation, Image.Resampling.BILINEAR)
        turned = np.asarray(image)
        angle = math.radians(abs(geometry.rotation))
        aspect = max(pixels.shape[:2]) / min(pixels.shape[:2])
        share = 1 / (math.cos(angle) + math.sin(angle) * aspect)
    turned = np.rot90(turned, -geometry.quarter_turns)
    if geometry.mirrored:
        turned = turned[:, ::-1]
    height, width = turned.shape[:2]
    top, left = (int(side * (1 - share) / 2) for side in (height, width))
    return turned, turned[top : height - top, left : width - left]


def _find_part(
    kept: _Kept, pixels: Pixels, factor: int, geometry: Geometry | None
) -> tuple[float, Crop | None] | None:
    """Look for `pixels` in the kept picture, or for that in them: (correlation, crop) or None.

    `factor` says how much larger the picture was before it was reduced to `pixels`.
    """
    fine = _enlarged(kept.planes)
    best = None
    for across, down in _shares(kept, pixels.shape, factor, geometry):
        if _is_beyond(across, down):
            continue
        width, height = (2 * round(share * _FINE / 2) for share in (across, down))
        found = fit(fine, np.asarray(_shrunk(pixels, width, height), np.float32))
        if max(across, down) > _FAR and found.score < _FAR_SCORE:
            continue
        if best is None or found.score > best.score:
            best = found
    if best is None:
        return None
    correlation, agrees = compare(_halved(best.kept), _halved(best.shown))
    return (correlation, best.crop) if agrees else None


def _shares(
    kept: _Kept, shape: tuple[int, ...], factor: int, geometry: Geometry | None
) -> Iterator[tuple[float, float]]:
    """Which shares of the original's width and height a picture may be, the likeliest first."""
    across, down = _share(kept, shape, factor, geometry)
    steps = _TOLD
    if geometry is None:
        steps = tuple(step / max(across, down) for step in _LADDER)
    yield from ((across * step, down * step) for step in steps)


def _share(
    kept: _Kept, shape: tuple[int, ...], factor: int, geometry: Geometry | None
) -> tuple[float, float]:
    """How wide and high a picture is beside the original, at the scale that `geometry` tells."""
    across, down = shape[1] * factor / kept.width, shape[0] * factor / kept.height
    if geometry is None:
        return across, down
    return across / geometry.scale_x, down / geometry.scale_y


def _shows_enough(kept: _Kept, pixels: Pixels, factor: int, geometry: Geometry | None) -> bool:
    """Whether so much of the kept picture must be in `pixels` that it can be looked for."""
    if geometry is None:
        return True
    share = _share(kept, pixels.shape, factor, geometry)
    plain = min(share) < _WHOLE and is_flat(_planes(pixels)[0].astype(np.float32))
    return not plain and not _is_beyond(*share)


def _is_beyond(across: float, down: float) -> bool:
    """Whether a picture of these shares is too small a part, or has too much around it."""
    return min(across, down) < _LEAST_PART or max(across, down) > _MOST_BORDER


def _halved(planes: Planes) -> Planes:
    height, width = planes.shape[:2]
    return planes.reshape(height // 2, 2, width // 2, 2, 3).mean((1, 3))


def _open(likeness: bytes) -> _Kept | None:
    """The likeness opened; None if there is none, or one of another version or damaged."""
    if len(likeness) < _HEADER.size:
        return None
    version, width, height = _HEADER.unpack_from(likeness)
    try:
        values = zlib.decompressobj().decompress(likeness[_HEADER.size :], _VALUES + 1)
    except zlib.error:
        return None
    if version != _VERSION or len(values) != _VALUES or not width or not height:
        return None
    steps = np.frombuffer(values, np.uint8, _LUMA * _LUMA).reshape(_LUMA, _LUMA)
    chroma = np.frombuffer(values, np.uint8, offset=_LUMA * _LUMA).reshape(_CHROMA, _CHROMA, 2)
    return _Kept(width, height, _stacked(np.cumsum(steps, axis=1, dtype=np.uint8), chroma))


def _planes(pixels: Pixels) -> tuple[Pixels, Pixels]:
    """Luma (48, 48) and chroma (16, 16, 2) of `pixels`."""
    luma = np.asarray(_shrunk(pixels, _LUMA, _LUMA))[..., 0]
    return luma, np.asarray(_shrunk(pixels, _CHROMA, _CHROMA))[..., 1:]


def _stacked(luma: Pixels, chroma: Pixels) -> Planes:
    """Luma and chroma as planes of one size (48, 48, 3)."""
    times = _LUMA // _CHROMA
    wide = chroma.repeat(times, axis=0).repeat(times, axis=1)
    return np.concatenate((luma[..., None], wide), axis=-1).astype(np.float32)


def _shrunk(pixels: Pixels, width: int, height: int) -> Image.Image:
    """`pixels` as a small YCbCr image: each of its values is the mean of an area."""
    image = Image.fromarray(np.ascontiguousarray(pixels[..., :3]))
    return image.resize((width, height), Image.Resampling.BOX).convert("YCbCr")


def _reduced(pixels: Pixels, factor: int) -> Pixels:
    """RGB pixels, each the mean of `factor` x `factor` of `pixels`."""
    image = Image.fromarray(np.ascontiguousarray(pixels[..., :3]))
    return np.asarray(image.reduce(factor))


def _enlarged(planes: Planes) -> Planes:
    """`planes` at the size at which crops are looked for."""
    image = Image.fromarray(planes.astype(np.uint8))  # three bands, whatever they mean
    return np.asarray(image.resize((_FINE, _FINE), Image.Resampling.BICUBIC), np.float32)


def _cosines(size: int) -> npt.NDArray[np.float64]:
    """The orthonormal DCT-II as a matrix (size, size)."""
    place = np.arange(size)
    basis = np.cos(np.pi * (2 * place + 1) * place[:, None] / (2 * size)) * math.sqrt(2 / size)
    basis[0] /= math.sqrt(2)
    return basis
