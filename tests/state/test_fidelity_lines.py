"""Which lines a render has, as they are asked for when somebody looks."""

import asyncio

import numpy as np
import pytest

from maquette.core.control import Control, ControlKind
from maquette.core.fidelity import Fidelity, LineClass
from maquette.core.recipe import ModelRef, Recipe
from maquette.engine.marker import ComparedSketch
from maquette.state.drafting import Draft
from maquette.state.fidelity_lines import FidelityLines
from maquette.state.live_view import LiveShot

PIXELS = np.zeros((64, 64, 3), np.uint8)


class Comparer:
    """Finds every line followed."""

    async def compare_sketch(self, picture, sketch, weights=None):
        overlay = np.full(sketch.shape[:2], LineClass.FOLLOWED, np.uint8)
        return ComparedSketch(fidelity=Fidelity(1.0, 1.0, 1.0), overlay=overlay)


@pytest.mark.parametrize("kind", [ControlKind.SKETCH, ControlKind.EDGES])
def test_lines_are_shown_whatever_the_model_was_told_they_are(kind):
    control = Control(kind, "ab" * 32)
    recipe = Recipe(
        prompt="a mug", seed=1, width=64, height=64, steps=2, guidance_scale=1.0,
        model=ModelRef("maquette-mini"), controls=(control,),
    )  # fmt: skip
    draft = Draft((recipe,), None, {control.digest: PIXELS})
    shot = LiveShot(picture=PIXELS, draft=draft, fidelity=None, refined=True)
    classes = asyncio.run(FidelityLines(Comparer(), None).of_live(shot))
    assert classes is not None
    assert (classes == LineClass.FOLLOWED).all()


def test_a_picture_of_words_alone_has_no_lines():
    recipe = Recipe(
        prompt="a mug", seed=1, width=64, height=64, steps=2, guidance_scale=1.0,
        model=ModelRef("maquette-mini"),
        controls=(Control(ControlKind.DEPTH, "cd" * 32),),
    )  # fmt: skip
    shot = LiveShot(picture=PIXELS, draft=Draft((recipe,)), fidelity=None, refined=True)
    assert asyncio.run(FidelityLines(Comparer(), None).of_live(shot)) is None
