"""Fidelity: what counts as followed, missed and invented, and what it must not be fooled by."""

import cv2
import numpy as np
import pytest

from maquette.core.fidelity import Fidelity, LineClass
from maquette.core.pixels import Pixels
from maquette.sketch.fidelity import measure

SIDE = 256
Points = list[tuple[int, int]]
BOX: Points = [(60, 70), (190, 70), (190, 200), (60, 200)]
BAR: Points = [(90, 110), (160, 110), (160, 130), (90, 130)]


def sketch(*shapes: Points, side: int = SIDE, width: int = 2, shift: int = 0) -> Pixels:
    """Outlines in black on white paper."""
    paper = np.full((side, side, 3), 255, np.uint8)
    for points in shapes:
        at = (np.array(points) * side / SIDE).astype(np.int32) + shift
        cv2.polylines(paper, [at], True, (0, 0, 0), max(1, width * side // SIDE))
    return paper


def render(*shapes: Points, side: int = SIDE, ground: int = 190) -> Pixels:
    """The same shapes as filled things in different colours, softly lit."""
    light = np.linspace(0, 25, side)[:, None, None]
    picture = np.full((side, side, 3), ground, np.float32) + light
    colours = [(150, 60, 40), (40, 90, 150), (40, 120, 50)]
    for points, colour in zip(shapes, colours, strict=False):
        cv2.fillPoly(picture, [(np.array(points) * side / SIDE).astype(np.int32)], colour)
    return cv2.GaussianBlur(picture, (0, 0), side / SIDE).clip(0, 255).astype(np.uint8)


def fidelity(picture: Pixels, drawn: Pixels, weights: Pixels | None = None) -> Fidelity:
    measured = measure(picture, drawn, weights)
    assert measured is not None
    return measured.fidelity


@pytest.mark.parametrize("side", [256, 512, 1024])
def test_a_render_of_what_was_drawn_follows_it_at_every_size(side: int) -> None:
    found = fidelity(render(BOX, BAR, side=side), sketch(BOX, BAR, side=side))
    assert found.score > 0.95
    assert found.missed == 0


def test_lines_that_are_not_there_are_missed_and_others_are_invented() -> None:
    missing = fidelity(render(BOX), sketch(BOX, BAR))
    assert missing.precision > 0.95
    assert 0.6 < missing.recall < 0.85  # the bar is a quarter of what was drawn
    assert missing.missed == 1
    inventing = fidelity(render(BOX, BAR), sketch(BOX))
    assert inventing.recall > 0.95
    assert inventing.precision < 0.85
    assert inventing.missed == 0


def test_what_is_far_from_the_drawing_is_no_invention() -> None:
    """A table's edge and a wall's corner: of them the sketch says nothing."""
    picture = render(BOX)
    picture[230:] = 20
    picture[:, :20] = 240
    assert fidelity(picture, sketch(BOX)).score > 0.95


def test_a_shift_of_six_pixels_is_no_agreement_and_one_of_one_is() -> None:
    picture = render(BOX, BAR)
    assert fidelity(picture, sketch(BOX, BAR, shift=1)).score > 0.9
    assert fidelity(picture, sketch(BOX, BAR, shift=6)).score < 0.3


@pytest.mark.parametrize("width", [1, 6, 9, 12])
def test_the_pen_does_not_matter(width: int) -> None:
    assert fidelity(render(BOX, BAR), sketch(BOX, BAR, width=width)).score > 0.93


def test_a_stroke_drawn_twice_and_by_a_shaky_hand_is_one_line() -> None:
    random = np.random.default_rng(3)
    drawn = np.full((SIDE, SIDE, 3), 255, np.uint8)
    for _ in range(2):
        for (x0, y0), (x1, y1) in zip(BOX, [*BOX[1:], BOX[0]], strict=True):
            steps = np.linspace(0, 1, 12)
            line = np.stack([x0 + (x1 - x0) * steps, y0 + (y1 - y0) * steps], axis=1)
            line += random.normal(0, 0.9, line.shape)
            cv2.polylines(drawn, [line.round().astype(np.int32)], False, (30, 30, 30), 1)
    found = fidelity(render(BOX), drawn)
    assert found.score > 0.93
    assert found.missed == 0


def test_what_was_filled_in_is_followed_at_its_outline() -> None:
    drawn = sketch(BOX)
    cv2.fillPoly(drawn, [np.array(BAR, np.int32)], (0, 0, 0))
    assert fidelity(render(BOX, BAR), drawn).score > 0.9


def test_grain_is_not_invented_and_noise_follows_nothing() -> None:
    random = np.random.default_rng(5)
    grain = random.normal(0, 12, (SIDE, SIDE, 1))
    woven = (render(BOX) + grain).clip(0, 255).astype(np.uint8)
    assert fidelity(woven, sketch(BOX)).score > 0.85
    noise = random.integers(0, 256, (SIDE, SIDE, 3)).astype(np.uint8)
    assert fidelity(noise, sketch(BOX, BAR)).score < 0.4


def test_an_empty_picture_follows_nothing() -> None:
    found = fidelity(np.full((SIDE, SIDE, 3), 128, np.uint8), sketch(BOX))
    assert (found.score, found.recall, found.precision) == (0, 0, 0)
    assert found.missed >= 1


def test_locked_lines_are_counted_apart() -> None:
    weights = np.full((SIDE, SIDE, 3), 150, np.uint8)
    weights[100:140, 80:170] = 255  # around the bar
    assert fidelity(render(BOX, BAR), sketch(BOX, BAR), weights).locked_recall == pytest.approx(
        1, abs=0.05
    )
    assert fidelity(render(BOX), sketch(BOX, BAR), weights).locked_recall == pytest.approx(
        0, abs=0.05
    )
    assert fidelity(render(BOX), sketch(BOX)).locked_recall is None
    nowhere = np.zeros_like(weights)
    assert fidelity(render(BOX), sketch(BOX), nowhere).locked_recall is None


def test_paper_without_lines_has_no_fidelity() -> None:
    blank = np.full((SIDE, SIDE, 3), 255, np.uint8)
    assert measure(render(BOX), blank) is None
    blank[100:103, 100:103] = 0  # a dot
    assert measure(render(BOX), blank) is None
    assert measure(render(BOX), np.zeros_like(blank)) is None  # all black has no outline


def test_sizes_must_agree() -> None:
    with pytest.raises(ValueError, match="sizes differ"):
        measure(render(BOX), sketch(BOX)[:200])


@pytest.mark.parametrize("side", [256, 640])
def test_the_map_says_where(side: int) -> None:
    measured = measure(render(BOX, side=side), sketch(BOX, BAR, side=side))
    assert measured is not None
    overlay = measured.overlay
    assert overlay.shape == (side, side)
    at = side / SIDE

    def classes(x: int, y: int) -> set[int]:
        window = overlay[round((y - 3) * at) : round((y + 4) * at), round(x * at)]
        return set(window.tolist()) - {LineClass.NOTHING}

    assert classes(125, 70) == {LineClass.FOLLOWED}
    assert classes(125, 110) == {LineClass.MISSED}
    invented = measure(render(BOX, BAR, side=side), sketch(BOX, side=side))
    assert invented is not None
    overlay = invented.overlay
    assert classes(125, 110) == {LineClass.INVENTED}
    assert classes(20, 20) == set()
