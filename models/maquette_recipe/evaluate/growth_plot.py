"""Curves of figures over training, with what they would need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

_AHEAD = 30.0
"""How many times the last model's samples the curves go on."""


def plot_growth(
    rows: Sequence[Mapping[str, float]], figures: Mapping[str, Mapping[str, Any]], path: Path
) -> None:
    """A panel per figure: measured points, the curve where there is growth, target and ceiling."""
    mpl.use("Agg")
    columns = min(3, len(figures))
    lines = -(-len(figures) // columns)
    figure = Figure(figsize=(4.4 * columns, 3.3 * lines), dpi=110, layout="constrained")
    panels = figure.subplots(lines, columns, squeeze=False).flatten()
    most = max(row["samples"] for row in rows)
    for panel, (name, found) in zip(panels, figures.items(), strict=False):
        mine = [row for row in rows if name in row]
        if found["exponent"] < 0:
            x = np.geomspace(min(row["samples"] for row in mine), _AHEAD * most, 100)
            y = found["ceiling"] - found["factor"] * x ** found["exponent"]
            panel.plot(x, y, "--", color="#1f4e79", linewidth=1.2, label="power law")
        panel.plot([r["samples"] for r in mine], [r[name] for r in mine], "o", color="#1f4e79")
        panel.axhline(found["target"], color="#b3541e", linewidth=1, label="target")
        panel.axhline(found["ceiling"], color="grey", linewidth=1, linestyle=":", label="ceiling")
        panel.set(title=name, xlabel="samples", xscale="log")
        panel.grid(alpha=0.3)
    for panel in panels[len(figures) :]:
        panel.set_visible(False)
    handles = {
        text: line
        for panel in panels
        for line, text in zip(*panel.get_legend_handles_labels(), strict=True)
    }
    figure.legend(handles.values(), handles.keys(), loc="outside lower center", ncols=3, fontsize=8)
    figure.savefig(path)
