"""PromptBlend: a second phrasing that a recipe's own is blended with, by share.

What the model predicts for both is mixed in every step (composable diffusion, arXiv:2206.01714).
Mixed text embeddings would cost less, and lead over a third look: half way between an oil painting
and a blueprint, the built-in model made neither."""

import msgspec

from maquette.core.errors import RecipeError
from maquette.core.style_ref import StyleRef


class PromptBlend(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What a recipe is told beside its own prompts.

    Predictions are (1 - `share`) of what the recipe's own prompts lead to and `share` of what
    these do, which is above 0 and below 1: at either end one phrasing says it all, and there is
    no blend. `style` is a label, as the recipe's own, that changes no pixel.
    """

    prompt: str
    share: float
    negative_prompt: str = ""
    style: StyleRef | None = None


def check_blend(blend: PromptBlend, most: int) -> None:
    """Raise RecipeError, whose field is "style", if `blend` cannot be used.

    Args:
        most: characters that a prompt may have.
    """
    if not 0 < blend.share < 1:  # also refuses NaN
        raise RecipeError(
            f"The share of a blend must be a number between 0 and 1, not {blend.share}.", "style"
        )
    if max(len(blend.prompt), len(blend.negative_prompt)) > most:
        raise RecipeError(
            f"The second prompt of a blend is longer than {most:,} characters; please shorten it.",
            "style",
        )
