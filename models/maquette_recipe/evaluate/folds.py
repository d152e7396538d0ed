"""Two models or settings compared on the same captions, in disjoint folds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import torch
from torch import Tensor

from maquette_recipe.evaluate.distances import frechet_distance
from maquette_recipe.evaluate.intervals import Estimate, mean_interval, ratio_interval

FOLDS: Final = 5
_SEED: Final = 5


def fold_rows(count: int, folds: int = FOLDS) -> list[Tensor]:
    """Disjoint random rows that together are 0 to `count` - 1, always the same ones.

    Raises ValueError when a fold would have fewer than two rows.
    """
    if count < 2 * folds:
        raise ValueError(f"{count} captions are too few for {folds} folds")
    order = torch.randperm(count, generator=torch.Generator().manual_seed(_SEED))
    return [order[fold::folds].sort().values for fold in range(folds)]


def fold_distances(made: Tensor, real: Tensor, folds: int = FOLDS) -> list[float]:
    """Fréchet distance of each fold of `made` (N, D) to all of `real` (M, D)."""
    return [frechet_distance(made[rows], real) for rows in fold_rows(len(made), folds)]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Fréchet distances of two sets by fold, and their ratio first / second."""

    first: list[float]
    second: list[float]
    ratio: Estimate

    def as_json(self) -> dict[str, Any]:
        """Plain numbers."""
        return {"first": [round(v, 4) for v in self.first],
                "second": [round(v, 4) for v in self.second],
                "ratio": self.ratio.as_json()}  # fmt: skip


def compare_distances(
    first: Tensor, second: Tensor, real: Tensor, folds: int = FOLDS
) -> Comparison:
    """Feature distances of two models' pictures for the same captions.

    `first` and `second` (N, D) are features, row i of both made from caption i; `real` (M, D) are
    those of renders. The interval is Student's over the logarithms of the folds' ratios, so that
    it excludes 1 when one model is better beyond chance. Raises ValueError when the rows do not
    match.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} and {len(second)} pictures cannot be paired")
    ours, theirs = fold_distances(first, real, folds), fold_distances(second, real, folds)
    return Comparison(ours, theirs, ratio_interval(ours, theirs))


def paired_difference(first: Tensor, second: Tensor, folds: int = FOLDS) -> Estimate:
    """Mean difference `first` - `second` of values (N,) per caption, e.g. 1 for right and 0 for
    wrong, with Student's interval over folds."""
    difference = first.double() - second.double()
    return mean_interval(
        [float(difference[rows].mean()) for rows in fold_rows(len(difference), folds)]
    )
