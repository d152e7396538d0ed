"""Drafts: what the panel and the drawing say now, as recipes with everything they are made from."""

import asyncio
import math
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np

from maquette.core.drawing import LayerRole
from maquette.core.errors import ImageError, RecipeError
from maquette.core.model_info import ModelInfo
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe, recipe_images
from maquette.core.start import Start
from maquette.library.ingredients import Ingredients
from maquette.library.sketches.enlarging import enlarged
from maquette.state.control_shelf import ControlShelf
from maquette.state.draft import draft_recipes
from maquette.state.drawings import Drawings
from maquette.state.likes import Likes
from maquette.state.pictures import fit_pixels, read_pixels
from maquette.state.session import Session
from maquette.state.sketch_choice import ExtraControl
from maquette.state.sketch_commands import paper_size
from maquette.state.sketching import (
    NO_STEERING,
    SketchDigests,
    beside_lines,
    build_controls,
    extra_of,
    loose_share,
)
from maquette.state.start import StartPictures

KEPT = 4  # fitted images of extra controls that are remembered
SURE = 250  # of a weight map: there the lines had to be kept
RECENT = 24  # images of recipes that are remembered


class Draft(msgspec.Struct, frozen=True, eq=False):
    """Recipes that can be queued, with their start picture and their images by digest."""

    recipes: tuple[Recipe, ...]
    start: Start | None = None
    images: Mapping[str, Pixels] = {}


class Drafting:
    """Draws recipes up; what takes time is done in threads."""

    def __init__(
        self,
        drawings: Drawings,
        starts: StartPictures,
        control_models: ControlShelf,
        ingredients: Ingredients,
        likes: Likes,
    ) -> None:
        """`ingredients` has what saved pictures were made from."""
        self._ingredients = ingredients
        self._likes = likes
        self._control_models = control_models
        self._drawings = drawings
        self._starts = starts
        self._fitted: OrderedDict[tuple[str, int, int, int], Pixels] = OrderedDict()
        self._recent: OrderedDict[str, Pixels] = OrderedDict()

    async def draft(self, session: Session, model: ModelInfo) -> Draft:
        """What `session` asks `model` for, with the drawing of now.

        Raises:
            RecipeError: a value is out of range, or there is nothing to follow.
            ImageError: the start picture, the style image or that of a control cannot be read.
        """
        width, height = session.width, session.height
        image = start = None
        if session.start is not None:
            image, start = await self._starts.fit(session.start, width, height)
        steering = NO_STEERING
        if session.sketch.used:
            known = self._control_models.value.known
            loose = loose_share(session.sketch, model, known)
            drawn = await self._drawings.sketch_images(width, height, loose)
            extras = [await self._pixels(each, width, height) for each in session.sketch.extras]
            steering = await asyncio.to_thread(
                build_controls,
                session.sketch,
                drawn,
                model,
                control_models=known,
                extras=extras,
                has_start=image is not None,
            )
        images, like = dict(steering.images), None
        if session.like is not None and session.like.strength:
            like, pixels = await self._likes.fit(session.like, width, height, model)
            images[like.digest] = pixels
        recipes = draft_recipes(session, model, session.seed, image, steering, like)
        return Draft(recipes, start, images)

    def remember(self, images: Mapping[str, Pixels]) -> None:
        """Keep the images of recipes at hand that were queued, so that they can be varied."""
        for digest, pixels in images.items():
            self._recent[digest] = pixels
            self._recent.move_to_end(digest)
        while len(self._recent) > RECENT:
            self._recent.popitem(last=False)

    async def images_of(self, recipe: Recipe) -> Mapping[str, Pixels] | None:
        """What `recipe` names beside its start picture; None if some of it is not at hand."""
        shape = (recipe.height, recipe.width, 3)
        found: dict[str, Pixels] = {}
        for digest in recipe_images(recipe):
            pixels = await self._at_hand(digest, shape)
            if pixels is None:
                return None
            found[digest] = pixels
        return found

    async def bring_back(self, named: SketchDigests) -> None:
        """Lay the sketch of a picture out as a new drawing; the one before stays on the shelf.

        At the size of its recipe the drawing says the same to a model, pixel for pixel. Lines that
        had to be kept, colours, and what was locked come back on layers of their own if they are
        at hand.

        Raises:
            ImageError: the sketch is not at hand any more.
        """
        sketch = await self._at_hand(named.sketch)
        if sketch is None:
            raise ImageError(
                "The sketch of this picture is not at hand any more; draw it again, or import it."
            )
        weights, lock, colours = [
            await self._at_hand(digest, sketch.shape)
            for digest in (named.weights, named.lock, named.colours)
        ]
        height, width = sketch.shape[:2]
        paper = paper_size(width, height)
        factor = paper[0] // width
        loose, kept = await asyncio.to_thread(_laid_apart, sketch, weights, factor)
        drawings = self._drawings
        drawings.new(*paper)
        if loose is not None or kept is None:
            drawings.place_image(sketch if loose is None else loose, LayerRole.LINES, instead=True)
        if kept is not None:
            drawings.place_image(kept, LayerRole.KEEP, instead=loose is None)
        if colours is not None:  # below the lines, which it would hide
            drawings.place_image(_in_squares(colours, factor), LayerRole.COLOUR, lowest=True)
        if lock is not None:
            drawings.place_image(_in_squares(lock, factor), LayerRole.LOCK)

    async def images_beside(self, recipe: Recipe) -> tuple[ExtraControl, ...]:
        """Choices of the images that steer `recipe` beside its sketch, as far as they are kept."""

        def kept() -> tuple[ExtraControl, ...]:
            return tuple(
                extra_of(control, str(path))
                for control in beside_lines(recipe)
                if (path := self._ingredients.file(control.digest)) is not None
            )

        return await asyncio.to_thread(kept)

    def is_kept(self, extra: ExtraControl) -> bool:
        """Whether its file is one of ours, named by a digest: a recipe's."""
        return self._ingredients.owns(extra.path)

    async def _at_hand(self, digest: str, shape: tuple[int, ...] = ()) -> Pixels | None:
        """The image of `digest`; None for "", and if it is not at hand.

        With a `shape`, in that one, and None if it is of another size. The same bytes may be of
        two shapes, as where all of a picture is of one colour.
        """
        pixels = self._recent.get(digest)
        if pixels is None and digest:
            pixels = await asyncio.to_thread(self._ingredients.pixels, digest)
        if pixels is None or not shape:
            return pixels
        return pixels.reshape(shape) if pixels.size == math.prod(shape) else None

    async def _pixels(self, extra: ExtraControl, width: int, height: int) -> Pixels | None:
        if not extra.path:
            return None
        return await asyncio.to_thread(self._fit, extra.path, width, height)

    def _fit(self, path: str, width: int, height: int) -> Pixels:
        try:
            changed = Path(path).stat().st_mtime_ns
        except OSError:
            raise RecipeError(
                f"The image {Path(path).name} of a control is not there any more; "
                "choose another one, or take the control away.",
                "controls",
            ) from None
        key = (path, changed, width, height)
        fitted = self._fitted.get(key)
        if fitted is None:
            fitted = fit_pixels(read_pixels(path), width, height)
            self._fitted[key] = fitted
            while len(self._fitted) > KEPT:
                self._fitted.popitem(last=False)
        return fitted


def _laid_apart(
    sketch: Pixels, weights: Pixels | None, factor: int
) -> tuple[Pixels | None, Pixels | None]:
    """The lines that may be loose and those that must be kept, `factor` times as large.

    None for either where there are no such lines.
    """
    if weights is None:
        return enlarged(sketch, factor), None
    is_kept = weights >= SURE
    parts = (np.where(is_kept, 255, sketch), np.where(is_kept, sketch, 255))
    loose, kept = (part.astype(np.uint8) if part.min() < 255 else None for part in parts)
    return (
        None if loose is None else enlarged(loose, factor),
        None if kept is None else enlarged(kept, factor),
    )


def _in_squares(pixels: Pixels, factor: int) -> Pixels:
    """`pixels`, each a square of `factor` by `factor`, whose average is the pixel again."""
    return pixels.repeat(factor, axis=0).repeat(factor, axis=1)
