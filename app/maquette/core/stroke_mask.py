"""Stroke mask: how much of each pixel one stroke covers, painted node by node.

A stroke is the union of capsules between its nodes; a pixel keeps the most that any of them gave it
(a signed distance turned into coverage), so a stroke that crosses itself is not darker there, and
edges stay as smooth as those of a single capsule however densely the nodes lie.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from maquette.core.rect import Rect
from maquette.core.strokes import Node

Mask = npt.NDArray[np.uint8]
"""uint8, shape (height, width): 0 is untouched, 255 covered."""

_CALL = 2000
"""What a round of array arithmetic costs beside its elements, in elements (measured)."""
_PIECE = 4.0
"""A capsule longer than this many radii, and 64 pixels, is cut: a slanting one has a large box."""


NOWHERE = Rect(0, 0, 0, 0)


def paint_line(mask: Mask, nodes: Sequence[Node], hardness: float, *, joined: bool = True) -> Rect:
    """Paint the line through `nodes` into `mask`, in place.

    Args:
        nodes: the first one is where an earlier call ended; a single node is a dot.
        hardness: share of the radius that is solid, 0 to 1; the edge beyond falls off smoothly, but
            never over less than one pixel.
        joined: False leaves the nodes single dots.

    Returns:
        The pixels that may have changed.
    """
    if not nodes:
        return NOWHERE
    if joined and len(nodes) > 1:
        pieces = _cut(np.array(nodes, np.float32))
        starts, ends = pieces[:-1], pieces[1:]
    else:
        starts = ends = np.array(nodes, np.float32)
    touched = NOWHERE
    first = 0
    while first < len(starts):
        last = first + 1
        area = _area_of(starts[first:last], ends[first:last])
        while last < len(starts):
            # One round for several capsules looks at each of them in the box of all.
            single = _area_of(starts[last : last + 1], ends[last : last + 1])
            wider = area.united(single)
            apart = _size(area) * (last - first) + _size(single) + _CALL
            if _size(wider) * (last + 1 - first) > apart:
                break
            area, last = wider, last + 1
        area = area.clipped(mask.shape[1], mask.shape[0])
        if not area.is_empty:
            _paint_capsules(mask, starts[first:last], ends[first:last], area, hardness)
            touched = touched.united(area)
        first = last
    return touched


def _cut(nodes: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """`nodes` with more between those that are far apart."""
    steps = nodes[1:] - nodes[:-1]
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    longest = np.maximum(64.0, _PIECE * np.maximum(nodes[1:, 2], nodes[:-1, 2]))
    counts = np.maximum(1, np.ceil(lengths / longest)).astype(int)
    if counts.max() == 1:
        return nodes
    pieces = [nodes[:1]]
    for start, step, count in zip(nodes, steps, counts, strict=False):
        shares = np.arange(1, count + 1, dtype=np.float32)[:, None] / count
        pieces.append(start + shares * step)
    return np.concatenate(pieces)


def _area_of(starts: npt.NDArray[np.float32], ends: npt.NDArray[np.float32]) -> Rect:
    reach = max(float(starts[:, 2].max()), float(ends[:, 2].max()), 0.5) + 1.0
    low = np.minimum(starts[:, :2].min(axis=0), ends[:, :2].min(axis=0)) - reach
    high = np.maximum(starts[:, :2].max(axis=0), ends[:, :2].max(axis=0)) + reach
    x, y = int(np.floor(low[0])), int(np.floor(low[1]))
    return Rect(x, y, int(np.ceil(high[0])) - x, int(np.ceil(high[1])) - y)


def _size(area: Rect) -> int:
    return area.width * area.height


def _paint_capsules(
    mask: Mask,
    starts: npt.NDArray[np.float32],
    ends: npt.NDArray[np.float32],
    area: Rect,
    hardness: float,
) -> None:
    """Raise `mask` within `area` to what the capsules cover of it."""
    across = np.arange(area.x, area.right, dtype=np.float32)[None, None, :] + 0.5
    down = np.arange(area.y, area.bottom, dtype=np.float32)[None, :, None] + 0.5
    start, step = starts[:, :, None, None], (ends - starts)[:, :, None, None]
    x, y = across - start[:, 0], down - start[:, 1]
    square = np.maximum(step[:, 0] ** 2 + step[:, 1] ** 2, 1e-6)
    share = (x * step[:, 0] + y * step[:, 1]) / square
    np.clip(share, 0.0, 1.0, out=share)
    distance = np.hypot(x - share * step[:, 0], y - share * step[:, 1])
    radius = start[:, 2] + share * step[:, 2]
    # Thinner than a pixel means fainter, not narrower.
    faint = np.minimum(1.0, 2.0 * radius)
    radius = np.maximum(radius, 0.5)
    edge = np.maximum(1.0, radius * (1.0 - hardness) + 0.5)
    cover = np.clip((radius + 0.5 - distance) / edge, 0.0, 1.0)
    if hardness < 1.0:
        cover = cover * cover * (3.0 - 2.0 * cover)
    cover *= faint * (start[:, 3] + share * step[:, 3]) * 255.0
    values = (cover.max(axis=0) + 0.5).astype(np.uint8)
    target = mask[area.slices]
    np.maximum(target, values, out=target)
