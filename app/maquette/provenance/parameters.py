"""The `parameters` text that image generators write into PNG files and read from each other's.

The form is stable-diffusion-webui's: the prompt, an optional `Negative prompt:` line, and a last
line of `Name: value` pairs. It cannot say everything: a prompt with a line of its own that begins
with `Negative prompt:` reads back as a negative prompt. Our own chunk holds the recipe exactly.
"""

import json
import math
import re

import msgspec

from maquette.core.errors import RecipeError
from maquette.core.prompt_blend import PromptBlend
from maquette.core.recipe import ModelRef, Recipe, Sampler, StartImage, check_recipe
from maquette.provenance.lora_tags import with_tags, without_tags

_NEGATIVE = "Negative prompt:"
_PAIR = re.compile(r'\s*(\w[\w /-]{0,60}):\s*("(?:\\.|[^\\"])*"|[^,]*)(?:,|$)')
_FEWEST_PAIRS = 3  # a last line with fewer is taken for prompt
_SIZE = re.compile(r"(\d{1,5})x(\d{1,5})")
_SHOWN_DIGEST = 10  # hex digits of the model's sha256, as other tools show them
_SAMPLERS = {Sampler.UNIPC: "UniPC", Sampler.DPMPP_2M: "DPM++ 2M"}


class Parameters(msgspec.Struct, frozen=True):
    """What a `parameters` text says. `settings` keeps the names and order of the text."""

    prompt: str
    negative_prompt: str
    settings: dict[str, str]


def write_parameters(recipe: Recipe, tool: str) -> str:
    """The text of `recipe`; `tool` is a name and version such as "Maquette 0.1.0"."""
    settings: dict[str, str] = {
        "Steps": str(recipe.steps),
        "Sampler": _SAMPLERS[recipe.sampler],
        "CFG scale": _number(recipe.guidance_scale),
        "Seed": str(recipe.seed),
        "Size": f"{recipe.width}x{recipe.height}",
    }
    if recipe.model.digest:
        settings["Model hash"] = recipe.model.digest[:_SHOWN_DIGEST]
    if recipe.model.name:
        settings["Model"] = recipe.model.name
    if recipe.start is not None:
        settings["Denoising strength"] = _number(recipe.start.strength)
    if recipe.blend is not None:
        settings["Blend"] = _number(recipe.blend.share)
        settings["Blend prompt"] = recipe.blend.prompt
        if recipe.blend.negative_prompt:
            settings["Blend negative prompt"] = recipe.blend.negative_prompt
    settings["Version"] = tool
    lines = [with_tags(recipe.prompt, recipe.loras)]
    if recipe.negative_prompt:
        lines.append(f"{_NEGATIVE} {recipe.negative_prompt}")
    lines.append(", ".join(f"{name}: {_quoted(value)}" for name, value in settings.items()))
    return "\n".join(lines)


def read_parameters(text: str) -> Parameters:
    """Take `text` apart. Anything is a valid text: what cannot be told apart is prompt."""
    lines = text.strip().split("\n")
    pairs = _PAIR.findall(lines[-1])
    if len(pairs) >= _FEWEST_PAIRS:
        lines.pop()
    else:
        pairs = []
    at = next((i for i, line in enumerate(lines) if line.startswith(_NEGATIVE)), len(lines))
    negative = "\n".join(lines[at:])[len(_NEGATIVE) :]
    settings = {name: _unquoted(value.strip()) for name, value in pairs}
    return Parameters("\n".join(lines[:at]).strip(), negative.strip(), settings)


def recipe_of(parameters: Parameters) -> Recipe | None:
    """The recipe, if the text names all that one needs and a sampler that we have.

    The model and LoRAs are given by name only, and a start image by its strength only.
    """
    settings = parameters.settings
    size = _SIZE.fullmatch(settings.get("Size", ""))
    sampler = next(
        (ours for ours, name in _SAMPLERS.items() if name == settings.get("Sampler")), None
    )
    if size is None or sampler is None:
        return None
    strength = settings.get("Denoising strength")
    prompt, loras = without_tags(parameters.prompt)
    try:
        recipe = Recipe(
            prompt=prompt,
            negative_prompt=parameters.negative_prompt,
            seed=int(settings["Seed"]),
            width=int(size[1]),
            height=int(size[2]),
            steps=int(settings["Steps"]),
            guidance_scale=float(settings["CFG scale"]),
            sampler=sampler,
            model=ModelRef(id="", name=settings.get("Model", "")),
            start=None if strength is None else StartImage(digest="", strength=float(strength)),
            loras=loras,
            blend=_blend_of(settings),
        )
        check_recipe(recipe, latent_factor=1)
    except (KeyError, ValueError, RecipeError):
        return None
    return recipe


def _blend_of(settings: dict[str, str]) -> PromptBlend | None:
    """Raises ValueError: its share is no number."""
    if "Blend" not in settings or "Blend prompt" not in settings:
        return None
    negative = settings.get("Blend negative prompt", "")
    return PromptBlend(settings["Blend prompt"], float(settings["Blend"]), negative)


def _number(value: float) -> str:
    """The shortest text that reads back as `value`, without ".0" for whole numbers."""
    return str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)


def _quoted(value: str) -> str:
    special = any(character in value for character in ',:"\n') or value != value.strip()
    return json.dumps(value, ensure_ascii=False) if special else value


def _unquoted(value: str) -> str:
    if len(value) < 2 or not (value[0] == value[-1] == '"'):
        return value
    try:
        return str(json.loads(value))
    except ValueError:
        return value
