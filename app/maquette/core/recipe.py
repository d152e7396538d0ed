"""Recipe: the frozen value with everything needed to make an image again."""

import math
import secrets
from enum import StrEnum

import msgspec

from maquette.core.control import LINES, MAX_CONTROLS, Control, Kept, check_control
from maquette.core.errors import RecipeError
from maquette.core.lora import LoraUse, check_loras
from maquette.core.model_ref import ModelRef as ModelRef
from maquette.core.prompt_blend import PromptBlend, check_blend
from maquette.core.style_image import StyleImage, check_style_image
from maquette.core.style_ref import StyleRef

MAX_SEED = 2**32 - 1
MIN_SIDE = 256  # the invisible watermark needs at least 256x256 pixels
MAX_SIDE = 4096
MAX_STEPS = 150
MAX_GUIDANCE = 30.0
MAX_PROMPT = 10_000
MAX_IMAGES = 64
DEFAULT_STRENGTH = 0.6  # of a start image, where nobody says another


class Sampler(StrEnum):
    """Solver of the denoising loop, by diffusers scheduler."""

    UNIPC = "unipc"  # UniPCMultistepScheduler, arXiv:2302.04867
    DPMPP_2M = "dpmpp-2m"  # DPMSolverMultistepScheduler (algorithm dpmsolver++), arXiv:2211.01095


class StartImage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An image to start from (image to image): its pixels by digest, and how much to change.

    `strength` is 0 < s <= 1: the share of the denoising that is run (arXiv:2108.01073, SDEdit).
    `digest` is the sha256 of the RGB bytes, after fitting to the recipe's size.
    """

    digest: str
    strength: float = DEFAULT_STRENGTH
    record: str = ""  # record id when the image is one of ours


class Recipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Everything needed to make one image again. The seed is drawn before the job is queued.

    `controls` steer structure; `kept` is what stays of the start image. `loras` are added to the
    model, in this order. `style` is a label that changes no pixel: what the style says stands in
    the prompt and in the other fields. `like` is a picture whose look is taken over. `blend` is
    there where two phrasings are blended.
    """

    prompt: str
    seed: int
    width: int
    height: int
    steps: int
    guidance_scale: float
    model: ModelRef
    negative_prompt: str = ""
    sampler: Sampler = Sampler.UNIPC
    start: StartImage | None = None
    controls: tuple[Control, ...] = ()
    kept: Kept | None = None
    style: StyleRef | None = None
    loras: tuple[LoraUse, ...] = ()
    like: StyleImage | None = None
    blend: PromptBlend | None = None


def lines_of(recipe: Recipe) -> Control | None:
    """The control whose lines `recipe` follows, by which its fidelity is measured, if any."""
    return next((control for control in recipe.controls if control.kind in LINES), None)


def recipe_images(recipe: Recipe) -> tuple[str, ...]:
    """Digests of all images that `recipe` names beside its start image, each once, in order."""
    digests = [digest for c in recipe.controls for digest in (c.digest, c.weights)]
    if recipe.kept:
        digests.append(recipe.kept.digest)
    if recipe.like:
        digests.append(recipe.like.digest)
    return tuple(dict.fromkeys(digest for digest in digests if digest))


def image_word(recipe: Recipe, digest: str) -> str:
    """What the image of this digest is to `recipe`, in words for the user."""
    is_like = recipe.like is not None and recipe.like.digest == digest
    return "style image" if is_like else "sketch"


def draw_seed() -> int:
    """A fresh seed, 0 to 2**32 - 1."""
    return secrets.randbelow(MAX_SEED + 1)


def check_recipe(recipe: Recipe, latent_factor: int = 8) -> None:
    """Raise RecipeError, naming the field, if a value of `recipe` is out of range.

    Args:
        latent_factor: pixels per latent cell of the model; width and height must be multiples.
    """
    if len(recipe.prompt) > MAX_PROMPT:
        raise RecipeError(
            f"The prompt is longer than {MAX_PROMPT:,} characters; please shorten it.", "prompt"
        )
    if len(recipe.negative_prompt) > MAX_PROMPT:
        raise RecipeError(
            f"The negative prompt is longer than {MAX_PROMPT:,} characters; please shorten it.",
            "negative_prompt",
        )
    for field, value in (("width", recipe.width), ("height", recipe.height)):
        if not MIN_SIDE <= value <= MAX_SIDE:
            raise RecipeError(
                f"The {field} must be between {MIN_SIDE} and {MAX_SIDE} pixels, not {value}.", field
            )
        if value % latent_factor:
            nearest = max(MIN_SIDE, round(value / latent_factor) * latent_factor)
            raise RecipeError(
                f"The {field} must be a multiple of {latent_factor} for this model; "
                f"{nearest} is the nearest to {value}.",
                field,
            )
    if not 0 <= recipe.seed <= MAX_SEED:
        raise RecipeError(f"The seed must be between 0 and {MAX_SEED}, not {recipe.seed}.", "seed")
    if not 1 <= recipe.steps <= MAX_STEPS:
        raise RecipeError(
            f"The number of steps must be between 1 and {MAX_STEPS}, not {recipe.steps}.", "steps"
        )
    if not (math.isfinite(recipe.guidance_scale) and 0 <= recipe.guidance_scale <= MAX_GUIDANCE):
        raise RecipeError(
            f"The guidance scale must be a number between 0 and {MAX_GUIDANCE:g}, "
            f"not {recipe.guidance_scale}.",
            "guidance_scale",
        )
    start = recipe.start
    if start is not None and not (math.isfinite(start.strength) and 0 < start.strength <= 1):
        raise RecipeError(
            f"The strength must be a number above 0 and at most 1, not {start.strength}.",
            "strength",
        )
    if len(recipe.controls) > MAX_CONTROLS:
        raise RecipeError(f"At most {MAX_CONTROLS} controls can steer one picture.", "controls")
    for control in recipe.controls:
        check_control(control)
    check_loras(recipe.loras)
    if recipe.like is not None:
        check_style_image(recipe.like)
    if recipe.blend is not None:
        check_blend(recipe.blend, MAX_PROMPT)
    if recipe.kept and recipe.start is None:
        raise RecipeError(
            "A locked region needs the picture that it is part of; please start from one.", "kept"
        )
