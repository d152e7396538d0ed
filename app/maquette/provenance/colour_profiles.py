"""ICC profiles of the RGB spaces that pictures are exported in.

Profiles are of version 4 (ICC.1:2022): a matrix and one curve. Display P3 has the primaries of
SMPTE RP 431-2 with the white point D65 and the curve of sRGB (IEC 61966-2-1); the other wide space
has the numbers of Adobe RGB (1998) Color Image Encoding, version 2005-05. sRGB is Little CMS's.
"""

import struct

import msgspec
import numpy as np
import numpy.typing as npt
from PIL import ImageCms

from maquette.core.export_preset import ColourSpace

_DATE = (2026, 1, 1, 0, 0, 0)  # always the same, so that equal files have equal bytes
_PROFILE_DATE = slice(24, 36)  # ICC.1:2022, 7.2.8
_VERSION = 0x04400000
_HEADER, _TAG = 128, 12  # bytes of the header, and of a tag's entry in the table
_D65 = (0.3127, 0.3290)
_D50 = (0.9642, 1.0, 0.8249)  # XYZ of the profile connection space
_BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
_SRGB_CURVE = (3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_Matrix = npt.NDArray[np.floating]


class _Space(msgspec.Struct, frozen=True):
    """Primaries as xy, red first, and the curve: the type of `para` and its parameters."""

    name: str
    primaries: tuple[tuple[float, float], tuple[float, float], tuple[float, float]]
    curve: tuple[float, ...]


_SPACES = {
    ColourSpace.DISPLAY_P3: _Space(
        "Display P3", ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)), _SRGB_CURVE
    ),
    ColourSpace.ADOBE_RGB: _Space(
        "Compatible with Adobe RGB (1998)",
        ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)),
        (0, 2 + 51 / 256),
    ),
}


def icc_profile(colour: ColourSpace) -> bytes:
    """The ICC profile of `colour`; always the same bytes."""
    space = _SPACES.get(colour)
    if space is not None:
        return _profile(space)
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_PROFILE_DATE] = struct.pack(">6H", *_DATE)
    return bytes(profile)


def _profile(space: _Space) -> bytes:
    matrix, adaptation = _to_connection_space(space)
    curve = _curve(space.curve)
    tags = {
        b"desc": _words(space.name),
        b"cprt": _words("No copyright, use freely"),
        b"wtpt": _xyz(np.array(_D50)),
        b"chad": b"sf32" + bytes(4) + _fixed(adaptation.ravel()),
        **{
            name: _xyz(column)
            for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), matrix.T, strict=True)
        },
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    offset = _HEADER + 4 + _TAG * len(tags)
    table, body, places = b"", b"", {}
    for name, content in tags.items():
        if content not in places:  # equal tags may share their bytes
            places[content] = offset + len(body)
            body += content + bytes(-len(content) % 4)
        table += name + struct.pack(">2I", places[content], len(content))
    size = offset + len(body)
    return _header(size) + struct.pack(">I", len(tags)) + table + body


def _header(size: int) -> bytes:
    """ICC.1:2022, 7.2: a display profile, RGB to XYZ, perceptual, with no owner and no id."""
    return struct.pack(
        ">I4xI4s4s4s6H4s4x4x4x4x8xI12s4x16x28x",
        size,
        _VERSION,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        *_DATE,
        b"acsp",
        0,
        _fixed(np.array(_D50)),
    )


def _to_connection_space(space: _Space) -> tuple[_Matrix, _Matrix]:
    """(RGB to XYZ under D50, D65 to D50), both 3 x 3 (ICC.1:2022, annex E; Lindbloom)."""
    white = _xyz_of(*_D65)
    primaries = np.array([_xyz_of(*xy) for xy in space.primaries]).T
    under_d65 = primaries * np.linalg.solve(primaries, white)
    bradford = np.array(_BRADFORD)
    gain = np.diag((bradford @ np.array(_D50)) / (bradford @ white))
    adaptation = np.linalg.solve(bradford, gain @ bradford)
    return adaptation @ under_d65, adaptation


def _xyz_of(x: float, y: float) -> _Matrix:
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _fixed(numbers: _Matrix) -> bytes:
    """As s15Fixed16Number."""
    return np.rint(numbers * 65536).astype(">i4").tobytes()


def _xyz(column: _Matrix) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(column)


def _curve(curve: tuple[float, ...]) -> bytes:
    kind, *parameters = curve
    return b"para" + struct.pack(">4xH2x", int(kind)) + _fixed(np.array(parameters))


def _words(text: str) -> bytes:
    encoded = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">4xII2s2sII", 1, 12, b"en", b"US", len(encoded), 28) + encoded
