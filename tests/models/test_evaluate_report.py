"""Evaluation: held-out captions in both languages, honest intervals, readable sheets."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from PIL import Image

from maquette_recipe.evaluate.classifier import LABELS, Judge, label_indices
from maquette_recipe.evaluate.generate import EVALUATED_NAMES, evaluation_captions
from maquette_recipe.evaluate.report import Share, accuracies, per_class
from maquette_recipe.evaluate.sheets import contact_sheet
from maquette_recipe.world import is_held_out


def test_evaluation_captions_are_held_out_and_in_both_languages() -> None:
    asked = evaluation_captions(100, seed=0)
    assert all(is_held_out(s.form, s.colour, s.material) for s, _ in asked)
    assert all(c.named == EVALUATED_NAMES for _, c in asked)
    assert sum(c.language == "zh" for _, c in asked) == 50
    assert [c.text for _, c in asked] == [c.text for _, c in evaluation_captions(100, seed=0)]


def test_share_has_the_wilson_interval() -> None:
    low, high = Share(80, 100).interval
    assert (low, high) == pytest.approx((0.7112, 0.8666), abs=1e-3)
    assert Share(0, 10).interval[0] == 0
    assert Share(10, 10).interval[1] == 1


def test_accuracies_count_per_language_and_class() -> None:
    asked = evaluation_captions(40, seed=1)
    predicted = label_indices([scene for scene, _ in asked])
    predicted["colour"] = predicted["colour"].clone()
    predicted["colour"][0] += 1
    shares = accuracies(predicted, asked)
    assert shares["all"]["form"] == Share(40, 40)
    assert shares["en"]["colour"] == Share(19, 20)
    assert shares["zh"]["colour"] == Share(20, 20)
    classes = per_class(predicted, asked, "colour")
    assert sum(s.total for s in classes.values()) == 40


def test_judge_has_a_head_for_every_attribute() -> None:
    logits = Judge().eval()(torch.rand(2, 3, 256, 256))
    assert {name: out.shape[1] for name, out in logits.items()} == {
        name: len(classes) for name, classes in LABELS.items()
    }


def test_contact_sheet_holds_every_picture(tmp_path: Path) -> None:
    pictures = torch.rand(3, 3, 64, 64)
    contact_sheet(pictures, ["a red mug", "蓝色花瓶", "x" * 40], tmp_path / "s.png", columns=2)
    with Image.open(tmp_path / "s.png") as sheet:
        assert sheet.width == 2 * (64 + 16) + 16
        assert sheet.height == 2 * (64 + 48 + 16) + 16
