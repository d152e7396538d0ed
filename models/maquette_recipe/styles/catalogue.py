"""The 60 styles that are taught, and the few that are not, by name."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.styles import (
    craft,
    digital,
    drawing,
    film,
    glow,
    paint,
    plans,
    prints,
    untaught,
)
from maquette_recipe.styles.sheet import Sheet
from maquette_recipe.world import PLAIN, STYLES, UNTAUGHT_STYLES

Operator = Callable[[Sheet, np.random.Generator], Tensor]

_MODULES: Final = (paint, drawing, plans, prints, digital, glow, craft, film, untaught)
OPERATORS: Final = MappingProxyType(
    {
        name: getattr(module, name)
        for module in _MODULES
        for name in (*STYLES, *UNTAUGHT_STYLES)
        if name != PLAIN and hasattr(module, name)
    }
)
"""An operator for every style but PLAIN: (Sheet, generator) to a picture (3, H, W) in 0..1."""


@torch.no_grad()
def apply_style(name: str, sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """The picture of `sheet` in the style `name`, float32 (3, H, W) in 0..1.

    PLAIN gives the picture itself. `rng` chooses what differs from hand to hand: angles, inks,
    papers, the place of every stroke. Raises KeyError for a name that is neither in
    world.STYLES nor in world.UNTAUGHT_STYLES.
    """
    if name == PLAIN:
        return sheet.picture
    return OPERATORS[name](sheet, rng)
