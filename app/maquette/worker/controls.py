"""From the controls of a recipe to what the denoising loop needs of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
import numpy as np
import torch

from maquette.core.control import LINES, Control, ControlKind
from maquette.core.control_models import needs_none
from maquette.core.errors import RecipeError
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.worker.control_network import ControlNetwork
from maquette.worker.outline_guidance import OutlineGuidance, can_be_guided, outline_guidance
from maquette.worker.pipeline import Pipeline
from maquette.worker.steering import Part

OWN = ""  # in Pipeline.controls: the network in the model's own folder

_REMEMBERED = 4  # control images on the device
_WORDS = {
    ControlKind.SKETCH: "sketch",
    ControlKind.EDGES: "picture of edges",
    ControlKind.DEPTH: "depth image",
    ControlKind.NORMAL: "normal map",
    ControlKind.COLOUR: "colour layout",
}


@dataclass(frozen=True)
class Colours:
    """A colour layout that no network takes: the denoising starts from it, under noise.

    `pixels` (height, width, 3); `weights` (1, 1, height, width) in 0..1 or None; `strength` as of
    a start image.
    """

    pixels: Pixels
    weights: torch.Tensor | None
    strength: float


@dataclass(frozen=True)
class Controls:
    """What steers one picture, with sentences for the user about what does not."""

    parts: tuple[Part, ...] = ()
    outlines: tuple[OutlineGuidance, ...] = ()
    colours: Colours | None = None
    notices: tuple[str, ...] = ()


def controls_for(
    pipeline: Pipeline, recipe: Recipe, images: Mapping[str, Pixels], rows: int
) -> Controls:
    """The controls of `recipe`, whose networks are resident (`Pipeline.controls`).

    Args:
        images: by digest, RGB of the recipe's size.
        rows: of the batch that the UNet is run on.

    Raises:
        RecipeError: nothing can be done with any of them.
    """
    parts: list[Part] = []
    outlines: list[OutlineGuidance] = []
    colours = None
    notices: list[str] = []
    lacking: list[Control] = []
    asked = [control for control in recipe.controls if control.scale > 0]
    for control in asked:
        network = _network_for(pipeline, control)
        weights = images[control.weights] if control.weights else None
        factors = None if weights is None else _map_on(pipeline, weights)
        if network is not None:
            image = _shown(pipeline, network, control, images[control.digest], rows)
            parts.append(Part(control, network, image, factors))
            wants_outlines = control.outline > 0 and control.kind in LINES
            if wants_outlines and can_be_guided(pipeline, recipe.width, recipe.height):
                outline = outline_guidance(pipeline, control, images[control.digest], weights)
                outlines += [outline] if outline else []
            elif wants_outlines:
                notices.append(
                    "There was no guidance by outlines, because the model's decoder or the "
                    "picture is too large for it."
                )
        elif control.kind is not ControlKind.COLOUR:
            lacking.append(control)
            notices.append(
                f"The {_WORDS[control.kind]} was left out, because this model cannot be steered "
                "by one."
            )
        elif recipe.start is not None or colours is not None:
            notices.append(
                "The colour layout was left out, because the picture starts from another image."
            )
        else:
            pixels = images[control.digest]
            colours = Colours(pixels, factors, colour_strength(control.scale))
    if lacking and len(lacking) == len(asked):
        raise RecipeError(
            f"This model cannot be steered by a {_WORDS[lacking[0].kind]}; please add a control "
            "model that fits it, or choose another model.",
            "controls",
        )
    return Controls(tuple(parts), tuple(outlines), colours, tuple(notices))


def colour_strength(scale: float) -> float:
    """How much of the denoising is run over a colour layout that no network takes.

    SDEdit (arXiv:2108.01073) finds colours kept and shapes free where about 0.7 to 0.9 of it is
    run: 0.75 for a scale of 1, and 1, which keeps nothing, for 0.
    """
    return max(1.0 - 0.25 * scale, 0.5)


def with_digests(pipeline: Pipeline, recipe: Recipe) -> Recipe:
    """`recipe` with the digests of the control networks that it names filled in."""
    if not any(control.model for control in recipe.controls):
        return recipe
    named = []
    for control in recipe.controls:
        network = pipeline.controls.get(control.model.id) if control.model else None
        ref = network.ref if network else control.model
        named.append(msgspec.structs.replace(control, model=ref))
    return msgspec.structs.replace(recipe, controls=tuple(named))


def _network_for(pipeline: Pipeline, control: Control) -> ControlNetwork | None:
    if control.model is not None:
        return pipeline.controls[control.model.id]
    return pipeline.controls.get(OWN) if needs_none(pipeline.info, control.kind) else None


def _shown(
    pipeline: Pipeline, network: ControlNetwork, control: Control, pixels: Pixels, rows: int
) -> torch.Tensor:
    """The image as the network is shown it, (rows, channels, height, width) in 0..1.

    A recent image is the same tensor again, by which the network's embedding is remembered.
    """
    rows = 1 if network.is_adapter else rows
    # Pixels of one colour have the same digest in every shape of that many.
    key = (network.ref.id, control.kind, control.digest, pixels.shape, rows)
    known = pipeline.shown
    if key in known:
        known.move_to_end(key)
    else:
        values = torch.from_numpy(np.ascontiguousarray(network.shown(pixels, control.kind)))
        image = values.permute(2, 0, 1)[None].contiguous()
        image = image.to(device=pipeline.device, dtype=pipeline.dtype)
        known[key] = torch.cat([image] * rows)
        if len(known) > _REMEMBERED:
            known.popitem(last=False)
    return known[key]


def _map_on(pipeline: Pipeline, grey: Pixels) -> torch.Tensor:
    """A grey map as factors, (1, 1, height, width) in 0..1."""
    values = torch.from_numpy(np.ascontiguousarray(grey[:, :, 0])).float() / 255
    return values[None, None].to(device=pipeline.device, dtype=pipeline.dtype)
