"""The catalogue of all product forms."""

from __future__ import annotations

from maquette_recipe.render import objects, vessels
from maquette_recipe.render.parts import Form
from maquette_recipe.world import FORMS

_ALL = (
    vessels.MUG, vessels.BOWL, vessels.VASE, vessels.BOTTLE, vessels.TEAPOT, vessels.GOBLET,
    objects.LAMP, objects.STOOL, objects.CHAIR, objects.TABLE, objects.CLOCK, objects.SPEAKER,
    vessels.CANDLE, vessels.PLANTER, objects.CAR, vessels.PERFUME,
)  # fmt: skip


def form_named(name: str) -> Form:
    """The form with this name, one of :data:`maquette_recipe.world.FORMS`."""
    return _ALL[FORMS.index(name)]
