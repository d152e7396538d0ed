"""What networks are shown of our images: lines turned, thinned, softened; the rest as it is."""

import numpy as np
import pytest

from maquette.core.control import ControlKind
from maquette.core.control_kinds import ControlHint
from maquette.core.pixels import Pixels
from maquette.worker.control_images import shown_to

SIDE = 128
LINE = slice(60, 67)  # rows of a line seven pixels wide


@pytest.fixture
def sketch() -> Pixels:
    paper = np.full((SIDE, SIDE, 3), 255, np.uint8)
    paper[LINE, 20:100] = 0
    return paper


@pytest.fixture
def photo() -> Pixels:
    return np.random.default_rng(4).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)


def test_the_built_in_model_sees_the_drawing_itself(sketch: Pixels) -> None:
    shown = shown_to(ControlHint.DRAWN, 3)(sketch, ControlKind.SKETCH)
    # A sketch is what it learned from, so nothing of it may be turned.
    assert np.array_equal(shown, sketch.astype(np.float32) / 255)


@pytest.mark.parametrize("hint", [ControlHint.SCRIBBLE, ControlHint.LINEART])
def test_scribbles_are_white_on_black(sketch: Pixels, hint: ControlHint) -> None:
    shown = shown_to(hint, 3)(sketch, ControlKind.SKETCH)
    assert shown.shape == (SIDE, SIDE, 3)
    assert shown.dtype == np.float32
    assert (shown[63, 50], shown[10, 10]) == (pytest.approx(1.0), pytest.approx(0.0))


def test_canny_lines_are_one_pixel_wide_and_where_they_were(sketch: Pixels) -> None:
    shown = shown_to(ControlHint.CANNY, 3)(sketch, ControlKind.SKETCH)
    assert set(np.unique(shown)) == {0.0, 1.0}
    across = shown[:, 60, 0]
    assert across.sum() == 1
    assert int(across.argmax()) in range(61, 66)


def test_soft_edges_fade_and_keep_their_strength(sketch: Pixels) -> None:
    shown = shown_to(ControlHint.SOFT_EDGES, 3)(sketch, ControlKind.SKETCH)[:, 60, 0]
    assert shown.max() == pytest.approx(1.0)
    assert shown[5] == 0
    assert 0 < shown[58] < shown[60] < shown[63]


def test_blank_paper_says_nothing_to_any_network() -> None:
    blank = np.full((SIDE, SIDE, 3), 255, np.uint8)
    for hint in (ControlHint.SCRIBBLE, ControlHint.CANNY, ControlHint.SOFT_EDGES):
        assert not shown_to(hint, 1)(blank, ControlKind.SKETCH).any()


@pytest.mark.parametrize(
    ("hint", "kind"),
    [(ControlHint.DEPTH, ControlKind.DEPTH), (ControlHint.NORMAL, ControlKind.NORMAL)],
)
def test_what_means_the_same_is_shown_as_it_is(
    photo: Pixels, hint: ControlHint, kind: ControlKind
) -> None:
    assert np.array_equal(shown_to(hint, 3)(photo, kind), photo.astype(np.float32) / 255)


def test_normals_of_the_other_convention_are_turned_left_to_right(photo: Pixels) -> None:
    shown = shown_to(ControlHint.NORMAL_LEFT, 3)(photo, ControlKind.NORMAL)
    ours = photo.astype(np.float32) / 255
    assert np.allclose(shown[..., 0], 1 - ours[..., 0])
    assert np.array_equal(shown[..., 1:], ours[..., 1:])


def test_colours_are_shown_in_squares(photo: Pixels) -> None:
    shown = shown_to(ControlHint.COLOUR, 3)(photo, ControlKind.COLOUR)
    assert len(np.unique(shown.reshape(-1, 3), axis=0)) == (SIDE // 64) ** 2
    mean = photo[:64, :64].reshape(-1, 3).mean(axis=0) / 255
    assert np.allclose(shown[0, 0], mean, atol=0.01)


def test_the_user_s_word_of_the_kind_counts_more_than_the_name(photo: Pixels) -> None:
    shown = shown_to(ControlHint.SCRIBBLE, 3)(photo, ControlKind.DEPTH)
    assert np.array_equal(shown, photo.astype(np.float32) / 255)


def test_a_network_for_grey_images_gets_one_channel(sketch: Pixels) -> None:
    shown = shown_to(ControlHint.SCRIBBLE, 1)(sketch, ControlKind.SKETCH)
    assert shown.shape == (SIDE, SIDE, 1)
    assert shown[63, 50, 0] == 1
