"""A profile of our own for offset printing on coated paper: what inks do to colours, roughly.

No measured press, and nothing to convert files for one with: it shows which colours paper cannot
hold, for who has no profile of the printer's. Solid inks and their overprints have the colours of
ISO 12647-2:2004/Amd 1:2007, paper types 1 and 2 (gloss and matt coated) on white backing; dots
grow by the curves that it gives for them, 14 % of the area at the middle for the colours, 17 % for
black. Mixtures follow the Neugebauer equations: H. Neugebauer, "Die theoretischen Grundlagen des
Mehrfarbenbuchdrucks", 1937, with the areas of Demichel; black over colours is darker than black by
the square root of what those let through.
"""

import functools
import itertools
import struct

import numpy as np
import numpy.typing as npt

COATED = "generic-coated"
"""What a preset names this profile by, in the place of a file."""

_Values = npt.NDArray[np.float64]

_LAB = {  # by which of cyan, magenta, yellow are printed
    (0, 0, 0): (95, 0, -2), (1, 0, 0): (55, -37, -50), (0, 1, 0): (48, 74, -3),
    (0, 0, 1): (89, -5, 93), (0, 1, 1): (47, 68, 48), (1, 0, 1): (50, -65, 27),
    (1, 1, 0): (24, 22, -46), (1, 1, 1): (23, 0, 0),
}  # fmt: skip
_BLACK = (16, 0, 0)
_GAIN = np.array([0.14, 0.14, 0.14, 0.17])
_WHITE = np.array([0.9642, 1.0, 0.8249])  # D50
_INKS, _COLOURS = 9, 17  # points along each axis of the two tables
_ROUNDS = 40
_STEP = 1e-3
_BLACK_FROM = 60.0  # L* above which no black is printed
_DATE = (2026, 1, 1, 0, 0, 0)


@functools.cache
def coated_profile() -> bytes:
    """The profile, ICC.1:2001-04 (version 2.4): a printer, CMYK to Lab and back, relative.

    Takes most of a second, the first time.
    """
    inks = np.stack(np.meshgrid(*[np.linspace(0, 1, _INKS)] * 4, indexing="ij"), -1).reshape(-1, 4)
    light, side = np.linspace(0, 100, _COLOURS), np.linspace(-128, 127, _COLOURS)
    wanted = np.stack(np.meshgrid(light, side, side, indexing="ij"), axis=-1).reshape(-1, 3)
    there = _table(4, 3, _INKS, _encoded(_shown(inks)), 65280)
    back = _table(3, 4, _COLOURS, _inks_for(wanted), 65535)
    return _file(
        {
            b"desc": _description("Coated paper (generic)"),
            b"cprt": b"text" + bytes(4) + b"No copyright, use freely\0",
            b"wtpt": b"XYZ " + bytes(4) + _fixed(_xyz(np.array(_LAB[0, 0, 0], float))),
            b"A2B0": there,
            b"A2B1": there,
            b"B2A0": back,
            b"B2A1": back,
        }
    )


def _shown(inks: _Values) -> _Values:
    """Lab, relative to the paper, of `inks` (n, 4), cyan to black, each 0 to 1."""
    areas = inks + 4 * _GAIN * inks * (1 - inks)
    total = np.zeros((len(inks), 3))
    paper = _xyz(np.array(_LAB[0, 0, 0], float))
    black = _xyz(np.array(_BLACK, float))
    for printed in itertools.product((0, 1), repeat=4):
        share = np.prod(np.where(np.array(printed) > 0, areas, 1 - areas), axis=1)
        cyan, magenta, yellow, has_black = printed
        colour = _xyz(np.array(_LAB[cyan, magenta, yellow], float))
        if has_black:
            colour = black * np.sqrt(colour / paper)
        total += share[:, None] * colour
    return _lab(total / paper * _WHITE)


def _inks_for(wanted: _Values) -> _Values:
    """Inks (n, 4) that come nearest to `wanted` in Lab: Gauss-Newton, held within 0 and 1.

    Black is given by lightness and takes the place of some grey (GCR); where that is too much for
    a strong colour, it is taken back.
    """
    chroma = np.hypot(wanted[:, 1], wanted[:, 2])
    dark = np.clip((_BLACK_FROM - wanted[:, 0]) / _BLACK_FROM, 0, 1)
    black = dark**1.5 * np.clip(1 - chroma / 80, 0.0, 1)
    inks = np.column_stack([np.full((len(wanted), 3), 0.5), black])
    best, least = inks.copy(), np.full(len(wanted), np.inf)
    for _ in range(_ROUNDS):
        shown = _shown(inks)
        missing = wanted - shown
        error = (missing**2).sum(axis=1)
        better = error < least
        best[better], least[better] = inks[better], error[better]
        slopes = np.stack([(_shown(inks + _STEP * unit) - shown) / _STEP for unit in np.eye(4)[:3]])
        slope = np.moveaxis(slopes, 0, 2)  # (n, Lab, inks)
        normal = np.swapaxes(slope, 1, 2) @ slope + np.eye(3)  # damped
        change = np.linalg.solve(normal, np.swapaxes(slope, 1, 2) @ missing[..., None])[..., 0]
        inks = inks.copy()
        inks[:, :3] = np.clip(inks[:, :3] + np.clip(change, -0.3, 0.3), 0, 1)
    return best


def _xyz(lab: _Values) -> _Values:
    """Lab to XYZ under D50 (CIE 15:2004, 8.2.1)."""
    middle = (lab[..., 0] + 16) / 116
    steps = np.stack([middle + lab[..., 1] / 500, middle, middle - lab[..., 2] / 200], axis=-1)
    return np.where(steps > 6 / 29, steps**3, (steps - 4 / 29) * 3 * (6 / 29) ** 2) * _WHITE


def _lab(xyz: _Values) -> _Values:
    ratio = np.maximum(xyz / _WHITE, 0)
    roots = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = roots[..., 0], roots[..., 1], roots[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def _encoded(lab: _Values) -> _Values:
    """Lab as 0 to 1 of the 16-bit encoding of version 2, in which 65280 stands for 100 and 127."""
    return np.column_stack([lab[:, 0] / 100, (lab[:, 1] + 128) / 255, (lab[:, 2] + 128) / 255])


def _table(inputs: int, outputs: int, grid: int, values: _Values, full: int) -> bytes:
    """A `mft2` (ICC.1:2001-04, 6.5.7): straight curves, and the last input runs fastest."""
    head = b"mft2" + struct.pack(">4x4B", inputs, outputs, grid, 0)
    ramp = np.array([0, 65535], ">u2").tobytes()
    body = np.rint(np.clip(values, 0, 1) * full).astype(">u2").tobytes()
    matrix = _fixed(np.eye(3).ravel())
    return head + matrix + struct.pack(">2H", 2, 2) + ramp * inputs + body + ramp * outputs


def _file(tags: dict[bytes, bytes]) -> bytes:
    offset = 132 + 12 * len(tags)
    entries, body = b"", b""
    places: dict[bytes, int] = {}
    for name, content in tags.items():
        if content not in places:  # equal tags share their bytes
            places[content] = offset + len(body)
            body += content + bytes(-len(content) % 4)
        entries += name + struct.pack(">2I", places[content], len(content))
    head = struct.pack(
        ">I4xI4s4s4s6H4s28x12s48x", offset + len(body), 0x02400000, b"prtr", b"CMYK", b"Lab ",
        *_DATE, b"acsp", _fixed(_WHITE),
    )  # fmt: skip
    return head + struct.pack(">I", len(tags)) + entries + body


def _description(text: str) -> bytes:
    return b"desc" + struct.pack(">4xI", len(text) + 1) + text.encode() + b"\0" + bytes(78)


def _fixed(numbers: _Values) -> bytes:
    return np.rint(numbers * 65536).astype(">i4").tobytes()
