"""Lines out of images: what is found of known drawings, and what is refused."""

from functools import cache

import cv2
import numpy as np
import pytest
from benchmarks.sketch_cleanup import agreement
from benchmarks.sketch_photos import CASES, Case

from maquette.core.cleanup import Cleanup, ImageNature
from maquette.core.pixels import Pixels
from maquette.sketch.cleaning import NO_LINES, NO_PAPER, Cleaner, clean

SIZE = (512, 384)


@cache
def case(name: str) -> Case:
    """The case of the benchmark that is called so."""
    return CASES[name](11, (1200, 900))


def white(width: int = 400, height: int = 300) -> Pixels:
    return np.full((height, width, 3), 255, np.uint8)


def with_line(*points: tuple[int, int], thickness: int = 3) -> Pixels:
    image = white()
    cv2.polylines(image, [np.array(points, np.int32)], False, (0, 0, 0), thickness)
    return image


@pytest.mark.parametrize("name", CASES)
def test_the_lines_of_a_photo_are_found_and_nothing_else(name: str) -> None:
    photo = case(name)
    made = clean(photo.photo, Cleanup(), *SIZE)
    recall, precision = agreement(made.sketch, photo.truth)
    assert recall >= 0.85
    assert precision >= 0.85
    assert not made.found.empty


def test_the_corners_of_the_paper_are_proposed() -> None:
    photo = case("pencil on lined paper")
    found = clean(photo.photo, Cleanup(), *SIZE).found
    assert photo.corners is not None
    assert np.abs(np.array(found.corners) - photo.corners).max() < 8
    assert found.nature is ImageNature.PAPER
    assert found.ruled


def test_corners_that_somebody_set_are_used() -> None:
    photo = case("pencil on plain paper")
    whole = clean(photo.photo, Cleanup(corners=()), *SIZE)
    assert whole.found.corners == ()
    assert photo.corners is not None
    corners = tuple((float(x), float(y)) for x, y in photo.corners)
    set_by_hand = clean(photo.photo, Cleanup(corners=corners), *SIZE)
    assert np.allclose(set_by_hand.found.corners, corners)
    assert agreement(set_by_hand.sketch, photo.truth)[0] > 0.9


@pytest.mark.parametrize(
    "corners",
    [
        ((0, 0), (0, 0), (0, 0), (0, 0)),
        ((0, 0), (100, 0), (200, 0), (300, 0)),
        ((float("nan"), 0), (100, 0), (100, 100), (0, 100)),
        ((5, 5), (100, 5)),
    ],
)
def test_corners_that_enclose_nothing_are_told(corners: tuple[tuple[float, float], ...]) -> None:
    found = clean(with_line((50, 50), (350, 250)), Cleanup(corners=corners), 256, 256).found
    assert found.corners == ()
    assert found.notices == (NO_PAPER,)


def test_corners_in_any_order_and_outside_of_the_image_are_put_right() -> None:
    image = with_line((150, 150), (250, 200))
    crossed = ((399.0, 299.0), (-50.0, -20.0), (0.0, 299.0), (1e6, 0.0))
    found = clean(image, Cleanup(corners=crossed), 256, 256).found
    assert found.corners == ((0.0, 0.0), (399.0, 0.0), (399.0, 299.0), (0.0, 299.0))


def test_printed_lines_go_and_the_strokes_that_cross_them_stay() -> None:
    photo = case("pencil on squared paper")
    cleaner = Cleaner(photo.photo)
    without = cleaner.clean(Cleanup(), *SIZE)
    kept = cleaner.clean(Cleanup(remove_ruling=False, detail=0.9), *SIZE)
    assert without.found.ruled
    assert not kept.found.ruled
    assert (kept.sketch < 128).mean() > 2 * (without.sketch < 128).mean()
    assert agreement(without.sketch, photo.truth)[0] > 0.9


def test_a_printed_line_goes_though_a_stroke_runs_beside_a_part_of_it() -> None:
    photo = np.full((900, 1200, 3), (240, 236, 228), np.uint8)
    photo[45::45] = (160, 160, 168)
    cv2.ellipse(photo, (590, 285), (158, 36), 0, 0, 360, (60, 60, 70), 3)  # to 321, beside 315
    made = clean(photo, Cleanup(nature=ImageNature.PAPER, corners=()), *SIZE)
    assert made.found.ruled
    rows, columns = np.nonzero(made.sketch[..., 0] < 128)
    assert 4 < np.ptp(columns) / np.ptp(rows) < 5  # the ellipse, and no line from side to side


def test_plain_paper_has_no_printed_lines() -> None:
    assert not clean(case("pencil on cream paper").photo, Cleanup(), *SIZE).found.ruled


def test_polarity_is_found_and_can_be_set() -> None:
    chalk = case("chalk on a blackboard")
    assert clean(chalk.photo, Cleanup(), *SIZE).found.inverted
    clean_lines = case("clean drawing")
    assert not clean(clean_lines.photo, Cleanup(), *SIZE).found.inverted
    turned = clean(255 - clean_lines.photo, Cleanup(), *SIZE)
    assert turned.found.inverted
    assert agreement(turned.sketch, clean_lines.truth)[0] > 0.9
    assert clean(255 - clean_lines.photo, Cleanup(invert=False), *SIZE).found.inverted is False


def test_the_sketch_is_dark_on_white_of_the_size_that_was_asked_for() -> None:
    made = clean(with_line((20, 20), (380, 280)), Cleanup(), 320, 256)
    assert made.sketch.shape == (256, 320, 3)
    assert made.sketch.dtype == np.uint8
    assert made.sketch.max() == 255
    assert made.sketch.min() < 40
    assert (made.sketch[..., 0] == made.sketch[..., 2]).all()


def test_weight_makes_lines_thicker_and_detail_lets_fainter_ones_count() -> None:
    image = with_line((50, 50), (350, 250))
    cv2.line(image, (50, 250), (350, 50), (236, 236, 236), 2)
    cleaner = Cleaner(image)
    inks = [(cleaner.clean(Cleanup(weight=w), 256, 256).sketch < 128).sum() for w in (0, 0.5, 1)]
    assert inks[0] < inks[1] < inks[2]
    coarse = cleaner.clean(Cleanup(detail=0.1), 256, 256).sketch
    fine = cleaner.clean(Cleanup(detail=0.95), 256, 256).sketch
    assert (fine < 128).sum() > 1.6 * (coarse < 128).sum()


def test_what_was_drawn_fills_the_sheet_or_stays_where_it_was() -> None:
    image = white(400, 400)
    cv2.rectangle(image, (20, 30), (100, 110), (0, 0, 0), 2)
    filled = clean(image, Cleanup(margin=0.1), 300, 300).sketch[..., 0] < 128
    rows = np.flatnonzero(filled.any(axis=1))
    assert abs(rows[0] - 30) <= 9  # the margin is kept by the whole width of a line
    assert abs(rows[-1] - 270) <= 9
    kept = clean(image, Cleanup(margin=-1.0), 400, 400).sketch[..., 0] < 128
    rows = np.flatnonzero(kept.any(axis=1))
    assert abs(rows[0] - 30) <= 3
    assert abs(rows[-1] - 110) <= 3


def test_a_gap_is_marked_where_it_is_and_a_whole_line_has_none() -> None:
    image = with_line((50, 150), (190, 150))
    cv2.line(image, (204, 150), (350, 150), (0, 0, 0), 3)
    found = clean(image, Cleanup(margin=-1.0), 400, 300).found
    assert len(found.gaps) == 1
    x, y = found.gaps[0]
    assert abs(x - 197) <= 3
    assert abs(y - 150) <= 3
    assert clean(with_line((50, 150), (350, 150)), Cleanup(), 400, 300).found.gaps == ()


def test_an_area_of_ink_becomes_its_outline() -> None:
    image = white()
    cv2.rectangle(image, (100, 80), (300, 220), (0, 0, 0), -1)
    ink = clean(image, Cleanup(margin=-1.0, weight=0), 400, 300).sketch[..., 0] < 128
    assert not ink[110:190, 130:270].any()
    assert ink[74:90, 150:250].any(axis=0).mean() > 0.9


def test_edges_of_things_become_lines() -> None:
    y, x = np.mgrid[0:300, 0:400]
    image = np.full((300, 400, 3), (60, 80, 110), np.float32) + (x[..., None] * 0.1)
    ball = (x - 200) ** 2 + (y - 150) ** 2 < 100**2
    image[ball] = np.array((190, 90, 50)) * (0.5 + 0.5 * (1 - (x[ball] / 400)))[:, None]
    made = clean(image.astype(np.uint8), Cleanup(nature=ImageNature.SCENE, margin=-1), 400, 300)
    found = made.sketch[..., 0] < 128
    angles = np.linspace(0, 2 * np.pi, 90)
    around = [
        found[int(150 + 100 * np.sin(a)) - 4 : int(150 + 100 * np.sin(a)) + 5,
              int(200 + 100 * np.cos(a)) - 4 : int(200 + 100 * np.cos(a)) + 5].any()
        for a in angles
    ]  # fmt: skip
    assert np.mean(around) > 0.95
    assert not found[120:180, 160:240].any()


@pytest.mark.parametrize("grey", [255, 128, 0])
@pytest.mark.parametrize("nature", list(ImageNature))
def test_paper_without_lines_asks_for_some(grey: int, nature: ImageNature) -> None:
    blank = np.full((300, 400, 3), grey, np.uint8)
    made = clean(blank, Cleanup(nature=nature), 256, 256)
    assert made.found.empty
    assert made.found.notices == (NO_LINES,)
    assert (made.sketch == 255).all()


def test_a_single_dot_is_no_line_and_is_not_blown_up() -> None:
    image = white()
    cv2.circle(image, (200, 150), 2, (0, 0, 0), -1)
    assert clean(image, Cleanup(), 256, 256).found.empty
    assert (clean(image, Cleanup(detail=1.0), 256, 256).sketch < 128).mean() < 0.01


def test_noise_of_a_sensor_is_no_line() -> None:
    noise = np.random.default_rng(1).normal(size=(600, 800, 3)) * 4
    paper = (240 + noise).clip(0, 255).astype(np.uint8)
    for detail in (0.5, 1.0):
        assert clean(paper, Cleanup(detail=detail), 256, 256).found.empty


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (1, 4000), (3, 2000), (7, 7)])
def test_odd_shapes_are_no_trouble(shape: tuple[int, int]) -> None:
    striped = np.zeros((*shape, 3), np.uint8)
    striped[shape[0] // 2, :] = 255
    noisy = np.random.default_rng(0).integers(0, 256, (*shape, 3), np.uint8)
    for image in (striped, noisy):
        assert clean(image, Cleanup(), 256, 320).sketch.shape == (320, 256, 3)


def test_the_same_image_gives_the_same_sketch() -> None:
    photo = case("pencil on plain paper").photo
    first, second = clean(photo, Cleanup(), *SIZE), clean(photo.copy(), Cleanup(), *SIZE)
    assert (first.sketch == second.sketch).all()
    assert first.found == second.found
    again = Cleaner(photo)
    again.clean(Cleanup(detail=0.9, invert=True, corners=()), *SIZE)
    assert (again.clean(Cleanup(), *SIZE).sketch == first.sketch).all()


def test_large_images_are_reduced_before_anything_else() -> None:
    image = np.full((3000, 4000, 3), 255, np.uint8)
    cv2.line(image, (500, 500), (3500, 2500), (0, 0, 0), 12)
    made = clean(image, Cleanup(), 256, 256)
    assert max(made.before.shape) == 2048
    assert not made.found.empty
