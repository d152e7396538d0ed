"""The visible label is where it must be, high enough, and legible on anything."""

from collections.abc import Callable

import numpy as np
import pytest

from maquette.core.marking import VisibleLabel
from maquette.core.pixels import Pixels
from maquette.provenance.visible_label import carries_label, draw_label, plan_label, words_of

WORDS = [VisibleLabel.AI, VisibleLabel.ENGLISH, VisibleLabel.CHINESE]
SIZES = [
    (256, 256),
    (257, 301),
    (256, 1280),
    (1280, 256),
    (512, 512),
    (768, 512),
    (1536, 1024),
    (4096, 820),
    (4096, 4096),
]


def luminance(colours: np.ndarray) -> np.ndarray:
    """Relative luminance of sRGB, as WCAG 2.2 defines it."""
    share = colours / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def ink(drawn: Pixels) -> np.ndarray:
    """Where a label on black is at least half white."""
    return drawn[..., 1] >= 128


@pytest.mark.parametrize("label", WORDS)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_letters_are_high_enough_and_in_the_corner(
    label: VisibleLabel, width: int, height: int
) -> None:
    drawn = draw_label(np.zeros((height, width, 3), np.uint8), label)
    assert drawn is not None
    rows, columns = np.nonzero(ink(drawn))
    shortest = min(width, height)
    # The first letter is the A of "AI": the columns of ink up to the first gap.
    filled = np.unique(columns)
    first = filled[: np.argmax(np.diff(filled) > 1) + 1]
    of_letter = rows[np.isin(columns, first)]
    assert of_letter.max() - of_letter.min() + 1 >= 0.05 * shortest
    assert width - columns.max() < 0.15 * shortest
    assert height - rows.max() < 0.15 * shortest
    assert rows.min() > height / 2


def backgrounds(pictures: Callable[[int, int], dict[str, Pixels]]) -> dict[str, Pixels]:
    y, x = np.mgrid[0:320, 0:480]
    waves = [np.sin(x / 37 + y / 80), np.cos(y / 29), np.sin((x + y) / 53)]
    noise = np.random.default_rng(0).normal(0, 12, (320, 480, 3))
    photo = (128 + 100 * np.stack(waves, axis=-1) + noise).clip(0, 255).astype(np.uint8)
    return pictures(320, 480) | {"photo": photo}


@pytest.mark.parametrize("label", WORDS)
def test_the_words_stand_out_on_any_picture(
    label: VisibleLabel, pictures: Callable[[int, int], dict[str, Pixels]]
) -> None:
    plan = plan_label(480, 320, label)
    assert plan is not None
    letters = plan.text > 0.99
    beside = (plan.text < 0.01) & (plan.plate > 0.99)
    assert letters.any()
    assert beside.any()
    for name, pixels in backgrounds(pictures).items():
        drawn = draw_label(pixels, label)
        assert drawn is not None
        corner = luminance(drawn[plan.box])
        assert (corner[letters].min() + 0.05) / (corner[beside].max() + 0.05) >= 7, name


@pytest.mark.parametrize("label", WORDS)
def test_a_label_is_recognised_and_nothing_else_is(
    label: VisibleLabel, pictures: Callable[[int, int], dict[str, Pixels]]
) -> None:
    for name, pixels in backgrounds(pictures).items():
        drawn = draw_label(pixels, label)
        assert drawn is not None
        assert carries_label(drawn, label), name
        assert not carries_label(pixels, label), name
        others = [other for other in WORDS if other is not label]
        assert not any(carries_label(drawn, other) for other in others), name


def test_only_the_corner_changes(scene: Pixels) -> None:
    before = scene.copy()
    drawn = draw_label(scene, VisibleLabel.CHINESE)
    plan = plan_label(256, 256, VisibleLabel.CHINESE)
    assert drawn is not None
    assert plan is not None
    assert np.array_equal(scene, before)
    drawn[plan.box] = scene[plan.box]
    assert np.array_equal(drawn, scene)


def test_a_label_shows_on_what_is_transparent(scene: Pixels) -> None:
    clear = np.dstack([scene, np.zeros(scene.shape[:2], np.uint8)])
    drawn = draw_label(clear, VisibleLabel.AI)
    plan = plan_label(256, 256, VisibleLabel.AI)
    assert drawn is not None
    assert plan is not None
    assert drawn[plan.box][..., 3][plan.text > 0.99].min() == 255


@pytest.mark.parametrize(("width", "height"), [(1, 5000), (40, 40), (5000, 1)])
def test_where_it_does_not_fit_there_is_none(width: int, height: int) -> None:
    assert draw_label(np.zeros((height, width, 3), np.uint8), VisibleLabel.ENGLISH) is None
    assert not carries_label(np.zeros((height, width, 3), np.uint8), VisibleLabel.ENGLISH)


def test_the_chinese_wording_names_ai_and_generation() -> None:
    # GB 45438-2025, 5.2: 人工智能 or AI, and 生成 or 合成.
    words = words_of(VisibleLabel.CHINESE)
    assert "AI" in words
    assert "生成" in words
    assert words_of(VisibleLabel.NONE) == ""
