"""Drawings made by script, and photos of them as a phone takes them: clean-up is tried on these."""

from collections.abc import Callable
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]
Plane = npt.NDArray[np.float32]
Corners = npt.NDArray[np.float32]
"""(4, 2), clockwise from the top left."""
Strokes = list[npt.NDArray[np.float64]]
"""Polylines, each (N, 2): x and y in pixels of the sheet."""

SHEET = (1600, 1200)  # pixels of the sheet: width, height


class Case(NamedTuple):
    """A photo (RGB), the true lines (SHEET, 1 where there is ink), and where the sheet's corners
    are in the photo, clockwise from the top left; None where the photo is the sheet."""

    photo: Image
    truth: Image
    corners: Corners | None


def strokes_of_a_mug(
    rng: np.random.Generator, wobble: float = 2.5
) -> list[npt.NDArray[np.float64]]:
    """Polylines in sheet pixels: a mug with handle, saucer and some detail, by a human hand."""
    turn = np.linspace(0, 2 * np.pi, 160)

    def ellipse(x: float, y: float, a: float, b: float, part: slice = slice(None)) -> np.ndarray:
        angles = turn[part]
        return np.stack([x + a * np.cos(angles), y + b * np.sin(angles)], axis=1)

    def line(*points: tuple[float, float]) -> np.ndarray:
        places = np.array(points, float)
        steps = np.linspace(0, len(places) - 1, 60)
        return np.stack([np.interp(steps, range(len(places)), column) for column in places.T], 1)

    shapes = [
        ellipse(650, 300, 260, 75),
        ellipse(650, 305, 225, 58),
        line((390, 300), (420, 560), (450, 780)),
        line((910, 300), (885, 560), (850, 780)),
        ellipse(650, 780, 200, 60, slice(0, 80)),
        ellipse(930, 520, 150, 165, slice(0, 40)),
        ellipse(930, 520, 150, 165, slice(120, 160)),
        ellipse(925, 520, 105, 115, slice(0, 40)),
        ellipse(925, 520, 105, 115, slice(120, 160)),
        ellipse(650, 830, 420, 105),
        line((480, 450), (820, 450)),
        line((490, 520), (815, 520)),
        line((560, 600), (600, 680), (640, 600), (680, 680), (720, 600)),
    ]
    for shape in shapes:
        drift = cv2.GaussianBlur(rng.normal(size=shape.shape), (1, 0), sigmaX=0.1, sigmaY=9)
        shape += wobble * 4 * drift
    return shapes


def ink_of(
    strokes: Strokes,
    rng: np.random.Generator,
    *,
    thickness: float = 5.0,
    pressure: float = 0.25,
    grain: float = 0.0,
) -> Plane:
    """How much ink lies on the sheet, 0 to 1: strokes of changing width and strength."""
    width, height = SHEET
    ink = np.zeros((height, width), np.float32)
    for stroke in strokes:
        layer = np.zeros_like(ink)
        force = cv2.GaussianBlur(rng.normal(size=(len(stroke), 1)), (1, 0), sigmaX=0.1, sigmaY=12)
        force = 1 + pressure * 3.0 * force[:, 0]
        for start, end, strength in zip(stroke[:-1], stroke[1:], force[1:], strict=True):
            points = [tuple(round(float(v) * 8) for v in point) for point in (start, end)]
            thick = max(1, round(thickness * (0.7 + 0.3 * strength)))
            level = float(np.clip(strength, 0.45, 1.0))
            cv2.line(layer, points[0], points[1], level, thick, cv2.LINE_AA, 3)
        ink = np.maximum(ink, layer)
    if grain:
        tooth = cv2.GaussianBlur(rng.normal(size=ink.shape).astype(np.float32), (0, 0), 1.1)
        ink = np.clip(ink * (1 + grain * 3.2 * tooth), 0, 1)
    return np.asarray(ink, np.float32)


def printed(kind: str) -> Plane:
    """How much print lies on the sheet: "lined", "squared" or nothing."""
    width, height = SHEET
    plane = np.zeros((height, width), np.float32)
    if kind in ("lined", "squared"):
        step = 58 if kind == "lined" else 37
        for y in range(step, height, step):
            cv2.line(plane, (0, y), (width, y), 1.0, 2, cv2.LINE_AA)
        if kind == "squared":
            for x in range(step, width, step):
                cv2.line(plane, (x, 0), (x, height), 1.0, 2, cv2.LINE_AA)
    return plane


def sheet_of(ink: Plane, paper: tuple[float, ...], pen: tuple[float, ...], print_: Plane) -> Plane:
    """The sheet's colours, float32 (H, W, 3) in 0..1; print is pale blue, and pen lies on it."""
    page = np.broadcast_to(np.array(paper, np.float32), (*ink.shape, 3)).copy()
    page *= 1 - 0.42 * print_[..., None] * (1 - np.array([0.45, 0.62, 0.85], np.float32))
    inked = page * (1 - ink[..., None]) + page * np.array(pen, np.float32) * ink[..., None]
    return np.asarray(inked, np.float32)


def _seen(rng: np.random.Generator, size: tuple[int, int], tilt: float) -> Corners:
    """Where a camera that is tilted by up to `tilt` degrees each way sees the sheet's corners."""
    width, height = size
    across, down = SHEET
    sheet = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * (0.5, 0.5 * down / across)
    turns = np.deg2rad(rng.uniform(-tilt, tilt, 3) * (1, 1, 0.3))
    rotation, _ = cv2.Rodrigues(np.array([turns[0], 0, 0]))
    for axis in ((0, turns[1], 0), (0, 0, turns[2])):
        rotation = cv2.Rodrigues(np.array(axis))[0] @ rotation
    places = np.concatenate([sheet, np.zeros((4, 1))], axis=1) @ rotation.T + (0, 0, 1.05)
    points = places[:, :2] / places[:, 2:] * 0.8 * width + (width / 2, height / 2)
    room = np.array(size) * 0.035
    shrink = min(1.0, *((np.array(size) / 2 - room) / np.abs(points - np.array(size) / 2).max(0)))
    return ((points - np.array(size) / 2) * shrink + np.array(size) / 2).astype(np.float32)


def photographed(
    sheet: Plane,
    rng: np.random.Generator,
    size: tuple[int, int] = (1600, 1200),
    *,
    tilt: float = 18.0,
    shadow: float = 0.35,
    noise: float = 0.012,
    quality: int = 82,
    desk: tuple[float, ...] = (0.42, 0.30, 0.22),
) -> tuple[Image, Corners]:
    """A JPEG photo of the sheet on a desk: (RGB, corners of the sheet in it)."""
    width, height = size
    corners = _seen(rng, size, tilt)
    across, down = SHEET
    source = np.array([[0, 0], [across, 0], [across, down], [0, down]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners)
    wood = rng.normal(size=(height, width)).astype(np.float32)
    grain = cv2.GaussianBlur(wood, (0, 0), 3, sigmaY=30)
    scene = np.array(desk, np.float32) * (1 + 0.5 * grain[..., None])
    warped = cv2.warpPerspective(sheet, matrix, size, flags=cv2.INTER_AREA)
    cover = cv2.warpPerspective(np.ones(sheet.shape[:2], np.float32), matrix, size)
    scene = scene * (1 - cover[..., None]) + warped * cover[..., None]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = x / width * 2 - 1, y / height * 2 - 1
    light = 0.95 - 0.15 * (x + 0.6 * y) / 1.6 - 0.13 * (x * x + y * y)
    hand = 1 / (1 + np.exp(-9 * (x * 0.8 + y * 0.5 - 0.35 + 0.1 * np.sin(3 * y))))
    light = light * (1 - shadow * hand)
    scene = scene * light[..., None] * np.array([1.04, 1.0, 0.9], np.float32)
    scene = cv2.GaussianBlur(scene, (0, 0), 0.9)
    scene = scene + rng.normal(size=scene.shape[:2]).astype(np.float32)[..., None] * noise
    photo = (np.clip(scene, 0, 1) * 255).astype(np.uint8)
    _done, data = cv2.imencode(".jpg", photo[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return np.ascontiguousarray(decoded[..., ::-1]), corners


PENCIL, BALLPOINT, MARKER, CHALK = (0.42,) * 3, (0.2, 0.25, 0.55), (0.08,) * 3, (0.93,) * 3
WHITE, CREAM, KRAFT = (0.97, 0.97, 0.96), (0.98, 0.94, 0.84), (0.80, 0.69, 0.54)


def _paper(
    paper: tuple[float, ...], pen: tuple[float, ...], kind: str, **ink: float
) -> Callable[[int, tuple[int, int]], Case]:
    def make(seed: int, size: tuple[int, int]) -> Case:
        rng = np.random.default_rng(seed)
        lines = ink_of(strokes_of_a_mug(rng), rng, **ink)
        sheet = sheet_of(lines, paper, pen, printed(kind))
        photo, corners = photographed(sheet, rng, size)
        truth = ink_of(strokes_of_a_mug(np.random.default_rng(seed)), np.random.default_rng(seed))
        return Case(photo, (truth > 0.3).astype(np.uint8), corners)

    return make


def _board(seed: int, size: tuple[int, int]) -> Case:
    """White chalk on a blackboard that fills the photo."""
    rng = np.random.default_rng(seed)
    lines = ink_of(strokes_of_a_mug(rng), rng, thickness=7, grain=0.35)
    board = np.array([0.12, 0.17, 0.15], np.float32)
    page = board * (1 - lines[..., None]) + np.array(CHALK, np.float32) * lines[..., None]
    smear = cv2.GaussianBlur(rng.normal(size=lines.shape).astype(np.float32), (0, 0), 40)
    page = np.clip(page + 0.8 * smear[..., None], 0, 1)
    noisy = page + 0.012 * rng.normal(size=(*lines.shape, 1)).astype(np.float32)
    photo = cv2.resize((np.clip(noisy, 0, 1) * 255).astype(np.uint8), size)
    return Case(np.asarray(photo, np.uint8), _truth(seed), None)


def _scan(seed: int, size: tuple[int, int]) -> Case:
    """Clean black lines on white."""
    truth = _truth(seed)
    plane = (255 * (1 - cv2.GaussianBlur(truth.astype(np.float32), (0, 0), 0.7))).astype(np.uint8)
    photo = np.repeat(cv2.resize(plane, size, interpolation=cv2.INTER_AREA)[..., None], 3, axis=2)
    return Case(np.asarray(photo, np.uint8), truth, None)


def _truth(seed: int) -> Image:
    rng = np.random.default_rng(seed)
    return (ink_of(strokes_of_a_mug(rng), rng) > 0.3).astype(np.uint8)


CASES: dict[str, Callable[[int, tuple[int, int]], Case]] = {
    "clean drawing": _scan,
    "pencil on plain paper": _paper(WHITE, PENCIL, "", grain=0.3),
    "faint pencil on plain paper": _paper(WHITE, (0.68,) * 3, "", grain=0.3, thickness=4),
    "pencil on cream paper": _paper(CREAM, PENCIL, "", grain=0.3),
    "pencil on lined paper": _paper(WHITE, PENCIL, "lined", grain=0.3),
    "pencil on squared paper": _paper(WHITE, PENCIL, "squared", grain=0.3),
    "ballpoint on squared paper": _paper(WHITE, BALLPOINT, "squared", thickness=4),
    "marker on a whiteboard": _paper((0.93, 0.94, 0.95), MARKER, "", thickness=11),
    "pencil on kraft paper": _paper(KRAFT, PENCIL, "", grain=0.3),
    "chalk on a blackboard": _board,
}
"""What makes a photo, from a seed and the photo's size (width, height)."""
