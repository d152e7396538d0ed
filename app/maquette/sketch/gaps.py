"""Places where a line seems to be broken: two ends that look at each other."""

import numpy as np
import numpy.typing as npt

from maquette.sketch.thinning import Mask, neighbour_count

_REACH = 0.06  # of the shorter side: the widest gap
_LOOK_BACK = 0.03  # of the shorter side: how much of a line tells where it is heading
_FACING = 0.75  # cosine between where an end is heading and where the other one is
_MOST_ENDS = 600  # more are hatching

_Point = tuple[float, float]


def find_gaps(skeleton: Mask) -> tuple[_Point, ...]:
    """Middles (x, y) of the gaps in one-pixel lines, the narrowest first."""
    rows, columns = np.nonzero(neighbour_count(skeleton) == 1)
    if not 2 <= len(rows) <= _MOST_ENDS:
        return ()
    side = min(skeleton.shape)
    steps = max(4, round(side * _LOOK_BACK))
    ends = np.stack([columns, rows], axis=1).astype(np.float64)
    headings, others = _headings(skeleton, ends.astype(int), steps)
    between = ends[None] - ends[:, None]
    distance = np.linalg.norm(between, axis=2)
    towards = between / np.maximum(distance, 1e-9)[..., None]
    facing = np.einsum("ijk,ik->ij", towards, headings)
    fits = (distance > 1.5) & (distance <= side * _REACH)
    fits &= (facing >= _FACING) & (facing.T >= _FACING)
    pairs = sorted((distance[i, j], i, j) for i, j in zip(*np.nonzero(np.triu(fits)), strict=True))
    taken: set[int] = set()
    found = []
    for _distance, i, j in pairs:
        if i in taken or j in taken or others[i] == j:
            continue
        taken |= {int(i), int(j)}
        x, y = (ends[i] + ends[j]) / 2
        found.append((float(x), float(y)))
    return tuple(found)


def _headings(
    skeleton: Mask, ends: npt.NDArray[np.int_], steps: int
) -> tuple[npt.NDArray[np.float64], list[int]]:
    """Unit vectors out of each end, and the end that a short line has on its other side, or -1."""
    height, width = skeleton.shape
    number = {(int(x), int(y)): index for index, (x, y) in enumerate(ends)}
    headings = np.zeros((len(ends), 2))
    others = [-1] * len(ends)
    for index, (x, y) in enumerate(ends):
        here = (int(x), int(y))
        seen = {here}
        for _ in range(steps):
            around = (
                (here[0] + dx, here[1] + dy)
                for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0), (1, -1), (1, 1), (-1, 1), (-1, -1))
            )
            following = next(
                (
                    place
                    for place in around
                    if place not in seen
                    and 0 <= place[0] < width
                    and 0 <= place[1] < height
                    and skeleton[place[1], place[0]]
                ),
                None,
            )
            if following is None:
                others[index] = number.get(here, -1)
                break
            seen.add(following)
            here = following
        away = np.array([x - here[0], y - here[1]], np.float64)
        headings[index] = away / max(1e-9, float(np.linalg.norm(away)))
    return headings, others
