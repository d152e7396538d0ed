"""What went into a picture, told by digest."""

from maquette.core.control import ControlKind
from maquette.core.ledger_entry import Ingredient
from maquette.core.lora import active_loras
from maquette.core.recipe import Recipe
from maquette.core.style_image import active_style_image


def ingredients_of(recipe: Recipe) -> tuple[Ingredient, ...]:
    """The models, LoRAs and images that `recipe` names, by the digests known.

    A user's model is named by the digest only: its name may say more than the user wants told.
    """
    known = []
    if recipe.model.digest:
        known.append(Ingredient(role="model", digest=recipe.model.digest))
    if recipe.start is not None and recipe.start.digest:
        start = recipe.start
        known.append(Ingredient(role="start", digest=start.digest, record_id=start.record))
    for control in recipe.controls:
        role = "sketch" if control.kind is ControlKind.SKETCH else "control"
        known.append(Ingredient(role=role, digest=control.digest, record_id=control.record))
        if control.model is not None and control.model.digest:
            known.append(Ingredient(role="control-model", digest=control.model.digest))
    like = active_style_image(recipe.like)
    if like is not None:
        known.append(Ingredient(role="style-image", digest=like.digest, record_id=like.record))
    known += [
        Ingredient(role="lora", digest=lora.digest)
        for lora in active_loras(recipe.loras)
        if lora.digest
    ]
    return tuple(known)
