"""The recipe that an image file carries: our own record, or the `parameters` text of other tools.

Reading blocks and belongs in a thread.
"""

from pathlib import Path

from maquette.core.errors import ImageError
from maquette.core.recipe import Recipe
from maquette.provenance.metadata import read_image
from maquette.provenance.parameters import read_parameters, recipe_of


def read_recipe(path: str) -> Recipe | None:
    """The recipe in the file `path`; None when it carries none or cannot be read."""
    try:
        _pixels, texts = read_image(Path(path))
    except ImageError:
        return None
    if texts.record is not None and texts.record.recipe is not None:
        return texts.record.recipe
    return recipe_of(read_parameters(texts.parameters)) if texts.parameters else None
