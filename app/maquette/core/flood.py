"""Flood fill: the pixels that are like the one pointed at and can be reached from it.

Runs of open pixels take the place of single ones: neighbouring rows' runs that overlap are joined,
and the labels of what is joined are found by pointer jumping (Shiloach and Vishkin, 1982), so that
all of it is array arithmetic. Gaps are closed as a person sees them: walls are thickened, the
fill spreads between them, and grows back to the real walls afterwards.
"""

import numpy as np
import numpy.typing as npt

from maquette.core.pixels import Pixels
from maquette.core.stroke_mask import Mask

Flags = npt.NDArray[np.bool_]
"""bool, shape (height, width)."""


def flood(picture: Pixels, x: int, y: int, tolerance: int, gap: int) -> Mask:
    """What is filled from (x, y): 255 inside, 0 outside.

    Args:
        picture: what the walls are seen in.
        x, y: where it starts, in pixels; outside of the picture nothing is filled.
        tolerance: by how much a channel may differ from the pixel pointed at, 0 to 255.
        gap: openings up to that many pixels wide are closed, unless the start lies in one.
    """
    height, width = picture.shape[:2]
    if not (0 <= x < width and 0 <= y < height):
        return np.zeros((height, width), np.uint8)
    colour = picture[y, x, :3].astype(np.int16)
    open_pixels = np.ones((height, width), np.bool_)
    for channel in range(3):
        difference = picture[..., channel].astype(np.int16)
        difference -= colour[channel]
        open_pixels &= np.abs(difference) <= tolerance
    reach = (gap + 1) // 2
    while reach:
        narrow = ~grown(~open_pixels, reach)
        if narrow[y, x]:
            inside = connected(narrow, x, y)
            # One pixel more, under the soft edge of the line, so that no pale seam stays.
            back = _spread(inside, open_pixels, reach + 1)
            return (grown(back, 1) * np.uint8(255)).astype(np.uint8)
        reach //= 2
    return (grown(connected(open_pixels, x, y), 1) * np.uint8(255)).astype(np.uint8)


def connected(flags: Flags, x: int, y: int) -> Flags:
    """The true pixels that can be reached from (x, y), itself true, in four directions."""
    height, width = flags.shape
    edges = np.zeros((height, width + 2), np.int8)
    edges[:, 1:-1] = flags
    change = np.diff(edges, axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    if rows.size == 0:
        return np.zeros_like(flags)
    one, other = _touching(rows, starts, ends, width)
    labels = _components(rows.size, one, other)
    # Runs are sorted by row and start: the last one that begins at or before x in row y.
    stride = width + 1
    home = int(np.searchsorted(rows * stride + starts, y * stride + x, side="right")) - 1
    chosen = labels == labels[home]
    steps = np.zeros((height, width + 1), np.int8)
    steps[rows[chosen], starts[chosen]] = 1
    # A run that ends where the next begins cannot be: they would be one.
    steps[rows[chosen], ends[chosen]] = -1
    return np.cumsum(steps, axis=1, dtype=np.int8)[:, :-1].astype(np.bool_)


def _touching(
    rows: npt.NDArray[np.intp],
    starts: npt.NDArray[np.intp],
    ends: npt.NDArray[np.intp],
    width: int,
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Pairs of runs, the one in the row above the other, that share a column."""
    stride = width + 1
    begins, stops = rows * stride + starts, rows * stride + ends
    # Of the row above, those that end after this one starts, up to those that start before it ends.
    first = np.searchsorted(stops, begins - stride, side="right")
    last = np.searchsorted(begins, stops - stride, side="left")
    counts = np.maximum(0, last - first)
    other = np.repeat(np.arange(rows.size), counts)
    offsets = np.arange(other.size) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(first, counts) + offsets, other


def _components(
    count: int, one: npt.NDArray[np.intp], other: npt.NDArray[np.intp]
) -> npt.NDArray[np.intp]:
    """For each of `count` nodes the least node that the pairs join it to."""
    parents = np.arange(count)
    while True:
        low = np.minimum(parents[one], parents[other])
        high = np.maximum(parents[one], parents[other])
        apart = low != high
        if not apart.any():
            return parents
        one, other, low, high = one[apart], other[apart], low[apart], high[apart]
        np.minimum.at(parents, high, low)
        while True:
            jumped = parents[parents]
            if np.array_equal(jumped, parents):
                break
            parents = jumped


def grown(flags: Flags, reach: int) -> Flags:
    """`flags` and all pixels up to `reach` steps from them, a diagonal step being one too."""
    result = flags
    for axis in (0, 1):
        result = _grown_along(result, reach, axis)
    return result


def _grown_along(flags: Flags, reach: int, axis: int) -> Flags:
    """The same along one axis: a sliding maximum from widths that double."""
    result = flags.copy()
    done = 0
    while done < reach:
        step = min(max(1, done), reach - done)
        wider = result.copy()
        ahead = [slice(None)] * 2
        behind = [slice(None)] * 2
        ahead[axis], behind[axis] = slice(step, None), slice(None, -step)
        wider[tuple(behind)] |= result[tuple(ahead)]
        wider[tuple(ahead)] |= result[tuple(behind)]
        result = wider
        done += step
    return result


def _spread(flags: Flags, within: Flags, steps: int) -> Flags:
    """`flags` grown step by step, never leaving `within`: nothing is reached through a wall."""
    result = flags
    for _ in range(steps):
        result = grown(result, 1) & within
    return result
