"""Fidelity: how well a render follows its sketch, as numbers and as a map of both's lines.

Boundary precision and recall with a tolerance follow Martin, Fowlkes and Malik (Learning to Detect
Natural Image Boundaries, 2004). The benefit of the doubt is the render's both ways: a line counts
as followed where even a faint edge runs along it, and an edge as invented only where it is strong
and stands out from its texture. docs/sketches.md has what that is worth on real pictures.
"""

from typing import Final

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from maquette.core.fidelity import Fidelity, LineClass
from maquette.core.pixels import Pixels
from maquette.sketch.centre_lines import (
    CentreLines,
    centre_lines,
    comparison_size,
    is_ink,
    strokes_of,
)
from maquette.sketch.edges import DETECTOR, Detector, Edges, Where, find_edges

TOLERANCE: Final = 2.3  # pixels at 256 by 256: two, and a step aside
_PARALLEL = 0.643  # cosine of twice 25 degrees: an edge runs along a line within these
_LOCKED = 224  # of 255: from this weight on a line must be kept
_SHORTEST_STROKE = 8  # pixels
_MISSED_SHARE = 0.6  # of a stroke, from which on it is missed as a whole
_SHORTEST_EDGE = 5  # pixels; shorter ones are grain
_STROKE_REACH = 6.0  # pixels from its middle line that still show a stroke's class


class Measured(msgspec.Struct, frozen=True, eq=False):
    """The numbers, and `overlay`: uint8 (H, W) of the render's size, a LineClass each."""

    fidelity: Fidelity
    overlay: npt.NDArray[np.uint8]


def measure(
    render: Pixels,
    sketch: Pixels,
    weights: Pixels | None = None,
    *,
    detector: Detector = DETECTOR,
) -> Measured | None:
    """How well `render` follows `sketch`; None if the sketch has no lines.

    Args:
        render: RGB pixels.
        sketch: RGB pixels of the same size, dark lines on white.
        weights: grey map as RGB of the same size, white where lines must be kept.
        detector: what counts as an edge of the render.

    Raises:
        ValueError: sizes differ.
    """
    given = (render, sketch) if weights is None else (render, sketch, weights)
    if len({image.shape[:2] for image in given}) > 1:
        raise ValueError(f"sizes differ: {[image.shape[:2] for image in given]}")
    drawn = centre_lines(sketch)
    if drawn is None:
        return None
    size = comparison_size(render.shape[1], render.shape[0])
    edges = find_edges(
        np.asarray(cv2.resize(render, size, interpolation=cv2.INTER_AREA), np.uint8), detector
    )
    followed = _followed(drawn, edges)
    invented, precision = _invented(drawn, edges)
    recall = float(followed.mean())
    fidelity = Fidelity(
        score=_rounded(2 * precision * recall / max(precision + recall, 1e-9)),
        recall=_rounded(recall),
        precision=_rounded(precision),
        locked_recall=None if weights is None else _locked_recall(drawn, followed, weights, size),
        missed=_missed_strokes(drawn, followed),
    )
    return Measured(fidelity, _overlay(sketch, drawn, followed, invented))


def _followed(drawn: CentreLines, edges: Edges) -> Where:
    """For each pixel of `drawn.at` whether an edge runs along it."""
    parallel = drawn.along * edges.along + drawn.across * edges.across > _PARALLEL
    seen = edges.faint & parallel
    if not seen.any():
        return np.zeros(len(drawn.at[0]), np.bool_)
    distance = cv2.distanceTransform((~seen).astype(np.uint8), cv2.DIST_L2, 5)
    return np.asarray(distance)[drawn.at] <= TOLERANCE


def _invented(drawn: CentreLines, edges: Edges) -> tuple[Where, float]:
    """Edges in the drawing's region that have no line; and the share of those that have one, each
    edge counting by its strength."""
    counted = edges.strong & drawn.region
    _count, labels, stats, _centres = cv2.connectedComponentsWithStats(
        counted.astype(np.uint8), connectivity=8
    )
    long_enough = stats[:, cv2.CC_STAT_AREA] >= _SHORTEST_EDGE
    long_enough[0] = False
    counted = long_enough[np.asarray(labels, np.int32)]
    near = drawn.distance <= TOLERANCE
    total = float(edges.strength[counted].sum())
    precision = float(edges.strength[counted & near].sum()) / total if total > 0 else 0.0
    return counted & ~near, precision


def _locked_recall(
    drawn: CentreLines, followed: Where, weights: Pixels, size: tuple[int, int]
) -> float | None:
    grey = cv2.resize(np.ascontiguousarray(weights[..., 0]), size, interpolation=cv2.INTER_AREA)
    locked = np.asarray(grey)[drawn.at] >= _LOCKED
    return _rounded(float(followed[locked].mean())) if locked.any() else None


def _missed_strokes(drawn: CentreLines, followed: Where) -> int:
    count, strokes = strokes_of(drawn)
    lengths = np.bincount(strokes, minlength=count + 1)
    missed = np.bincount(strokes, weights=~followed, minlength=count + 1)
    whole = (lengths >= _SHORTEST_STROKE) & (missed >= _MISSED_SHARE * lengths)
    return int(whole[1:].sum())


def _overlay(
    sketch: Pixels, drawn: CentreLines, followed: Where, invented: Where
) -> npt.NDArray[np.uint8]:
    """The map at the sketch's own size: its strokes as they were drawn, and invented edges."""
    size = sketch.shape[1], sketch.shape[0]
    classes = np.where(followed, LineClass.FOLLOWED, LineClass.MISSED).astype(np.uint8)
    classes = classes[drawn.nearest]
    classes[drawn.distance > _STROKE_REACH] = LineClass.NOTHING
    overlay = np.asarray(cv2.resize(classes, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    overlay = overlay * is_ink(sketch)
    extra = cv2.resize(invented.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
    overlay[(np.asarray(extra) >= 0.5) & (overlay == LineClass.NOTHING)] = LineClass.INVENTED
    return overlay


def _rounded(share: float) -> float:
    return round(share, 4)
