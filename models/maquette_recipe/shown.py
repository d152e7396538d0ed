"""What a picture of a scene shows beyond doubt, as class indices by attribute."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor

from maquette_recipe.world import (
    COLOURS,
    FORMS,
    KEEPS_MATERIAL,
    LOSES_COLOUR,
    LOSES_SETTING,
    MATERIALS,
    MOODS,
    SETTINGS,
    STYLES,
    UNTAUGHT_STYLES,
    VIEWS,
    Attributes,
)

IGNORED: Final = -100
"""Class index of an attribute that cannot be told from a picture."""
LABELS: Final = {
    "form": FORMS, "colour": COLOURS, "material": MATERIALS, "setting": SETTINGS, "view": VIEWS,
    "mood": MOODS, "style": (*STYLES, *UNTAUGHT_STYLES),
}  # fmt: skip
"""The attributes that can be judged, with their classes; among the styles are those that the model
is not taught."""


def told(scene: Attributes) -> frozenset[str]:
    """Names of the attributes that a picture of `scene` shows beyond doubt.

    The look of a row of objects is not asked for: only its style is.
    """
    if scene.others:
        return frozenset({"style"})
    names = {"form", "view", "style"}
    if scene.style not in LOSES_COLOUR:
        names.add("colour")
    if scene.style in KEEPS_MATERIAL:
        names.add("material")
    if scene.style not in LOSES_SETTING:
        names |= {"setting", "mood"}
    return frozenset(names)


def label_indices(scenes: list[Attributes]) -> dict[str, Tensor]:
    """Class indices (N,) by attribute; `IGNORED` where the picture cannot tell."""
    shown = [told(scene) for scene in scenes]
    return {
        name: torch.tensor([
            classes.index(getattr(scene, name)) if name in names else IGNORED
            for scene, names in zip(scenes, shown, strict=True)
        ], dtype=torch.long)
        for name, classes in LABELS.items()
    }  # fmt: skip
