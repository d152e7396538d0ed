"""The catalogue of all product forms."""

from __future__ import annotations

from maquette_recipe.render import (
    desk,
    devices,
    furniture,
    kitchen,
    lights,
    objects,
    tableware,
    toys,
    vessels,
    wear,
)
from maquette_recipe.render.parts import Form

_ALL = {
    form.name: form
    for module in (
        vessels,
        objects,
        kitchen,
        tableware,
        lights,
        furniture,
        devices,
        desk,
        toys,
        wear,
    )
    for form in module.CATALOGUE
}


def form_named(name: str) -> Form:
    """The form with this name, one of :data:`maquette_recipe.world.FORMS`."""
    return _ALL[name]
