"""The recipes that benchmarks run: a model's default settings, a new prompt every time."""

from maquette.core.model_info import ModelInfo
from maquette.core.recipe import ModelRef, Recipe

_COLOURS = ("red", "blue", "green", "white", "black", "yellow", "orange", "pink", "purple", "grey")
_FORMS = ("mug", "vase", "bowl", "bottle", "teapot", "lamp", "box")
_PLACES = ("on a wooden table", "in a white studio", "on a grey background")


def default_recipe(model: ModelInfo, number: int) -> Recipe:
    """The `number`-th recipe at `model`'s default size, steps and guidance.

    No prompt comes twice in the first 210, so that nothing kept from an earlier picture helps.
    """
    colour = _COLOURS[number % len(_COLOURS)]
    form = _FORMS[number % len(_FORMS)]
    place = _PLACES[number % len(_PLACES)]
    width, height = model.default_size
    return Recipe(
        prompt=f"a {colour} ceramic {form} {place}",
        seed=1000 + number,
        width=width,
        height=height,
        steps=model.default_steps,
        guidance_scale=model.default_guidance,
        model=ModelRef(model.id),
    )
