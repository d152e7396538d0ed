"""Curves of the ablations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure

_MEASURES: Final = ("distance", "form", "colour", "material", "style")
_LINES: Final = ("-", "--", ":", "-.")


def _panels(count: int) -> tuple[Figure, Any]:
    mpl.use("Agg")
    figure = Figure(figsize=(4.2 * count, 3.4), dpi=110, layout="constrained")
    return figure, figure.subplots(1, count, squeeze=False)[0]


def plot_settings(rows: Sequence[dict[str, Any]], x: str, path: Path) -> None:
    """A panel per measure over the setting `x` ("steps" or "guidance"), a line per sampler."""
    measures = [name for name in _MEASURES if all(name in row for row in rows)]
    figure, panels = _panels(len(measures))
    samplers = list(dict.fromkeys(row["name"] for row in rows))
    for panel, measure in zip(panels, measures, strict=True):
        for sampler, line in zip(samplers, _LINES, strict=False):
            mine = [row for row in rows if row["name"] == sampler]
            panel.plot([row[x] for row in mine], [row[measure] for row in mine],
                       line, marker="o", markersize=3, label=sampler)  # fmt: skip
        panel.set(title="feature distance" if measure == "distance" else measure, xlabel=x)
        if x == "steps":
            panel.set_xscale("log")
            ticks = sorted({row[x] for row in rows})
            panel.set_xticks(ticks, [str(tick) for tick in ticks], fontsize=7)
            panel.minorticks_off()
        panel.grid(alpha=0.3)
    if len(samplers) > 1:
        panels[0].legend()
    figure.savefig(path)


def plot_schedules(rows: Sequence[dict[str, Any]], path: Path) -> None:
    """Distances of the two arms over the steps, and the ratio with its interval."""
    figure, (distances, ratio) = _panels(2)
    steps = [row["steps"] for row in rows]
    for arm, line in (("published", "-"), ("ddpm", "--")):
        distances.plot(steps, [row[arm]["distance"] for row in rows], line, marker="o", label=arm)
    distances.set(title="feature distance", xlabel="steps")
    distances.legend()
    found = [row["folds"]["ratio"] for row in rows]
    values = [entry["value"] for entry in found]
    spread = [[v - e["low"] for v, e in zip(values, found, strict=True)],
              [e["high"] - v for v, e in zip(values, found, strict=True)]]  # fmt: skip
    ratio.errorbar(steps, values, yerr=spread, marker="o", capsize=4)
    ratio.axhline(1.0, color="grey", linewidth=0.8)
    ratio.set(title="published / ddpm, 95 % interval over 5 folds", xlabel="steps")
    for panel in (distances, ratio):
        panel.grid(alpha=0.3)
    figure.savefig(path)
