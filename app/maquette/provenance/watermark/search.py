"""The search: where the tile lies in a picture that was scaled, cropped, turned or squeezed.

Because the mark is a lattice in the spectrum, a hypothesis costs a look at its 251 pilots and one
small inverse transform that tries all shifts at once, 40 microseconds in all. Most need not even
that: where the lattice lies there is more power than beside it, whatever the shift and the payload.
"""

from collections.abc import Iterator
from functools import cached_property

import msgspec
import numpy as np
import numpy.typing as npt

from maquette.provenance.watermark.analysis import Spectrum
from maquette.provenance.watermark.arrays import Arrays
from maquette.provenance.watermark.lattice import Complex, Floats, Lattice

CELLS = 64  # shifts that are tried along each side of a tile
_BATCH = 128
_STEP = 0.027  # in tiles along the short side: half of it moves no pilot by more than 0.35 cycles
_FEWEST, _MOST = 1.4, 8.3  # tiles along the short side, down to half a small picture
_FEWEST_BENT = 2.2  # likewise for pictures that were turned or squeezed as well
_LARGEST_TURN = 0.16  # radians, 9 degrees
_LARGEST_SQUEEZE = 0.13  # of the ratio of the sides
_BETTER = 1.002  # less is noise, and would let an upright picture seem turned
_PROMISING = 4.6  # standard deviations from which a hypothesis is looked at closely
_KEPT, _LEAST_KEPT = 0.08, 48  # the share of hypotheses that has enough power, and the fewest
_MOST_POWER = 6.0  # of one point, in units of the mean: a picture's own peaks count no more
_LOOKED_AT = 40  # of the best ones, for as many that are not neighbours as are asked for

_Grid = npt.NDArray[np.float32]
"""Shape (3, hypotheses): sizes across and down in px, and turns in radians."""


class Hypothesis(msgspec.Struct, frozen=True):
    """How the tile may lie. Sizes in px of the analysed picture, `turn` in radians.

    `across` and `down` say where its corner lies, in tiles; `score` is how well the pilots agree,
    in standard deviations.
    """

    tile_x: float
    tile_y: float
    turn: float = 0.0
    mirrored: bool = False
    quarter_turns: int = 0
    across: float = 0.0
    down: float = 0.0
    score: float = 0.0


class Search:
    """Looks for the tile in one spectrum. `tried` counts hypotheses, shifts not included."""

    def __init__(self, arrays: Arrays, spectrum: Spectrum, lattice: Lattice) -> None:
        self._arrays = arrays
        self._spectrum = spectrum
        self._lattice = lattice
        self.tried = 0

    def guess(self, tiles: float) -> Iterator[Hypothesis]:
        """The picture as it was saved, or scaled as a whole."""
        size = self._spectrum.short / tiles
        yield from self._best(np.array([[size], [size], [0]], np.float32), 1)

    def sized(self, mirrored: bool = False, quarter_turns: int = 0) -> Iterator[Hypothesis]:
        """Scaled and cropped; mirrored or turned by right angles when asked."""
        upright = not (mirrored or quarter_turns)
        grid = self._sizes if upright else self._powerful_sizes
        yield from self._best(grid, 2, mirrored, quarter_turns)

    def bent(self) -> Iterator[Hypothesis]:
        """Scaled, cropped, and turned by some degrees or squeezed along one side."""
        turned, squeezed = [], []
        for tiles in np.arange(_FEWEST_BENT, _MOST, _STEP):
            size, step = self._spectrum.short / tiles, _STEP / tiles
            turns = np.arange(-_LARGEST_TURN, _LARGEST_TURN, step)
            same = np.full_like(turns, size)
            turned.append(np.stack([same, same, turns]))
            ratios = np.exp(np.arange(-_LARGEST_SQUEEZE, _LARGEST_SQUEEZE, 2 * step) / 2)
            squeezed.append(np.stack([size * ratios, size / ratios, np.zeros_like(ratios)]))
        both = [
            hypothesis
            for grids in (turned, squeezed)
            for hypothesis in self._best(
                self._powerful(np.concatenate(grids, axis=1).astype(np.float32)), 2
            )
        ]
        yield from sorted(both, key=lambda hypothesis: -hypothesis.score)

    @cached_property
    def _sizes(self) -> _Grid:
        sizes = self._spectrum.short / np.arange(_FEWEST, _MOST, _STEP)
        return np.stack([sizes, sizes, np.zeros_like(sizes)]).astype(np.float32)

    @cached_property
    def _powerful_sizes(self) -> _Grid:
        """One for all right angles and mirrors: they move the lattice onto itself."""
        return self._powerful(self._sizes)

    @cached_property
    def _power(self) -> Floats:
        """The power at all frequencies, negative ones too: (height, width), zero in the middle."""
        height, width = self._spectrum.height, self._spectrum.width
        down, across = np.arange(height) - height // 2, np.arange(width) - width // 2
        values = self._spectrum.at(self._arrays, across / width, down[:, None] / height)
        return np.minimum(values.real**2 + values.imag**2, _MOST_POWER).astype(np.float32)

    def values(self, hypothesis: Hypothesis) -> Complex:
        """The spectrum at all points of the lattice."""
        grid = _grid([hypothesis])
        return self._at(self._lattice.points, grid, hypothesis.mirrored, hypothesis.quarter_turns)[
            0
        ]

    def _powerful(self, grid: _Grid) -> _Grid:
        """Those hypotheses of `grid` on whose lattice there is most power."""
        x, y = self._lattice.points.astype(np.float32).T
        height, width = self._power.shape
        flat, centre = self._power.ravel(), height // 2 * width + width // 2
        power = []
        for part in np.split(grid, range(_BATCH, grid.shape[1], _BATCH), axis=1):
            tile_x, tile_y, turn = part[..., None]
            across, down = _turned(x / tile_x, y / tile_y, turn)
            rows = np.rint(down * height).astype(np.int32)
            columns = np.rint(across * width).astype(np.int32)
            places = rows * width + columns + centre
            power.append(flat.take(places, mode="wrap").mean(axis=1))
        scores = np.concatenate(power)
        count = max(round(_KEPT * len(scores)), _LEAST_KEPT)
        if len(scores) <= count:
            return grid
        return grid[:, np.sort(np.argpartition(-scores, count)[:count])]

    def _best(
        self, grid: _Grid, count: int, mirrored: bool = False, quarter_turns: int = 0
    ) -> Iterator[Hypothesis]:
        """The `count` most promising hypotheses of `grid`, found exactly, best first."""
        parts = np.split(grid, range(_BATCH, grid.shape[1], _BATCH), axis=1)
        scores = np.concatenate([self._score(part, mirrored, quarter_turns)[0] for part in parts])
        self.tried += len(scores)
        taken: list[_Grid] = []
        for place in np.argsort(-scores)[:_LOOKED_AT].tolist():
            if scores[place] < _PROMISING or len(taken) == count:
                return
            found = grid[:, place]
            if all(_apart(found, other) for other in taken):
                taken.append(found)
                tile_x, tile_y, turn = found.tolist()
                yield self._refined(Hypothesis(tile_x, tile_y, turn, mirrored, quarter_turns))

    def _refined(self, hypothesis: Hypothesis) -> Hypothesis:
        """The best place near `hypothesis`, by steps that get finer."""
        best = self._placed([hypothesis])[0]
        step = _STEP * best.tile_x / self._spectrum.short
        for part in (2, 4, 8):
            for _ in range(3):
                found = max(self._placed(_around(best, step / part)), key=lambda near: near.score)
                if found.score <= best.score * _BETTER:
                    break
                best = found
        return best

    def _placed(self, hypotheses: list[Hypothesis]) -> list[Hypothesis]:
        first = hypotheses[0]
        scores, shifts = self._score(_grid(hypotheses), first.mirrored, first.quarter_turns)
        return [
            msgspec.structs.replace(
                hypothesis,
                score=float(score),
                down=int(shift) // CELLS / CELLS,
                across=int(shift) % CELLS / CELLS,
            )
            for hypothesis, score, shift in zip(hypotheses, scores, shifts, strict=True)
        ]

    def _score(
        self, grid: _Grid, mirrored: bool, quarter_turns: int
    ) -> tuple[Floats, npt.NDArray[np.intp]]:
        """How well the pilots agree at the best shift, and which that is (down * CELLS + across).

        In units of the standard deviation of what noise gives at one shift.
        """
        pilots, count = self._lattice.pilots, grid.shape[1]
        signs = self._lattice.pilot_signs.conj()
        values = (self._at(pilots, grid, mirrored, quarter_turns) * signs).astype(np.complex64)
        half = np.zeros((count, CELLS, CELLS // 2 + 1), np.complex64)
        half[:, pilots[:, 1] % CELLS, pilots[:, 0]] = values
        axis = pilots[:, 0] == 0  # a real transform wants both halves of its first column
        half[:, -pilots[axis, 1] % CELLS, 0] = values[:, axis].conj()
        sums = np.fft.irfft2(half, s=(CELLS, CELLS)).reshape(count, -1)
        best = sums.argmax(axis=1)
        power = np.sqrt((values.real**2 + values.imag**2).sum(axis=1) / 2)
        scale = CELLS * CELLS / 2 / np.maximum(power, 1e-6)
        return sums[np.arange(count), best] * scale, best

    def _at(
        self, points: npt.NDArray[np.intp], grid: _Grid, mirrored: bool, quarter_turns: int
    ) -> Complex:
        """The spectrum at `points` for each hypothesis of `grid`: shape (hypotheses, points)."""
        tile_x, tile_y, turn = grid[..., None]
        x, y = points.astype(np.float32).T
        across, down = (-x if mirrored else x) / tile_x, y / tile_y
        for _ in range(quarter_turns):
            across, down = down, -across
        return self._spectrum.at(self._arrays, *_turned(across, down, turn))


def _turned(across: Floats, down: Floats, turn: Floats) -> tuple[Floats, Floats]:
    if not turn.any():
        return across, down
    cosine, sine = np.cos(turn), np.sin(turn)
    return cosine * across + sine * down, cosine * down - sine * across


def _grid(hypotheses: list[Hypothesis]) -> _Grid:
    return np.array([(each.tile_x, each.tile_y, each.turn) for each in hypotheses], np.float32).T


def _apart(one: _Grid, other: _Grid) -> bool:
    """Whether two hypotheses, (size, size, turn), are no neighbours."""
    sizes = np.abs(np.log(one[:2] / other[:2])).max()
    return bool(max(sizes, abs(one[2] - other[2])) > 3 * _STEP / _FEWEST_BENT)


def _around(hypothesis: Hypothesis, step: float) -> list[Hypothesis]:
    """Neighbours: larger, smaller, wider, narrower, turned either way."""
    moves = ((1, 1, 0), (-1, -1, 0), (1, -1, 0), (-1, 1, 0), (0, 0, 1), (0, 0, -1))
    return [
        msgspec.structs.replace(
            hypothesis,
            tile_x=hypothesis.tile_x * (1 + x * step),
            tile_y=hypothesis.tile_y * (1 + y * step),
            turn=hypothesis.turn + turn * step,
        )
        for x, y, turn in moves
    ]
