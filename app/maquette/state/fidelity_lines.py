"""Which lines of its sketch a render has: worked out beside the window, when somebody looks."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe, lines_of
from maquette.engine.marker import ComparedSketch
from maquette.state.drafting import Drafting
from maquette.state.live_view import LiveShot
from maquette.state.results import Picture

Classes = npt.NDArray[np.uint8]
"""(H, W) of the render's size: 0 nothing, 1 followed, 2 missed, 3 invented."""


class SketchComparer(Protocol):
    """What is asked of the process that reads pictures."""

    async def compare_sketch(
        self, picture: Path | Pixels, sketch: Pixels, weights: Pixels | None = None
    ) -> ComparedSketch | None: ...


class FidelityLines:
    """Asks for the lines of one render at a time."""

    def __init__(self, comparer: SketchComparer, drafting: Drafting) -> None:
        self._comparer = comparer
        self._drafting = drafting

    async def of_picture(self, picture: Picture) -> Classes | None:
        """Of a saved picture; None if its sketch is not at hand any more.

        Raises:
            ImageError: the file cannot be read.
            JobFailed: the comparison did not come to its end.
        """
        recipe = picture.record.recipe
        images = await self._drafting.images_of(recipe)
        if images is None:
            return None
        return await self._compare(Path(picture.path), recipe, images)

    async def of_live(self, shot: LiveShot) -> Classes | None:
        """Of a live picture. Raises JobFailed as above."""
        return await self._compare(shot.picture, shot.recipe, shot.draft.images)

    async def _compare(
        self, render: Path | Pixels, recipe: Recipe, images: Mapping[str, Pixels]
    ) -> Classes | None:
        control = lines_of(recipe)
        if control is None:
            return None
        weights = images.get(control.weights)
        compared = await self._comparer.compare_sketch(render, images[control.digest], weights)
        return None if compared is None else compared.overlay
