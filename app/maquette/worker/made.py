"""What making an image gives, before it is marked."""

import msgspec

from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe


class Made(msgspec.Struct, frozen=True):
    """RGB pixels, unmarked; the recipe as run; sentences for the user; seconds by stage."""

    pixels: Pixels
    recipe: Recipe
    notices: tuple[str, ...] = ()
    seconds: dict[str, float] = {}
