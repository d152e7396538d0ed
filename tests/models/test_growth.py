"""Curves over training say how many samples a figure would need, and when none would do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from maquette_recipe.evaluate.growth import TARGETS, PowerLaw, fit_power_law, forecast
from maquette_recipe.evaluate.growth_plot import plot_growth

SAMPLES = (1e5, 4e5, 9e5)


def test_a_power_law_is_found_again_and_says_what_a_target_needs() -> None:
    law = PowerLaw(0.9, 30.0, -0.4)
    found = fit_power_law(SAMPLES, [law.at(n) for n in SAMPLES], 0.9)
    assert found.exponent == pytest.approx(-0.4)
    needed = found.needed(0.85)
    assert needed is not None
    assert law.at(needed) == pytest.approx(0.85)


def test_no_training_reaches_what_lies_above_the_ceiling() -> None:
    found = fit_power_law(SAMPLES, [0.1, 0.2, 0.25], 0.4)
    assert found.needed(0.3) is not None
    assert found.needed(0.5) is None
    assert fit_power_law(SAMPLES, [0.3, 0.2, 0.1], 0.4).needed(0.35) is None


def test_a_figure_above_its_ceiling_has_none() -> None:
    rows = [{"samples": n, "colour": 0.86 + n / 2e7} for n in SAMPLES]
    figures = forecast(rows, dict.fromkeys(TARGETS, 0.85))
    assert figures["colour"]["ceiling"] == 1
    assert (figures["colour"]["needed"] or 0) > SAMPLES[-1]


def test_one_model_is_no_curve() -> None:
    with pytest.raises(ValueError, match="give two"):
        fit_power_law([1e5], [0.5], 0.9)


def test_the_forecast_leaves_out_what_only_one_model_can_do_and_is_drawn(tmp_path: Path) -> None:
    rows = [{"samples": n, "form": 0.5 + n / 4e6, "material": 0.1 + n / 1e7} for n in SAMPLES]
    rows[-1]["edge F1, clean sketches"] = 0.6
    ceilings = dict.fromkeys(TARGETS, 0.9) | {"material": 0.4}
    figures = forecast(rows, ceilings)
    assert set(figures) == {"form", "material"}
    assert figures["material"]["needed"] is None
    assert (figures["form"]["needed"] or 0) > SAMPLES[-1]
    plot_growth(rows, figures, tmp_path / "growth.png")
    with Image.open(tmp_path / "growth.png") as picture:
        assert picture.width > 600
