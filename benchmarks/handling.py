"""What happens to pictures between two people, as functions from pixels to pixels."""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

from maquette.core.pixels import Pixels

Rng = np.random.Generator
Handling = Callable[[Pixels, Rng], Any]
"""Pixels in, Pixels out; OpenCV's own type says less than that."""


def _through(pixels: Pixels, suffix: str, *options: int) -> Pixels:
    _, file = cv2.imencode(suffix, pixels[..., ::-1], options)
    decoded: Any = cv2.imdecode(file, cv2.IMREAD_COLOR)
    return np.ascontiguousarray(decoded[..., ::-1])


def jpeg(pixels: Pixels, quality: int) -> Pixels:
    """JPEG with subsampled chroma (4:2:0)."""
    return _through(pixels, ".jpg", cv2.IMWRITE_JPEG_QUALITY, quality)


def webp(pixels: Pixels, quality: int) -> Pixels:
    """Lossy WebP."""
    return _through(pixels, ".webp", cv2.IMWRITE_WEBP_QUALITY, quality)


def scaled(pixels: Pixels, x: float, y: float) -> Any:
    """To `x` times the width and `y` times the height."""
    smaller = x * y < 1
    method = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
    return cv2.resize(pixels, None, fx=x, fy=y, interpolation=method)


def cropped(pixels: Pixels, share: float, rng: Rng) -> Pixels:
    """A random window; `share` of the width and of the height are gone."""
    height, width = pixels.shape[:2]
    top, left = (int(rng.uniform(0, share) * side) for side in (height, width))
    kept = int(height * (1 - share)), int(width * (1 - share))
    return np.ascontiguousarray(pixels[top : top + kept[0], left : left + kept[1]])


def rotated(pixels: Pixels, degrees: float) -> Any:
    """Turned about the centre on the same canvas, corners mirrored in."""
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(
        pixels, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )


def _noisy(pixels: Pixels, sigma: float, rng: Rng) -> Pixels:
    return np.clip(np.rint(pixels + rng.normal(0, sigma, pixels.shape)), 0, 255).astype(np.uint8)


def _screenshot(pixels: Pixels) -> Pixels:
    """Shown at 125 %, cut by 3 px, gamma 1.04, JPEG 80, and reduced to 90 %."""
    shown = scaled(pixels, 1.25, 1.25)[3:, 3:]
    shown = np.rint(255 * (shown / 255.0) ** 1.04).astype(np.uint8)
    return scaled(jpeg(shown, 80), 0.9, 0.9)


HANDLINGS: dict[str, Handling] = {
    "PNG": lambda p, _: p,
    "JPEG 95": lambda p, _: jpeg(p, 95),
    "JPEG 85": lambda p, _: jpeg(p, 85),
    "JPEG 75": lambda p, _: jpeg(p, 75),
    "JPEG 50": lambda p, _: jpeg(p, 50),
    "JPEG 30": lambda p, _: jpeg(p, 30),
    "WebP 80": lambda p, _: webp(p, 80),
    "resize 50 %": lambda p, _: scaled(p, 0.5, 0.5),
    "crop 10 %": lambda p, rng: cropped(p, 0.1, rng),
    "crop 25 %": lambda p, rng: cropped(p, 0.25, rng),
    "crop 50 %": lambda p, rng: cropped(p, 0.5, rng),
    "brightness 1.2": lambda p, _: cv2.convertScaleAbs(p, alpha=1.2),
    "contrast 1.3": lambda p, _: np.clip((p - 128.0) * 1.3 + 128, 0, 255).astype(np.uint8),
    "blur σ 2": lambda p, _: cv2.GaussianBlur(p, (0, 0), 2),
    "noise σ 5": lambda p, rng: _noisy(p, 5, rng),
    "rotation 2°": lambda p, rng: rotated(p, 2 if rng.random() < 0.5 else -2),
    "right angle": lambda p, rng: np.ascontiguousarray(np.rot90(p, int(rng.integers(1, 4)))),
    "flip": lambda p, _: np.ascontiguousarray(p[:, ::-1]),
    "aspect + 8 %": lambda p, _: scaled(p, 1.08, 1),
    "aspect - 8 %": lambda p, _: scaled(p, 1, 1.08),
    "screenshot": lambda p, _: _screenshot(p),
    "75 % + JPEG 71": lambda p, _: jpeg(scaled(p, 0.75, 0.75), 71),
    "rotation 2° + crop 10 % + JPEG 75": lambda p, rng: jpeg(cropped(rotated(p, 2), 0.1, rng), 75),
}
"""Name to handling; sizes are not told to the detector."""
