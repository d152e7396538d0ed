"""The search: where the tile lies in a picture that was scaled, cropped, turned or squeezed.

Because the mark is a lattice in the spectrum, a hypothesis costs a look at its 251 pilots and one
small inverse transform, which tries all shifts at once: some 20 microseconds. Thousands are tried.
"""

from collections.abc import Iterator

import msgspec
import numpy as np
import numpy.typing as npt

from maquette.provenance.watermark.analysis import Spectrum
from maquette.provenance.watermark.arrays import Arrays
from maquette.provenance.watermark.lattice import Complex, Floats, Lattice

CELLS = 64  # shifts that are tried along each side of a tile
_BATCH = 128
_STEP = 0.006  # of a size, and radians: half of it is as far off as a pilot may be
_FEWEST, _MOST = 1.4, 8.3  # tiles along the short side, down to half a small picture
_LARGEST_TURN = 0.16  # radians, 9 degrees
_LARGEST_SQUEEZE = 0.13  # of the ratio of the sides
_BETTER = 1.002  # less is noise, and would let an upright picture seem turned
_PROMISING = 4.6  # standard deviations from which a hypothesis is looked at closely


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
        yield from self._best(
            [Hypothesis(self._spectrum.short / tiles, self._spectrum.short / tiles)], 1
        )

    def sized(self, mirrored: bool = False, quarter_turns: int = 0) -> Iterator[Hypothesis]:
        """Scaled and cropped; mirrored or turned by right angles when asked."""
        yield from self._best(
            [
                Hypothesis(size, size, 0.0, mirrored, quarter_turns)
                for size in self._sizes().tolist()
            ],
            2,
        )

    def bent(self) -> Iterator[Hypothesis]:
        """Scaled, cropped, and turned by some degrees or squeezed along one side."""
        sizes = self._sizes().tolist()
        angles = np.arange(-_LARGEST_TURN, _LARGEST_TURN, 1.1 * _STEP).tolist()
        ratios = np.exp(np.arange(-_LARGEST_SQUEEZE, _LARGEST_SQUEEZE, 1.6 * _STEP) / 2).tolist()
        turned = [Hypothesis(size, size, angle) for angle in angles for size in sizes]
        squeezed = [Hypothesis(size * each, size / each) for each in ratios for size in sizes]
        both = [*self._best(turned, 2), *self._best(squeezed, 2)]
        yield from sorted(both, key=lambda hypothesis: -hypothesis.score)

    def values(self, hypothesis: Hypothesis) -> Complex:
        """The spectrum at all points of the lattice."""
        return self._at(self._lattice.points, [hypothesis])[0]

    def _sizes(self) -> Floats:
        tiles = np.exp(np.arange(np.log(_FEWEST), np.log(_MOST), _STEP))
        return self._spectrum.short / tiles

    def _best(self, hypotheses: list[Hypothesis], count: int) -> Iterator[Hypothesis]:
        """The `count` most promising ones, found exactly, best first."""
        scores = np.concatenate(
            [
                self._score(hypotheses[start : start + _BATCH])[0]
                for start in range(0, len(hypotheses), _BATCH)
            ]
        )
        self.tried += len(hypotheses)
        taken: list[int] = []
        for place in np.argsort(-scores)[:40].tolist():
            if scores[place] < _PROMISING or len(taken) == count:
                return
            if all(abs(place - other) > 2 for other in taken):
                taken.append(place)
                yield self._refined(hypotheses[place])

    def _refined(self, hypothesis: Hypothesis) -> Hypothesis:
        """The best place near `hypothesis`, by steps that get finer."""
        best = self._placed([hypothesis])[0]
        for step in (_STEP / 2, _STEP / 4, _STEP / 8):
            for _ in range(3):
                found = max(self._placed(_around(best, step)), key=lambda near: near.score)
                if found.score <= best.score * _BETTER:
                    break
                best = found
        return best

    def _placed(self, hypotheses: list[Hypothesis]) -> list[Hypothesis]:
        scores, shifts = self._score(hypotheses)
        return [
            msgspec.structs.replace(
                hypothesis,
                score=float(score),
                down=int(shift) // CELLS / CELLS,
                across=int(shift) % CELLS / CELLS,
            )
            for hypothesis, score, shift in zip(hypotheses, scores, shifts, strict=True)
        ]

    def _score(self, hypotheses: list[Hypothesis]) -> tuple[Floats, npt.NDArray[np.intp]]:
        """How well the pilots agree at the best shift, and which that is (down * CELLS + across).

        In units of the standard deviation of what noise gives at one shift.
        """
        pilots = self._lattice.pilots
        signs = self._lattice.pilot_signs.conj()
        values = (self._at(pilots, hypotheses) * signs).astype(np.complex64)
        grid = np.zeros((len(hypotheses), CELLS, CELLS // 2 + 1), np.complex64)
        grid[:, pilots[:, 1] % CELLS, pilots[:, 0]] = values
        axis = pilots[:, 0] == 0  # a real transform wants both halves of its first column
        grid[:, -pilots[axis, 1] % CELLS, 0] = values[:, axis].conj()
        sums = np.fft.irfft2(grid, s=(CELLS, CELLS)).reshape(len(hypotheses), -1)
        best = sums.argmax(axis=1)
        power = np.sqrt((values.real**2 + values.imag**2).sum(axis=1) / 2)
        score = sums[np.arange(len(best)), best] * (CELLS * CELLS / 2) / np.maximum(power, 1e-6)
        return score, best

    def _at(self, points: npt.NDArray[np.intp], hypotheses: list[Hypothesis]) -> Complex:
        """The spectrum at `points` for hypotheses of the same turns: shape (hypotheses, points)."""
        first = hypotheses[0]
        tile_x, tile_y, turn = np.array(
            [(each.tile_x, each.tile_y, each.turn) for each in hypotheses], np.float32
        ).T[..., None]
        across = (-points[:, 0] if first.mirrored else points[:, 0]) / tile_x
        down = points[:, 1] / tile_y
        for _ in range(first.quarter_turns):
            across, down = down, -across
        if turn.any():
            cosine, sine = np.cos(turn), np.sin(turn)
            across, down = cosine * across + sine * down, cosine * down - sine * across
        return self._spectrum.at(self._arrays, across, down)


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
