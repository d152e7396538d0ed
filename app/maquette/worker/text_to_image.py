"""From a recipe to pixels, in numbered steps.

The arithmetic follows diffusers' StableDiffusionPipeline and StableDiffusionXLPipeline, and their
image-to-image, ControlNet and T2I-Adapter kin, operation for operation, so that equal settings
give equal pixels. What is left out are their checks, progress bar, callbacks and hooks, and the
search for the first timestep, which stalls a GPU.
"""

import time
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from types import MappingProxyType

import torch
from diffusers.utils.torch_utils import randn_tensor

from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.core.style_image import active_style_image
from maquette.worker.cancel import CancelToken
from maquette.worker.controls import Controls, controls_for
from maquette.worker.denoising import OnStep, denoise
from maquette.worker.image_to_image import noisy_start
from maquette.worker.ip_adapter import ImagePrompt
from maquette.worker.locked_region import LockedRegion
from maquette.worker.pipeline import Pipeline
from maquette.worker.schedule import make_scheduler, set_steps
from maquette.worker.steering import Steering
from maquette.worker.style_reference import StyleReference
from maquette.worker.text_encoding import encode_recipe


@dataclass
class Run:
    """One job on its way through the pipeline: where it is, and what it cost."""

    token: CancelToken
    decoding: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


@torch.inference_mode()
def make_image(
    pipeline: Pipeline,
    recipe: Recipe,
    start: Pixels | None,
    on_step: OnStep,
    run: Run,
    images: Mapping[str, Pixels] = MappingProxyType({}),
) -> Pixels:
    """Make the image of `recipe`, which was checked before.

    Args:
        start: RGB pixels of the recipe's size when the recipe has a start image.
        images: what the recipe names beside, by digest, likewise.

    Returns:
        RGB pixels of the recipe's size, unmarked.

    Raises:
        JobCancelled: `run.token` was set.
        RecipeError: the model can be steered by none of the recipe's controls.
    """
    pipeline.cancel.token = run.token
    clock = time.perf_counter()
    # 1. The prompt becomes embeddings. Without guidance, the negative half is never computed.
    guided = recipe.guidance_scale > 1
    conditioning = encode_recipe(pipeline, recipe, guided)
    clock = _lap(run, "text", clock)
    # 2. What steers: control images as their networks are shown them, and a style image.
    controls = controls_for(pipeline, recipe, images, conditioning.rows)
    run.notices = conditioning.notices + controls.notices
    steering = Steering(pipeline, controls.parts, conditioning)
    like, style, image_prompt = active_style_image(recipe.like), None, None
    if like is not None and like.adapter is not None:
        image_prompt = ImagePrompt(pipeline, like, conditioning.rows, guided)
    elif like is not None:
        style = StyleReference(pipeline, like, images[like.digest], recipe.seed)
    clock = _lap(run, "controls", clock)
    # 3. The schedule: which timesteps are run.
    scheduler = make_scheduler(recipe.sampler, pipeline.scheduler_config)
    strength = _strength(recipe, controls)
    timesteps = set_steps(scheduler, recipe.steps, pipeline.device, strength)
    # 4. Where it starts: noise from the seed, or an image under noise.
    generator = torch.Generator("cpu").manual_seed(recipe.seed)
    locked = None
    if start is not None:
        noisy = noisy_start(pipeline, start, generator)
        latents = noisy.at(scheduler, timesteps[:1])
        if recipe.kept is not None:
            grey = images[recipe.kept.digest]
            locked = LockedRegion(start, grey, recipe.kept.feather, noisy)
    elif controls.colours is not None:
        colours = controls.colours
        noisy = noisy_start(pipeline, colours.pixels, generator, colours.weights)
        latents = noisy.at(scheduler, timesteps[:1])
    else:
        latents = _noise(pipeline, recipe, generator) * scheduler.init_noise_sigma
    clock = _lap(run, "start", clock)
    # 5. Denoising.
    guidance = recipe.guidance_scale if guided else None
    with image_prompt.attached() if image_prompt else nullcontext():
        latents = denoise(
            pipeline, scheduler, timesteps, latents, conditioning, guidance, on_step, steering,
            locked, controls.outlines, style, image_prompt,
        )  # fmt: skip
    clock = _lap(run, "denoise", clock)
    # 6. Latents become pixels; what is locked gets its own again.
    run.decoding = True
    pixels = decode(pipeline, latents)
    if locked is not None:
        pixels = locked.blended(pixels)
    _lap(run, "decode", clock)
    run.token.check()
    return pixels


def _strength(recipe: Recipe, controls: Controls) -> float:
    """The share of the denoising that is run."""
    if recipe.start is not None:
        return recipe.start.strength
    return controls.colours.strength if controls.colours else 1.0


def _noise(pipeline: Pipeline, recipe: Recipe, generator: torch.Generator) -> torch.Tensor:
    factor = pipeline.info.latent_factor
    shape = (
        1,
        pipeline.unet.config["in_channels"],
        recipe.height // factor,
        recipe.width // factor,
    )
    # Drawn on the CPU on every device, so that a seed means the same picture everywhere.
    return randn_tensor(shape, generator=generator, device=pipeline.device, dtype=pipeline.dtype)


def decode(pipeline: Pipeline, latents: torch.Tensor) -> Pixels:
    """RGB pixels of latents (1, channels, h, w)."""
    vae = pipeline.vae
    pipeline.use(vae)
    latents = latents.to(vae.dtype)
    config = vae.config
    mean, std = config.get("latents_mean"), config.get("latents_std")
    if pipeline.is_sdxl and mean is not None and std is not None:
        shift, scale = (torch.tensor(v).view(1, -1, 1, 1).to(latents) for v in (mean, std))
        latents = latents * scale / config.scaling_factor + shift
    else:
        latents = latents / config.scaling_factor
    image = vae.decode(latents, return_dict=False)[0]
    image = (image * 0.5 + 0.5).clamp(0, 1)
    image = (image[0].permute(1, 2, 0).float() * 255).round().to(torch.uint8)
    return image.contiguous().cpu().numpy()


def _lap(run: Run, name: str, since: float) -> float:
    """Note how long `name` took; return the time now."""
    now = time.perf_counter()
    run.seconds[name] = now - since
    return now
