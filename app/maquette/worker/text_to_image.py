"""Denoising: from a recipe to pixels, in numbered steps.

The arithmetic follows diffusers' StableDiffusionPipeline and StableDiffusionXLPipeline operation
for operation, so that equal settings give equal pixels. What is left out are their checks,
progress bar, callbacks and hooks, and the search for the first timestep, which stalls a GPU.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from diffusers.utils.torch_utils import randn_tensor

from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.worker.cancel import CancelToken
from maquette.worker.image_to_image import noisy_start
from maquette.worker.pipeline import Pipeline
from maquette.worker.schedule import Scheduler, make_scheduler, predicted_original, set_steps
from maquette.worker.text_encoding import Conditioning, encode_prompts

OnStep = Callable[[int, int, torch.Tensor], None]
"""Called after each step with its number from 1, the number of steps, and predicted x0."""


@dataclass
class Run:
    """One job on its way through the pipeline: where it is, and what it cost."""

    token: CancelToken
    decoding: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


@torch.inference_mode()
def make_image(
    pipeline: Pipeline, recipe: Recipe, start: Pixels | None, on_step: OnStep, run: Run
) -> Pixels:
    """Make the image of `recipe`, which was checked before.

    Args:
        start: RGB pixels of the recipe's size when the recipe has a start image.

    Returns:
        RGB pixels of the recipe's size, unmarked.

    Raises:
        JobCancelled: `run.token` was set.
    """
    pipeline.cancel.token = run.token
    clock = time.perf_counter()
    # 1. The prompt becomes embeddings. Without guidance, the negative half is never computed.
    guided = recipe.guidance_scale > 1
    size = recipe.width, recipe.height
    conditioning = encode_prompts(pipeline, recipe.prompt, recipe.negative_prompt, guided, size)
    run.notices = conditioning.notices
    clock = _lap(run, "text", clock)
    # 2. The schedule: which timesteps are run.
    scheduler = make_scheduler(recipe.sampler, pipeline.scheduler_config)
    strength = recipe.start.strength if recipe.start else 1.0
    timesteps = set_steps(scheduler, recipe.steps, pipeline.device, strength)
    # 3. Where it starts: noise from the seed, or the start image under noise.
    generator = torch.Generator("cpu").manual_seed(recipe.seed)
    if start is None:
        latents = _noise(pipeline, recipe, generator) * scheduler.init_noise_sigma
    else:
        latents = noisy_start(pipeline, start, scheduler, timesteps[:1], generator)
    clock = _lap(run, "start", clock)
    # 4. Denoising.
    guidance = recipe.guidance_scale if guided else None
    latents = _denoise(pipeline, scheduler, timesteps, latents, conditioning, guidance, on_step)
    clock = _lap(run, "denoise", clock)
    # 5. Latents become pixels.
    run.decoding = True
    pixels = decode(pipeline, latents)
    _lap(run, "decode", clock)
    run.token.check()
    return pixels


def _denoise(
    pipeline: Pipeline,
    scheduler: Scheduler,
    timesteps: torch.Tensor,
    latents: torch.Tensor,
    conditioning: Conditioning,
    guidance: float | None,
    on_step: OnStep,
) -> torch.Tensor:
    unet, token = pipeline.unet, pipeline.cancel.token
    pipeline.use(unet)
    total = len(timesteps)
    for i, t in enumerate(timesteps, start=1):
        token.check()
        # 4.1 Predict, for the negative and the positive prompt in one batch.
        batch = latents if guidance is None else torch.cat([latents] * 2)
        prediction = unet(
            batch,
            t,
            encoder_hidden_states=conditioning.tokens,
            added_cond_kwargs=conditioning.added,
            return_dict=False,
        )[0]
        # 4.2 Guide away from the negative prompt (classifier-free guidance, arXiv:2207.12598).
        if guidance is not None:
            negative, positive = prediction.chunk(2)
            prediction = negative + guidance * (positive - negative)
        # 4.3 Take the step.
        latents = scheduler.step(prediction, t, latents, return_dict=False)[0]
        on_step(i, total, predicted_original(scheduler)[0])
    return latents


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
