"""From what was typed to recipes: defaults of the model, checks, one sentence per mistake."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from maquette.cli.loras import read_loras, with_style
from maquette.cli.styles import known_styles
from maquette.core.errors import InputError, RecipeError
from maquette.core.ip_adapter import IPAdapterUse
from maquette.core.ip_adapters import (
    check_ip_adapter_fits,
    find_ip_adapters,
    fits,
    inspect_ip_adapter,
)
from maquette.core.model_files import find_model
from maquette.core.model_info import BUILT_IN, ModelInfo
from maquette.core.paths import absolute_path, cache_dir
from maquette.core.pixels import Pixels, pixel_digest
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
from maquette.core.style import Phrasing, Style, put_on, ref_of
from maquette.core.style_image import DEFAULT_LIKE, StyleImage
from maquette.library.styles.finding import find_style
from maquette.provenance.start_file import StartFile, read_start_file
from maquette.state.pictures import fit_pixels, read_pixels

Number = TypeVar("Number", int, float)

WITHOUT = "none"
"""Typed for a style image that is taken over without an IP-Adapter."""

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
    style: str = ""
    loras: tuple[str, ...] = ()
    like: Path | None = None
    like_strength: int | None = None
    like_adapter: str = ""


class DrawnUp(msgspec.Struct, frozen=True):
    """What is to be made: one recipe per picture, what they start from, and images by digest."""

    recipes: tuple[Recipe, ...]
    start: Start | None
    remarks: tuple[str, ...]
    images: Mapping[str, Pixels] = {}


def draw_up(wishes: Wishes, default_model: str, adapters: Sequence[str] = ()) -> DrawnUp:
    """Check `wishes` and fill in what was left open from the model.

    `adapters` are the IP-Adapters of the settings.

    Raises:
        InputError: a value is out of range, or the model or a picture cannot be used.
    """
    prompt, negative = clean_prompt(wishes.prompt), clean_prompt(wishes.negative)
    if not 1 <= wishes.count <= MAX_IMAGES:
        raise RecipeError(
            f"The number of pictures must be between 1 and {MAX_IMAGES}, not {wishes.count}.", "n"
        )
    _path, info = find_model(absolute_model(wishes.model or default_model))
    width, height = _size(wishes.size, info)
    style = find_style(known_styles(), wishes.style) if wishes.style else None
    worn = put_on(style, Phrasing(prompt, negative)) if style else Phrasing(prompt, negative)
    asked = read_loras(wishes.loras, info)
    is_empty = not worn.prompt
    remarks = ("The prompt is empty, so the model makes what it likes.",) if is_empty else ()
    remarks += asked.remarks
    recipe = Recipe(
        prompt=worn.prompt,
        negative_prompt=worn.negative,
        seed=draw_seed() if wishes.seed is None else wishes.seed,
        width=width,
        height=height,
        steps=_first(wishes.steps, style and style.steps, info.default_steps),
        guidance_scale=_first(
            wishes.guidance, style and style.guidance_scale, info.default_guidance
        ),
        sampler=_sampler(wishes.sampler, style),
        model=ModelRef(id=info.id, digest=info.digest, name=info.name),
        style=ref_of(style) if style else None,
        loras=with_style(asked.loras, style),
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
    images: dict[str, Pixels] = {}
    if wishes.like is not None:
        like, pixels = _like(wishes, wishes.like, recipe)
        if like.strength > 0:
            adapter = _adapter(wishes.like_adapter, adapters, info)
            if adapter is not None:
                remarks += (f"The style image is taken over with {adapter.name}.",)
                like = msgspec.structs.replace(like, adapter=adapter)
            recipe = msgspec.structs.replace(recipe, like=like)
            images[like.digest] = pixels
    elif wishes.like_strength is not None or wishes.like_adapter:
        option = "--like-adapter" if wishes.like_adapter else "--like-strength"
        raise InputError(f"{option} needs a style image; give one with --like.")
    recipes = tuple(
        msgspec.structs.replace(recipe, seed=(recipe.seed + number) % (MAX_SEED + 1))
        for number in range(wishes.count)
    )
    return DrawnUp(recipes, start, remarks, images)


def absolute_model(text: str) -> str:
    """The built-in model's id, or an absolute path.

    The id of the record follows from it, and the worker may be elsewhere.
    """
    return text if text == BUILT_IN else str(absolute_path(text))


def _like(wishes: Wishes, path: Path, recipe: Recipe) -> tuple[StyleImage, Pixels]:
    strength = round(100 * DEFAULT_LIKE) if wishes.like_strength is None else wishes.like_strength
    if not 0 <= strength <= 100:
        raise RecipeError(f"--like-strength is a number from 0 to 100, not {strength}.", "like")
    pixels = fit_pixels(read_pixels(path), recipe.width, recipe.height)
    record = read_start_file(path).record
    return StyleImage(pixel_digest(pixels), strength / 100, record), pixels


def _adapter(typed: str, adapters: Sequence[str], model: ModelInfo) -> IPAdapterUse | None:
    """The IP-Adapter that was typed, or the first of `adapters` that fits; None for none."""
    digests = cache_dir() / "digests.json"
    if typed == WITHOUT:
        return None
    if typed:
        info = inspect_ip_adapter(absolute_path(typed), digests)
        check_ip_adapter_fits(info, model)
        return info.use
    found, _problems = find_ip_adapters(adapters, digests)
    return next((info.use for info in found if fits(info, model)), None)


def _size(text: str, info: ModelInfo) -> tuple[int, int]:
    if not text:
        return info.default_size
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise RecipeError(
            f"The size must be width x height in pixels, such as 512x384, not {text!r}.", "size"
        )
    return int(match[1]), int(match[2])


def _first(typed: Number | None, styled: Number | None, default: Number) -> Number:
    """What was typed, else what the style says, else what the model is best at."""
    if typed is not None:
        return typed
    return default if styled is None else styled


def _sampler(text: str, style: Style | None) -> Sampler:
    if not text:
        return (style and style.sampler) or Sampler.UNIPC
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
