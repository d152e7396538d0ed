"""From what was typed to recipes: defaults of the model, checks, one sentence per mistake."""

import re
from pathlib import Path

import msgspec

from maquette.core.errors import InputError, RecipeError
from maquette.core.model_files import find_model
from maquette.core.model_info import BUILT_IN, ModelInfo
from maquette.core.paths import absolute_path
from maquette.core.pixels import pixel_digest
from maquette.core.prompt import clean_prompt
from maquette.core.recipe import (
    DEFAULT_STRENGTH,
    MAX_IMAGES,
    MAX_SEED,
    ModelRef,
    Recipe,
    Sampler,
    StartImage,
    check_recipe,
    draw_seed,
)
from maquette.core.start import Start
from maquette.provenance.start_file import StartFile, read_start_file
from maquette.state.pictures import fit_pixels, read_pixels

_SIZE = re.compile(r"(\d{1,6})\s*[xX×*]\s*(\d{1,6})")


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """The options of `maquette generate` as typed; None or "" where nothing was."""

    prompt: str
    negative: str
    count: int
    seed: int | None
    size: str
    steps: int | None
    guidance: float | None
    sampler: str
    model: str
    start: Path | None
    strength: float | None


class DrawnUp(msgspec.Struct, frozen=True):
    """What is to be made: one recipe per picture, and what they start from."""

    recipes: tuple[Recipe, ...]
    start: Start | None
    remarks: tuple[str, ...]


def draw_up(wishes: Wishes, default_model: str) -> DrawnUp:
    """Check `wishes` and fill in what was left open from the model.

    Raises:
        InputError: a value is out of range, or the model or start picture cannot be used.
    """
    prompt, negative = clean_prompt(wishes.prompt), clean_prompt(wishes.negative)
    remarks = () if prompt else ("The prompt is empty, so the model makes what it likes.",)
    if not 1 <= wishes.count <= MAX_IMAGES:
        raise RecipeError(
            f"The number of pictures must be between 1 and {MAX_IMAGES}, not {wishes.count}.", "n"
        )
    _path, info = find_model(absolute_model(wishes.model or default_model))
    width, height = _size(wishes.size, info)
    recipe = Recipe(
        prompt=prompt,
        negative_prompt=negative,
        seed=draw_seed() if wishes.seed is None else wishes.seed,
        width=width,
        height=height,
        steps=info.default_steps if wishes.steps is None else wishes.steps,
        guidance_scale=info.default_guidance if wishes.guidance is None else wishes.guidance,
        sampler=_sampler(wishes.sampler),
        model=ModelRef(id=info.id, digest=info.digest, name=info.name),
    )
    check_recipe(recipe, info.latent_factor)
    start = None
    if wishes.start is not None:
        file = read_start_file(wishes.start)
        remarks += (file.notice,) if file.notice else ()
        image, start = _start(wishes, wishes.start, file, recipe)
        recipe = msgspec.structs.replace(recipe, start=image)
        check_recipe(recipe, info.latent_factor)
    elif wishes.strength is not None:
        raise InputError("--strength needs a picture to start from; give one with --start.")
    recipes = tuple(
        msgspec.structs.replace(recipe, seed=(recipe.seed + number) % (MAX_SEED + 1))
        for number in range(wishes.count)
    )
    return DrawnUp(recipes, start, remarks)


def absolute_model(text: str) -> str:
    """The built-in model's id, or an absolute path.

    The id of the record follows from it, and the worker may be elsewhere.
    """
    return text if text == BUILT_IN else str(absolute_path(text))


def _size(text: str, info: ModelInfo) -> tuple[int, int]:
    if not text:
        return info.default_size
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise RecipeError(
            f"The size must be width x height in pixels, such as 512x384, not {text!r}.", "size"
        )
    return int(match[1]), int(match[2])


def _sampler(text: str) -> Sampler:
    try:
        return Sampler(text.lower())
    except ValueError as error:
        known = " or ".join(Sampler)
        raise RecipeError(f"There is no sampler {text!r}; use {known}.", "sampler") from error


def _start(wishes: Wishes, path: Path, file: StartFile, recipe: Recipe) -> tuple[StartImage, Start]:
    pixels = fit_pixels(read_pixels(path), recipe.width, recipe.height)
    strength = DEFAULT_STRENGTH if wishes.strength is None else wishes.strength
    image = StartImage(pixel_digest(pixels), strength, file.record)
    return image, Start(pixels, file.file)
