"""Cleaning: lines out of any image, on a white sheet of the size that is asked for."""

from typing import NamedTuple

import cv2
import numpy as np

from maquette.core.cleanup import READ_SIDE, Cleanup, CleanupFound, Corner, ImageNature
from maquette.core.pixels import Pixels
from maquette.sketch.gaps import find_gaps
from maquette.sketch.greys import Density, is_light_on_dark, reduced
from maquette.sketch.light import ink_density
from maquette.sketch.nature import nature_of
from maquette.sketch.paper import find_sheet, straightened, usable, whole
from maquette.sketch.redrawing import drawn, fitted
from maquette.sketch.ruling import without_ruling
from maquette.sketch.scene import edge_lines
from maquette.sketch.strokes import Strokes
from maquette.sketch.thinning import Mask

NO_PAPER = "The corners enclose no sheet of paper, so the whole image was taken."
NO_LINES = "There are no lines in this picture; draw some, or turn the detail up."

_BORDER = 0.012  # of the longer side: how far from the proposed corners the sheet's edge may show


class Cleaned(NamedTuple):
    """`sketch`: RGB, black lines on white, of the asked size. `before`: the image as it was read,
    at most READ_SIDE pixels long."""

    sketch: Pixels
    before: Pixels
    found: CleanupFound


class Cleaner:
    """Cleans one image, again and again with other settings; each step is done once.

    Deterministic: the same image and settings give the same sketch.
    """

    def __init__(self, image: Pixels) -> None:
        """`image` is RGB of any size; what is longer than READ_SIDE is reduced."""
        self._before = reduced(image[..., :3], READ_SIDE)
        self._proposed: tuple[Corner, ...] | None = None
        self._view: tuple[object, Pixels] | None = None
        self._strokes: tuple[object, Strokes, bool] | None = None

    def clean(self, cleanup: Cleanup, width: int, height: int) -> Cleaned:
        """A sketch of `width` × `height` pixels, as `cleanup` asks for it."""
        corners = self._corners(cleanup)
        view = self._straightened(corners)
        inverted = is_light_on_dark(view) if cleanup.invert is None else cleanup.invert
        nature = cleanup.nature
        if nature is ImageNature.AUTO:
            nature = nature_of(view, light_on_dark=inverted)
        ruled = False
        if nature is ImageNature.SCENE:
            mask, inverted = edge_lines(view, cleanup.detail), False
        else:
            mask, ruled = self._lines(view, corners, cleanup, nature, inverted=inverted)
        lines = fitted(mask, width, height, cleanup.margin)
        empty = cv2.countNonZero(lines.skeleton) == 0
        gaps = tuple((x / lines.scale, y / lines.scale) for x, y in find_gaps(lines.skeleton))
        found = CleanupFound(
            nature=nature,
            corners=corners,
            inverted=inverted,
            ruled=ruled,
            gaps=gaps,
            notices=self._notices(cleanup, corners, empty=empty),
            empty=empty,
        )
        return Cleaned(drawn(lines, cleanup.weight), self._before, found)

    def _corners(self, cleanup: Cleanup) -> tuple[Corner, ...]:
        """Those of the paper: as given, or proposed; () is the whole image."""
        if cleanup.corners is not None:
            return usable(cleanup.corners, self._before)
        if cleanup.nature in (ImageNature.DRAWING, ImageNature.SCENE):
            return ()
        if self._proposed is None:
            light = is_light_on_dark(self._before)
            nature = nature_of(self._before, light_on_dark=light)
            sheet = find_sheet(self._before) if nature is not ImageNature.DRAWING else None
            self._proposed = sheet.corners if sheet else ()
        return self._proposed

    def _notices(
        self, cleanup: Cleanup, corners: tuple[Corner, ...], *, empty: bool
    ) -> tuple[str, ...]:
        said = (NO_PAPER,) if cleanup.corners and not corners else ()
        return (*said, NO_LINES) if empty else said

    def _straightened(self, corners: tuple[Corner, ...]) -> Pixels:
        if len(corners) != 4 or corners == whole(self._before):
            return self._before
        if self._view is None or self._view[0] != corners:
            self._view = (corners, straightened(self._before, corners, READ_SIDE))
        return self._view[1]

    def _lines(
        self,
        view: Pixels,
        corners: tuple[Corner, ...],
        cleanup: Cleanup,
        nature: ImageNature,
        *,
        inverted: bool,
    ) -> tuple[Mask, bool]:
        """Where the strokes are, and whether the paper is ruled."""
        unrule = cleanup.remove_ruling and nature is ImageNature.PAPER
        key = (corners, inverted, unrule)
        if self._strokes is None or self._strokes[0] != key:
            density = np.maximum(ink_density(255 - view if inverted else view), 0)
            if view is not self._before:
                _clear_border(density)
            ruled = False
            if unrule:
                density, ruled = without_ruling(density)
            self._strokes = (key, Strokes(density), ruled)
        return self._strokes[1].mask(cleanup.detail), self._strokes[2]


def _clear_border(density: Density) -> None:
    """Take away what shows of the sheet's own edge."""
    band = max(2, round(max(density.shape) * _BORDER))
    for edge in (np.s_[:band], np.s_[-band:], np.s_[:, :band], np.s_[:, -band:]):
        density[edge] = 0


def clean(image: Pixels, cleanup: Cleanup, width: int, height: int) -> Cleaned:
    """The lines in an RGB image as a sketch of `width` × `height` pixels; see `Cleaner`."""
    return Cleaner(image).clean(cleanup, width, height)
