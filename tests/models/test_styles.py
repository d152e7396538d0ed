"""The art styles: all there, repeatable, each unlike the others, hue kept where promised."""

from __future__ import annotations

import colorsys
import itertools

import numpy as np
import pytest
import torch
from torch import Tensor

from maquette_recipe.data.samples import PAINTED_STYLES
from maquette_recipe.shown import LABELS
from maquette_recipe.styles.catalogue import OPERATORS, apply_style
from maquette_recipe.styles.sheet import Sheet
from maquette_recipe.world import LOSES_COLOUR, PLAIN, STYLES, UNTAUGHT_STYLES

SIZE = 80


def ball(rgb: tuple[float, float, float] = (0.8, 0.1, 0.1), size: int = SIZE) -> Sheet:
    """A lit ball with its shadow on a grey table, as a renderer would deliver it."""
    at = (torch.arange(size) + 0.5) / size * 2 - 1
    x, y = at[None, :].expand(size, size), at[:, None].expand(size, size)
    far = torch.sqrt(x * x + y * y)
    height = (0.49 - far * far).clamp_min(0).sqrt()
    inside = (far < 0.68).float()
    light = (0.35 + 0.9 * (height * 0.8 - 0.35 * x - 0.35 * y)).clamp(0.2, 1.15)
    shadow = torch.exp(-((x - 0.25) ** 2 / 0.2 + (y - 0.75) ** 2 / 0.02))
    table = (0.72 - 0.35 * shadow).expand(3, size, size)
    thing = (torch.tensor(rgb)[:, None, None] * light).clamp(0, 1)
    lines = 1 - 0.92 * ((far - 0.68).abs() < 0.02).float()
    return Sheet(torch.where(inside > 0, thing, table), lines, inside * (0.1 + height).clamp(0, 1))


def styled(name: str, sheet: Sheet, seed: int = 0) -> Tensor:
    return apply_style(name, sheet, np.random.default_rng(seed))


def test_every_style_has_an_operator() -> None:
    assert set(OPERATORS) == {*STYLES, *UNTAUGHT_STYLES} - {PLAIN}


def test_untaught_styles_are_judged_and_never_trained() -> None:
    assert not set(UNTAUGHT_STYLES) & set(PAINTED_STYLES)
    assert set(UNTAUGHT_STYLES) <= set(LABELS["style"])


def test_plain_is_the_picture_itself() -> None:
    sheet = ball()
    assert torch.equal(styled(PLAIN, sheet), sheet.picture)


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(KeyError):
        styled("cubism", ball())


@pytest.mark.parametrize("name", [*PAINTED_STYLES, *UNTAUGHT_STYLES])
def test_a_style_repeats_with_its_seed_and_varies_with_another(name: str) -> None:
    sheet = ball()
    before = sheet.picture.clone()
    first = styled(name, sheet, 1)
    assert first.shape == sheet.picture.shape
    assert first.dtype == torch.float32
    assert torch.isfinite(first).all()
    assert first.min() >= 0
    assert first.max() <= 1
    assert first.std() > 0.03
    assert torch.equal(first, styled(name, ball(), 1))
    assert any((first - styled(name, sheet, seed)).abs().mean() > 1e-3 for seed in (2, 3, 4))
    assert torch.equal(sheet.picture, before)


@pytest.mark.parametrize("name", [*STYLES, *UNTAUGHT_STYLES])
def test_a_picture_without_object_or_light_stays_finite(name: str) -> None:
    nothing = torch.zeros(64, 64)
    result = styled(name, Sheet(torch.zeros(3, 64, 64), nothing + 1, nothing))
    assert result.shape == (3, 64, 64)
    assert torch.isfinite(result).all()


def test_sizes_that_are_no_power_of_two_are_fine() -> None:
    for name in ("oil", "low_poly", "halftone", "voxel", "knit", "embroidery", "pixel_art"):
        assert styled(name, ball(size=90)).shape == (3, 90, 90)


HUES = {"red": (0.8, 0.1, 0.1), "green": (0.1, 0.6, 0.15), "blue": (0.12, 0.2, 0.8)}


@pytest.mark.parametrize("name", sorted(set(STYLES) - LOSES_COLOUR))
def test_the_hue_of_the_object_survives_where_promised(name: str) -> None:
    for rgb in HUES.values():
        sheet = ball(rgb)
        inside = sheet.depth > 0.3
        mean = styled(name, sheet)[:, inside].mean(1)
        hue, saturation, _ = colorsys.rgb_to_hsv(*mean.tolist())
        wanted = colorsys.rgb_to_hsv(*rgb)[0]
        apart = min(abs(hue - wanted), 1 - abs(hue - wanted))
        assert apart < 0.06, f"{name} turns {rgb} into {mean.tolist()}"
        assert saturation > 0.2


def test_colourless_styles_do_not_tell_the_colour() -> None:
    for name in sorted(LOSES_COLOUR):
        red, blue = (styled(name, ball(HUES[c])) for c in ("red", "blue"))
        inside = ball().depth > 0.3
        apart = (red[:, inside].mean(1) - blue[:, inside].mean(1)).abs().max()
        assert apart < 0.25, name


def _signature(picture: Tensor) -> Tensor:
    """Colour and texture of a picture's parts: means and deviations over a 4 x 4 grid."""
    cells = picture.unfold(1, SIZE // 4, SIZE // 4).unfold(2, SIZE // 4, SIZE // 4)
    return torch.cat([cells.mean((-1, -2)).flatten(), 1.5 * cells.std((-1, -2)).flatten()])


def test_no_two_styles_look_alike() -> None:
    sheet = ball()
    pictures = {name: styled(name, sheet) for name in STYLES}
    signatures = {name: _signature(picture) for name, picture in pictures.items()}
    for a, b in itertools.combinations(STYLES, 2):
        apart = (signatures[a] - signatures[b]).abs().mean()
        pixels = (pictures[a] - pictures[b]).abs().mean()
        assert apart > 0.012, f"{a} looks like {b}: {apart:.4f}"
        assert pixels > 0.02, f"{a} looks like {b}: {pixels:.4f}"
