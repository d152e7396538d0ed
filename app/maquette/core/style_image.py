"""Style image: a picture that says "like this", as part of a recipe."""

import math

import msgspec

from maquette.core.errors import RecipeError
from maquette.core.ip_adapter import IPAdapterUse

DEFAULT_LIKE = 0.6
"""Strength where nobody says another: the look is taken over, and the subject is the prompt's."""


class StyleImage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One picture whose look is taken over: palette and texture, or what an IP-Adapter sees in it.

    `digest` is the sha256 of its RGB bytes, scaled and cropped to the recipe's size. `strength` is
    0 to 1, and 0 is exactly the picture without. `record` is the record id where it is one of ours.
    `adapter` is the IP-Adapter that does it; without one it is done in the latents, by any model.
    """

    digest: str
    strength: float = DEFAULT_LIKE
    record: str = ""
    adapter: IPAdapterUse | None = None


def active_style_image(image: StyleImage | None) -> StyleImage | None:
    """`image` if it changes the picture at all, else None."""
    return image if image is not None and image.strength > 0 else None


def check_style_image(image: StyleImage) -> None:
    """Raise RecipeError, naming the field, if the strength of `image` is out of range."""
    if not (math.isfinite(image.strength) and 0 <= image.strength <= 1):
        raise RecipeError(
            "The strength of a style image must be a number between 0 and 1, "
            f"not {image.strength}.",
            "like",
        )
