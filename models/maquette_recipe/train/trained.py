"""The trained networks of a training folder, whichever of its trainings was the last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from diffusers import ControlNetModel
from transformers import CLIPTokenizer

from maquette_recipe.config import Config
from maquette_recipe.nets.architecture import build_unet
from maquette_recipe.nets.base import BaseModel
from maquette_recipe.nets.control import build_control
from maquette_recipe.train import control, refine
from maquette_recipe.train.base import load_base, samples_trained
from maquette_recipe.train.checkpoint import load_checkpoint


def load_control(work: Path, config: Config) -> ControlNetModel | None:
    """The trained ControlNet with its averaged weights, in evaluation mode, or None."""
    state = load_checkpoint(work / control.CHECKPOINT)
    if state is None:
        return None
    refined = load_checkpoint(work / refine.CHECKPOINT) or {}
    average = refined.get("control_average", state["average"])
    unet = build_unet(config.unet, config.autoencoder.latent_channels, config.text.width)
    network = build_control(config, unet)
    network.load_state_dict(average, strict=False)
    return network.eval()


def load_steered_base(work: Path, config: Config, tokenizer: CLIPTokenizer) -> BaseModel:
    """The base model that the ControlNet belongs to: with the UNet that was refined, or that
    learned beside it, if any.

    Raises FileNotFoundError without a trained base model.
    """
    base = load_base(work, config, tokenizer)
    beside = _beside(work)
    if beside:
        base.unet.load_state_dict(beside[-1]["unet_average"], strict=False)
    return base


def samples_steered(work: Path) -> int:
    """Samples that the UNet of :func:`load_steered_base` was trained on, over all runs."""
    return samples_trained(work) + sum(int(state["samples"]) for state in _beside(work))


def _beside(work: Path) -> list[dict[str, Any]]:
    """Checkpoints of the trainings after the base model's that the UNet learned in, in order."""
    states = [load_checkpoint(work / name) for name in (control.CHECKPOINT, refine.CHECKPOINT)]
    return [state for state in states if state is not None and "unet_average" in state]
