"""stable-diffusion-webui and its forks: the `parameters` text, and the JSON of two descendants."""

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
from maquette.provenance.parameters import read_parameters

_MAX_TEXT = 1 << 17  # characters; a longer text is no recipe
_FORGE = re.compile(r"f\d")  # Forge's versions, such as "f2.0.1v1.10.1"
_NAMED = re.compile(r"[A-Za-z][A-Za-z.]{2,}")  # "Fooocus v2.5.0", "ComfyUI", but not "v1.10.1"


def read_webui(parameters: str) -> ForeignRecipe | None:
    """The recipe in a `parameters` text; None if it has no settings that one could tell by."""
    if len(parameters) > _MAX_TEXT:
        return None
    if parameters.lstrip().startswith("{"):
        return _read_json(read_object(parameters))
    told = read_parameters(parameters)
    settings = told.settings
    if not {"Steps", "Seed", "Sampler"} & settings.keys():
        return None
    return ForeignRecipe(
        tool=_tool(settings),
        prompt=plain_text(told.prompt),
        negative_prompt=plain_text(told.negative_prompt),
        seed=seed_of(settings.get("Seed")),
        steps=steps_of(settings.get("Steps")),
        guidance_scale=guidance_of(settings.get("CFG scale")),
        sampler=plain_name(settings.get("Sampler")),
        model=file_stem(settings.get("Model")),
    )


def _tool(settings: Mapping[str, str]) -> str:
    version = settings.get("Version", "")
    if app := plain_name(settings.get("App")):
        return app  # SD.Next
    if _FORGE.match(version):
        return "Forge"
    if named := _NAMED.match(version):
        return named[0]
    return "Stable Diffusion web UI"


def _read_json(said: Mapping[str, object]) -> ForeignRecipe | None:
    """Fooocus with its own scheme, and SwarmUI."""
    swarm = object_in(said.get("sui_image_params"))
    if swarm:
        return ForeignRecipe(
            tool="SwarmUI",
            prompt=plain_text(swarm.get("prompt")),
            negative_prompt=plain_text(swarm.get("negativeprompt")),
            seed=seed_of(swarm.get("seed")),
            steps=steps_of(swarm.get("steps")),
            guidance_scale=guidance_of(swarm.get("cfgscale")),
            sampler=plain_name(swarm.get("sampler")),
            model=file_stem(swarm.get("model")),
        )
    if "base_model" not in said and "Fooocus" not in str(said.get("version", ""))[:40]:
        return None
    return ForeignRecipe(
        tool="Fooocus",
        prompt=plain_text(said.get("prompt")),
        negative_prompt=plain_text(said.get("negative_prompt")),
        seed=seed_of(said.get("seed")),
        steps=steps_of(said.get("steps")),
        guidance_scale=guidance_of(said.get("guidance_scale")),
        sampler=plain_name(said.get("sampler")),
        model=file_stem(said.get("base_model")),
    )
