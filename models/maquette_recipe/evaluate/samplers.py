"""Samplers by name, all on the noise schedule that a model was trained with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from diffusers import (
    DDIMScheduler,
    DDPMScheduler,
    DPMSolverMultistepScheduler,
    UniPCMultistepScheduler,
)

from maquette_recipe.config import SamplerName

_CLASSES: Final[Mapping[SamplerName, tuple[Any, Mapping[str, Any]]]] = MappingProxyType({
    "unipc": (UniPCMultistepScheduler, {}),
    "dpm++2m": (DPMSolverMultistepScheduler, {"algorithm_type": "dpmsolver++"}),
    "ddim": (DDIMScheduler, {"clip_sample": False, "set_alpha_to_one": True}),
    "ddpm": (DDPMScheduler, {"clip_sample": False}),
})  # fmt: skip
"""UniPC (arXiv:2302.04867), DPM-Solver++ of second order (arXiv:2211.01095), DDIM
(arXiv:2010.02502), and DDPM's own ancestral sampling (arXiv:2006.11239)."""

SCHEDULE: Final = (
    "num_train_timesteps", "beta_start", "beta_end", "beta_schedule", "prediction_type",
    "rescale_betas_zero_snr", "timestep_spacing", "steps_offset",
)  # fmt: skip


def build_sampler(name: SamplerName, config: Mapping[str, Any]) -> Any:
    """A diffusers scheduler; of `config`, another scheduler's, the noise schedule is kept."""
    kind, settings = _CLASSES[name]
    kept = {key: config[key] for key in SCHEDULE if key in config}
    return kind(**kept, **settings)
