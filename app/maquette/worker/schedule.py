"""Samplers by diffusers' schedulers, set up as the model's own configuration asks."""

from typing import Any, cast

import torch
from diffusers import DPMSolverMultistepScheduler, UniPCMultistepScheduler

from maquette.core.recipe import Sampler

Scheduler = UniPCMultistepScheduler | DPMSolverMultistepScheduler


def make_scheduler(sampler: Sampler, config: dict[str, Any]) -> Scheduler:
    """A fresh scheduler for one job; `config` is that of the model's own scheduler."""
    if sampler == Sampler.DPMPP_2M:
        scheduler = DPMSolverMultistepScheduler.from_config(
            config, algorithm_type="dpmsolver++", solver_order=2
        )
    else:
        scheduler = UniPCMultistepScheduler.from_config(config)
    return cast("Scheduler", scheduler)  # from_config is annotated for all its modes at once


def set_steps(
    scheduler: Scheduler, steps: int, device: torch.device, strength: float = 1.0
) -> torch.Tensor:
    """Set `scheduler` up and return its timesteps, the noisiest first.

    With strength below 1 only the last int(steps * strength) are kept, at least one.
    """
    scheduler.set_timesteps(steps, device=device)
    first = min(max(steps - int(steps * strength), 0), steps - 1)
    # Told where it starts, the scheduler need not search, which would wait for the GPU.
    scheduler.set_begin_index(first)
    return scheduler.timesteps[first:]


def original_terms(scheduler: Scheduler, timestep: torch.Tensor) -> tuple[float, float]:
    """What x0 is made of at `timestep`: so much of the latents plus so much of the prediction.

    For any of the prediction types, by alpha and sigma of x_t = alpha x0 + sigma noise.
    """
    kept = float(scheduler.alphas_cumprod[int(timestep)])
    alpha, sigma = kept**0.5, (1 - kept) ** 0.5
    kind = scheduler.config["prediction_type"]
    if kind == "v_prediction":
        return alpha, -sigma
    if kind == "epsilon":
        return 1 / alpha, -sigma / alpha
    return 0.0, 1.0  # "sample": x0 itself is predicted


def predicted_original(scheduler: Scheduler) -> torch.Tensor:
    """x0 as predicted in the last step, (batch, channels, h, w); both solvers keep it."""
    latest = scheduler.model_outputs[-1]
    if latest is None:
        raise RuntimeError("the scheduler has made no step yet")
    return latest
