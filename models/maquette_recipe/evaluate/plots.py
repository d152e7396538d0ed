"""Loss curves of every training stage, from the records of its run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from maquette_recipe.train.budget import read_log

_NOT_CURVES: Final = frozenset({"step", "samples", "spent", "per_second", "epoch"})
_SMOOTHING: Final = 25
"""Entries that a drawn curve averages over; the single ones are drawn pale behind it."""


def stage_curves(log: Sequence[dict[str, float]]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """(x, y) by name of every number that a log has twice at least; x counts samples, or else
    steps."""
    curves: dict[str, tuple[list[float], list[float]]] = {}
    for entry in log:
        x = entry.get("samples", entry.get("step"))
        if x is None:
            continue
        for name, value in entry.items():
            if name not in _NOT_CURVES and isinstance(value, int | float):
                xs, ys = curves.setdefault(name, ([], []))
                xs.append(float(x))
                ys.append(float(value))
    return {
        name: (np.asarray(xs), np.asarray(ys)) for name, (xs, ys) in curves.items() if len(xs) > 1
    }


def _smooth(values: np.ndarray) -> np.ndarray:
    """Running mean with shorter windows at both ends."""
    window = np.ones(min(_SMOOTHING, len(values)))
    weights = np.convolve(np.ones_like(values), window, mode="same")
    return np.convolve(values, window, mode="same") / weights


def plot_stage(log: Sequence[dict[str, float]], title: str, path: Path) -> None:
    """One picture with a panel per number that the stage's log follows.

    Raises ValueError for a log that follows nothing.
    """
    curves = stage_curves(log)
    if not curves:
        raise ValueError(f"the log of {title} follows no number")
    mpl.use("Agg")
    columns = min(3, len(curves))
    rows = -(-len(curves) // columns)
    figure = Figure(figsize=(4.6 * columns, 3.2 * rows), dpi=110, layout="constrained")
    panels = figure.subplots(rows, columns, squeeze=False).flatten()
    counted = "samples" if any("samples" in entry for entry in log) else "steps"
    for panel, (name, (x, y)) in zip(panels, curves.items(), strict=False):
        if len(x) > 2 * _SMOOTHING:
            panel.plot(x, y, color="#c5d3df", linewidth=0.8)
            panel.plot(x, _smooth(y), color="#1f4e79", linewidth=1.6)
        else:
            panel.plot(x, y, "o-", color="#1f4e79", markersize=3, linewidth=1.2)
        if (y > 0).all() and y.max() > 4 * y.min():
            panel.set_yscale("log")
        panel.set(title=name, xlabel=counted)
        panel.grid(alpha=0.3, which="both")
    for panel in panels[len(curves) :]:
        panel.set_visible(False)
    figure.suptitle(title)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)


def plot_all_stages(work: Path, docs: Path) -> list[Path]:
    """``loss-STAGE.png`` for every ``STAGE.jsonl`` in `work` that follows a number."""
    written = []
    for record in sorted(work.glob("*.jsonl")):
        log = read_log(record)
        if stage_curves(log):
            path = docs / f"loss-{record.stem}.png"
            plot_stage(log, record.stem, path)
            written.append(path)
    return written
