"""Putting a style on the panel and taking it off: its numbers and LoRAs are seen there at once.

Its words are put around the prompt when recipes are drafted; the prompt stays as it was typed.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from maquette.core.errors import StyleError
from maquette.core.lora import MAX_LORAS
from maquette.core.recipe import Recipe
from maquette.core.style import Phrasing, Style, put_on, take_off
from maquette.core.style_blend import Numbers, blended, unblended
from maquette.state.lora_choice import choices_of
from maquette.state.session import Session
from maquette.state.style_choice import Blending, StyleChoice

FindStyle = Callable[[str], Style | None]
"""The style of an id, if it is known."""


def wear(session: Session, style: Style) -> Session:
    """`session` with `style` on, in the place of the one that it had on."""
    bare = take_style_off(session)
    said = {
        "steps": style.steps,
        "guidance_scale": style.guidance_scale,
        "sampler": style.sampler,
    }
    changes: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    own = {lora.digest for lora in style.loras}
    others = tuple(each for each in bare.loras if each.digest not in own)
    return msgspec.structs.replace(
        bare,
        style=StyleChoice(style, _numbers(bare)),
        loras=(*choices_of(style.loras), *others)[:MAX_LORAS],
        **changes,
    )


def wear_blend(session: Session, of: Blending) -> Session:
    """`session` with a blend of two styles on, in the place of what it had on.

    Raises:
        StyleError: these two cannot be blended.
    """
    before = _numbers(take_style_off(session))
    worn = wear(session, blended(of.first, of.second, of.share, before))
    choice = worn.style and msgspec.structs.replace(worn.style, of=of)
    return msgspec.structs.replace(worn, style=choice)


def take_style_off(session: Session) -> Session:
    """`session` without its style: numbers are as they were before, unless they were changed."""
    choice = session.style
    if choice is None:
        return session
    style, changes = choice.style, {}
    for name in Numbers.__struct_fields__:
        set_by_style = getattr(style, name)
        if choice.before and set_by_style is not None and getattr(session, name) == set_by_style:
            changes[name] = getattr(choice.before, name)
    own = {lora.digest for lora in style.loras}
    loras = tuple(each for each in session.loras if each.digest not in own)
    return msgspec.structs.replace(session, style=None, loras=loras, **changes)


def phrasing_of(session: Session, prompt: str, negative: str) -> Phrasing:
    """These words as they are run, in the style that `session` has on."""
    written = Phrasing(prompt, negative)
    return put_on(session.style.style, written) if session.style else written


def unstyled(recipe: Recipe, find: FindStyle) -> tuple[Phrasing, StyleChoice | None]:
    """What a person wrote for `recipe`, and the style that was put on it.

    Where the style is not known any more, or says something else now, the words are those of the
    recipe, and there is no style; only a blend, which no prompt can say, is kept as one.
    """
    whole = Phrasing(recipe.prompt, recipe.negative_prompt, recipe.blend)
    choice = _choice_of(recipe, find)
    bare = take_off(choice.style, whole) if choice else None
    if choice is not None and bare is not None:
        return bare, choice
    told = unblended(recipe)
    return (told[0], StyleChoice(told[1])) if told else (whole, None)


def _choice_of(recipe: Recipe, find: FindStyle) -> StyleChoice | None:
    """The style, or the blend of two, that `recipe` names, as it is today."""
    first = find(recipe.style.id) if recipe.style else None
    if first is None or recipe.blend is None or recipe.blend.style is None:
        return StyleChoice(first) if first else None
    second = find(recipe.blend.style.id)
    if second is None:
        return None
    of = Blending(first, second, recipe.blend.share)
    numbers = Numbers(recipe.steps, recipe.guidance_scale, recipe.sampler)
    try:
        return StyleChoice(blended(first, second, of.share, numbers), of=of)
    except StyleError:
        return None


def _numbers(session: Session) -> Numbers:
    return Numbers(session.steps, session.guidance_scale, session.sampler)
