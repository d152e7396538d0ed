"""What went into a picture, told by digest."""

from maquette.core.ledger_entry import Ingredient
from maquette.core.recipe import Recipe


def ingredients_of(recipe: Recipe) -> tuple[Ingredient, ...]:
    """The model and the start image of `recipe`, as far as their digests are known.

    A user's model is named by the digest only: its name may say more than the user wants told.
    """
    known = []
    if recipe.model.digest:
        known.append(Ingredient(role="model", digest=recipe.model.digest))
    if recipe.start is not None and recipe.start.digest:
        start = recipe.start
        known.append(Ingredient(role="start", digest=start.digest, record_id=start.record))
    return tuple(known)
