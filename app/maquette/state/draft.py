"""From what the panel holds to recipes that can be queued."""

from typing import Any

import msgspec

from maquette.core.errors import RecipeError
from maquette.core.gallery import ForeignRecipe
from maquette.core.model_info import ModelInfo
from maquette.core.prompt import clean_prompt
from maquette.core.recipe import (
    MAX_GUIDANCE,
    MAX_IMAGES,
    MAX_PROMPT,
    MAX_SEED,
    MAX_STEPS,
    ModelRef,
    Recipe,
    StartImage,
    check_recipe,
)
from maquette.core.style import ref_of
from maquette.core.style_image import StyleImage
from maquette.state.lora_choice import choices_of, uses_of
from maquette.state.session import Session
from maquette.state.sketching import NO_STEERING, Steering, choice_from
from maquette.state.wearing import FindStyle, phrasing_of, unstyled

SKETCH_FIELDS = frozenset({"sketch", "controls", "kept"})
"""Of a recipe: those that the Sketch panel shows, and tells the problems of."""


class Problem(msgspec.Struct, frozen=True):
    """What keeps the panel from being made into a recipe: the field and one sentence."""

    field: str = ""
    message: str = ""


def draft_recipes(
    session: Session,
    model: ModelInfo,
    seed: int,
    start: StartImage | None = None,
    steering: Steering = NO_STEERING,
    like: StyleImage | None = None,
) -> tuple[Recipe, ...]:
    """The recipes that Generate queues: `session.count` of them, with consecutive seeds.

    `steering` is what the drawing says of them, `like` the picture whose style they take over.

    Raises:
        RecipeError: a value is out of range; its `field` names the one.
    """
    if not 1 <= session.count <= MAX_IMAGES:
        raise RecipeError(
            f"The number of images must be between 1 and {MAX_IMAGES}, not {session.count}.",
            "count",
        )
    words = phrasing_of(
        session,
        _cleaned(session.prompt, "prompt"),
        _cleaned(session.negative_prompt, "negative_prompt"),
    )
    first = Recipe(
        prompt=words.prompt,
        negative_prompt=words.negative,
        seed=seed,
        width=session.width,
        height=session.height,
        steps=session.steps,
        guidance_scale=session.guidance_scale,
        sampler=session.sampler,
        model=ModelRef(id=model.id, digest=model.digest, name=model.name),
        start=start,
        controls=steering.controls,
        kept=steering.kept,
        loras=uses_of(session.loras),
        like=like,
        style=ref_of(session.style.style) if session.style else None,
        blend=words.blend,
    )
    check_recipe(first, model.latent_factor)
    return tuple(
        msgspec.structs.replace(first, seed=(seed + number) % (MAX_SEED + 1))
        for number in range(session.count)
    )


def find_problem(session: Session, model: ModelInfo | None) -> Problem:
    """What `draft_recipes` would object to; an empty Problem when nothing."""
    if model is None:
        return Problem("model", "There is no model to make pictures with; add one first.")
    start = None
    if session.start is not None:
        start = StartImage(digest="", strength=session.start.strength)
    try:
        draft_recipes(session, model, session.seed, start)
    except RecipeError as error:
        return Problem(error.field, error.message)
    return Problem()


def session_from(recipe: Recipe, session: Session, find: FindStyle = lambda _id: None) -> Session:
    """`session` with everything that `recipe` says, the seed locked to it, no start picture
    and no style image.

    The sketch is switched on or off as the recipe has it; the drawing itself stays. A style that
    `find` knows is on again, and the prompt is as it was typed.
    """
    words, style = unstyled(recipe, find)
    return msgspec.structs.replace(
        session,
        prompt=words.prompt,
        negative_prompt=words.negative,
        style=style,
        width=recipe.width,
        height=recipe.height,
        steps=recipe.steps,
        guidance_scale=recipe.guidance_scale,
        sampler=recipe.sampler,
        seed=recipe.seed,
        seed_locked=True,
        count=1,
        start=None,
        like=None,
        sketch=choice_from(recipe, session.sketch),
        loras=choices_of(recipe.loras),
        negative_open=session.negative_open or bool(words.negative),
    )


def session_from_foreign(recipe: ForeignRecipe, session: Session) -> Session:
    """`session` with what another program's recipe says, as far as it can be meant here.

    The size stays, since models differ in what they can.
    """
    changes: dict[str, Any] = {
        "prompt": recipe.prompt,
        "negative_prompt": recipe.negative_prompt,
        "count": 1,
        "start": None,
        "style": None,
        "like": None,
        "negative_open": session.negative_open or bool(recipe.negative_prompt),
    }
    if recipe.seed is not None and 0 <= recipe.seed <= MAX_SEED:
        changes |= {"seed": recipe.seed, "seed_locked": True}
    if recipe.steps is not None and 1 <= recipe.steps <= MAX_STEPS:
        changes["steps"] = recipe.steps
    if recipe.guidance_scale is not None and 0 <= recipe.guidance_scale <= MAX_GUIDANCE:
        changes["guidance_scale"] = recipe.guidance_scale
    return msgspec.structs.replace(session, **changes)


def _cleaned(text: str, field: str) -> str:
    # Cleaning is linear in the length; what is hopelessly too long is refused before it.
    if len(text) > 2 * MAX_PROMPT:
        words = "negative prompt" if field == "negative_prompt" else "prompt"
        raise RecipeError(
            f"The {words} is longer than {MAX_PROMPT:,} characters; please shorten it.", field
        )
    return clean_prompt(text)
