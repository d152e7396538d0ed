"""The evaluation's captions, shares, table, sheets and curves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from maquette_recipe.evaluate.accuracy import (
    accuracies,
    judged_rows,
    language_differences,
    per_class,
)
from maquette_recipe.evaluate.asked import PLAIN_NAMES, evaluation_captions, is_styled
from maquette_recipe.evaluate.intervals import Share
from maquette_recipe.evaluate.measure import QUICK
from maquette_recipe.evaluate.plots import plot_all_stages
from maquette_recipe.evaluate.report import markdown, table
from maquette_recipe.evaluate.sheets import (
    comparison_matrix,
    contact_sheet,
    group_sheet,
    sheet_font,
    wrapped,
)
from maquette_recipe.evaluate.showpieces import SHOWN_MATERIALS, SHOWN_STYLES, random_prompts
from maquette_recipe.shown import label_indices
from maquette_recipe.train.budget import RunLog, read_log
from maquette_recipe.world import LOSES_COLOUR, STYLES, is_held_out


def test_evaluation_captions_are_held_out_and_in_both_languages() -> None:
    asked = evaluation_captions(100, seed=0)
    assert all(is_held_out(a.scene.form, a.scene.colour, a.scene.material) for a in asked)
    assert sum(a.caption.language == "zh" for a in asked) == 50
    styled = [a for a in asked if is_styled(a)]
    assert len(styled) == 40
    assert sum(a.caption.language == "zh" for a in styled) == 20
    assert all(a.caption.named == PLAIN_NAMES for a in asked if not is_styled(a))
    for a in styled:
        assert {"form", "style"} <= a.caption.named
        assert ("colour" in a.caption.named) is (a.scene.style not in LOSES_COLOUR)


def test_fewer_captions_are_the_first_of_more_and_styles_take_turns() -> None:
    many = evaluation_captions(300, seed=0)
    few = evaluation_captions(40, seed=0)
    assert [a.caption.text for a in few] == [a.caption.text for a in many[:40]]
    counts = Counter(a.scene.style for a in many if is_styled(a))
    assert set(counts) == set(STYLES[1:])
    assert set(counts.values()) == {2}


def test_accuracies_count_what_is_judged_per_language_and_class() -> None:
    asked = evaluation_captions(40, seed=1)
    predicted = {n: v.clamp_min(0) for n, v in label_indices([a.scene for a in asked]).items()}
    predicted["colour"] = predicted["colour"].clone()
    wrong = int(judged_rows(asked, "colour")[0])
    predicted["colour"][wrong] += 1
    shares = accuracies(predicted, asked)
    assert shares["all"]["form"] == Share(40, 40)
    assert shares["all"]["style"] == Share(16, 16)
    told = len(judged_rows(asked, "colour"))
    assert 24 <= told < 40
    assert shares["all"]["colour"] == Share(told - 1, told)
    spoken = asked[wrong].caption.language
    assert shares[spoken]["colour"].right == shares[spoken]["colour"].total - 1
    difference = language_differences(shares)["colour"]
    assert (difference.value < 0) is (spoken == "en")
    assert difference.low <= difference.value <= difference.high
    classes = per_class(predicted, asked, "colour")
    assert sum(s.total for s in classes.values()) == told
    assert sum(s.right for s in classes.values()) == told - 1


@pytest.fixture
def part() -> dict[str, Any]:
    """Figures as the evaluation makes them."""
    asked = evaluation_captions(20, seed=1)
    predicted = {n: v.clamp_min(0) for n, v in label_indices([a.scene for a in asked]).items()}
    shares = accuracies(predicted, asked)
    distance = {
        "frechet": {"name": "feature distance (FID form, own classifier)", "value": 12.5},
        "kernel": {"name": "kernel distance (KID form, own classifier)", "value": 0.25},
    }
    sketches = {"count": 9, "f1": 0.81, "f1_low": 0.8, "f1_high": 0.82, "precision": 0.7,
                "recall": 0.9, "chamfer": 1.75, "f1_fixed": 0.7}  # fmt: skip
    return {
        "captions": 20,
        "accuracy": {k: {n: s.as_json() for n, s in row.items()} for k, row in shares.items()},
        "english_minus_chinese": {n: e.as_json() for n, e in language_differences(shares).items()},
        "distance": {**distance, "features": "of a test", "real": 30, "between_renders": distance},
        "sketches": {"renders": sketches, "clean": sketches},
        **{
            f"by_{n}": {k: s.as_json() for k, s in per_class(predicted, asked, n).items()}
            for n in ("form", "colour", "material", "style")
        },
    }


def test_the_page_shows_every_figure_in_its_column(part: dict[str, Any]) -> None:
    quick = {**part, "sketches": {"renders": part["sketches"]["renders"]}, "captions": 16}
    report = {
        "version": "9.9", "samples_trained": 1234, "sampler": {"steps": 10, "guidance": 3.0},
        "full": part, "quick": quick,
    }  # fmt: skip
    page = markdown(report)
    assert "Maquette Mini 9.9" in page
    assert "| form right, both languages | 100.0% (83.9% – 100.0%) |" in page
    assert "| chamfer distance in pixels, clean sketches | 1.75 | – |" in page
    assert "feature distance (FID form, own classifier) | 12.5 | 12.5 |" in page
    assert "augmented" not in page
    assert table({"now": quick})[0] == "| figure | now |"


def test_contact_sheet_holds_every_picture(tmp_path: Path) -> None:
    pictures = torch.rand(3, 3, 64, 64)
    contact_sheet(pictures, ["a red mug", "蓝色花瓶", "x" * 8], tmp_path / "s.png", columns=2)
    with Image.open(tmp_path / "s.png") as sheet:
        assert sheet.width == 2 * (64 + 14) + 14
        assert sheet.height > 2 * 64
        corner = sheet.crop((14, 14, 15, 15)).getpixel((0, 0))
    expected = (pictures[0, :, 0, 0] * 255).round().int().tolist()
    assert corner == tuple(expected)


def test_long_captions_stay_in_their_column() -> None:
    font = sheet_font(13)
    for text in ("a purple frosted glass teapot on a warm beige background " * 5, "蓝色花瓶" * 40):
        lines = wrapped(text, font, 150)
        assert len(lines) == 4
        assert all(font.getlength(line.removesuffix(" …")) <= 150 for line in lines)
        assert lines[-1].endswith("…")


def test_groups_and_matrix_are_drawn(tmp_path: Path) -> None:
    trio = list(torch.rand(3, 3, 32, 32))
    group_sheet([("a", trio), ("b", trio)], tmp_path / "g.png", columns=2, side=32, names=("x",))
    comparison_matrix(
        [("mug", torch.rand(2, 3, 32, 32), torch.rand(1, 3, 32, 32))] * 3, tmp_path / "m.png"
    )
    with Image.open(tmp_path / "g.png") as sheet:
        assert sheet.width == 2 * (96 + 14) + 14
    with Image.open(tmp_path / "m.png") as sheet:
        assert sheet.height == 26 + 2 * 96


def test_sheets_show_what_the_seed_draws() -> None:
    assert random_prompts(8, 1) == random_prompts(8, 1) != random_prompts(8, 2)
    assert len(set(SHOWN_STYLES)) == len(set(SHOWN_MATERIALS)) == 12
    assert QUICK.captions == 128


def test_every_stage_gets_its_curves_and_event_files(tmp_path: Path) -> None:
    log = RunLog(tmp_path / "base.jsonl")
    for step in range(60):
        log.write(step=step, samples=8 * step, loss=2.0 / (step + 1), name="x")
    (tmp_path / "empty.jsonl").write_text("")
    assert len(read_log(tmp_path / "base.jsonl")) == 60
    assert list((tmp_path / "tensorboard" / "base").glob("events.*"))
    (picture,) = plot_all_stages(tmp_path, tmp_path / "docs")
    assert picture.name == "loss-base.png"
    with Image.open(picture) as image:
        assert image.width > 300
