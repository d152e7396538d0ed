"""Thumbnails come in two sizes, and come again when they are lost or damaged."""

import hashlib
import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from maquette.core.errors import ImageError
from maquette.core.gallery import GalleryPicture
from maquette.core.pixels import pixel_digest
from maquette.library.thumbnails import Thumbnails, ThumbnailSize

SIZES = list(ThumbnailSize)


def picture_of(path: Path) -> GalleryPicture:
    return GalleryPicture(
        id=1,
        path=path,
        record=None,
        created="2026-11-22T04:00:00+00:00",
        width=0,
        height=0,
        file_bytes=path.stat().st_size,
        file_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


@pytest.fixture
def wide(tmp_path: Path) -> GalleryPicture:
    """A file of 800 × 400 pixels, its left half red and its right half blue."""
    image = Image.new("RGB", (800, 400), "red")
    image.paste("blue", (400, 0, 800, 400))
    path = tmp_path / "wide.jpg"
    image.save(path, quality=95)
    return picture_of(path)


@pytest.fixture
def thumbnails(tmp_path: Path) -> Thumbnails:
    return Thumbnails(tmp_path / "cache" / "thumbnails")


def shows_wide(path: Path, size: ThumbnailSize) -> bool:
    with Image.open(path) as image:
        left = np.asarray(image.convert("RGB"))[0, 0].astype(int)
        right = np.asarray(image.convert("RGB"))[-1, -1].astype(int)
        return image.size == (size, size // 2) and left[0] > 200 and right[2] > 200


@pytest.mark.parametrize("size", SIZES)
def test_a_thumbnail_is_made_once_and_kept(
    thumbnails: Thumbnails, wide: GalleryPicture, size: ThumbnailSize
) -> None:
    path = thumbnails.make(wide, size)
    assert path == thumbnails.path_of(wide, size)
    assert shows_wide(path, size)
    wide.path.unlink()
    assert thumbnails.make(wide, size) == path
    assert thumbnails.image(wide, size).size == (size, size // 2)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("damage", [b"", b"no picture", "half", "huge"])
def test_a_damaged_thumbnail_is_made_again(
    thumbnails: Thumbnails, wide: GalleryPicture, size: ThumbnailSize, damage: bytes | str
) -> None:
    for each in SIZES:
        path = thumbnails.make(wide, each)
        if damage == "half":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        elif damage == "huge":
            Image.new("RGB", (4000, 10)).save(path)
        else:
            assert isinstance(damage, bytes)
            path.write_bytes(damage)
    assert shows_wide(thumbnails.make(wide, size), size)


def test_both_sizes_are_written_of_pixels_and_removed_together(
    thumbnails: Thumbnails, wide: GalleryPicture
) -> None:
    pixels = np.zeros((64, 500, 3), np.uint8)
    written = thumbnails.write(pixel_digest(pixels), pixels)
    assert sorted(written) == sorted(
        thumbnails.path_for(pixel_digest(pixels), size) for size in SIZES
    )
    assert thumbnails.write(pixel_digest(pixels), pixels) == []
    for size in SIZES:
        thumbnails.make(wide, size)
    thumbnails.remove(wide)
    assert not any(thumbnails.path_of(wide, size).exists() for size in SIZES)


def test_what_was_removed_or_moved_elsewhere_is_told(
    thumbnails: Thumbnails, wide: GalleryPicture
) -> None:
    wide.path.unlink()
    with pytest.raises(ImageError, match="no longer there"):
        thumbnails.make(wide, ThumbnailSize.SMALL)


def giant_header() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def truncated() -> bytes:
    buffer = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 255, (300, 300, 3), dtype=np.uint8)
    Image.fromarray(noise).save(buffer, "PNG")
    return buffer.getvalue()[:20_000]


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (giant_header, "more pixels than can be opened|has 50000 × 50000 pixels"),
        (truncated, "seems to be damaged"),
        (lambda: b"", "is not a picture"),
        (lambda: b"<html>no</html>" * 100, "is not a picture"),
    ],
    ids=["50,000 x 50,000", "truncated", "empty", "a web page"],
)
@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(
    thumbnails: Thumbnails, tmp_path: Path, make: Callable[[], bytes], sentence: str, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    for size in SIZES:
        with pytest.raises(ImageError, match=sentence):
            thumbnails.image(picture_of(path), size)
    assert not (tmp_path / "cache").exists()


def test_a_wrong_suffix_is_no_obstacle(thumbnails: Thumbnails, wide: GalleryPicture) -> None:
    path = wide.path.rename(wide.path.with_suffix(".png"))
    assert shows_wide(thumbnails.make(picture_of(path), ThumbnailSize.LARGE), ThumbnailSize.LARGE)


def test_a_cache_that_cannot_be_written_costs_no_picture(
    tmp_path: Path, wide: GalleryPicture
) -> None:
    (tmp_path / "file").touch()
    thumbnails = Thumbnails(tmp_path / "file" / "thumbnails")
    assert thumbnails.image(wide, ThumbnailSize.SMALL).size == (160, 80)
    with pytest.raises(OSError, match="Not a directory"):
        thumbnails.make(wide, ThumbnailSize.SMALL)
