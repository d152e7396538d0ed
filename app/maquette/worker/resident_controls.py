"""Control networks beside a resident model: brought in when a recipe names them, few at a time."""

from pathlib import Path

import torch
from diffusers import ControlNetModel

from maquette.core.recipe import Recipe
from maquette.worker.control_models import load_control
from maquette.worker.control_network import ControlNetwork, RememberedEmbedding
from maquette.worker.controls import OWN
from maquette.worker.memory import release
from maquette.worker.pipeline import Pipeline

_RESIDENT = 3  # control networks that stay, beside the model's own


def have_own(pipeline: Pipeline, digests: Path) -> None:
    """Have the network that is in the model's own folder, if there is one.

    Raises:
        As `control_models.load_control`.
    """
    if pipeline.info.controls:
        adopt(pipeline, OWN, load_control(None, pipeline, digests))


def have_controls(pipeline: Pipeline, recipe: Recipe, digests: Path) -> None:
    """Have every network that `recipe` names, and let those go that were not used for longest.

    Raises:
        As `control_models.load_control`.
    """
    wanted = {c.model.id: c.model for c in recipe.controls if c.model and c.scale > 0}
    known = pipeline.controls
    others = [name for name in known if name != OWN and name not in wanted]
    for name in others[: max(0, len(others) + len(wanted) - _RESIDENT)]:
        del known[name]
        for key in [key for key in pipeline.shown if key[0] == name]:
            del pipeline.shown[key]
        release()
    for name, model in wanted.items():
        if name not in known:
            adopt(pipeline, name, load_control(model, pipeline, digests))
        known.move_to_end(name)


def adopt(pipeline: Pipeline, name: str, control: ControlNetwork) -> None:
    """Make `control` ready to run beside the UNet, with cancel points."""
    network = control.network
    network.eval().requires_grad_(False)
    if not pipeline.offload:
        network.to(device=pipeline.device)  # pyright: ignore[reportCallIssue]
    network.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    if isinstance(network, ControlNetModel):
        remembered = RememberedEmbedding(network.controlnet_cond_embedding)
        network.add_module("controlnet_cond_embedding", remembered)  # in its place
        pipeline.cancel.watch(network.down_blocks)
    pipeline.controls[name] = control
