"""Blending two styles: their words (see prompt_blend), their numbers and LoRAs, by the share."""

from difflib import SequenceMatcher

import msgspec

from maquette.core.errors import StyleError
from maquette.core.lora import MAX_LORA_WEIGHT, MAX_LORAS, LoraUse
from maquette.core.recipe import Recipe, Sampler
from maquette.core.style import (
    MAX_NAME,
    PLACE,
    Phrasing,
    SecondWords,
    Style,
    StyleGroup,
    Words,
    put_on,
)

SEVERAL = " + "  # between the names of two styles


class Numbers(msgspec.Struct, frozen=True):
    """Settings of the panel that a style may bring along."""

    steps: int
    guidance_scale: float
    sampler: Sampler


def blended(first: Style, second: Style, share: float, otherwise: Numbers) -> Style:
    """`share` of `second` and the rest of `first`; at 0 and at 1 it is one of them as it is.

    Steps and guidance lie between theirs, the sampler is that of the nearer one, and the weights
    of LoRAs go with the share. It keeps the id and the name of `first`.

    Args:
        share: 0 to 1.
        otherwise: what holds where only one of them says a number.

    Raises:
        StyleError: one of them is a blend already, or they have too many LoRAs together.
    """
    if share <= 0:
        return first
    if share >= 1:
        return second
    if first.second or second.second:
        raise StyleError("A blend is made of two styles that are not blends; choose another one.")
    return msgspec.structs.replace(
        first,
        loras=_loras(first, second, share),
        steps=_steps(first, second, share, otherwise),
        guidance_scale=_guidance(first, second, share, otherwise),
        sampler=_sampler(first, second, share, otherwise),
        second=SecondWords(
            prompt=second.prompt,
            negative=second.negative,
            share=share,
            id=second.id,
            name=second.name,
        ),
    )


def as_own(style: Style, style_id: str) -> Style:
    """The blend `style` as a style of its own, called by the names of both."""
    second = style.second
    if second is None:
        return msgspec.structs.replace(style, id=style_id)
    other = second.name
    both = Words(_joined(style.name.en, other.en), _joined(style.name.zh, other.zh))
    return msgspec.structs.replace(
        style,
        id=style_id,
        name=both,
        description=Words(),
        second=msgspec.structs.replace(second, id="", name=Words()),
    )


def is_blend_of(style: Style, first_id: str, second_id: str) -> bool:
    """Whether `style` is blended of these two, and is not a style of its own."""
    return style.id == first_id and style.second is not None and style.second.id == second_id


def unblended(recipe: Recipe) -> tuple[Phrasing, Style] | None:
    """What both prompts of a blend have in common, and a style with what stands around it.

    For recipes whose styles are not known here: put on again, it says the same as the recipe. None
    where that cannot be.
    """
    blend = recipe.blend
    if blend is None:
        return None
    first, second = recipe.prompt, blend.prompt
    match = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    bare = _whole_words(first, match.a, match.a + match.size).strip(" ,.;，。；、")
    if not bare or PLACE in first + second + recipe.negative_prompt + blend.negative_prompt:
        return None
    name = style_label(recipe)[:MAX_NAME] or "Blend"
    style = Style(
        id="blend",
        name=Words(name, name),
        group=StyleGroup.PAINT,
        prompt=_around(first, bare),
        negative=Words(recipe.negative_prompt, recipe.negative_prompt),
        second=SecondWords(
            prompt=_around(second, bare),
            negative=Words(blend.negative_prompt, blend.negative_prompt),
            share=blend.share,
        ),
    )
    run = put_on(style, Phrasing(bare))
    asked = msgspec.structs.replace(blend, style=None)
    whole = Phrasing(recipe.prompt, recipe.negative_prompt, asked)
    return (Phrasing(bare), style) if run == whole else None


def _whole_words(text: str, begin: int, end: int) -> str:
    """`text` from `begin` to `end`, without words that are cut there."""
    if begin and text[begin - 1].isalnum() and " " in text[begin:end]:
        begin = text.index(" ", begin)
    if text[end : end + 1].isalnum() and " " in text[begin:end]:
        end = text.rindex(" ", begin, end)
    return text[begin:end]


def _around(text: str, bare: str) -> Words:
    fragment = text.replace(bare, PLACE, 1)
    return Words(fragment, fragment)


def style_label(recipe: Recipe) -> str:
    """What the style of `recipe` is called, by both names where two are blended; "" for none."""
    blend = recipe.blend
    refs = (recipe.style, blend.style if blend else None)
    return SEVERAL.join(ref.name or ref.id for ref in refs if ref is not None)


def _joined(first: str, second: str) -> str:
    return f"{first}{SEVERAL}{second}"[:MAX_NAME] if first and second else ""


def _loras(first: Style, second: Style, share: float) -> tuple[LoraUse, ...]:
    weights: dict[str, float] = {}
    names: dict[str, str] = {}
    for style, part in ((first, 1 - share), (second, share)):
        for lora in style.loras:
            weights[lora.digest] = weights.get(lora.digest, 0.0) + lora.weight * part
            names.setdefault(lora.digest, lora.name)
    if len(weights) > MAX_LORAS:
        raise StyleError(
            f"These two styles have more than {MAX_LORAS} LoRAs together; blend others."
        )
    return tuple(LoraUse(names[digest], digest, _cut(weight)) for digest, weight in weights.items())


def _cut(weight: float) -> float:
    return max(-MAX_LORA_WEIGHT, min(round(weight, 2), MAX_LORA_WEIGHT))


def _steps(first: Style, second: Style, share: float, otherwise: Numbers) -> int | None:
    if first.steps is None and second.steps is None:
        return None
    low = otherwise.steps if first.steps is None else first.steps
    high = otherwise.steps if second.steps is None else second.steps
    return round(low + (high - low) * share)


def _guidance(first: Style, second: Style, share: float, otherwise: Numbers) -> float | None:
    if first.guidance_scale is None and second.guidance_scale is None:
        return None
    low = otherwise.guidance_scale if first.guidance_scale is None else first.guidance_scale
    high = otherwise.guidance_scale if second.guidance_scale is None else second.guidance_scale
    return round(low + (high - low) * share, 2)


def _sampler(first: Style, second: Style, share: float, otherwise: Numbers) -> Sampler | None:
    if first.sampler is None and second.sampler is None:
        return None
    nearer = first if share < 0.5 else second
    return nearer.sampler or otherwise.sampler
