"""The watermark is found in every picture that was marked, and in none that was not."""

import io
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from benchmarks.procedural import KINDS, picture
from PIL import Image

from maquette.core.marking import Preset
from maquette.core.pixels import Pixels
from maquette.provenance.watermark.detection import detect
from maquette.provenance.watermark.embedding import LEAST_PSNR, embed

RECORD = "7F3A91C2"
FLAGS = 9


def through(pixels: Pixels, **options: object) -> Pixels:
    """`pixels` as another program would get them from a file."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, **options)  # pyright: ignore[reportArgumentType]
    return np.asarray(Image.open(buffer).convert("RGB"))


def scaled(pixels: Pixels, x: float, y: float) -> Pixels:
    size = round(pixels.shape[1] * x), round(pixels.shape[0] * y)
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC))


def turned(pixels: Pixels, degrees: float) -> Pixels:
    return np.asarray(
        Image.fromarray(pixels).rotate(degrees, Image.Resampling.BICUBIC, fillcolor="grey")
    )


def screenshot(pixels: Pixels) -> Pixels:
    """Shown at 125 %, not quite all of it, on a slightly darker screen, then saved and reduced."""
    shown = scaled(pixels, 1.25, 1.25)[3:-2, 2:-4]
    darker = np.rint(255 * (shown / 255.0) ** 1.04).astype(np.uint8)
    return scaled(through(darker, format="JPEG", quality=80), 0.9, 0.9)


HANDLING: dict[str, Callable[[Pixels], Pixels]] = {
    "PNG": lambda p: through(p, format="PNG"),
    "JPEG 50": lambda p: through(p, format="JPEG", quality=50),
    "WebP 80": lambda p: through(p, format="WEBP", quality=80),
    "half the size": lambda p: scaled(p, 0.5, 0.5),
    "enlarged": lambda p: scaled(p, 1.7, 1.7),
    "crop": lambda p: through(p[31:-70, 83:-40], format="JPEG", quality=80),
    "brighter": lambda p: cv2.convertScaleAbs(p, alpha=1.2),
    "more contrast": lambda p: cv2.convertScaleAbs(p, alpha=1.3, beta=-38),
    "blurred": lambda p: cv2.GaussianBlur(p, (0, 0), 2),
    "grey": lambda p: cv2.cvtColor(cv2.cvtColor(p, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB),
    "screenshot": screenshot,
    "turned by 3 degrees": lambda p: turned(p, 3),
    "on its side": lambda p: np.rot90(p),
    "upside down": lambda p: np.rot90(p, 2),
    "mirrored": lambda p: p[:, ::-1],
    "mirrored and on its side": lambda p: np.rot90(p[:, ::-1], 3),
    "widened": lambda p: scaled(p, 1.08, 1),
    "heightened": lambda p: scaled(p, 1, 1.07),
}


@pytest.fixture(scope="module")
def marked_product() -> Pixels:
    return embed(picture("product", 1, 512, 512), RECORD, flags=FLAGS).pixels


@pytest.mark.parametrize("handling", HANDLING)
def test_the_mark_outlives_what_happens_to_pictures(marked_product: Pixels, handling: str) -> None:
    found = detect(np.ascontiguousarray(HANDLING[handling](marked_product)))
    assert found is not None
    assert (found.record_id, found.flags) == (RECORD, FLAGS)
    assert found.chance < 1e-9


@pytest.mark.parametrize(("width", "height"), [(256, 256), (257, 391), (768, 512), (1100, 900)])
def test_pictures_of_every_size_are_marked_unseen(width: int, height: int) -> None:
    pixels = picture("skin", 2, height, width)
    marked = embed(pixels, RECORD)
    assert marked.verified
    assert marked.robust
    assert marked.psnr > 45
    copy = detect(through(marked.pixels, format="JPEG", quality=75))
    assert copy is not None
    assert copy.record_id == RECORD


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_picture_carries_its_id_through_jpeg(kind: str) -> None:
    marked = embed(picture(kind, 3, 384, 384), RECORD)
    assert marked.verified
    assert marked.psnr >= LEAST_PSNR - 0.1
    found = detect(through(marked.pixels, format="JPEG", quality=60))
    assert found is not None
    assert found.record_id == RECORD


def test_a_strong_mark_outlives_more_and_changes_more() -> None:
    pixels = picture("sky", 0, 512, 512)
    standard = embed(pixels, RECORD)
    strong = embed(pixels, RECORD, preset=Preset.STRONG)
    assert strong.psnr < standard.psnr
    found = detect(through(strong.pixels, format="JPEG", quality=20))
    assert found is not None
    assert found.record_id == RECORD


def test_flat_skin_sky_and_paper_are_changed_less_than_texture() -> None:
    pixels = picture("text", 2, 512, 512)
    change = np.abs(embed(pixels, RECORD).pixels.astype(int) - pixels).mean(axis=2)
    letters = (np.abs(pixels.astype(int).mean(axis=2) - 240) > 60).astype(np.uint8)
    near = cv2.dilate(letters, np.ones((5, 5), np.uint8)) > 0
    paper = cv2.dilate(letters, np.ones((25, 25), np.uint8)) == 0
    assert change[near].mean() > 3 * change[paper].mean()


@pytest.mark.parametrize("record_id", ["00000000", "FFFFFFFF", "DEADBEEF"])
def test_every_id_can_be_carried(record_id: str) -> None:
    found = detect(embed(picture("sky", 1, 256, 256), record_id).pixels)
    assert found is not None
    assert found.record_id == record_id


@pytest.mark.parametrize("kind", KINDS)
def test_no_id_is_found_where_none_was_put(kind: str) -> None:
    pixels = picture(kind, 4, 320, 256)
    assert detect(pixels) is None
    assert detect(through(pixels, format="JPEG", quality=70)) is None


@pytest.mark.parametrize(
    "pixels",
    [
        np.full((256, 256, 3), 255, np.uint8),
        np.zeros((300, 256, 3), np.uint8),
        np.full((256, 400, 3), (200, 30, 90), np.uint8),
        np.full((256, 5000, 3), 128, np.uint8),
    ],
    ids=["white", "black", "one colour", "ribbon"],
)
def test_flat_pictures_hold_their_mark(pixels: Pixels) -> None:
    assert detect(pixels) is None
    marked = embed(pixels, RECORD)
    assert marked.verified
    found = detect(through(marked.pixels, format="JPEG", quality=75))
    assert found is not None
    assert found.record_id == RECORD


def test_a_zone_plate_says_whether_it_holds_a_mark() -> None:
    y, x = np.mgrid[-256:256, -256:256]
    rings = np.rint(127.5 + 127.5 * np.cos((x * x + y * y) * np.pi / 512)).astype(np.uint8)
    marked = embed(np.repeat(rings[..., None], 3, axis=2), RECORD)
    found = detect(marked.pixels)
    assert marked.verified == (found is not None and found.record_id == RECORD)
    assert marked.psnr >= LEAST_PSNR - 0.1


def test_the_same_picture_and_id_give_the_same_bytes() -> None:
    pixels = picture("landscape", 1, 256, 256)
    before = pixels.copy()
    assert np.array_equal(embed(pixels, RECORD).pixels, embed(before, RECORD).pixels)
    assert np.array_equal(pixels, before)


def test_a_marked_picture_can_be_marked_again_with_another_id() -> None:
    first = embed(picture("sky", 0, 512, 512), RECORD).pixels
    found = detect(embed(first, "0BADF00D").pixels)
    assert found is not None
    assert found.record_id == "0BADF00D"


def test_transparency_is_kept() -> None:
    alpha = np.arange(256, dtype=np.uint8)[None, :, None].repeat(256, axis=0)
    marked = embed(np.dstack([picture("skin", 1, 256, 256), alpha]), RECORD)
    assert np.array_equal(marked.pixels[..., 3:], alpha)
    assert detect(marked.pixels) is not None


@pytest.mark.parametrize("shape", [(100, 100), (1, 5000), (255, 400)])
def test_a_picture_too_small_comes_back_unmarked(shape: tuple[int, int]) -> None:
    small = np.full((*shape, 3), 200, np.uint8)
    marked = embed(small, RECORD)
    assert not marked.verified
    assert np.array_equal(marked.pixels, small)
    assert detect(small) is None


@pytest.mark.parametrize("wrong", [np.zeros((256, 256), np.uint8), np.zeros((256, 256, 3))])
def test_what_is_no_picture_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match="not pixels"):
        embed(wrong, RECORD)


# --- what the mark tells about the picture's history --------------------------------------------


def geometry_of(pixels: Pixels, original: Pixels):
    found = detect(np.ascontiguousarray(pixels))
    assert found is not None
    return found.geometry(
        (pixels.shape[1], pixels.shape[0]), (original.shape[1], original.shape[0])
    )


def test_an_untouched_picture_has_no_history(marked_product: Pixels) -> None:
    geometry = geometry_of(marked_product, marked_product)
    assert geometry.scale_x == pytest.approx(1, abs=0.01)
    assert geometry.scale_y == pytest.approx(1, abs=0.01)
    assert (geometry.rotation, geometry.quarter_turns, geometry.mirrored) == (0, 0, False)
    assert not geometry.cropped


def test_scale_crop_and_turns_are_told(marked_product: Pixels) -> None:
    larger = geometry_of(scaled(marked_product, 1.5, 1.5), marked_product)
    assert larger.scale_x == pytest.approx(1.5, rel=0.01)
    assert not larger.cropped
    assert geometry_of(marked_product[:, :-60], marked_product).cropped
    assert geometry_of(turned(marked_product, 3), marked_product).rotation == pytest.approx(
        3, abs=0.4
    )
    wide = geometry_of(scaled(marked_product, 1.06, 1), marked_product)
    assert wide.scale_x / wide.scale_y == pytest.approx(1.06, abs=0.02)
    side = geometry_of(np.rot90(marked_product[:, ::-1]), marked_product)
    assert (side.quarter_turns, side.mirrored) == (1, True)
