"""LoRA: a small set of weights that is added to a model's, as part of a recipe (2106.09685)."""

import math

import msgspec

from maquette.core.errors import RecipeError

MAX_LORAS = 8
MAX_LORA_WEIGHT = 2.0


class LoraUse(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One LoRA of a recipe.

    `name` is what people call it. `digest` is the sha256 of its file in hex, "" where another
    program told the name only. `weight` is how much of it is added, -MAX_LORA_WEIGHT to
    MAX_LORA_WEIGHT; 0 adds nothing.
    """

    name: str
    digest: str
    weight: float = 1.0


def check_loras(loras: tuple[LoraUse, ...]) -> None:
    """Raise RecipeError, whose field is "loras", if they cannot all be used."""
    if len(loras) > MAX_LORAS:
        raise RecipeError(
            f"At most {MAX_LORAS} LoRAs can be used for one picture; please take some away.",
            "loras",
        )
    for lora in loras:
        if not (math.isfinite(lora.weight) and abs(lora.weight) <= MAX_LORA_WEIGHT):
            raise RecipeError(
                f"The weight of a LoRA must be a number between {-MAX_LORA_WEIGHT:g} and "
                f"{MAX_LORA_WEIGHT:g}, not {lora.weight}.",
                "loras",
            )
    digests = [lora.digest for lora in loras if lora.digest]
    twice = next((lora for lora in loras if digests.count(lora.digest) > 1), None)
    if twice is not None:
        raise RecipeError(
            f"The LoRA {twice.name} is there twice; please take one of them away.", "loras"
        )


def active_loras(loras: tuple[LoraUse, ...]) -> tuple[LoraUse, ...]:
    """Those of `loras` that change a picture, in order."""
    return tuple(lora for lora in loras if lora.weight != 0)
