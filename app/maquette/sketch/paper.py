"""The sheet of paper in a photo: its four corners, proposed, and the view from straight above."""

import math
from typing import NamedTuple

import cv2
import numpy as np

from maquette.core.cleanup import Corner
from maquette.core.pixels import Pixels
from maquette.sketch.greys import Grey, reduced

_SMALL = 480  # pixels of the longer side at which the sheet is looked for
_SMALLEST, _LARGEST = 0.18, 0.97  # share of the image that a sheet covers
_TINIEST = 0.002  # share of the image that corners must enclose
_STRAIGHT = 0.035  # of the outline's length: how far it may be from four straight sides
_SHARPEST, _BLUNTEST = 50.0, 130.0  # degrees at a corner
_STEP = 14  # of 255: how much the sheet and what it lies on differ at least
_ACCEPTED = 0.55  # confidence


class Sheet(NamedTuple):
    """Corners clockwise from the top left, and how sure one can be of them, 0 to 1."""

    corners: tuple[Corner, ...]
    confidence: float


def find_sheet(image: Pixels) -> Sheet | None:
    """The sheet in an RGB photo, or None where the whole image may as well be one.

    Candidates are the outlines of what is brighter, darker or less coloured than the rest (Otsu's
    threshold, IEEE Trans. SMC 9:62-66, 1979) and of what strong edges enclose (Canny, PAMI-8:679,
    1986), brought to four corners (Douglas and Peucker, 1973). They are judged by how much the two
    sides of each edge differ.
    """
    small = reduced(image[..., :3], _SMALL)
    colours = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2LAB), (0, 0), 2.0)
    best: Sheet | None = None
    for mask in _masks(np.asarray(colours, np.uint8)):
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:3]:
            corners = _quadrilateral(contour, mask.shape)
            if corners is None:
                continue
            confidence = _confidence(corners, np.asarray(colours, np.int16))
            if best is None or confidence > best.confidence:
                best = Sheet(tuple((float(x), float(y)) for x, y in corners), confidence)
    if best is None or best.confidence < _ACCEPTED:
        return None
    factor = max(image.shape[:2]) / max(small.shape[:2])
    return Sheet(
        tuple(((x + 0.5) * factor - 0.5, (y + 0.5) * factor - 0.5) for x, y in best.corners),
        best.confidence,
    )


def whole(image: Pixels) -> tuple[Corner, ...]:
    """The corners of the image itself."""
    height, width = image.shape[:2]
    right, bottom = float(width - 1), float(height - 1)
    return ((0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom))


def usable(corners: tuple[Corner, ...], image: Pixels) -> tuple[Corner, ...]:
    """Four corners within the image, in order; () if they enclose next to nothing of it."""
    places = np.array(corners, np.float32)
    if places.shape != (4, 2) or not np.isfinite(places).all():
        return ()
    height, width = image.shape[:2]
    places = in_order(tuple(map(tuple, np.clip(places, 0, (width - 1, height - 1)))))
    if cv2.contourArea(places) < _TINIEST * width * height or not cv2.isContourConvex(places):
        return ()
    return tuple((float(x), float(y)) for x, y in places)


def in_order(corners: tuple[Corner, ...]) -> np.ndarray:
    """Four corners (4, 2) float32, clockwise from the top left, however they were given."""
    points = np.array(corners, np.float32).reshape(4, 2)
    angles = np.arctan2(*(points - points.mean(axis=0)).T[::-1])
    points = points[np.argsort(angles)]
    return np.roll(points, -int(np.argmin(points.sum(axis=1))), axis=0)


def straightened(image: Pixels, corners: tuple[Corner, ...], side: int) -> Pixels:
    """What lies between four corners, seen from straight above, at most `side` pixels long."""
    points = in_order(corners)
    lengths = np.linalg.norm(points - np.roll(points, -1, axis=0), axis=1)
    width, height = max(lengths[0], lengths[2]), max(lengths[1], lengths[3])
    proportion = _proportion(points, image.shape[1], image.shape[0]) or width / max(height, 1e-6)
    if proportion > width / max(height, 1e-6):
        width = height * proportion
    else:
        height = width / proportion
    factor = min(1.0, side / max(width, height, 1.0))
    size = (max(8, round(float(width) * factor)), max(8, round(float(height) * factor)))
    right, bottom = size[0] - 1, size[1] - 1
    target = np.array([[0, 0], [right, 0], [right, bottom], [0, bottom]], np.float32)
    matrix = cv2.getPerspectiveTransform(points, target)
    flags = cv2.INTER_AREA if factor < 0.6 else cv2.INTER_LINEAR
    warped = cv2.warpPerspective(
        image[..., :3], matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(warped, np.uint8)


def _proportion(corners: np.ndarray, across: int, down: int) -> float | None:
    """Width by height of the rectangle whose picture has these corners; None if it is not certain.

    Zhang and He, "Whiteboard scanning and image enhancement", Digital Signal Processing 17, 2007,
    equations 11 and 20, for a camera whose optical axis goes through the middle of the image.
    """
    centre = np.array([across / 2, down / 2])
    unit = max(across, down)
    m1, m2, m4, m3 = (np.append((corner - centre) / unit, 1.0) for corner in corners)
    k2 = (np.cross(m1, m4) @ m3) / (np.cross(m2, m4) @ m3)
    k3 = (np.cross(m1, m4) @ m2) / (np.cross(m3, m4) @ m2)
    n2, n3 = k2 * m2 - m1, k3 * m3 - m1
    if min(abs(n2[2]), abs(n3[2])) < 0.03:  # hardly any perspective: nothing to learn from it
        return None
    focal = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
    if not 0.25 <= focal <= 9.0:  # of no camera that people have; in units of the longer side
        return None
    weights = np.array([1 / focal, 1 / focal, 1.0])
    return float(np.sqrt((n2 * n2 @ weights) / (n3 * n3 @ weights)))


def _masks(lab: np.ndarray) -> list[Grey]:
    light = lab[..., 0]
    chroma = np.abs(lab[..., 1:].astype(np.int16) - 128).sum(axis=2).clip(0, 255).astype(np.uint8)
    kernel = np.ones((9, 9), np.uint8)
    masks = []
    for plane, flag in (
        (light, cv2.THRESH_BINARY),
        (light, cv2.THRESH_BINARY_INV),
        (chroma, cv2.THRESH_BINARY_INV),
    ):
        _level, mask = cv2.threshold(plane, 0, 255, flag + cv2.THRESH_OTSU)
        masks.append(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel))
    edges = cv2.dilate(cv2.Canny(light, 20, 60), np.ones((3, 3), np.uint8))
    outside = cv2.copyMakeBorder(edges, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    cv2.floodFill(outside, None, (0, 0), 128)
    masks.append(np.where(outside[1:-1, 1:-1] == 128, 0, 255).astype(np.uint8))
    return masks


def _quadrilateral(contour: np.ndarray, shape: tuple[int, ...]) -> np.ndarray | None:
    """Its four corners (4, 2) in order, if it has such a shape."""
    hull = cv2.convexHull(contour)
    length = cv2.arcLength(hull, closed=True)
    for share in (0.02, _STRAIGHT, 0.05):
        outline = cv2.approxPolyDP(hull, share * length, closed=True)
        if len(outline) == 4:
            break
    else:
        return None
    area, whole_area = cv2.contourArea(outline), shape[0] * shape[1]
    if not _SMALLEST <= area / whole_area <= _LARGEST:
        return None
    if cv2.contourArea(contour) < 0.85 * area:  # ragged: no sheet
        return None
    points = in_order(tuple((float(x), float(y)) for x, y in outline[:, 0]))
    for index in range(4):
        before, here, after = (points[(index + step) % 4] for step in (-1, 0, 1))
        a, b = before - here, after - here
        cosine = float(a @ b) / max(1e-6, float(np.linalg.norm(a) * np.linalg.norm(b)))
        angle = math.degrees(math.acos(max(-1.0, min(1.0, cosine))))
        if not _SHARPEST <= angle <= _BLUNTEST:
            return None
    return points


def _confidence(corners: np.ndarray, lab: np.ndarray) -> float:
    """Of points along the sides, the share at which inside and outside differ as they do all over.

    Strokes differ from what is on both sides of them, and so does no sheet.
    """
    height, width = lab.shape[:2]
    centre = corners.mean(axis=0)
    steps = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = (end - start) / max(1e-6, float(np.linalg.norm(end - start)))
        inward = np.array([-along[1], along[0]])
        if float(inward @ (centre - start)) < 0:
            inward = -inward
        for share in np.linspace(0.06, 0.94, 24):
            place = start + (end - start) * share
            inside, outside = (np.rint(place + inward * step).astype(int) for step in (8, -8))
            both = np.stack([inside, outside])
            # What is cut off by the image's border is neither for the sheet nor against it.
            if (both >= 0).all() and (both < (width, height)).all():
                steps.append(lab[inside[1], inside[0]] - lab[outside[1], outside[0]])
    if len(steps) < 30:
        return 0.0
    usual = np.median(np.array(steps, np.float32), axis=0)
    size = float(np.linalg.norm(usual))
    if size < _STEP:
        return 0.0
    return float((np.array(steps, np.float32) @ (usual / size) >= 0.5 * _STEP).mean())
