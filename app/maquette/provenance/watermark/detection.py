"""Finding our mark in pixels: a ladder from the untouched file to the turned and squeezed crop."""

import math
from collections.abc import Iterable, Iterator

import numpy as np

from maquette.core.pixels import Pixels, require_pixels
from maquette.provenance.watermark.analysis import residual, whitened
from maquette.provenance.watermark.arrays import Arrays, NumpyArrays
from maquette.provenance.watermark.convolution import decode
from maquette.provenance.watermark.lattice import Floats, Lattice, tiles_along
from maquette.provenance.watermark.marked import Detection
from maquette.provenance.watermark.payload import TAG_BITS, Payload, unpack
from maquette.provenance.watermark.search import CELLS, Hypothesis, Search

MOST_DECODED = 15
"""Code words that are tried per picture. A tag of 24 bits fits one of random ones with probability
2**-24, so an unmarked picture is taken for ours with at most 9e-7, the pilots' gate not counted."""
LEAST_SIDE = 96
"""Short side (px) of the smallest picture in which a mark is looked for."""
_GATE = 5.6  # standard deviations of the pilots below which nothing is decoded
_LEAST_CHANCE = 1e-12  # pictures are not Gaussian enough for the pilots to promise less
_QUICK_CELLS, _QUICK_PADDING = 64.0, 2.0
_SHORT, _PADDING = 400, 1.5  # of the analysis in which everything is searched
_TURNS = ((False, 2), (True, 0), (False, 1), (False, 3), (True, 1), (True, 2), (True, 3))


def detect(pixels: Pixels, *, thorough: bool = True) -> Detection | None:
    """Our mark in `pixels` (height, width, 3 or 4), or None.

    Args:
        thorough: also search for pictures that were mirrored, turned or squeezed; without it
            only scaling and cropping are.
    """
    require_pixels(pixels)
    if min(pixels.shape[:2]) < LEAST_SIDE:
        return None
    arrays = NumpyArrays()
    return _Ladder(arrays, arrays.luma(arrays.load(pixels)), Lattice()).climb(thorough)


class _Ladder:
    """One picture's search, step by step."""

    def __init__(self, arrays: Arrays, luma: Floats, lattice: Lattice) -> None:
        self._arrays = arrays
        self._short = min(luma.shape)
        self._residual = residual(arrays, luma)
        self._lattice = lattice
        self._decoded = 0
        self._tried = 0

    def climb(self, thorough: bool) -> Detection | None:
        tiles = tiles_along(self._short)
        quick = self._searcher(round(_QUICK_CELLS * tiles), _QUICK_PADDING)
        found = self._first(quick, quick.guess(tiles))
        if found is not None:
            return found
        search = self._searcher(_SHORT, _PADDING)
        for step in self._steps(search, thorough):
            found = self._first(search, step)
            if found is not None:
                return found
        return None

    @staticmethod
    def _steps(search: Search, thorough: bool) -> Iterator[Iterable[Hypothesis]]:
        yield search.sized()
        if thorough:
            for mirrored, quarter_turns in _TURNS:
                yield search.sized(mirrored, quarter_turns)
            yield search.bent()

    def _searcher(self, short: int, padding: float) -> Search:
        spectrum = whitened(self._arrays, self._residual, short, padding)
        self._scale = self._short / spectrum.short
        return Search(self._arrays, spectrum, self._lattice)

    def _first(self, search: Search, hypotheses: Iterable[Hypothesis]) -> Detection | None:
        before = search.tried
        for hypothesis in hypotheses:
            if hypothesis.score < _GATE or self._decoded == MOST_DECODED:
                continue
            self._decoded += 1
            payload = self._decode(search, hypothesis)
            if payload is not None:
                self._tried += search.tried - before
                return self._detection(payload, hypothesis)
        self._tried += search.tried - before
        return None

    def _decode(self, search: Search, hypothesis: Hypothesis) -> Payload | None:
        values = search.values(hypothesis)
        across, down = hypothesis.across, hypothesis.down
        for step in (1 / (4 * CELLS), 1 / (8 * CELLS)):  # the shift was found on a grid
            across, down = max(
                ((across + x * step, down + y * step) for x in (-1, 0, 1) for y in (-1, 0, 1)),
                key=lambda shift: self._lattice.in_phase(values, *shift)[0].sum(),
            )
        return unpack(
            decode(self._lattice.soft_bits(*self._lattice.in_phase(values, across, down)))
        )

    def _detection(self, payload: Payload, hypothesis: Hypothesis) -> Detection:
        noise = math.erfc(hypothesis.score / math.sqrt(2)) / 2
        by_sync = min(1.0, self._tried * CELLS**2 * noise)
        return Detection(
            record_id=payload.record_id,
            flags=payload.flags,
            chance=max(by_sync * self._decoded * 2.0**-TAG_BITS, _LEAST_CHANCE),
            tile_x=hypothesis.tile_x * self._scale,
            tile_y=hypothesis.tile_y * self._scale,
            rotation=float(np.degrees(hypothesis.turn)),
            quarter_turns=hypothesis.quarter_turns,
            mirrored=hypothesis.mirrored,
        )
