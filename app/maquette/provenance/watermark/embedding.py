"""Marking: the weakest pattern that outlives what the preset asks for.

The embedder knows the picture, so it need not shout over all of it (informed embedding: Costa,
"Writing on dirty paper", IEEE Trans. Inf. Theory 29, 1983; Malvar and Florencio, "Improved spread
spectrum", IEEE Trans. Signal Process. 51, 2003). It reads its own mark back after each attack and
raises only those coded bits that the picture drowns, and lowers those that it speaks for anyway.
"""

import math

import msgspec
import numpy as np
import numpy.typing as npt

from maquette.core.marking import Preset
from maquette.core.pixels import Pixels, require_pixels
from maquette.core.recipe import MIN_SIDE
from maquette.provenance.watermark.analysis import residual, whitened
from maquette.provenance.watermark.arrays import Arrays, Colours, NumpyArrays, Plane
from maquette.provenance.watermark.attacks import DEMANDS, Attack, Demand
from maquette.provenance.watermark.convolution import decode, encode
from maquette.provenance.watermark.lattice import (
    CODED_BITS,
    REACH,
    Complex,
    Lattice,
    tiles_along,
)
from maquette.provenance.watermark.marked import Watermarked
from maquette.provenance.watermark.payload import Payload, pack, unpack

LEAST_PSNR = 36.0
"""dB; no mark is stronger than this, whatever it survives."""
_FIRST_PSNR = 50.0  # where the search for the weakest mark begins
_AT_ONCE_PSNR = 42.0  # of a mark that is not fitted to the picture
_ROUNDS = 3
_GAINS = (0.35, 24.0)  # of a coded bit, in units of the first round's
_PILOT_GAINS = (0.3, 8.0)
_PADDING = 1.5
_CELLS = 64.0  # px per tile at which a mark is read back
_BUSY = 16.0  # levels of activity above which nothing more can be hidden
_SYNC_FLOOR = 6.0  # standard deviations of the pilots below which a mark is not found again


def embed(
    pixels: Pixels,
    record_id: str,
    *,
    preset: Preset = Preset.STANDARD,
    flags: int = 0,
    arrays: Arrays | None = None,
) -> Watermarked:
    """Mark `pixels` (height, width, 3 or 4) with `record_id` as weakly as the preset allows.

    The same pixels and id give the same result on the same `arrays` (the CPU unless given). An
    alpha channel is left as it is. Pictures below 256 x 256 come back unchanged and unverified.
    """
    require_pixels(pixels)
    if min(pixels.shape[:2]) < MIN_SIDE:
        return Watermarked(pixels, False, False, math.inf, 0.0)
    arrays = arrays or NumpyArrays()
    payload = Payload(record_id, flags)
    marker = _Marker(arrays, arrays.load(pixels), payload, DEMANDS[preset])
    colours = marker.run()
    marked = arrays.unload(colours)
    result = pixels.copy()
    result[..., :3] = marked
    error = float(np.mean(np.square(np.subtract(marked, pixels[..., :3], dtype=np.int16))))
    return Watermarked(
        result,
        verified=marker.verified(colours),
        robust=all(marker.reads(reading) for reading in marker.readings),
        psnr=_psnr(error),
        strength=round(math.sqrt(error), 2),
    )


def embed_at_once(pixels: Pixels, record_id: str) -> Pixels:
    """`pixels` (height, width, 3) marked at a fixed level, in a tenth of the time of `embed`.

    Nothing is read back, so it is not known what the mark outlives: mostly a screenshot and a JPEG
    of good quality. It is for what is shown and not saved. Pictures below 256 x 256 come back
    unchanged.
    """
    require_pixels(pixels)
    if min(pixels.shape[:2]) < MIN_SIDE:
        return pixels
    arrays = NumpyArrays()
    colours = arrays.load(pixels)
    marker = _Marker(arrays, colours, Payload(record_id, 0), DEMANDS[Preset.STANDARD])
    return np.ascontiguousarray(arrays.unload(marker.marked_at(_AT_ONCE_PSNR)))


class _Reading(msgspec.Struct, frozen=True):
    """How the mark comes out of one attack: `bits` of the code word (positive: right), pilots."""

    bits: npt.NDArray[np.floating]
    sync: float


class _Marker:
    """One picture on its way to being marked."""

    def __init__(self, arrays: Arrays, colours: Colours, payload: Payload, demand: Demand) -> None:
        self._arrays = arrays
        self._colours = colours
        self._demand = demand
        self._payload = payload
        self._lattice = Lattice()
        self._word = encode(pack(payload))
        luma = arrays.luma(colours)
        self._tiles = tiles_along(min(luma.shape))
        self._visibility = _visibility(arrays, luma)
        self._waves = _waves(luma.shape, self._tiles)
        self.readings: list[_Reading] = []

    def run(self) -> Colours:
        """Search for the weakest sufficient mark; `readings` are those of the result."""
        gains, pilots = np.ones(CODED_BITS), 1.0
        unit = self._level(_FIRST_PSNR) / _rms(self._pattern(gains, pilots))
        marked = self._try(gains, pilots, unit)
        for _ in range(_ROUNDS):
            worst = np.min([reading.bits for reading in self.readings], axis=0)
            sync = min(reading.sync for reading in self.readings)
            reached = np.mean([reading.bits.mean() for reading in self.readings])
            response = max(float(reached) / gains.mean(), 0.15)
            change = np.clip((self._demand.margin - worst) / response, -1.0, 1.5)
            gains = np.clip(gains + change, *_GAINS)
            pilots *= np.clip(self._demand.sync / max(sync, 1), 0.6, 1.7)
            pilots = float(np.clip(pilots, *_PILOT_GAINS))
            marked = self._try(gains, pilots, unit)
        return marked

    def marked_at(self, psnr: float) -> Colours:
        """The colours with every bit at the same level, `psnr` dB below the picture."""
        pattern = self._pattern(np.ones(CODED_BITS), 1.0)
        return self._arrays.shifted(self._colours, pattern * (self._level(psnr) / _rms(pattern)))

    def verified(self, marked: Colours) -> bool:
        """Whether the mark is read when nothing happened."""
        return any(map(self.reads, self.readings)) or self.reads(
            self._read(lambda arrays, colours: arrays.luma(colours), marked)
        )

    def reads(self, reading: _Reading) -> bool:
        """Whether the mark is found and decoded from `reading`."""
        if reading.sync < _SYNC_FLOOR:
            return False
        if reading.bits.min() > 0:
            return True  # no bit is wrong, so there is nothing to correct
        return unpack(decode(reading.bits * self._word)) == self._payload

    def _try(self, gains: npt.NDArray[np.floating], pilots: float, unit: float) -> Colours:
        """Mark the picture at these levels, and read what each attack leaves."""
        marked = self._arrays.shifted(self._colours, self._limited(gains, pilots, unit))
        self.readings = [self._read(attack, marked) for attack in self._demand.attacks]
        return marked

    def _pattern(self, gains: npt.NDArray[np.floating], pilots: float) -> Plane:
        grid = self._lattice.grid(self._lattice.amplitudes(self._word * gains, pilots))
        down, across = self._waves
        return self._arrays.pattern(down, grid, across) * self._visibility

    def _limited(self, gains: npt.NDArray[np.floating], pilots: float, unit: float) -> Plane:
        """The pattern in levels, no stronger than LEAST_PSNR."""
        pattern = self._pattern(gains, pilots) * unit
        return pattern * min(1.0, self._level(LEAST_PSNR) / _rms(pattern))

    def _read(self, attack: Attack, marked: Colours) -> _Reading:
        """What `attack` leaves; its geometry is known: the whole picture, at any scale."""
        left = residual(self._arrays, attack(self._arrays, marked))
        spectrum = whitened(self._arrays, left, round(_CELLS * self._tiles), _PADDING)
        frequencies = self._lattice.points * (self._tiles / spectrum.short)
        values = spectrum.at(self._arrays, frequencies[:, 0], frequencies[:, 1])
        agreement, data = self._lattice.in_phase(values, 0.0, 0.0)
        sync = float(agreement.sum()) / math.sqrt(len(agreement) / 2)
        return _Reading(self._lattice.soft_bits(agreement, data) * self._word, sync)

    @staticmethod
    def _level(psnr: float) -> float:
        return 255 / 10 ** (psnr / 20)


def _visibility(arrays: Arrays, luma: Plane) -> Plane:
    """How much change each place hides: 1 where it is flat, more where it is busy.

    Texture masks what is added to it (Watson, "DCT quantization matrices visually optimized for
    individual images", SPIE 1913, 1993, section on contrast masking), skin, sky and paper do not.
    """
    height, width = luma.shape
    factor = max(1.0, min(height, width) / 512)
    small = luma
    if factor > 1:
        small = arrays.shrunk(luma, round(height / factor), round(width / factor))
    sigma = 1.5 * max(1.0, min(small.shape) / 256)
    activity = arrays.blurred(arrays.magnitude(small - arrays.blurred(small, sigma)), sigma)
    hidden = arrays.at_most(activity, _BUSY) * 0.3 + 1
    return arrays.stretched(hidden, height, width) if factor > 1 else hidden


def _waves(shape: tuple[int, int], tiles: float) -> tuple[Complex, Complex]:
    """exp(2 pi i k y) down and across the picture, in tiles from its centre: (h, ·) and (·, w)."""
    height, width = shape
    period = min(shape) / tiles
    y = (np.arange(height) - height // 2) / period
    x = (np.arange(width) - width // 2) / period
    down = np.exp(2j * np.pi * np.outer(y, np.arange(-REACH, REACH + 1)))
    across = np.exp(2j * np.pi * np.outer(np.arange(REACH + 1), x))
    return down.astype(np.complex64), across.astype(np.complex64)


def _rms(plane: Plane) -> float:
    return float((plane * plane).mean() ** 0.5)


def _psnr(error: float) -> float:
    return 10 * math.log10(255**2 / error) if error else math.inf
