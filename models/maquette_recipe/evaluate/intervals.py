"""Intervals at 95 %: of shares, of differences between shares, and of means over folds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import stats

_Z: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `total`, which is at least 1, with the Wilson score interval at 95 %."""

    right: int
    total: int

    @property
    def value(self) -> float:
        """The share itself, 0..1."""
        return self.right / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end of the interval (Wilson 1927)."""
        n, p = self.total, self.value
        middle = (p + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
        spread = _Z / (1 + _Z * _Z / n) * math.sqrt(p * (1 - p) / n + _Z * _Z / (4 * n * n))
        return max(0.0, middle - spread), min(1.0, middle + spread)

    def as_json(self) -> dict[str, Any]:
        """Plain numbers."""
        low, high = self.interval
        return {"right": self.right, "total": self.total, "share": round(self.value, 4),
                "low": round(low, 4), "high": round(high, 4)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and its interval at 95 %."""

    value: float
    low: float
    high: float

    def as_json(self) -> dict[str, float]:
        """Plain numbers."""
        return {name: round(getattr(self, name), 5) for name in ("value", "low", "high")}


def share_difference(first: Share, second: Share) -> Estimate:
    """`first` minus `second`, independent shares (Newcombe 1998, Statistics in Medicine, method
    10)."""
    difference = first.value - second.value
    (low1, high1), (low2, high2) = first.interval, second.interval
    below = math.hypot(first.value - low1, high2 - second.value)
    above = math.hypot(high1 - first.value, second.value - low2)
    return Estimate(difference, difference - below, difference + above)


def mean_interval(values: Sequence[float]) -> Estimate:
    """Mean of a few values with Student's t interval. Raises ValueError for fewer than two."""
    if len(values) < 2:
        raise ValueError("an interval needs at least two values")
    array = np.asarray(values, dtype=np.float64)
    mean = float(array.mean())
    error = float(array.std(ddof=1)) / math.sqrt(len(array))
    reach = float(stats.t.ppf(0.975, len(array) - 1)) * error
    return Estimate(mean, mean - reach, mean + reach)


def ratio_interval(first: Sequence[float], second: Sequence[float]) -> Estimate:
    """Geometric mean of paired ratios `first` / `second` of positive values, with the t interval
    of their logarithms."""
    logs = np.log(np.asarray(first, dtype=np.float64) / np.asarray(second, dtype=np.float64))
    found = mean_interval([float(v) for v in logs])
    return Estimate(math.exp(found.value), math.exp(found.low), math.exp(found.high))
