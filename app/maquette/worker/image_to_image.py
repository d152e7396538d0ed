"""Starting from an image: encode it and add noise for the chosen strength (SDEdit, 2108.01073)."""

from dataclasses import dataclass
from typing import cast

import torch
from diffusers.utils.torch_utils import randn_tensor
from torch.nn.functional import adaptive_avg_pool2d

from maquette.core.pixels import Pixels
from maquette.worker.pipeline import Pipeline
from maquette.worker.schedule import Scheduler


@dataclass(frozen=True)
class NoisyStart:
    """An image's latents and the noise that belongs to them, (1, channels, h, w) each."""

    latents: torch.Tensor
    noise: torch.Tensor

    def at(self, scheduler: Scheduler, timestep: torch.Tensor) -> torch.Tensor:
        """The latents under the noise of `timestep`, shape (1,)."""
        return scheduler.add_noise(self.latents, self.noise, cast("torch.IntTensor", timestep))


def noisy_start(
    pipeline: Pipeline,
    start: Pixels,
    generator: torch.Generator,
    weights: torch.Tensor | None = None,
) -> NoisyStart:
    """Latents of `start` (RGB, the recipe's size), and noise.

    The generator is used twice, for the posterior and for the noise, in the order of diffusers'
    image-to-image pipelines.

    Args:
        weights: (1, 1, height, width) in 0..1: where the image counts, None for everywhere.
    """
    latents = encode(pipeline, start, generator)
    if weights is not None:
        latents = latents * adaptive_avg_pool2d(weights, (latents.shape[-2], latents.shape[-1]))
    noise = randn_tensor(
        latents.shape, generator=generator, device=pipeline.device, dtype=pipeline.dtype
    )
    return NoisyStart(latents, noise)


def encode(pipeline: Pipeline, pixels: Pixels, generator: torch.Generator) -> torch.Tensor:
    """Latents (1, channels, h, w) of RGB pixels, as the UNet sees them."""
    vae = pipeline.vae
    pipeline.use(vae)
    values = torch.from_numpy(pixels[:, :, :3].copy()).permute(2, 0, 1)[None]
    image = (2.0 * (values.float() / 255.0) - 1.0).to(pipeline.device, pipeline.dtype)
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
        return (latents - shift) * config.scaling_factor / scale
    return config.scaling_factor * latents
