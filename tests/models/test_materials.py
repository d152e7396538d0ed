"""Looks of rendered objects: materials, colours, settings, moods and second colours tell apart."""

from __future__ import annotations

import colorsys
import dataclasses
import itertools
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from torch import Tensor

from maquette_recipe.render.camera import sample_pose
from maquette_recipe.render.forms import form_named
from maquette_recipe.render.materials import PALETTE
from maquette_recipe.render.shade import ACCENT_SHARE, shade, tone_map
from maquette_recipe.render.trace import GeometryBuffer, trace
from maquette_recipe.world import (
    COLOURS,
    MATERIALS,
    METALS,
    MOODS,
    PAINT_COLOURS,
    SETTINGS,
    Attributes,
    Thing,
)

SIZE = 48
HUED = [c for c in PAINT_COLOURS if c not in ("white", "black", "grey")]
PLAIN = Attributes(
    form="vase", colour="red", material="matte", setting="grey", view="three_quarter",
    turn="front", light="left",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def vase() -> GeometryBuffer:
    rng = np.random.default_rng(1)
    form = form_named("vase")
    return trace(form, form.sample(rng, 1), sample_pose(rng, form, [PLAIN]), SIZE, 2)


@pytest.fixture(scope="module")
def inside(vase: GeometryBuffer) -> Tensor:
    """Pixels (SIZE, SIZE) that the vase covers wholly."""
    covered = torch.zeros(vase.samples**2)
    covered[vase.index] = 1
    grid = covered.view(1, 1, vase.samples, -1)
    return torch.nn.functional.avg_pool2d(grid, 2)[0, 0] > 0.99


def hue(rgb: Tensor) -> float:
    return colorsys.rgb_to_hsv(*rgb.tolist())[0] * 360


def test_every_material_differs_from_every_other(vase: GeometryBuffer, inside: Tensor) -> None:
    for colour, setting in (("red", "grey"), ("white", "white"), ("black", "beige")):
        looks = [
            dataclasses.replace(PLAIN, colour=colour, setting=setting, material=m)
            for m in MATERIALS
        ]
        pictures = shade(vase, 0, looks)[:, :, inside]
        for (a, one), (b, other) in itertools.combinations(
            zip(MATERIALS, pictures, strict=True), 2
        ):
            assert (one - other).abs().mean() > 0.025, (colour, a, b)


@pytest.mark.parametrize("material", MATERIALS)
def test_colours_keep_their_hue(material: str, vase: GeometryBuffer, inside: Tensor) -> None:
    for setting in ("grey", "dark", "white"):
        looks = [
            dataclasses.replace(PLAIN, colour=c, material=material, setting=setting) for c in HUED
        ]
        means = shade(vase, 0, looks)[:, :, inside].mean(-1)
        for colour, mean in zip(HUED, means, strict=True):
            named = hue(tone_map(torch.tensor(PALETTE[colour])))
            away = abs((hue(mean) - named + 180) % 360 - 180)
            assert away < 18, (colour, setting, away)


def test_no_two_colours_share_a_look(vase: GeometryBuffer, inside: Tensor) -> None:
    for material in MATERIALS:
        named = COLOURS if material in METALS else PAINT_COLOURS
        looks = [dataclasses.replace(PLAIN, colour=c, material=material) for c in named]
        means = shade(vase, 0, looks)[:, :, inside].mean(-1)
        for (a, one), (b, other) in itertools.combinations(zip(named, means, strict=True), 2):
            assert (one - other).norm() > 0.05, (material, a, b)


def test_white_objects_keep_their_shading_and_black_ones_show_form(
    vase: GeometryBuffer, inside: Tensor
) -> None:
    for material, setting in itertools.product(("matte", "glossy", "ceramic"), SETTINGS):
        looks = [
            dataclasses.replace(PLAIN, colour=c, material=material, setting=setting)
            for c in ("white", "black")
        ]
        white, black = shade(vase, 0, looks)[:, :, inside].mean(1)
        assert (white > 0.97).float().mean() < 0.05, (material, setting)
        assert white.std() > 0.04, (material, setting)
        assert black.quantile(0.95) - black.quantile(0.05) > 0.05, (material, setting)


def test_every_setting_and_every_mood_has_its_own_surroundings(
    vase: GeometryBuffer, inside: Tensor
) -> None:
    around = torch.nn.functional.max_pool2d(inside[None].float(), 3, 1, 1)[0] == 0
    for words, field, floor in ((SETTINGS, "setting", 0.05), (MOODS, "mood", 0.02)):
        looks = [dataclasses.replace(PLAIN, **{field: word}) for word in words]
        pictures = shade(vase, 0, looks)
        assert torch.isfinite(pictures).all()
        for (a, one), (b, other) in itertools.combinations(zip(words, pictures, strict=True), 2):
            assert (one - other)[:, around].abs().mean() > floor, (a, b)


def test_settings_stay_apart_in_every_mood(vase: GeometryBuffer, inside: Tensor) -> None:
    for mood in MOODS:
        looks = [dataclasses.replace(PLAIN, mood=mood, setting=s) for s in SETTINGS]
        pictures = shade(vase, 0, looks)[:, :, ~inside]
        for (a, one), (b, other) in itertools.combinations(zip(SETTINGS, pictures, strict=True), 2):
            assert (one - other).abs().mean() > 0.03, (mood, a, b)


def test_hard_light_has_darker_and_crisper_shadows_than_soft_light(vase: GeometryBuffer) -> None:
    looks = [dataclasses.replace(PLAIN, mood=mood) for mood in ("hard", "soft")]
    rows = shade(vase, 0, looks).mean(1)[:, SIZE // 2 :]
    steepest = (rows[:, :, 1:] - rows[:, :, :-1]).abs()
    behind = vase.ground_light[0].view(SIZE, SIZE)[SIZE // 2 :]
    edge = (behind[:, 1:] - behind[:, :-1]).abs() > 0.05
    assert steepest[0][edge].mean() > 1.5 * steepest[1][edge].mean()


def test_second_colour_paints_the_lower_part_only(vase: GeometryBuffer, inside: Tensor) -> None:
    plain, two = shade(vase, 0, [PLAIN, dataclasses.replace(PLAIN, accent="blue")])
    painted = ((plain - two).abs().sum(0) > 0.02) & inside
    rows = inside.any(1).nonzero()[:, 0]
    top, foot = int(rows[0]), int(rows[-1])
    reached = painted.any(1).nonzero()[:, 0]
    share = (foot - int(reached[0])) / (foot - top)
    assert ACCENT_SHARE[0] - 0.12 < share < ACCENT_SHARE[1] + 0.12
    assert int(reached[-1]) >= foot - 1
    lower = two[:, foot - 4 : foot - 1][:, inside[foot - 4 : foot - 1]].mean(-1)
    assert 205 < hue(lower) < 240
    middle = two[:, top + 6 : top + 10][:, inside[top + 6 : top + 10]].mean(-1)
    assert hue(middle) > 345 or hue(middle) < 15


def test_companions_take_their_own_colour_and_no_second_colour(
    vase: GeometryBuffer, inside: Tensor
) -> None:
    halves = (vase.local[:, 0] > 0).long()
    pair = dataclasses.replace(vase, thing=halves)
    scene = dataclasses.replace(PLAIN, accent="green", others=(Thing("vase", "blue", "matte"),))
    picture = shade(pair, 0, [scene])[0]
    other = torch.zeros(vase.samples**2)
    other[vase.index[halves == 1]] = 1
    mask = torch.nn.functional.avg_pool2d(other.view(1, 1, vase.samples, -1), 2)[0, 0] > 0.99
    assert 205 < hue(picture[:, mask].mean(-1)) < 240
    red, green, blue = picture[:, mask]
    assert ((blue > green) & (blue > red)).float().mean() > 0.99


def test_clear_glass_shows_what_is_behind_it(vase: GeometryBuffer, inside: Tensor) -> None:
    def change(material: str) -> float:
        looks = [
            dataclasses.replace(PLAIN, colour="white", material=material, setting=s)
            for s in ("blue", "beige")
        ]
        blue, beige = shade(vase, 0, looks)[:, :, inside]
        return float((blue - beige).abs().mean())

    assert change("glass") > 3 * change("matte")
