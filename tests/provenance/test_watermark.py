"""The watermark is found in every picture that was marked, and in none that was not."""

import io
from collections.abc import Callable

import numpy as np
import pytest
from imwatermark import WatermarkDecoder
from PIL import Image

from maquette.core.pixels import Pixels
from maquette.provenance.payload import CODE_BITS, from_code
from maquette.provenance.watermark.embedding import detect, embed

Pictures = Callable[[int, int], dict[str, Pixels]]
RECORD = "7F3A91C2"
# width x height: the smallest that the program makes, larger, odd, and not square
SIZES = [(256, 256), (257, 263), (768, 512)]


def through(pixels: Pixels, **options: object) -> Pixels:
    """`pixels` as another program would get them from a file."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, **options)  # pyright: ignore[reportArgumentType]
    return np.asarray(Image.open(buffer).convert("RGB"))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_kind_of_picture_carries_its_id(pictures: Pictures, width: int, height: int) -> None:
    for name, pixels in pictures(height, width).items():
        marked = embed(pixels, RECORD)
        assert marked.verified, name
        assert marked.robust, name
        assert marked.psnr > 37, name
        assert detect(through(marked.pixels, format="PNG")) == RECORD, name
        assert detect(through(marked.pixels, format="JPEG", quality=90)) == RECORD, name


@pytest.mark.parametrize("record_id", ["00000000", "FFFFFFFF", "00000001", "DEADBEEF"])
def test_every_id_can_be_carried(scene: Pixels, record_id: str) -> None:
    assert detect(embed(scene, record_id).pixels) == record_id


@pytest.mark.parametrize(("width", "height"), [(256, 256), (512, 384)])
def test_no_id_is_found_where_none_was_put(pictures: Pictures, width: int, height: int) -> None:
    for name, pixels in pictures(height, width).items():
        assert detect(pixels) is None, name
        assert detect(through(pixels, format="JPEG", quality=80)) is None, name


def test_no_id_is_found_in_many_random_textures() -> None:
    random = np.random.default_rng(3)
    for _ in range(80):
        coarse = random.integers(0, 256, (17, 17, 3), dtype=np.uint8)
        image = Image.fromarray(coarse).resize((256, 256), Image.Resampling.BICUBIC)
        noise = random.normal(0, random.uniform(0, 30), (256, 256, 3))
        assert detect(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8)) is None


def test_the_same_picture_and_id_give_the_same_bytes(scene: Pixels) -> None:
    assert np.array_equal(embed(scene, RECORD).pixels, embed(scene.copy(), RECORD).pixels)


def test_marking_leaves_the_given_pixels_alone(scene: Pixels) -> None:
    before = scene.copy()
    marked = embed(scene, RECORD)
    assert np.array_equal(scene, before)
    assert not np.array_equal(marked.pixels, before)


def test_a_marked_picture_can_be_marked_again_with_another_id(scene: Pixels) -> None:
    first = embed(scene, RECORD).pixels
    assert detect(embed(first, "0BADF00D").pixels) == "0BADF00D"


def test_transparency_is_kept(scene: Pixels) -> None:
    alpha = np.arange(256, dtype=np.uint8)[None, :, None].repeat(256, axis=0)
    marked = embed(np.dstack([scene, alpha]), RECORD)
    assert np.array_equal(marked.pixels[..., 3:], alpha)
    assert detect(marked.pixels) == RECORD


def test_a_picture_too_small_for_the_code_comes_back_unmarked() -> None:
    small = np.full((64, 64, 3), 200, np.uint8)
    marked = embed(small, RECORD)
    assert not marked.verified
    assert np.array_equal(marked.pixels, small)
    assert detect(small) is None


def test_a_picture_where_jpeg_leaves_nothing_is_still_marked_and_says_so() -> None:
    confetti = np.random.default_rng(5).integers(0, 2, (256, 256, 3), dtype=np.uint8) * 255
    marked = embed(confetti, RECORD)
    assert marked.verified
    assert not marked.robust
    assert detect(marked.pixels) == RECORD


def test_the_package_whose_scheme_this_is_reads_the_same_bits(scene: Pixels) -> None:
    marked = embed(scene, RECORD)
    decoder = WatermarkDecoder("bits", CODE_BITS)
    bgr = np.ascontiguousarray(marked.pixels[..., ::-1])
    bits = decoder.decode(bgr, "dwtDctSvd", scales=[0, marked.strength, 0])
    reading = from_code(np.asarray(bits)[None] * 2.0 - 1.0)
    assert reading is not None
    assert reading.record_id == RECORD


@pytest.mark.parametrize("wrong", [np.zeros((256, 256), np.uint8), np.zeros((256, 256, 3))])
def test_what_is_no_picture_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match="not pixels"):
        embed(wrong, RECORD)
