"""ComfyUI's drawn graph as the one that runs: named inputs instead of widgets in a row."""

from collections.abc import Mapping
from typing import Any

from maquette.provenance.foreign_recipes.values import object_in

_MAX_NODES = 5_000
_MAX_LINKS = 50_000
_WIDGETS = {
    "KSampler": ("seed", "", "steps", "cfg", "sampler_name", "scheduler"),
    "KSamplerAdvanced": ("add_noise", "noise_seed", "", "steps", "cfg", "sampler_name"),
    "SamplerCustom": ("add_noise", "noise_seed", "", "cfg"),
    "CLIPTextEncode": ("text",),
    "CheckpointLoaderSimple": ("ckpt_name",),
    "UNETLoader": ("unet_name",),
    "RandomNoise": ("noise_seed",),
    "KSamplerSelect": ("sampler_name",),
    "BasicScheduler": ("scheduler", "steps"),
    "CFGGuider": ("cfg",),
}
"""The widgets of the nodes that hold what a recipe is made of, in order; "" is passed over."""


def nodes_of_workflow(workflow: Mapping[str, Any]) -> dict[str, Any]:
    """Nodes by id as ComfyUI's `prompt` has them; of unknown kinds the links only."""
    nodes, links = workflow.get("nodes"), workflow.get("links")
    if not isinstance(nodes, list) or len(nodes) > _MAX_NODES:
        return {}
    sources = _sources(links if isinstance(links, list) else [])
    made: dict[str, Any] = {}
    for node in map(object_in, nodes):
        kind, number = node.get("type"), node.get("id")
        if isinstance(kind, str) and isinstance(number, int | str):
            inputs = _widgets(kind, node.get("widgets_values")) | _links(node, sources)
            made[str(number)] = {"class_type": kind, "inputs": inputs}
    return made


def _sources(links: list[Any]) -> dict[Any, list[Any]]:
    """Which output each link comes from; a link is [id, node, output, node, input, type]."""
    return {
        link[0]: [str(link[1]), link[2]]
        for link in links[:_MAX_LINKS]
        if isinstance(link, list) and len(link) >= 5 and isinstance(link[0], int | str)
    }


def _widgets(kind: str, values: object) -> dict[str, Any]:
    names = _WIDGETS.get(kind, ())
    values = values if isinstance(values, list) else []
    return {name: value for name, value in zip(names, values, strict=False) if name}


def _links(node: Mapping[str, Any], sources: Mapping[Any, list[Any]]) -> dict[str, Any]:
    inputs = node.get("inputs")
    linked: dict[str, Any] = {}
    for each in map(object_in, inputs if isinstance(inputs, list) else []):
        name, link = each.get("name"), each.get("link")
        if isinstance(name, str) and isinstance(link, int | str) and link in sources:
            linked[name] = sources[link]
    return linked
