"""What a sketch is drawn with and on: pencil, pen or chalk, on white, toned or ruled paper."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor

from maquette_recipe.sketch.draws import Draws

INKS: Final = (
    (0.08, 0.08, 0.09), (0.08, 0.08, 0.09), (0.20, 0.20, 0.22), (0.30, 0.30, 0.32),
    (0.38, 0.38, 0.40), (0.10, 0.14, 0.38), (0.15, 0.25, 0.60), (0.32, 0.18, 0.12),
    (0.55, 0.16, 0.12),
)  # fmt: skip
"""RGB: black pen twice, soft to hard pencil, blue-black and blue ballpoint, sepia, red pencil."""
PAPERS: Final = (
    (1.0, 1.0, 1.0), (1.0, 1.0, 1.0), (0.97, 0.97, 0.96), (0.98, 0.95, 0.89), (0.95, 0.92, 0.85),
    (0.90, 0.90, 0.90), (0.80, 0.69, 0.54),
)  # fmt: skip
"""RGB: white twice, uncoated white, cream, ivory, grey, kraft."""
DARK_PAPERS: Final = ((0.0, 0.0, 0.0), (0.07, 0.07, 0.08), (0.14, 0.19, 0.17), (0.10, 0.20, 0.42))
"""RGB: the black of a tablet, black card, blackboard, blueprint."""
CHALKS: Final = ((1.0, 1.0, 1.0), (0.93, 0.93, 0.90), (0.96, 0.90, 0.70))
"""RGB of what is drawn with on dark paper."""
PRINT: Final = (0.45, 0.60, 0.80)
"""RGB of printed lines and squares."""

_DARK_SHARE: Final = 0.15


def colours(draws: Draws) -> tuple[Tensor, Tensor]:
    """Ink and paper (N, 3, 1, 1), the ink darker than the paper or, more rarely, lighter."""
    ink, paper = draws.pick(torch.tensor(INKS)), draws.pick(torch.tensor(PAPERS))
    chalk, board = draws.pick(torch.tensor(CHALKS)), draws.pick(torch.tensor(DARK_PAPERS))
    dark = draws.uniform(0, 1, 1) < _DARK_SHARE
    ink, paper = torch.where(dark, chalk, ink), torch.where(dark, board, paper)
    return ink[..., None, None], paper[..., None, None]


def grained(ink: Tensor, tooth: Tensor, draws: Draws) -> Tensor:
    """Ink (N, H, W) broken up by the paper's `tooth` (N, H, W), from none (pen) to much (pencil).

    `tooth` is standard normal noise.
    """
    rough = draws.uniform(0, 0.8) * draws.uniform(0, 1)
    return (ink * (1 + rough * (tooth + 0.3))).clamp(0, 1)


def sheet(paper: Tensor, tooth: Tensor, draws: Draws) -> Tensor:
    """Paper (N, 3, H, W) of the colours `paper` (N, 3, 1, 1) that shows its `tooth` (N, H, W)."""
    blotch = draws.smooth(70)[:, 0] * draws.uniform(0, 0.02)
    texture = 1 + tooth * (0.03 * draws.uniform(0, 1).square()) + blotch
    return paper * texture[:, None]


def ruling(draws: Draws) -> Tensor:
    """Printed lines or squares, (N, H, W): how much of the print's ink lies on each pixel."""
    x, y = draws.plane()
    turn = draws.uniform(-0.02, 0.02)
    half = 128.0
    period = draws.uniform(14, 30)
    rows = _bars(half * (y + turn * x), period)
    squares = torch.maximum(rows, _bars(half * (x - turn * y), period))
    grid = draws.uniform(0, 1) < 0.6
    return torch.where(grid, squares, rows.expand_as(squares)) * draws.uniform(0.15, 0.45)


def _bars(position: Tensor, period: Tensor) -> Tensor:
    """1 on every multiple of `period`, falling to 0 within a pixel (at 256)."""
    nearest = (position / period).round() * period
    return (1.1 - (position - nearest).abs()).clamp(0, 1)


def ruled(paper: Tensor, draws: Draws) -> Tensor:
    """Paper (N, 3, H, W) with printed lines or squares."""
    tint = torch.tensor(PRINT, device=paper.device).view(1, 3, 1, 1)
    return torch.lerp(paper, tint, ruling(draws)[:, None])
