"""Shares of generated pictures that show what was asked: by attribute, language and class."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor

from maquette_recipe.evaluate.asked import Asked
from maquette_recipe.evaluate.intervals import Estimate, Share, share_difference
from maquette_recipe.shown import LABELS, label_indices

SHOWN: Final = ("form", "colour", "material", "setting", "style")
LANGUAGES: Final = ("all", "en", "zh")


def judged_rows(asked: list[Asked], name: str) -> Tensor:
    """Rows (n,) of the captions that state attribute `name` and whose picture can show it."""
    return torch.tensor([i for i, a in enumerate(asked) if name in a.judged], dtype=torch.long)


def right_answers(predicted: dict[str, Tensor], asked: list[Asked], name: str) -> Tensor:
    """1.0 or 0.0 for each of :func:`judged_rows`."""
    truth = label_indices([a.scene for a in asked])[name]
    rows = judged_rows(asked, name)
    return (predicted[name][rows] == truth[rows]).float()


def accuracies(predicted: dict[str, Tensor], asked: list[Asked]) -> dict[str, dict[str, Share]]:
    """Shares by language ("all", "en", "zh") and attribute, where any caption states it.

    `predicted` holds class indices (N,) by attribute, picture i made from caption i.
    """
    result: dict[str, dict[str, Share]] = {language: {} for language in LANGUAGES}
    for name in SHOWN:
        right, rows = right_answers(predicted, asked, name), judged_rows(asked, name)
        spoken = [asked[int(i)].caption.language for i in rows]
        for language in LANGUAGES:
            mine = torch.tensor([language in ("all", own) for own in spoken], dtype=torch.bool)
            if mine.any():
                result[language][name] = Share(int(right[mine].sum()), int(mine.sum()))
    return result


def language_differences(shares: dict[str, dict[str, Share]]) -> dict[str, Estimate]:
    """English minus Chinese by attribute, with the interval of the difference."""
    return {
        name: share_difference(shares["en"][name], shares["zh"][name])
        for name in shares["en"]
        if name in shares["zh"]
    }


def per_class(predicted: dict[str, Tensor], asked: list[Asked], name: str) -> dict[str, Share]:
    """Shares by class of one attribute, for the classes that were asked for."""
    right, rows = right_answers(predicted, asked, name), judged_rows(asked, name)
    classes = [getattr(asked[int(i)].scene, name) for i in rows]
    result = {}
    for label in LABELS[name]:
        mine = torch.tensor([own == label for own in classes], dtype=torch.bool)
        if mine.any():
            result[label] = Share(int(right[mine].sum()), int(mine.sum()))
    return result
