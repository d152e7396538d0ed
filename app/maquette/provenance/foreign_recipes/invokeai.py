"""InvokeAI: `invokeai_metadata` since version 3, `sd-metadata` and `Dream` of earlier ones."""

import re
from collections.abc import Mapping

from maquette.core.gallery import ForeignRecipe
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

_TOOL = "InvokeAI"
_MAX_COMMAND = 1 << 16  # characters
_QUOTED = re.compile(r'\s*"([^"]*)"')
_FLAG = re.compile(r"(?<!\S)-([A-Za-z]+) ?([^\s-]\S*)")
_UNWANTED = re.compile(r"\[([^\[\]]*)\]")


def read_invokeai(texts: Mapping[str, str]) -> ForeignRecipe | None:
    """The recipe in one of InvokeAI's texts, None without one."""
    if said := read_object(texts.get("invokeai_metadata")):
        return _read_present(said)
    if said := read_object(texts.get("sd-metadata")):
        return _read_earlier(said)
    command = texts.get("Dream") or texts.get("dream") or ""
    return _read_command(command) if command else None


def _read_present(said: Mapping[str, object]) -> ForeignRecipe:
    model = object_in(said.get("model"))
    return ForeignRecipe(
        tool=_TOOL,
        prompt=plain_text(said.get("positive_prompt")),
        negative_prompt=plain_text(said.get("negative_prompt")),
        seed=seed_of(said.get("seed")),
        steps=steps_of(said.get("steps")),
        guidance_scale=guidance_of(said.get("cfg_scale", said.get("guidance"))),
        sampler=plain_name(said.get("scheduler")),
        model=file_stem(model.get("name") or model.get("model_name")),
    )


def _read_earlier(said: Mapping[str, object]) -> ForeignRecipe:
    image = object_in(said.get("image"))
    prompt = image.get("prompt")
    if isinstance(prompt, list):  # parts with weights
        prompt = ", ".join(plain_text(object_in(part).get("prompt")) for part in prompt[:100])
    wanted, unwanted = _sides(plain_text(prompt))
    return ForeignRecipe(
        tool=_TOOL,
        prompt=wanted,
        negative_prompt=unwanted,
        seed=seed_of(image.get("seed")),
        steps=steps_of(image.get("steps")),
        guidance_scale=guidance_of(image.get("cfg_scale")),
        sampler=plain_name(image.get("sampler")),
        model=file_stem(said.get("model_weights")),
    )


def _read_command(command: str) -> ForeignRecipe | None:
    """A line such as `"a mug" -s 50 -S 42 -C 7.5 -A k_lms`."""
    command = command[:_MAX_COMMAND]
    quoted = _QUOTED.match(command)
    if quoted is None:
        return None
    flags = dict(_FLAG.findall(command[quoted.end() :]))
    wanted, unwanted = _sides(plain_text(quoted[1]))
    return ForeignRecipe(
        tool=_TOOL,
        prompt=wanted,
        negative_prompt=unwanted,
        seed=seed_of(flags.get("S")),
        steps=steps_of(flags.get("s")),
        guidance_scale=guidance_of(flags.get("C")),
        sampler=plain_name(flags.get("A")),
    )


def _sides(prompt: str) -> tuple[str, str]:
    """(what is wanted, what is not): the latter stood in brackets."""
    wanted = " ".join(_UNWANTED.sub(" ", prompt).split())
    return wanted, ", ".join(part.strip() for part in _UNWANTED.findall(prompt))
