"""Toys, things to wear and curiosities."""

from __future__ import annotations

from typing import Final

from maquette_recipe.render.parts import Form

CATALOGUE: Final[tuple[Form, ...]] = ()
