"""Thinning: middle lines stay in one piece and are one pixel wide."""

import cv2
import numpy as np
import pytest

from maquette.sketch.thinning import Mask, neighbour_count, pruned, thin


def pieces(mask: Mask, connectivity: int = 8) -> int:
    return cv2.connectedComponents(mask, connectivity=connectivity)[0] - 1


@pytest.mark.parametrize("thickness", [1, 4, 9, 20])
def test_a_ring_stays_a_ring(thickness: int) -> None:
    mask = np.zeros((200, 200), np.uint8)
    cv2.circle(mask, (100, 100), 60, 1, thickness)
    skeleton = thin(mask)
    assert pieces(skeleton) == 1
    assert pieces(1 - skeleton, 4) == 2  # inside and outside
    rows, columns = np.nonzero(skeleton)
    assert np.abs(np.hypot(rows - 100, columns - 100) - 60).max() < 2.5
    assert skeleton.sum() < 2 * np.pi * 60 * 1.1


def test_lines_at_the_border_survive() -> None:
    mask = np.zeros((50, 80), np.uint8)
    mask[:3] = 1
    skeleton = thin(mask)
    assert pieces(skeleton) == 1
    assert skeleton[:3].any(axis=0).mean() > 0.9


def test_nothing_is_thinned_to_nothing() -> None:
    assert thin(np.zeros((5, 9), np.uint8)).shape == (5, 9)
    assert not thin(np.zeros((5, 9), np.uint8)).any()


def test_whiskers_are_pruned_and_strokes_keep_their_length() -> None:
    skeleton = np.zeros((60, 200), np.uint8)
    skeleton[30, 20:180] = 1
    skeleton[25:30, 100] = 1
    skeleton[5, 5:9] = 1
    kept = pruned(skeleton, 8)
    assert not kept[25:29].any()
    assert not kept[5].any()
    assert kept[30, 20:180].all()


def test_ends_have_one_neighbour() -> None:
    skeleton = np.zeros((9, 20), np.uint8)
    skeleton[4, 3:15] = 1
    counts = neighbour_count(skeleton)
    assert counts[4, 3] == counts[4, 14] == 1
    assert (counts[4, 4:14] == 2).all()
    assert counts.sum() == counts[4].sum()
