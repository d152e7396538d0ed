"""The mark's shape: a tile that repeats, as points of a lattice in the spectrum.

A pattern that repeats with a period has its energy on a lattice of frequencies. Point (k, l) means
k periods across and l down a tile; those whose radius lies in a band carry the mark, each as one
complex amplitude, like the carriers of OFDM. A quarter of them are pilots of known phase, which
tell where the tile lies and how it was scaled, turned and squeezed; the others carry one coded bit
in each of their two dimensions. Each coded bit sits in five or six places, spread over the band.
"""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from maquette.provenance.watermark.convolution import RATE
from maquette.provenance.watermark.payload import BITS

CODED_BITS = BITS * RATE
RINGS = 5
REACH = 26
"""The largest radius, in periods per tile. Smaller ones keep clear of a picture's own shapes."""
_LEAST = 6
_SEED = 20261122  # part of the format: another seed reads no earlier mark
_MAX_TILES = 8.0

Complex = npt.NDArray[np.complex64]
Floats = npt.NDArray[np.float32]


def tiles_along(short_side: int) -> float:
    """How many tiles a picture gets along its short side (px): 2.8 at 256, 4 at 512, 8 from 2048.

    More tiles keep the pattern fine, and so invisible, in large pictures; at most 8 keep it coarse
    enough to outlive a reduction to a few hundred pixels.
    """
    return min(4 * (short_side / 512) ** 0.5, _MAX_TILES)


class Lattice:
    """The points, what each of them carries, and the way between coded bits and amplitudes."""

    def __init__(self) -> None:
        across, down = np.meshgrid(np.arange(REACH + 1), np.arange(-REACH, REACH + 1))
        points = np.stack([across.ravel(), down.ravel()], axis=1)
        radius = np.hypot(points[:, 0], points[:, 1])
        upper_half = (points[:, 0] > 0) | (points[:, 1] > 0)  # the rest are their conjugates
        points = points[(radius >= _LEAST) & (radius <= REACH) & upper_half]
        # PCG64's raw numbers, because numpy may change what its distributions make of them.
        draw = np.random.PCG64(_SEED)
        points = points[np.argsort(draw.random_raw(len(points)), kind="stable")]
        count = len(points) // 4
        self.pilots, self.data = points[:count], points[count:]
        quarters = draw.random_raw(count) >> np.uint64(62)
        self.pilot_signs: Complex = np.exp(1j * np.pi / 2 * (quarters + 0.5)).astype(np.complex64)
        self._bit_of, self._sign = self._places(draw)

    def _places(self, draw: np.random.PCG64) -> tuple[npt.NDArray[np.intp], Floats]:
        """Which coded bit each dimension of each data point carries, and with which sign."""
        count = 2 * len(self.data)
        turns = -(-count // CODED_BITS)
        raw = draw.random_raw(turns * CODED_BITS).reshape(turns, CODED_BITS)
        by_radius = np.argsort(_radius(self.data), kind="stable")
        bit_of = np.empty((len(self.data), 2), np.intp)
        bit_of[by_radius] = np.argsort(raw, axis=1).reshape(-1)[:count].reshape(-1, 2)
        sign = np.where(draw.random_raw(count) >> np.uint64(63), 1, -1)
        return bit_of, sign.reshape(-1, 2).astype(np.float32)

    @cached_property
    def points(self) -> npt.NDArray[np.intp]:
        """All points, pilots first: shape (count, 2), periods (across, down) per tile."""
        return np.concatenate([self.pilots, self.data])

    @cached_property
    def rings(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """The ring, 0 to RINGS - 1 from coarse to fine, of each pilot and each data point."""
        width = (REACH - _LEAST) / RINGS
        pilots, data = (
            np.minimum((_radius(points) - _LEAST) / width, RINGS - 1).astype(np.intp)
            for points in (self.pilots, self.data)
        )
        return pilots, data

    def amplitudes(self, coded: npt.NDArray[np.floating], pilots: float) -> Complex:
        """The complex amplitude of each of `points` for signed coded bits and a pilot level."""
        data = coded[self._bit_of] * self._sign
        both = np.concatenate(
            [self.pilot_signs * (pilots * np.sqrt(2)), data[:, 0] + 1j * data[:, 1]]
        )
        return both.astype(np.complex64)

    def grid(self, amplitudes: Complex) -> Complex:
        """`amplitudes` of `points` at (down + REACH, across): shape (2 REACH + 1, REACH + 1)."""
        grid = np.zeros((2 * REACH + 1, REACH + 1), np.complex64)
        grid[self.points[:, 1] + REACH, self.points[:, 0]] = amplitudes
        return grid

    def in_phase(
        self, values: Complex, across: float, down: float
    ) -> tuple[Floats, npt.NDArray[np.floating]]:
        """What `values` (of `points`) say, for a tile that lies (across, down) tiles off.

        Returns how much each pilot agrees, shape (pilots,), and both dimensions of each data
        point with their signs undone, shape (data, 2).
        """
        turned = values * np.exp(2j * np.pi * (self.points @ np.array([across, down])))
        pilots, data = np.split(turned, [len(self.pilots)])
        agreement = (pilots * self.pilot_signs.conj()).real
        return agreement, np.stack([data.real, data.imag], axis=1) * self._sign

    def soft_bits(
        self, agreement: Floats, data: npt.NDArray[np.floating]
    ) -> npt.NDArray[np.floating]:
        """The coded bits in units of their noise, shape (CODED_BITS,), positive for 1.

        Each ring counts as much as its pilots say that it can be trusted: JPEG and scaling take
        the fine rings first (maximal-ratio combining).
        """
        pilot_rings, data_rings = self.rings
        sums = np.bincount(pilot_rings, agreement, RINGS)
        trust = np.maximum(sums / np.bincount(pilot_rings, minlength=RINGS), _LEAST_TRUST)
        weights = np.repeat(trust[data_rings, None], 2, axis=1)
        places = self._bit_of.ravel()
        total = np.bincount(places, (data * weights).ravel(), CODED_BITS)
        noise = np.sqrt(np.bincount(places, (weights**2).ravel(), CODED_BITS) / 2)
        return total / noise


_LEAST_TRUST = 0.08  # of what an undisturbed pilot gives


def _radius(points: npt.NDArray[np.intp]) -> npt.NDArray[np.floating]:
    return np.hypot(points[:, 0], points[:, 1])
