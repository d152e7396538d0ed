"""Starting from an image: encode it and add noise for the chosen strength (SDEdit, 2108.01073)."""

from typing import cast

import torch
from diffusers.utils.torch_utils import randn_tensor

from maquette.core.pixels import Pixels
from maquette.worker.pipeline import Pipeline
from maquette.worker.schedule import Scheduler


def noisy_start(
    pipeline: Pipeline,
    start: Pixels,
    scheduler: Scheduler,
    timestep: torch.Tensor,
    generator: torch.Generator,
) -> torch.Tensor:
    """Latents of `start` (RGB, the recipe's size) under the noise of `timestep`, shape (1,).

    The generator is used twice, for the posterior and for the noise, in the order of diffusers'
    image-to-image pipelines.
    """
    vae = pipeline.vae
    pipeline.use(vae)
    pixels = torch.from_numpy(start[:, :, :3].copy()).permute(2, 0, 1)[None]
    image = (2.0 * (pixels.float() / 255.0) - 1.0).to(pipeline.device, pipeline.dtype)
    encoded = vae.encode(image.to(vae.dtype))
    if hasattr(encoded, "latent_dist"):
        latents = encoded.latent_dist.sample(generator)
    else:
        latents = encoded.latents  # AutoencoderTiny has no posterior
    latents = latents.to(pipeline.dtype)
    config = vae.config
    mean, std = config.get("latents_mean"), config.get("latents_std")
    if pipeline.is_sdxl and mean is not None and std is not None:
        shift, scale = (torch.tensor(v).view(1, -1, 1, 1).to(latents) for v in (mean, std))
        latents = (latents - shift) * config.scaling_factor / scale
    else:
        latents = config.scaling_factor * latents
    noise = randn_tensor(
        latents.shape, generator=generator, device=pipeline.device, dtype=pipeline.dtype
    )
    return scheduler.add_noise(latents, noise, cast("torch.IntTensor", timestep))
