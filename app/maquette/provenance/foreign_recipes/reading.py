"""Which program made a picture, and how, by the texts of its file."""

from maquette.core.gallery import ForeignRecipe
from maquette.provenance.foreign_recipes.comfyui import read_comfyui
from maquette.provenance.foreign_recipes.invokeai import read_invokeai
from maquette.provenance.foreign_recipes.novelai import read_novelai
from maquette.provenance.foreign_recipes.webui import read_webui
from maquette.provenance.metadata import Metadata


def foreign_recipe_of(metadata: Metadata) -> ForeignRecipe | None:
    """What another program says of the picture; None if none that is known says anything.

    Everything in it is a stranger's, at its word: short plain text, numbers within bounds. Any
    texts whatever are taken, and none raises.
    """
    texts = metadata.texts
    return (
        read_invokeai(texts)
        or read_novelai(texts)
        or read_webui(metadata.parameters)
        or read_comfyui(texts)
    )
