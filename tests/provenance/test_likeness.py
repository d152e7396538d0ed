"""A mark counts only on a copy of its picture: copies agree, other pictures do not."""

import io

import numpy as np
import pytest
from PIL import Image, ImageFilter

from maquette.core.pixels import Pixels
from maquette.core.report import Geometry
from maquette.provenance.likeness import Likeness, distance, hash_of, likeness_of, same_picture


def scene(seed: int, size: tuple[int, int] = (320, 256)) -> Pixels:
    """Coloured blobs on a gradient, (height, width, 3), different for each seed."""
    rng = np.random.default_rng(seed)
    width, height = size
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float64)
    rows, columns = rows / height, columns / width
    picture = rows[..., None] * rng.uniform(0, 120, 3) + columns[..., None] * rng.uniform(0, 120, 3)
    for _ in range(14):
        x, y, wide, high = *rng.uniform(0.05, 0.95, 2), *rng.uniform(0.03, 0.2, 2)
        inside = ((columns - x) / wide) ** 2 + ((rows - y) / high) ** 2 < 1
        picture[inside] = rng.uniform(0, 255, 3)
    return np.clip(picture, 0, 255).astype(np.uint8)


def compared(copy: Pixels, original: Pixels, geometry: Geometry | None = None) -> Likeness:
    return same_picture(copy, hash_of(original), likeness_of(original), geometry)


def encoded(pixels: Pixels, format: str, quality: int) -> Pixels:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format, quality=quality)
    return np.array(Image.open(buffer).convert("RGB"))


def resized(pixels: Pixels, width: int, height: int) -> Pixels:
    return np.array(Image.fromarray(pixels).resize((width, height), Image.Resampling.BICUBIC))


@pytest.fixture(params=range(3))
def original(request: pytest.FixtureRequest) -> Pixels:
    """One of three pictures."""
    return scene(request.param)


def test_a_copy_that_was_worked_on_agrees(original: Pixels) -> None:
    image = Image.fromarray(original)
    copies = {
        "the same": original,
        "jpeg 30": encoded(original, "JPEG", 30),
        "webp 60": encoded(original, "WEBP", 60),
        "blurred": np.array(image.filter(ImageFilter.GaussianBlur(2))),
        "brighter": np.clip(original * 1.2, 0, 255).astype(np.uint8),
        "more contrast": np.clip((original - 128.0) * 1.3 + 128, 0, 255).astype(np.uint8),
        "grey": np.array(image.convert("L").convert("RGB")),
        "smaller": resized(original, 160, 128),
        "squeezed": resized(original, 320, 236),
        "larger": resized(original, 1600, 1280),
        "with alpha": np.array(image.convert("RGBA")),
    }
    for name, copy in copies.items():
        found = compared(copy, original)
        assert found.agrees, name
        assert found.crop is None
        assert found.distance <= 10, name


def test_another_picture_does_not_agree() -> None:
    pictures = [scene(seed) for seed in range(20, 26)]
    for one in pictures:
        for other in pictures:
            found = compared(one, other, Geometry(cropped=True))
            assert found.agrees == (one is other)


def test_the_same_picture_in_other_colours_does_not_agree() -> None:
    original = scene(1)
    assert not compared(np.ascontiguousarray(original[..., ::-1]), original).agrees


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("scale", [1.0, 1.6, 0.7])
def test_a_part_is_found_where_it_was_cut_out(original: Pixels, told: bool, scale: float) -> None:
    left, top, right, bottom = 40, 32, 280, 224  # 75 % of each side
    part = original[top:bottom, left:right]
    part = encoded(resized(part, round(240 * scale), round(192 * scale)), "JPEG", 75)
    geometry = Geometry(scale_x=scale, scale_y=scale, cropped=True) if told else None
    found = compared(part, original, geometry)
    assert found.agrees
    assert found.crop == pytest.approx((40 / 320, 32 / 256, 280 / 320, 224 / 256), abs=0.03)


def test_half_of_each_side_is_enough(original: Pixels) -> None:
    found = compared(original[:128, 160:], original, Geometry(cropped=True))
    assert found.agrees
    assert found.crop == pytest.approx((0.5, 0, 1, 0.5), abs=0.03)


def test_a_part_of_another_picture_does_not_agree() -> None:
    for seed in range(8):
        part = scene(seed + 100)[20:200, 30:250]
        assert not compared(part, scene(seed), Geometry(cropped=True)).agrees


def test_what_the_watermark_tells_is_undone(original: Pixels) -> None:
    for turns in range(4):
        for mirrored in (False, True):
            turned = np.rot90(original[:, ::-1] if mirrored else original, turns)
            told = Geometry(quarter_turns=turns, mirrored=mirrored)
            assert compared(turned, original, told).agrees
    for angle in (2.0, -3.0):
        for expand in (False, True):
            rotated = Image.fromarray(original).rotate(
                angle, Image.Resampling.BICUBIC, expand=expand
            )
            told = Geometry(rotation=angle, cropped=True)
            assert compared(np.array(rotated), original, told).agrees


def test_a_picture_in_a_screenshot_is_found(original: Pixels) -> None:
    screen = np.full((600, 800, 3), 40, np.uint8)
    screen[100:420, 200:600] = resized(original, 400, 320)
    found = compared(screen, original, Geometry(scale_x=1.25, scale_y=1.25))
    assert found.agrees
    assert found.crop is None


def test_flat_pictures_agree_by_their_colour() -> None:
    def flat(*colour: int) -> Pixels:
        return np.full((256, 256, 3), colour, np.uint8)

    assert compared(flat(255, 255, 255), flat(250, 250, 250)).agrees
    assert not compared(flat(20, 20, 20), flat(250, 250, 250)).agrees
    assert not compared(flat(200, 60, 60), flat(60, 60, 200)).agrees
    assert not compared(flat(128, 128, 128), scene(1)).agrees
    assert not compared(scene(1), flat(128, 128, 128)).agrees


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (2, 3)])
def test_any_shape_is_compared(size: tuple[int, int]) -> None:
    tiny = scene(5, size)
    assert compared(tiny, tiny).agrees
    assert not compared(tiny, scene(1), Geometry(rotation=2.0, cropped=True)).agrees


def test_without_a_likeness_the_hash_decides_nothing() -> None:
    one, other = scene(1), scene(2)
    for picture, agrees in ((encoded(one, "JPEG", 50), True), (other, False)):
        found = same_picture(picture, hash_of(one), b"")
        assert found.agrees == agrees
        assert not found.confirms
        assert not found.denies


def test_a_picture_far_smaller_than_its_screenshot_is_found(original: Pixels) -> None:
    screen = np.full((900, 1440, 3), 30, np.uint8)
    height, width = original.shape[:2]
    screen[100 : 100 + height, 150 : 150 + width] = original
    assert compared(screen, original, Geometry()).confirms
    assert compared(screen, scene(9), Geometry()).denies


def test_a_part_with_something_beside_it_is_found(original: Pixels) -> None:
    """As on a page that was scrolled: a part of one side, more than all of the other."""
    height, width = original.shape[:2]
    grey = np.full((height // 4, width, 3), 60, np.uint8)
    page = np.concatenate((grey, original, grey))[:, width // 5 :]
    for picture, kept in ((page, original), (page.swapaxes(0, 1), original.swapaxes(0, 1))):
        found = compared(picture, kept, Geometry(cropped=True))
        assert found.confirms
        left = (0.2, 0, 1, 1) if picture is page else (0, 0.2, 1, 1)
        assert found.crop == pytest.approx(left, abs=0.03)
    assert compared(page, scene(9), Geometry(cropped=True)).denies


def test_of_a_small_or_plain_part_nothing_is_said(original: Pixels) -> None:
    height, width = original.shape[:2]
    small = original[: height // 5, : width // 5]
    told = Geometry(cropped=True)
    assert not compared(small, original, told).conclusive
    plain = original.copy()
    plain[: height // 2, : width // 2] = 90
    assert not compared(plain[: height // 2, : width // 2], plain, told).conclusive


@pytest.mark.parametrize("damage", [b"\x01", b"\x07" * 40, b"\x01" + b"\0" * 300])
def test_a_damaged_likeness_counts_as_none(damage: bytes) -> None:
    assert not same_picture(scene(1), hash_of(scene(1)), damage).conclusive
    cut = likeness_of(scene(1))[:-20]
    assert not same_picture(scene(2), hash_of(scene(1)), cut).conclusive


def test_hashes_are_64_bits_and_their_distance_is_in_bits() -> None:
    assert len(hash_of(scene(1))) == 16
    assert distance("00000000000000ff", "0000000000000000") == 8
    far = [distance(hash_of(scene(seed)), hash_of(scene(seed + 1))) for seed in range(20)]
    assert 24 < np.mean(far) < 40


def test_a_likeness_is_small() -> None:
    assert len(likeness_of(scene(3, (1024, 1024)))) < 3000
