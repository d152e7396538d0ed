"""Flood fill: walls hold, soft edges are filled under, gaps are closed as asked."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from maquette.core.flood import connected, flood, grown


def paper(side: int = 120) -> np.ndarray:
    return np.full((side, side, 3), 255, np.uint8)


def framed(gap: int = 0) -> np.ndarray:
    """A square of 3-pixel walls from 30 to 90, with an opening in the upper one."""
    picture = paper()
    picture[30:90, 30:90] = 0
    picture[33:87, 33:87] = 255
    if gap:
        picture[30:33, 60 : 60 + gap] = 255
    return picture


def test_a_fill_stays_within_its_walls_and_goes_up_to_them() -> None:
    filled = flood(framed(), 60, 60, 32, 0) > 0
    assert filled[33:87, 33:87].all()
    assert not filled[:30].any()
    assert filled.sum() <= 56 * 56


def test_gaps_are_closed_up_to_the_width_asked_for() -> None:
    assert flood(framed(gap=5), 60, 60, 32, 0)[5, 5] == 255
    closed = flood(framed(gap=5), 60, 60, 32, 6)
    assert closed[5, 5] == 0
    assert closed[34:86, 34:86].all()
    assert flood(framed(gap=20), 60, 60, 32, 6)[5, 5] == 255


def test_a_fill_begun_in_a_narrow_place_still_fills_it() -> None:
    assert flood(framed(gap=4), 61, 31, 32, 8)[31, 61] == 255


def test_tolerance_decides_what_is_the_same() -> None:
    picture = paper()
    picture[:, 60:] = 200
    assert flood(picture, 5, 5, 60, 0).all()
    assert not flood(picture, 5, 5, 40, 0)[:, 62:].any()


def test_outside_of_the_picture_nothing_is_filled() -> None:
    assert not flood(paper(), -1, 5, 255, 0).any()
    assert not flood(paper(), 5, 120, 255, 4).any()


@given(st.integers(0, 2**31), st.floats(0.2, 0.8))
def test_what_is_connected_is_what_scipy_labels(seed: int, share: float) -> None:
    flags = np.random.default_rng(seed).random((23, 31)) < share
    flags[11, 15] = True
    labels, _count = ndimage.label(flags)
    assert np.array_equal(connected(flags, 15, 11), labels == labels[11, 15])


@given(st.integers(0, 2**31), st.integers(1, 9))
def test_growing_is_dilation_with_a_square(seed: int, reach: int) -> None:
    flags = np.random.default_rng(seed).random((20, 17)) < 0.03
    square = np.ones((2 * reach + 1, 2 * reach + 1), bool)
    assert np.array_equal(grown(flags, reach), ndimage.binary_dilation(flags, square))
