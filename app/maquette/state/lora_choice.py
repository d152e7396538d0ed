"""What the stack of LoRAs holds: which are added to the model, how much, in which order."""

from collections.abc import Sequence

import msgspec

from maquette.core.lora import MAX_LORAS, LoraUse


class LoraChoice(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the stack.

    `digest` is the sha256 of its file, "" where only a name is known. `weight` is -2 to 2; `used`
    switches it on and off.
    """

    name: str
    digest: str = ""
    weight: float = 1.0
    used: bool = True


def uses_of(choices: Sequence[LoraChoice]) -> tuple[LoraUse, ...]:
    """What of the stack goes into a recipe: what is on and weighs something."""
    return tuple(
        LoraUse(each.name, each.digest, each.weight)
        for each in choices
        if each.used and each.weight
    )


def choices_of(loras: Sequence[LoraUse]) -> tuple[LoraChoice, ...]:
    """The stack that a recipe with `loras` was made with."""
    return tuple(
        LoraChoice(name=lora.name, digest=lora.digest, weight=lora.weight)
        for lora in loras[:MAX_LORAS]
    )
