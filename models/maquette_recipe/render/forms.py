"""The catalogue of all product forms."""

from __future__ import annotations

from maquette_recipe.render import (
    devices,
    furniture,
    kitchen,
    objects,
    toys,
    vessels,
)
from maquette_recipe.render.parts import Form

_ALL = {
    form.name: form
    for module in (vessels, objects, kitchen, furniture, devices, toys)
    for form in module.CATALOGUE
}


def form_named(name: str) -> Form:
    """The form with this name, one of :data:`maquette_recipe.world.FORMS`."""
    return _ALL[name]
