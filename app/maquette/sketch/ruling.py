"""The printed lines of ruled and squared paper, told from strokes and taken out from under them."""

from itertools import pairwise
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from maquette.sketch.greys import Density

_MOST_SHEAR = 0.12  # rise per pixel: a sheet that is turned by up to seven degrees
_SHEARS = 49
_STRIPS = 24  # parts along a line, in each of which it is found again
_WINDOWS = 12  # parts along a line, in each of which its print is measured
_PRESENT = 0.6  # share of the strips in which a printed line shows
_LEAST_LINES = 4
_REGULAR = 0.65  # share of the distances between lines that are alike
_CAP = 0.3  # density above which a place is a stroke and counts no more
_FAINTEST = 0.012  # mean density of a print that can be found
_LONGEST_GAP = 4  # strips that a line may be hidden in
_BEND = 5  # strips by which a line's slope is told

_Track = list[tuple[int, float]]
"""(strip, row) from left to right."""


class Unruled(NamedTuple):
    """A density without print, and whether there was any."""

    density: Density
    ruled: bool


def without_ruling(density: Density) -> Unruled:
    """`density` less that of evenly spaced printed lines, across, down or both.

    Lines are followed strip by strip, so that they may bend and converge. What is taken away is
    each line's own profile, the median along it: densities add where a stroke crosses print, so
    what is left there is the stroke.
    """
    across = _print_of(density)
    down = _print_of(np.ascontiguousarray(density.T))
    if across is None and down is None:
        return Unruled(density, ruled=False)
    result = density.copy()
    for printed in (across, down.T if down is not None else None):
        if printed is not None:
            result -= printed
    return Unruled(np.maximum(result, 0), ruled=True)


def _print_of(density: Density) -> Density | None:
    """The density of the printed lines that go from left to right; None where there are none."""
    height, width = density.shape
    thin = max(5, round(max(height, width) * 0.007) | 1)
    upright = np.ones((thin, 1), np.uint8)
    narrow = density - cv2.morphologyEx(density, cv2.MORPH_OPEN, upright)
    narrow = np.clip(np.asarray(narrow, np.float32), 0, _CAP)
    shear = _shear_of(narrow)
    level = _sheared(narrow, shear)
    tracks = _tracks_in(level, max(2.0, height * 0.003))
    if not _are_regular(tracks, height):
        return None
    leveled = _sheared(density, shear)
    printed = np.zeros_like(leveled)
    reach = max(3, round(thin * 0.75))
    for track in tracks:
        _add_print(printed, leveled, track, reach)
    return _sheared(printed, -shear)


def _shear_of(narrow: Density) -> float:
    """The slope along which rows add up to the sharpest profile."""
    height, width = narrow.shape
    columns = cv2.resize(narrow, (64, height), interpolation=cv2.INTER_AREA)
    centres = (np.arange(64) + 0.5) * width / 64 - width / 2
    rows = np.arange(height)[:, None]
    best, sharpest = 0.0, -1.0
    for shear in np.linspace(-_MOST_SHEAR, _MOST_SHEAR, _SHEARS):
        places = np.clip(rows + np.rint(centres * shear).astype(int), 0, height - 1)
        profile = np.take_along_axis(columns, places, axis=0).mean(axis=1)
        sharpness = float(np.square(np.diff(profile)).sum())
        if sharpness > sharpest:
            best, sharpest = float(shear), sharpness
    return best


def _sheared(plane: Density, shear: float) -> Density:
    """`plane` with columns shifted, so that lines of that slope become level."""
    height, width = plane.shape
    matrix = np.array([[1, 0, 0], [shear, 1, -shear * width / 2]], np.float64)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    warped = cv2.warpAffine(
        plane, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_CONSTANT
    )
    return np.asarray(warped, np.float32)


def _tracks_in(level: Density, reach: float) -> list[_Track]:
    """Lines that show in most strips, each as its row in each strip."""
    strips = cv2.resize(level, (_STRIPS, level.shape[0]), interpolation=cv2.INTER_AREA)
    strips = cv2.GaussianBlur(strips, (1, 0), sigmaX=0.1, sigmaY=1.0)
    tracks: list[_Track] = []
    for strip in range(_STRIPS):
        free = _peaks(np.asarray(strips[:, strip], np.float32))
        for track in sorted(tracks, key=len, reverse=True):
            if strip - track[-1][0] > _LONGEST_GAP:
                continue
            expected = _expected(track, strip)
            nearest = min(free, key=lambda peak: abs(peak - expected), default=None)
            if nearest is not None and abs(nearest - expected) <= reach:
                track.append((strip, nearest))
                free.remove(nearest)
        tracks.extend([(strip, row)] for row in free)
    return [track for track in tracks if len(track) >= _PRESENT * _STRIPS]


def _expected(track: _Track, strip: int) -> float:
    """The row in which a track goes on, whatever a stroke beside it did to one of its places."""
    slope = 0.0
    if len(track) >= _BEND:
        slope = median((b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(track[-_BEND:]))
    return median(row + slope * (strip - at) for at, row in track[-3:])


def _peaks(profile: npt.NDArray[np.float32]) -> list[float]:
    """Rows at which the profile stands out, to a fraction of a row."""
    floor = float(np.median(profile))
    noise = float(np.median(np.abs(profile - floor)))
    least = max(_FAINTEST, floor + 4 * noise)
    inner = profile[1:-1]
    is_peak = (inner >= profile[:-2]) & (inner > profile[2:]) & (inner >= least)
    rows = np.flatnonzero(is_peak) + 1
    before, here, after = profile[rows - 1], profile[rows], profile[rows + 1]
    bend = np.minimum(before - 2 * here + after, -1e-9)
    return [float(row) for row in rows + 0.5 * (before - after) / bend]


def _are_regular(tracks: list[_Track], height: int) -> bool:
    """Whether they are many, and as far from each other as printed lines are."""
    if len(tracks) < _LEAST_LINES:
        return False
    middles = sorted(float(np.median([row for _strip, row in track])) for track in tracks)
    distances = np.diff(middles)
    usual = float(np.median(distances))
    if usual < 6 or usual > height / 4:
        return False
    steps = distances / usual
    alike = np.abs(steps - np.maximum(1, np.rint(steps))) < 0.22
    return bool(alike.mean() >= _REGULAR)


def _add_print(printed: Density, leveled: Density, track: _Track, reach: int) -> None:
    """Add the profile of one line, measured along it, to `printed`."""
    height, width = leveled.shape
    centres = [(strip + 0.5) * width / _STRIPS - 0.5 for strip, _row in track]
    columns = np.arange(width)
    middle = np.interp(columns, centres, [row for _strip, row in track])
    offsets = np.arange(-reach, reach + 1)[:, None]
    rows = np.rint(middle).astype(int)[None] + offsets
    is_inside = (rows >= 0) & (rows < height)
    rows = np.clip(rows, 0, height - 1)
    along = leveled[rows, columns]
    edges = np.linspace(0, width, _WINDOWS + 1).astype(int)
    profiles = np.stack(
        [np.median(along[:, start:end], axis=1) for start, end in pairwise(edges)],
        axis=1,
    )
    profiles = np.maximum(profiles - np.median(profiles[[0, -1]]), 0)
    usual = np.median(profiles, axis=1, keepdims=True)
    profiles = np.minimum(profiles, 1.6 * usual + 0.01)  # a stroke along the line is no print
    places = (edges[:-1] + edges[1:]) / 2
    spread = np.stack([np.interp(columns, places, profile) for profile in profiles])
    spread = np.where(is_inside, 1.1 * spread, 0).astype(np.float32)
    printed[rows, columns] = np.maximum(printed[rows, columns], spread)
