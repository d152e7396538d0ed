"""How a hand draws: off the true line, twice, in gaps, past the corners, with changing pressure.

Works on ink, float32 (N, H, W), 0 for bare paper and 1 for a full line. Warping a drawing by a
smooth random field is the elastic distortion of Simard et al., "Best practices for convolutional
neural networks" (ICDAR 2003). That rough strokes have to be in the training data for a network to
read them is the finding of Simo-Serra et al., "Learning to simplify: fully convolutional networks
for rough sketch cleanup" (ACM TOG 35(4), 2016), section 4.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.sketch.draws import Draws
from maquette_recipe.sketch.filters import dilated

_DIRECTIONS: Final = 8
_REACH: Final = (1, 2, 4, 7)
"""Shifts, in half-size pixels, that add up to a straight run of fourteen."""


def lens(draws: Draws) -> Tensor:
    """A sampling grid (N, H, W, 2) of small turns, shifts, scalings and tilts of the paper.

    Moves the middle of the picture, where objects lie, by at most about 3 pixels at 256, so that
    the picture still agrees.
    """
    x, y = draws.plane()
    pixel = 2 / 256
    turn = draws.uniform(-0.008, 0.008)
    grow = draws.uniform(-0.008, 0.008)
    tilt_x, tilt_y = draws.uniform(-0.006, 0.006), draws.uniform(-0.006, 0.006)
    depth = 1 + tilt_x * x + tilt_y * y
    across = ((1 + grow) * x - turn * y) / depth + pixel * draws.uniform(-0.7, 0.7)
    down = ((1 + grow) * y + turn * x) / depth + pixel * draws.uniform(-0.7, 0.7)
    return torch.stack(torch.broadcast_tensors(across, down), dim=-1)


def wobble(draws: Draws, slow: float, fast: float) -> Tensor:
    """Offsets (N, H, W, 2) for a grid: an unsteady hand, at most `slow` + `fast` pixels at 256."""
    pixel = 2 / 256
    drift = draws.smooth(44, 2) * (slow * pixel) + draws.smooth(11, 2) * (fast * pixel)
    return (drift * draws.uniform(0.2, 1.0, 1, 1, 1)).permute(0, 2, 3, 1)


def resample(ink: Tensor, grid: Tensor) -> Tensor:
    """The ink as seen through a sampling grid; nothing lies beyond the paper's edge."""
    return F.grid_sample(ink[:, None], grid, mode="bilinear", align_corners=True)[:, 0]


def widened(ink: Tensor, draws: Draws) -> Tensor:
    """Lines of another and of changing width, from hair lines to a marker's."""
    once = dilated(ink)
    twice = dilated(once)
    # The square keeps thin lines the most common.
    base = 1.7 * draws.uniform(0, 1).square()
    width = base + draws.uniform(0, 0.5) * draws.smooth(50)[:, 0]
    first = torch.lerp(ink, once, width.clamp(0, 1))
    return torch.lerp(first, twice, (width - 1).clamp(0, 1))


def pressed(ink: Tensor, draws: Draws) -> Tensor:
    """Lines that fade where the hand is light."""
    light = draws.uniform(0, 0.75)
    return ink * (1 - light * (0.5 + 0.5 * draws.smooth(38)[:, 0]))


def broken(ink: Tensor, draws: Draws) -> Tensor:
    """Lines with gaps."""
    field = draws.smooth(16)[:, 0]
    return ink * ((field + draws.uniform(0.25, 0.65)) * 8 + 0.5).clamp(0, 1)


def doubled(ink: Tensor, grid: Tensor, draws: Draws) -> Tensor:
    """The same drawing through `grid` once more, by a hand that misses its own line."""
    second = resample(ink, grid + wobble(draws, 2.0, 0.5))
    present = (draws.smooth(40)[:, 0] * 3 + draws.uniform(0.0, 1.5)).clamp(0, 1)
    return second * present * draws.uniform(0.5, 1.0)


def overshoot(ink: Tensor, draws: Draws) -> Tensor:
    """Straight runs drawn on past their ends, as construction lines are; only the added ink.

    A run is what survives an erosion along one of eight directions; dilating it further than it
    was eroded draws it on (mathematical morphology with line elements, Soille 2003, chapter 4).
    Runs at half size, for time.
    """
    # One pixel wider, so that slanted runs survive shifts by whole pixels.
    small = F.max_pool2d(ink[:, None], 4, stride=2, padding=1)[:, 0]
    added = torch.zeros_like(small)
    for direction in range(_DIRECTIONS):
        angle = math.pi * direction / _DIRECTIONS
        run = _with_shifted(torch.minimum, small, angle + math.pi / 2, 1)
        for reach in _REACH:
            run = _with_shifted(torch.minimum, run, angle, reach)
        for reach in _REACH:  # back over what was eroded
            run = _with_shifted(torch.maximum, run, angle, -reach)
        for reach in (2, 4, -2, -4):  # and on, by six at either end
            run = _with_shifted(torch.maximum, run, angle, reach)
        added = torch.maximum(added, run * (draws.uniform(0, 1) < 0.6))
    full = F.interpolate(added[:, None], ink.shape[1:], mode="bilinear")[:, 0]
    somewhere = (draws.smooth(50)[:, 0] * 4 + 0.8).clamp(0, 1)
    return full * somewhere * draws.uniform(0.2, 0.55)


def _with_shifted(
    combine: Callable[..., Tensor], field: Tensor, angle: float, distance: int
) -> Tensor:
    """`combine` of a field (N, H, W) and itself moved by whole pixels against `angle`."""
    result = field.clone()
    own, other = result, field
    for axis, part in ((1, math.sin(angle)), (2, math.cos(angle))):
        shift = round(distance * part)
        length = field.shape[axis] - abs(shift)
        own = own.narrow(axis, max(-shift, 0), length)
        other = other.narrow(axis, max(shift, 0), length)
    combine(own, other, out=own)
    return result
