"""Accuracy of generated pictures, per attribute and language, as numbers and as a table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import torch
from torch import Tensor

from maquette_recipe.captions import Caption
from maquette_recipe.evaluate.classifier import LABELS, label_indices
from maquette_recipe.world import Attributes

SHOWN: Final = ("form", "colour", "material", "setting")
_Z: Final = 1.96


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `total`, with the Wilson score interval at 95 %."""

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


def accuracies(
    predicted: dict[str, Tensor], asked: list[tuple[Attributes, Caption]]
) -> dict[str, dict[str, Share]]:
    """Shares by language ("all", "en", "zh") and attribute."""
    truth = label_indices([scene for scene, _ in asked])
    languages = [c.language for _, c in asked]
    result: dict[str, dict[str, Share]] = {}
    for language in ("all", "en", "zh"):
        chosen = torch.tensor([language in ("all", own) for own in languages])
        result[language] = {
            name: Share(int((predicted[name] == truth[name])[chosen].sum()), int(chosen.sum()))
            for name in SHOWN
        }
    return result


def per_class(
    predicted: dict[str, Tensor], asked: list[tuple[Attributes, Caption]], name: str
) -> dict[str, Share]:
    """Shares by class of one attribute, for the classes that were asked for."""
    truth = label_indices([scene for scene, _ in asked])[name]
    result = {}
    for i, label in enumerate(LABELS[name]):
        mine = truth == i
        if mine.any():
            result[label] = Share(int((predicted[name][mine] == i).sum()), int(mine.sum()))
    return result


def _cell(share: Share) -> str:
    low, high = share.interval
    return f"{share.value:.1%} ({low:.1%} – {high:.1%})"


def markdown(report: dict[str, Any], shares: dict[str, dict[str, Share]]) -> str:
    """The report as a Markdown page."""
    names = {"all": "both", "en": "English", "zh": "Chinese"}
    lines = [
        "# Evaluation of Maquette Mini", "",
        f"{report['captions']} captions of form, colour and material combinations that were never "
        "trained, half English and half Chinese, judged by a classifier that has seen renders "
        f"only. Sampler: UniPC, {report['steps']} steps, guidance {report['guidance']}. "
        f"UNet samples trained: {report['samples_trained']:,}.", "",
        "Share of pictures that show what was asked, with the 95 % interval:", "",
        "| language | " + " | ".join(SHOWN) + " |", "|---|" + "---|" * len(SHOWN),
    ]  # fmt: skip
    for language, row in shares.items():
        lines.append(f"| {names[language]} | " + " | ".join(_cell(row[n]) for n in SHOWN) + " |")
    lines += ["", "The classifier itself, on renders that it was not trained on:", "",
              "| renders | " + " | ".join(SHOWN) + " |", "|---|" + "---|" * len(SHOWN)]  # fmt: skip
    for key, title in (("judge_validation", "trained combinations"),
                       ("judge_held_out", "held-out combinations")):  # fmt: skip
        row = report[key]
        lines.append(f"| {title} | " + " | ".join(f"{row[n]:.1%}" for n in SHOWN) + " |")
    for name in ("form", "colour", "material"):
        cells = [f"{label} {share['share']:.0%}" for label, share in report[f"by_{name}"].items()]
        lines += ["", f"By {name}: " + ", ".join(cells) + "."]
    return "\n".join(lines) + "\n"
