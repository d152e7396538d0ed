"""Warming up: a network's first run prepares kernels; better before the first job than in it."""

import numpy as np
import torch

from maquette.core.control import Control, ControlKind
from maquette.core.model_info import ModelInfo
from maquette.core.recipe import ModelRef, Recipe
from maquette.worker.cancel import CancelToken
from maquette.worker.pipeline import Pipeline
from maquette.worker.text_to_image import Run, make_image

_SMALL_NETWORK = (
    100_000_000  # parameters; up to here a CPU makes a full-size step in about a second
)
_PAPER = "blank"  # stands for the digest of a sketch without lines
_TINY_CELLS = 8  # side in latent cells of the picture that warms a large network on a CPU


def warm_up(pipeline: Pipeline, token: CancelToken) -> None:
    """Make one step at the default size, or at a tiny one where that would take long."""
    info = pipeline.info
    width, height = info.default_size
    if pipeline.device.type == "cpu" and _parameters(pipeline.unet) > _SMALL_NETWORK:
        width = height = _TINY_CELLS * info.latent_factor
    recipe = _recipe(info, width, height)
    paper = {_PAPER: np.full((height, width, 3), 255, np.uint8)}
    make_image(pipeline, recipe, None, lambda _step, _total, _x0: None, Run(token), paper)
    pipeline.shown.clear()


def _recipe(info: ModelInfo, width: int, height: int) -> Recipe:
    steered = ControlKind.SKETCH in info.controls
    return Recipe(
        prompt="",
        seed=0,
        width=width,
        height=height,
        steps=1,
        guidance_scale=info.default_guidance,
        model=ModelRef(info.id),
        controls=(Control(ControlKind.SKETCH, _PAPER),) if steered else (),
    )


def _parameters(network: torch.nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())
