"""What pictures of a style board are made from: the panel in other styles or by other weights."""

from collections.abc import Callable, Sequence

import msgspec

from maquette.core.lora import MAX_LORA_WEIGHT
from maquette.core.style import Style
from maquette.state.session import Session
from maquette.state.style_choice import Blending
from maquette.state.wearing import take_style_off, wear, wear_blend


class Cell(msgspec.Struct, frozen=True):
    """One picture: what is written below it, and what the panel says for it."""

    label: str
    session: Session


def spread(first: float, last: float, number: int) -> tuple[float, ...]:
    """`number` values from `first` to `last`, evenly, each once, to two decimals."""
    if number < 2:
        return (round(first, 2),)
    step = (last - first) / (number - 1)
    return tuple(dict.fromkeys(round(first + step * place, 2) for place in range(number)))


def style_cells(
    session: Session, styles: Sequence[Style], name_of: Callable[[Style], str]
) -> tuple[Cell, ...]:
    """What the panel says, in each of `styles`."""
    bare = take_style_off(session)
    return tuple(Cell(name_of(style), wear(bare, style)) for style in styles)


def lora_cells(session: Session, digest: str, weights: Sequence[float]) -> tuple[Cell, ...]:
    """What the panel says, with each of these weights of one LoRA of the stack."""
    return tuple(Cell(f"{weight:g}", _weighed(session, digest, weight)) for weight in weights)


def blend_cells(session: Session, of: Blending, shares: Sequence[float]) -> tuple[Cell, ...]:
    """What the panel says, with each of these shares of a blend's second style, 0 to 1.

    Raises:
        StyleError: the two cannot be blended.
    """
    return tuple(
        Cell(f"{round(100 * share)} %", wear_blend(session, Blending(of.first, of.second, share)))
        for share in shares
    )


def _weighed(session: Session, digest: str, weight: float) -> Session:
    cut = max(-MAX_LORA_WEIGHT, min(weight, MAX_LORA_WEIGHT))
    loras = tuple(
        msgspec.structs.replace(each, weight=cut, used=True) if each.digest == digest else each
        for each in session.loras
    )
    return msgspec.structs.replace(session, loras=loras)
