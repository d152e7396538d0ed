"""How well pictures that are not learned from are predicted, always at the same noise."""

from collections.abc import Sequence

import torch
from diffusers import UNet2DConditionModel

from maquette.worker.training.latents import Example, Texts, seed_of
from maquette.worker.training.objective import Objective

_LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)  # of the timesteps


@torch.no_grad()
def validation_loss(
    unet: UNet2DConditionModel,
    held_out: Sequence[Example],
    texts: Texts,
    objective: Objective,
    device: torch.device,
) -> float:
    """The mean weighted loss over `held_out` at five timesteps, each with noise of its own.

    The noise depends on the place in the list alone, so that two values differ by what was
    learned and by nothing else.
    """
    timesteps = torch.tensor([int(level * objective.timesteps) for level in _LEVELS], device=device)
    losses = []
    for number, example in enumerate(held_out):
        rows = [example.latents[0]] * len(_LEVELS)
        batch = texts.batch(rows, [example.caption] * len(_LEVELS), example.size)
        generator = torch.Generator("cpu").manual_seed(seed_of("validation", number))
        noise = torch.randn(batch.latents.shape, generator=generator).to(device)
        losses.append(objective.losses(unet, batch, noise, timesteps))
    return float(torch.cat(losses).mean())
