"""When two recipes are one, as far as their record ids are concerned."""

from maquette.core.recipe import Recipe
from maquette.core.record import as_asked


def same_recipe(one: Recipe, other: Recipe) -> bool:
    """Whether both are one recipe, whatever was learned when its picture was made."""
    return as_asked(one) == as_asked(other)
