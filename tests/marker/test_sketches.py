"""Strangers' image files as sketches: every kind that is read, and what is refused."""

import io
from pathlib import Path
from typing import Any

import cv2
import msgspec
import numpy as np
import pytest
from PIL import Image

from maquette.core.cleanup import READ_SIDE, Cleanup
from maquette.core.errors import FailureCode, ImageError
from maquette.core.pixels import Pixels
from maquette.marker.loop import MarkerLoop
from maquette.marker.sketches import FIRST_ONLY, read_for_sketch
from maquette.protocol.marker_messages import CleanSketch, SketchCleaned
from maquette.protocol.messages import Blob, Failed


def drawing(width: int = 400, height: int = 300) -> Pixels:
    """A line from the upper left, and a dot's worth of nothing else."""
    image = np.full((height, width, 3), 255, np.uint8)
    points = np.array([(40, 40), (width // 2, 60), (width - 40, height // 2)], np.int32)
    cv2.polylines(image, [points], False, (20, 20, 20), 4)
    return image


def encoded(image: Image.Image | np.ndarray, form: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture = image if isinstance(image, Image.Image) else Image.fromarray(image)
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def asked(data: bytes, **more: Any) -> tuple[CleanSketch, list[bytearray]]:
    values = {"job": "1", "cleanup": Cleanup(margin=-1.0), "width": 256, "height": 192}
    return CleanSketch(**(values | {"file": Blob(0)} | more)), [bytearray(data)]


def cleaned(data: bytes, **more: Any) -> tuple[SketchCleaned, Pixels]:
    event, blobs = MarkerLoop().answer(*asked(data, **more))
    assert isinstance(event, SketchCleaned), event
    return event, np.frombuffer(blobs[0], np.uint8).reshape(event.sketch.shape)


def refused(data: bytes, **more: Any) -> Failed:
    event, blobs = MarkerLoop().answer(*asked(data, **more))
    assert isinstance(event, Failed)
    assert not blobs
    assert event.message.endswith(".")
    return event


REFERENCE = (cleaned(encoded(drawing()))[1] < 128)[..., 0]


def grey() -> np.ndarray:
    return drawing()[..., 0]


def variants() -> dict[str, bytes]:
    rgb = Image.fromarray(drawing())
    clear = rgb.convert("RGBA")
    clear.putalpha(Image.fromarray(255 - grey()))
    black = Image.new("RGBA", rgb.size, (0, 0, 0, 0))
    black.putalpha(Image.fromarray(255 - grey()))
    palette = rgb.quantize(8)
    turned = rgb.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees to the right
    return {
        "png": encoded(rgb),
        "jpeg": encoded(rgb, "JPEG", quality=92),
        "webp": encoded(rgb, "WEBP", lossless=True),
        "tiff": encoded(rgb, "TIFF"),
        "bmp": encoded(rgb, "BMP"),
        "gif": encoded(rgb, "GIF"),
        "grey": encoded(rgb.convert("L")),
        "1 bit": encoded(rgb.convert("1")),
        "palette": encoded(palette),
        "grey with transparency": encoded(clear.convert("LA")),
        "transparent": encoded(clear),
        "black on nothing": encoded(black),
        "CMYK": encoded(rgb.convert("CMYK"), "JPEG", quality=95),
        "16 bits": encoded(grey().astype(np.uint16) * 257),
        "16 bits TIFF": encoded((grey().astype(np.uint16) * 257), "TIFF"),
        "float TIFF": encoded((grey() / 255).astype(np.float32), "TIFF"),
        "rotated by EXIF": encoded(turned, "JPEG", quality=92, exif=exif.tobytes()),
    }


@pytest.mark.parametrize("kind", variants())
def test_the_same_drawing_is_read_from_every_kind_of_file(kind: str) -> None:
    event, sketch = cleaned(variants()[kind])
    assert not event.found.empty
    found = sketch[..., 0] < 128
    near = cv2.dilate(REFERENCE.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert (found & near).sum() >= 0.97 * found.sum()
    assert found.sum() >= 0.8 * REFERENCE.sum()
    assert event.before is not None
    assert event.before.shape == (300, 400, 3)


def test_of_an_animated_file_the_first_image_is_taken_and_it_says_so() -> None:
    frames = [Image.fromarray(drawing()), Image.new("RGB", (400, 300), "white")]
    for form in ("GIF", "WEBP", "PNG"):
        file = encoded(frames[0], form, save_all=True, append_images=frames[1:])
        event, _sketch = cleaned(file)
        assert event.found.notices == (FIRST_ONLY,)
        assert not event.found.empty


def test_a_photo_of_48_megapixels_is_reduced_while_it_is_read() -> None:
    photo = cv2.resize(drawing(), (8000, 6000), interpolation=cv2.INTER_NEAREST)
    image = read_for_sketch(encoded(photo, "JPEG", quality=60))
    assert max(image.pixels.shape) == READ_SIDE
    assert image.pixels.shape == (1536, 2048, 3)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "TIFF", "GIF"])
def test_a_file_that_ends_too_early_is_refused(form: str) -> None:
    whole = encoded(drawing(), form)
    for share in (0.5, 0.02):
        failed = refused(whole[: int(len(whole) * share)])
        assert failed.code is FailureCode.BAD_INPUT


def test_a_decompression_bomb_is_refused_before_it_is_decoded() -> None:
    bomb = encoded(Image.new("1", (30_000, 30_000)))
    assert len(bomb) < 1 << 20
    assert "more pixels than can be opened" in refused(bomb).message


@pytest.mark.parametrize("data", [b"", b"nothing of the kind", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_image_is_refused(data: bytes) -> None:
    assert refused(data).code is FailureCode.BAD_INPUT


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    failed = refused(b"", file=None, path=str(tmp_path / "gone.png").encode())
    assert "gone.png is no longer there" in failed.message
    failed = refused(b"", file=None, path=str(tmp_path).encode())
    assert failed.code is FailureCode.BAD_INPUT


def test_a_blank_image_asks_for_lines() -> None:
    for level in (255, 0):
        event, sketch = cleaned(encoded(np.full((300, 400, 3), level, np.uint8)))
        assert event.found.empty
        assert "no lines" in event.found.notices[0]
        assert (sketch == 255).all()


@pytest.mark.parametrize("shape", [(300, 400, 4), (300, 400), (0, 4, 3), (3, 3, 3), (1 << 20,) * 3])
def test_pixels_that_are_not_as_they_say_are_refused(shape: tuple[int, ...]) -> None:
    refused(drawing().tobytes(), file=Blob(0, shape))
    refused(b"", file=Blob(7, (1, 1, 3)))


def test_pixels_are_taken_as_they_are() -> None:
    event, _sketch = cleaned(drawing().tobytes(), file=Blob(0, (300, 400, 3)), before=False)
    assert event.before is None
    assert not event.found.empty


@pytest.mark.parametrize("size", [(0, 256), (256, 63), (9000, 256), (-1, -1)])
def test_sketches_of_impossible_sizes_are_refused(size: tuple[int, int]) -> None:
    refused(encoded(drawing()), width=size[0], height=size[1])


def test_other_settings_for_the_same_file_and_a_file_that_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "sketch.png"
    path.write_bytes(encoded(drawing()))
    loop = MarkerLoop()
    request, _ = asked(b"", file=None, path=str(path).encode())
    first, _blobs = loop.answer(request, [])
    thick = msgspec.structs.replace(request, cleanup=Cleanup(margin=-1.0, weight=1.0))
    second, blobs = loop.answer(thick, [])
    assert isinstance(first, SketchCleaned)
    assert isinstance(second, SketchCleaned)
    assert (np.frombuffer(blobs[0], np.uint8) < 128).mean() > 1.5 * REFERENCE.mean()
    path.write_bytes(encoded(np.full((300, 400, 3), 255, np.uint8), compress_level=1))
    third, _blobs = loop.answer(request, [])
    assert isinstance(third, SketchCleaned)
    assert third.found.empty


def test_too_large_a_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maquette.marker.sketches.MAX_FILE", 100)
    path = tmp_path / "large.png"
    path.write_bytes(encoded(drawing()))
    with pytest.raises(ImageError, match="larger than"):
        read_for_sketch(path)
