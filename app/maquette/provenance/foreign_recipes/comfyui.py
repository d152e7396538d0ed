"""ComfyUI: the graph that made the picture, walked from its sampler to what feeds it."""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from maquette.core.gallery import ForeignRecipe
from maquette.provenance.foreign_recipes.comfyui_workflow import nodes_of_workflow
from maquette.provenance.foreign_recipes.values import (
    file_stem,
    guidance_of,
    object_in,
    plain_name,
    plain_text,
    read_object,
    seed_of,
    steps_of,
)

_MAX_NODES = 5_000
_MAX_WALK = 500  # nodes of one walk
_MODEL_NAMES = ("ckpt_name", "unet_name", "model_name")
_TEXTS = ("text", "prompt", "string", "value", "text_g", "t5xxl", "clip_l", "text_l")
_NUMBERS = ("value", "seed", "noise_seed", "int", "float", "number")


def read_comfyui(texts: Mapping[str, str]) -> ForeignRecipe | None:
    """The recipe of the graph in `prompt` (as it ran) or `workflow` (as it was drawn), or None."""
    nodes = _nodes_of(read_object(texts.get("prompt")))
    if not nodes:
        nodes = _nodes_of(nodes_of_workflow(read_object(texts.get("workflow"))))
    return _Graph(nodes).recipe() if nodes else None


def _nodes_of(said: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The nodes among the values of `said`, none if it is no graph or an absurd one."""
    if len(said) > _MAX_NODES:
        return {}
    return {
        key: node
        for key, node in said.items()
        if isinstance(node, dict)
        and isinstance(node.get("class_type"), str)
        and isinstance(node.get("inputs"), dict)
    }


class _Graph:
    """Nodes by their ids. An input is a value, or a link: [id of a node, number of its output]."""

    def __init__(self, nodes: Mapping[str, Mapping[str, Any]]) -> None:
        self._nodes = nodes

    def recipe(self) -> ForeignRecipe | None:
        """What the sampler next to the saved picture was told; None without a sampler."""
        sampler = self._sampler()
        if sampler is None:
            return None
        inputs = sampler["inputs"]
        guider = self._behind(inputs.get("guider"))
        told = {**guider, **{name: value for name, value in inputs.items() if value is not None}}
        positive = told.get("positive", told.get("conditioning"))
        noise = self._behind(told.get("noise"))
        sigmas = self._behind(told.get("sigmas"))
        chosen = self._behind(told.get("sampler"))
        return ForeignRecipe(
            tool="ComfyUI",
            prompt=self._text(positive, "positive"),
            negative_prompt=self._text(told.get("negative"), "negative"),
            seed=seed_of(self._number(_first(told, noise, names=("seed", "noise_seed")))),
            steps=steps_of(self._number(_first(told, sigmas, names=("steps",)))),
            guidance_scale=guidance_of(self._number(told.get("cfg"))),
            sampler=plain_name(_first(told, chosen, names=("sampler_name",))),
            model=self._model(told.get("model")),
        )

    def _sampler(self) -> Mapping[str, Any] | None:
        """The sampler met first on the way back from what was saved; else the first there is."""
        outputs = [
            key
            for key, node in self._nodes.items()
            if "SaveImage" in node["class_type"] or "PreviewImage" in node["class_type"]
        ]
        for start in (outputs, list(self._nodes)):
            for node in self._walk(start):
                if _is_sampler(node):
                    return node
        return None

    def _walk(self, start: list[str], first: tuple[str, ...] = ()) -> Iterator[Mapping[str, Any]]:
        """The nodes `start` and what feeds them, nearest first, each once, a bounded number.

        Args:
            first: names of inputs; where a node has one of them, only that is followed.
        """
        waiting, seen = deque(start), set(start)
        for _ in range(_MAX_WALK):
            if not waiting:
                return
            node = self._nodes.get(waiting.popleft())
            if node is None:
                continue
            yield node
            inputs = node["inputs"]
            named = [name for name in first if _linked(inputs.get(name))]
            for value in [inputs[name] for name in named[:1]] or inputs.values():
                link = _linked(value)
                if link and link not in seen:
                    seen.add(link)
                    waiting.append(link)

    def _behind(self, value: object) -> Mapping[str, Any]:
        """The inputs of the node that `value` links to."""
        return object_in(self._nodes.get(_linked(value), {}).get("inputs"))

    def _text(self, value: object, role: str) -> str:
        """The prompt behind a link: the nearest text on the way of `role`."""
        if isinstance(value, str):
            return plain_text(value)
        link = _linked(value)
        for node in self._walk([link] if link else [], (role, "conditioning", *_TEXTS)):
            if node["class_type"] == "ConditioningZeroOut":
                return ""
            for name in _TEXTS:
                if text := plain_text(node["inputs"].get(name)):
                    return text
        return ""

    def _number(self, value: object) -> object:
        """A number, or the one behind a link to a node that holds nothing else."""
        if not _linked(value):
            return value
        return _first(self._behind(value), names=_NUMBERS)

    def _model(self, value: object) -> str:
        link = _linked(value)
        for node in self._walk([link] if link else [], ("model",)):
            for name in _MODEL_NAMES:
                if stem := file_stem(node["inputs"].get(name)):
                    return stem
        return ""


def _is_sampler(node: Mapping[str, Any]) -> bool:
    inputs = node["inputs"]
    return bool(
        ("positive" in inputs and ("seed" in inputs or "noise_seed" in inputs))
        or ("guider" in inputs and "sigmas" in inputs)
    )


def _linked(value: object) -> str:
    """The id of the node that `value` links to, "" if it is no link."""
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str | int):
        return str(value[0])[:40]
    return ""


def _first(*inputs: Mapping[str, Any], names: tuple[str, ...]) -> object:
    return next((of[name] for of in inputs for name in names if name in of), None)
