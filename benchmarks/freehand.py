"""Sketches as a hand draws them: strokes of twelve objects that tremble and do not quite close.

Drawn from memory and not after a renderer. All places are shares of the paper's side, from its
upper left corner.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

Way = npt.NDArray[np.float64]
"""Where the hand means to go, shape (n, 2): x and y."""
Trace = npt.NDArray[np.float64]
"""Where it went, shape (n, 3): x, y and the pressure, 0 to 1."""

TREMBLE = 0.0022  # how far the hand strays, standard deviation
OVERSHOOT = 0.006  # how far a stroke begins or ends from where it should, standard deviation
APART = 0.006  # between two points of a stroke
_WAVES = (1.3, 2.7, 5.1, 9.0)  # of the tremor, along a stroke as long as the paper is wide


def oval(x: float, y: float, rx: float, ry: float, begin: float = 0, end: float = 360) -> Way:
    """An ellipse around x, y, or its part between two angles in degrees, clockwise from right."""
    turns = np.radians(np.linspace(begin, end, 73))
    return np.stack([x + rx * np.cos(turns), y + ry * np.sin(turns)], axis=1)


def straight(*points: tuple[float, float]) -> Way:
    """From corner to corner, without lifting the pen."""
    return np.array(points, float)


def through(*points: tuple[float, float]) -> Way:
    """A smooth curve through all points (Catmull-Rom)."""
    first, *_, last = knots = np.array(points, float)
    padded = np.vstack([2 * first - knots[1], knots, 2 * last - knots[-2]])
    t = np.linspace(0, 1, 16, endpoint=False)[:, None]
    parts = [
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - 3 * c + d - a) * t**3
        )
        for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False)
    ]
    return np.vstack([*parts, last])


def both(way: Way) -> list[Way]:
    """`way`, and as it is in a mirror that stands in the middle of the paper."""
    return [way, np.stack([1 - way[:, 0], way[:, 1]], axis=1)]


MUG_BODY = (
    oval(0.44, 0.31, 0.19, 0.055, -160, 205),
    straight((0.25, 0.31), (0.265, 0.71)),
    straight((0.63, 0.31), (0.615, 0.71)),
    oval(0.44, 0.71, 0.175, 0.05, 0, 180),
)
MUG_HANDLE = (
    through((0.63, 0.39), (0.74, 0.375), (0.79, 0.47), (0.75, 0.59), (0.62, 0.615)),
    through((0.63, 0.445), (0.70, 0.43), (0.735, 0.48), (0.70, 0.545), (0.622, 0.56)),
)
"""Drawn after the body, so that it can be taken back alone."""


def _teapot() -> list[Way]:
    return [
        oval(0.5, 0.56, 0.2, 0.155, -60, 245),
        oval(0.5, 0.425, 0.1, 0.026),
        through((0.4, 0.42), (0.44, 0.375), (0.5, 0.36), (0.56, 0.375), (0.6, 0.42)),
        oval(0.5, 0.335, 0.028, 0.026, 90, 450),
        through((0.32, 0.5), (0.26, 0.47), (0.2, 0.375)),
        through((0.325, 0.62), (0.23, 0.57), (0.165, 0.4)),
        straight((0.2, 0.375), (0.163, 0.4)),
        through((0.67, 0.47), (0.77, 0.43), (0.835, 0.51), (0.8, 0.62), (0.68, 0.655)),
        through((0.69, 0.51), (0.755, 0.485), (0.79, 0.53), (0.76, 0.595), (0.695, 0.615)),
        oval(0.5, 0.715, 0.1, 0.024, 0, 180),
    ]


def _vase() -> list[Way]:
    side = through(
        (0.415, 0.24), (0.43, 0.32), (0.37, 0.43), (0.34, 0.53), (0.385, 0.67), (0.42, 0.75)
    )
    return [
        oval(0.5, 0.24, 0.085, 0.022, -100, 265),
        *both(side),
        oval(0.5, 0.75, 0.08, 0.022, 0, 180),
    ]


def _bottle() -> list[Way]:
    side = through(
        (0.462, 0.24), (0.46, 0.35), (0.445, 0.41), (0.405, 0.47), (0.4, 0.55), (0.4, 0.79)
    )
    return [
        oval(0.5, 0.17, 0.042, 0.013),
        *both(straight((0.458, 0.17), (0.458, 0.235))),
        oval(0.5, 0.235, 0.042, 0.013, 0, 180),
        *both(side),
        oval(0.5, 0.79, 0.1, 0.026, 0, 180),
    ]


def _goblet() -> list[Way]:
    return [
        oval(0.5, 0.24, 0.155, 0.042, -150, 215),
        *both(through((0.345, 0.24), (0.35, 0.37), (0.4, 0.465), (0.48, 0.5))),
        *both(straight((0.482, 0.5), (0.482, 0.72))),
        oval(0.5, 0.745, 0.12, 0.035, -85, 275),
    ]


def _lamp() -> list[Way]:
    return [
        oval(0.5, 0.2, 0.09, 0.022),
        *both(straight((0.41, 0.2), (0.315, 0.43))),
        oval(0.5, 0.43, 0.185, 0.045, 0, 180),
        *both(through((0.475, 0.475), (0.455, 0.56), (0.478, 0.65), (0.47, 0.72))),
        oval(0.5, 0.745, 0.115, 0.032),
        oval(0.5, 0.77, 0.115, 0.032, 0, 180),
    ]


def _chair() -> list[Way]:
    return [
        straight((0.33, 0.18), (0.6, 0.15), (0.6, 0.36), (0.34, 0.4), (0.33, 0.18)),
        straight((0.345, 0.4), (0.345, 0.525)),
        straight((0.37, 0.4), (0.37, 0.52)),
        straight((0.575, 0.365), (0.575, 0.49)),
        straight((0.597, 0.365), (0.6, 0.485)),
        straight((0.34, 0.525), (0.61, 0.485), (0.7, 0.57), (0.41, 0.62), (0.34, 0.525)),
        straight((0.41, 0.62), (0.41, 0.65), (0.7, 0.6), (0.7, 0.57)),
        straight((0.415, 0.65), (0.42, 0.84), (0.447, 0.84), (0.448, 0.645)),
        straight((0.663, 0.605), (0.665, 0.79), (0.692, 0.79), (0.695, 0.6)),
        straight((0.345, 0.535), (0.345, 0.74), (0.37, 0.74), (0.372, 0.575)),
        straight((0.585, 0.625), (0.585, 0.705), (0.607, 0.705), (0.608, 0.62)),
    ]


def _stool() -> list[Way]:
    return [
        oval(0.5, 0.29, 0.2, 0.07, 170, 535),
        *both(straight((0.3, 0.29), (0.3, 0.325))),
        oval(0.5, 0.325, 0.2, 0.07, 0, 180),
        *both(straight((0.345, 0.38), (0.3, 0.82), (0.33, 0.825), (0.38, 0.385))),
        *both(straight((0.44, 0.395), (0.43, 0.74), (0.455, 0.74), (0.47, 0.395))),
        oval(0.5, 0.61, 0.165, 0.04, 15, 165),
    ]


def _speaker() -> list[Way]:
    return [
        straight((0.34, 0.2), (0.6, 0.22), (0.6, 0.82), (0.35, 0.78), (0.34, 0.2)),
        straight((0.34, 0.2), (0.46, 0.155), (0.7, 0.172), (0.6, 0.22)),
        straight((0.7, 0.172), (0.695, 0.75), (0.6, 0.82)),
        oval(0.47, 0.35, 0.062, 0.068, -90, 270),
        oval(0.47, 0.35, 0.028, 0.031),
        oval(0.475, 0.59, 0.095, 0.105, -90, 270),
        oval(0.475, 0.59, 0.045, 0.05),
    ]


def _watch() -> list[Way]:
    below = straight((0.42, 0.645), (0.43, 0.86), (0.57, 0.86), (0.58, 0.645))
    return [
        oval(0.5, 0.5, 0.165, 0.168, -90, 272),
        oval(0.5, 0.5, 0.135, 0.138, 60, 420),
        straight((0.42, 0.352), (0.43, 0.14), (0.57, 0.14), (0.58, 0.352)),
        below,
        straight((0.665, 0.475), (0.69, 0.475), (0.69, 0.525), (0.665, 0.525)),
        straight((0.5, 0.5), (0.5, 0.405)),
        straight((0.5, 0.5), (0.565, 0.535)),
    ]


def _clock() -> list[Way]:
    return [
        oval(0.5, 0.52, 0.2, 0.2, -90, 272),
        oval(0.5, 0.52, 0.168, 0.168, 30, 390),
        *both(oval(0.385, 0.3, 0.068, 0.06, 130, 350)),
        *both(straight((0.33, 0.355), (0.445, 0.285))),
        through((0.45, 0.255), (0.465, 0.2), (0.535, 0.2), (0.55, 0.255)),
        *both(straight((0.375, 0.68), (0.345, 0.77), (0.375, 0.775), (0.415, 0.705))),
        straight((0.5, 0.52), (0.5, 0.405)),
        straight((0.5, 0.52), (0.575, 0.565)),
    ]


def _perfume() -> list[Way]:
    return [
        straight((0.35, 0.42), (0.65, 0.42), (0.65, 0.8), (0.35, 0.8), (0.35, 0.42)),
        straight((0.42, 0.53), (0.58, 0.53), (0.58, 0.68), (0.42, 0.68), (0.42, 0.53)),
        *both(straight((0.465, 0.42), (0.465, 0.375))),
        straight((0.435, 0.22), (0.565, 0.22), (0.565, 0.375), (0.435, 0.375), (0.435, 0.22)),
    ]


SKETCHES: Mapping[str, Callable[[], Sequence[Way]]] = MappingProxyType(
    {
        "mug": lambda: [*MUG_BODY, *MUG_HANDLE],
        "teapot": _teapot,
        "vase": _vase,
        "bottle": _bottle,
        "goblet": _goblet,
        "lamp": _lamp,
        "chair": _chair,
        "stool": _stool,
        "speaker": _speaker,
        "watch": _watch,
        "clock": _clock,
        "perfume": _perfume,
    }
)


def by_hand(way: Way, random: np.random.Generator) -> Trace:
    """`way` as a hand follows it: with a tremor, pressed harder in the middle of the stroke."""
    even = _evenly(way)
    lengths = _lengths(even)
    along = lengths / max(lengths[-1], 1e-9)
    for axis in range(2):
        phases = random.uniform(0, 2 * np.pi, len(_WAVES))
        shares = random.normal(0, 1, len(_WAVES)) / np.arange(1, len(_WAVES) + 1)
        waves = np.sin(2 * np.pi * lengths[:, None] * _WAVES + phases) @ shares
        even[:, axis] += TREMBLE * 1.5 * waves
        begin, end = random.normal(0, OVERSHOOT, 2)
        even[:, axis] += begin * (1 - along) ** 3 + end * along**3
    pressed = 0.35 + 0.45 * np.sin(np.pi * along) ** 0.5 + random.normal(0, 0.02, len(along))
    return np.column_stack([even, pressed.clip(0.1, 1.0)])


def drawn(name: str, seed: int) -> list[Trace]:
    """The strokes of one of SKETCHES. Raises KeyError."""
    random = np.random.default_rng(seed)
    return [by_hand(way, random) for way in SKETCHES[name]()]


def _lengths(way: Way) -> npt.NDArray[np.float64]:
    steps = np.hypot(*np.diff(way, axis=0).T)
    return np.concatenate([[0.0], np.cumsum(steps)])


def _evenly(way: Way) -> Way:
    lengths = _lengths(way)
    count = max(3, round(lengths[-1] / APART))
    places = np.linspace(0, lengths[-1], count)
    return np.stack([np.interp(places, lengths, way[:, axis]) for axis in range(2)], axis=1)
