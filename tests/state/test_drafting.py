"""Recipes drawn up from the drawing, and drawings brought back from recipes."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import msgspec
import numpy as np
from PIL import Image

from maquette.core.control import Control, ControlKind
from maquette.core.drawing import LayerRole
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.pixels import pixel_digest
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.rect import Rect
from maquette.library.ingredients import Ingredients
from maquette.state.draft import session_from
from maquette.state.drafting import Drafting
from maquette.state.drawings import Drawings
from maquette.state.models import fresh_session
from maquette.state.session import StartChoice
from maquette.state.sketch_choice import ExtraControl, SketchChoice
from maquette.state.sketching import SketchDigests, sketch_of
from maquette.state.start import StartPictures
from maquette.state.tasks import Tasks

MODEL = ModelInfo(
    id="maquette-mini",
    name="Maquette Mini",
    family=ModelFamily.MINI,
    sizes=((256, 320),),
    default_size=(256, 320),
    controls=(ControlKind.SKETCH,),
)


class Desk:
    """A drawing, and what draws recipes up from it."""

    def __init__(self, folder: Path) -> None:
        self.errors: list[BaseException] = []
        self.drawings = Drawings(folder / "sketches", Tasks(self.errors.append))
        self.ingredients = Ingredients(folder / "ingredients")
        known = SimpleNamespace(value=SimpleNamespace(known=()))
        self.drafting = Drafting(
            self.drawings, StartPictures(), cast("Any", known), self.ingredients, cast("Any", None)
        )

    def paint(self, rect: Rect, *bgra: int) -> None:
        layer = self.drawings.drawing.active
        assert self.drawings.begin(layer)
        self.drawings.pixels(layer).array[rect.slices] = bgra
        self.drawings.commit(layer, rect, "Stroke")

    async def close(self) -> None:
        await self.drawings.close()
        assert self.errors == []


def test_all_that_a_drawing_said_comes_back_and_says_the_same(tmp_path: Path) -> None:
    start = tmp_path / "start.png"
    Image.fromarray(np.full((320, 256, 3), 90, np.uint8)).save(start)

    async def use() -> None:
        desk = Desk(tmp_path)
        desk.paint(Rect(200, 400, 603, 21), 0, 0, 0, 255)
        for role, rect, *colour in (
            (LayerRole.KEEP, Rect(200, 703, 600, 20), 0, 0, 0, 255),
            (LayerRole.COLOUR, Rect(101, 99, 555, 666), 30, 60, 200, 255),
            (LayerRole.LOCK, Rect(11, 13, 333, 222), 0, 0, 0, 255),
        ):
            desk.drawings.add_layer(role)
            desk.paint(rect, *colour)
        colours = ExtraControl(kind=ControlKind.COLOUR, scale=0.4)
        session = msgspec.structs.replace(
            fresh_session(MODEL, "a mug"),
            sketch=SketchChoice(used=True, follow=60, extras=(colours,)),
            start=StartChoice(str(start)),
        )
        first = await desk.drafting.draft(session, MODEL)
        (recipe,) = first.recipes
        assert recipe.kept is not None
        desk.ingredients.keep(first.images)
        elsewhere = msgspec.structs.replace(
            session, sketch=SketchChoice(follow=10, keep_region=False), prompt="a bowl"
        )
        laid_out = msgspec.structs.replace(
            session_from(recipe, elsewhere), start=StartChoice(str(start))
        )
        await desk.drafting.bring_back(sketch_of(recipe))
        await desk.drawings.settled()
        layers = desk.drawings.drawing.layers
        assert [layer.role for layer in layers] == [
            LayerRole.COLOUR,  # below the lines, which it would hide
            LayerRole.LINES,
            LayerRole.KEEP,
            LayerRole.LOCK,
        ]
        (again,) = (await desk.drafting.draft(laid_out, MODEL)).recipes
        assert again.controls[0].digest == recipe.controls[0].digest
        assert again.controls[1] == recipe.controls[1]
        assert again.kept == recipe.kept
        await desk.close()

    asyncio.run(use())


def test_one_colour_all_over_comes_back_in_the_shape_of_its_sketch(tmp_path: Path) -> None:
    sketch = np.full((320, 256, 3), 255, np.uint8)
    sketch[100:110] = 0
    wide = np.full((256, 320, 3), 70, np.uint8)  # the same bytes as one that is high
    small = np.full((64, 64, 3), 70, np.uint8)

    async def use() -> None:
        desk = Desk(tmp_path)
        images = {pixel_digest(each): each for each in (sketch, wide, small)}
        desk.drafting.remember(images)
        named = SketchDigests(*list(images)[:1], colours=pixel_digest(wide))
        await desk.drafting.bring_back(named)
        await desk.drawings.settled()
        drawn = await desk.drawings.sketch_images(256, 320)
        assert drawn is not None
        assert drawn.colours is not None
        assert (drawn.colours == 70).all()
        await desk.drafting.bring_back(named._replace(colours=pixel_digest(small)))
        await desk.drawings.settled()
        assert [layer.role for layer in desk.drawings.drawing.layers] == [LayerRole.LINES]
        await desk.close()

    asyncio.run(use())


def test_images_to_vary_a_picture_come_in_its_shape_or_not_at_all(tmp_path: Path) -> None:
    wide, lost = np.full((256, 320, 3), 70, np.uint8), "ab" * 32
    depth = Control(kind=ControlKind.DEPTH, digest=pixel_digest(wide))
    recipe = Recipe(
        prompt="a mug",
        seed=1,
        width=256,
        height=320,
        steps=4,
        guidance_scale=3.0,
        model=ModelRef("model"),
        controls=(depth,),
    )

    async def use() -> None:
        desk = Desk(tmp_path)
        desk.drafting.remember({depth.digest: wide})
        images = await desk.drafting.images_of(recipe)
        assert images is not None
        assert images[depth.digest].shape == (320, 256, 3)
        other = Control(kind=ControlKind.DEPTH, digest=lost)
        both = msgspec.structs.replace(recipe, controls=(depth, other))
        assert await desk.drafting.images_of(both) is None
        await desk.close()

    asyncio.run(use())
