"""What the difference of two pictures is, and how one is fitted onto another."""

import numpy as np
import pytest
from PIL import Image

from maquette.core.errors import ImageError
from maquette.state.comparing import WHOLE
from maquette.state.differences import GAINS, amplified, difference, fitted_part, halved


def save(path, pixels):
    Image.fromarray(pixels).save(path)
    return path


def test_the_difference_is_absolute_and_counted_over_all_bands(tmp_path):
    first = np.full((900, 700, 3), 100, dtype=np.uint8)
    second = first.copy()
    second[0, 0] = (90, 100, 130)
    second[899, 699] = (100, 255, 100)
    found = difference(save(tmp_path / "a.png", first), save(tmp_path / "b.png", second))
    assert found.pixels.shape == (900, 700, 3)
    assert tuple(found.pixels[0, 0]) == (10, 0, 30)
    assert tuple(found.pixels[899, 699]) == (0, 155, 0)
    assert np.count_nonzero(found.pixels) == 3
    assert found.largest == 155
    assert found.share == pytest.approx(2 / (900 * 700))


def test_equal_pictures_do_not_differ_whatever_their_format(tmp_path):
    pixels = np.random.default_rng(5).integers(0, 256, (64, 80, 3), dtype=np.uint8)
    same = tmp_path / "b.webp"
    Image.fromarray(pixels).save(same, lossless=True)
    found = difference(save(tmp_path / "a.png", pixels), same)
    assert (found.largest, found.share) == (0, 0.0)


def test_a_picture_of_another_size_is_scaled_and_cropped_around_its_middle(tmp_path):
    wide = np.zeros((100, 300, 3), dtype=np.uint8)
    wide[:, 100:200] = 200  # the middle third
    square = np.full((50, 50, 3), 200, dtype=np.uint8)
    found = difference(save(tmp_path / "a.png", wide), save(tmp_path / "b.png", square))
    assert found.pixels.shape == (50, 50, 3)
    assert found.pixels[:, 2:-2].max() <= 1  # at the edges, what is beyond them is mixed in


@pytest.mark.parametrize(
    ("size", "onto", "part"),
    [
        ((512, 512), (1024, 1024), WHOLE),
        ((768, 512), (512, 512), (1 / 6, 0, 5 / 6, 1)),
        ((512, 768), (512, 512), (0, 1 / 6, 1, 5 / 6)),
    ],
)
def test_the_fitted_part_has_the_shape_of_the_other_picture(size, onto, part):
    assert fitted_part(size, onto) == pytest.approx(part)


def test_amplified_differences_stop_at_white():
    pixels = np.arange(256, dtype=np.uint8).reshape(16, 16, 1).repeat(3, axis=2)
    for gain in GAINS:
        bright = amplified(pixels, gain).astype(int)
        exact = pixels.astype(int) * gain
        assert (bright[exact <= 255 - gain] == exact[exact <= 255 - gain]).all()
        assert bright.max() > 255 - gain
    assert (amplified(pixels, 1) == pixels).all()


def test_a_lone_difference_stays_in_sight_when_halved():
    pixels = np.zeros((9, 11, 3), dtype=np.uint8)
    pixels[5, 7] = 250
    half = halved(pixels)
    assert half.shape == (4, 5, 3)
    assert half.max() == 250
    assert np.count_nonzero(half) == 3


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"nothing")
    whole = save(tmp_path / "a.png", np.zeros((8, 8, 3), dtype=np.uint8))
    with pytest.raises(ImageError, match=r"broken\.png"):
        difference(whole, broken)
