"""NovelAI: the prompt as the file's description, the settings as JSON in its comment."""

from collections.abc import Mapping

from maquette.core.gallery import ForeignRecipe
from maquette.provenance.foreign_recipes.values import (
    guidance_of,
    plain_name,
    plain_text,
    read_object,
    seed_of,
    steps_of,
)


def read_novelai(texts: Mapping[str, str]) -> ForeignRecipe | None:
    """The recipe in NovelAI's texts, None without them."""
    if texts.get("Software") != "NovelAI":
        return None
    said = read_object(texts.get("Comment"))
    return ForeignRecipe(
        tool="NovelAI",
        prompt=plain_text(texts.get("Description") or said.get("prompt")),
        negative_prompt=plain_text(said.get("uc")),
        seed=seed_of(said.get("seed")),
        steps=steps_of(said.get("steps")),
        guidance_scale=guidance_of(said.get("scale")),
        sampler=plain_name(said.get("sampler")),
        model=plain_name(texts.get("Source")),
    )
