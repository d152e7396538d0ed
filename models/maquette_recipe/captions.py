"""One caption grammar for English and Simplified Chinese.

:func:`caption` draws one of many phrasings for a scene. A caption names the form and a random
choice of the other attributes; it never names a value that the scene does not have.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, fields
from typing import Final, Literal

import numpy as np

from maquette_recipe.captions_en import write_english
from maquette_recipe.captions_zh import write_chinese
from maquette_recipe.world import (
    FORMS,
    KEEPS_MATERIAL,
    LOSES_COLOUR,
    LOSES_SETTING,
    PLAIN,
    STYLES,
    TURNING_FORMS,
    Attributes,
    Thing,
    sample_attributes,
    sample_look,
)

Language = Literal["en", "zh"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")

PARTIAL_SHARE: Final = 0.1
"""Captions that name only part of what is seen."""
UNSEEN_SHARE: Final = 0.08
"""Captions that name what the style has hidden, as users will."""
_PARTS: Final[tuple[tuple[str, ...], ...]] = (
    (), (), ("colour",), ("colour",), ("material",), ("setting",), ("colour", "setting"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption and the names of the attributes that it states.

    Where "others" is among them, the companions' forms are stated, and their colours and
    materials exactly when "colour" and "material" are among them too.
    """

    text: str
    language: Language
    named: frozenset[str]


ALL_NAMES: Final = frozenset(f.name for f in fields(Attributes))
MAIN_NAMES: Final = frozenset({"form", "colour", "material", "setting", "style", "others"})


def _hidden(style: str) -> set[str]:
    """Names of the attributes that cannot be told in a picture of this style."""
    hidden: set[str] = set()
    if style in LOSES_COLOUR:
        hidden |= {"colour", "accent"}
    if style not in KEEPS_MATERIAL:
        hidden.add("material")
    if style in LOSES_SETTING:
        hidden |= {"setting", "mood", "light"}
    return hidden


def _present(scene: Attributes, names: set[str] | frozenset[str]) -> frozenset[str]:
    """`names` without those that the scene has nothing for, and with the form."""
    absent = set() if scene.others else {"others"}
    if not scene.accent or "colour" not in names:
        absent.add("accent")
    return frozenset((names | {"form"}) - absent)


def choose_names(rng: np.random.Generator, scene: Attributes) -> frozenset[str]:
    """Decide which attributes a caption of `scene` states.

    The form and the companions are always among them; what the scene's style hides mostly is not.
    """
    names = {"form", "others"}
    partial = rng.random() < PARTIAL_SHARE
    if partial:
        names |= set(_PARTS[int(rng.integers(len(_PARTS)))])
    else:
        names |= {"colour", "material"}
        if rng.random() < 0.88:
            names.add("setting")
        if rng.random() < (0.15 if scene.mood == "neutral" else 0.75):
            names.add("mood")
        if rng.random() < 0.35:
            names.add("view")
        if scene.form in TURNING_FORMS and rng.random() < 0.2:
            names.add("turn")
        if rng.random() < 0.2:
            names.add("light")
    if rng.random() < 0.95:
        names.add("accent")
    if rng.random() < (0.45 if scene.style == PLAIN else 0.5 if partial else 1.0):
        names.add("style")
    unseen = {name for name in sorted(_hidden(scene.style)) if rng.random() > UNSEEN_SHARE}
    return _present(scene, names - unseen)


def caption(
    attributes: Attributes,
    rng: np.random.Generator,
    *,
    language: Language | None = None,
    names: frozenset[str] | None = None,
) -> Caption:
    """Draw a caption for a scene.

    `language` is drawn evenly when not given; `names` are the attributes to state (drawn by
    :func:`choose_names` when not given). Names that the scene has nothing for, such as an accent
    of a plain object, are left out.
    """
    chosen = language or LANGUAGES[int(rng.integers(2))]
    named = choose_names(rng, attributes) if names is None else _present(attributes, names)
    write = write_english if chosen == "en" else write_chinese
    return Caption(write(attributes, named, rng), chosen, named)


def sample_described(rng: np.random.Generator) -> Attributes:
    """Draw a scene of any style and one to three objects, for training on words alone.

    Held-out combinations of form, colour and material are not drawn.
    """
    scene = sample_attributes(rng)
    style = PLAIN if rng.random() < 0.4 else str(rng.choice(STYLES))
    count = int(rng.choice(3, p=(0.75, 0.15, 0.1)))
    if not count:
        return dataclasses.replace(scene, style=style)
    forms = [str(form) for form in rng.choice(FORMS, size=count)]
    others = tuple(Thing(form, *sample_look(rng, form)) for form in forms)
    return dataclasses.replace(scene, style=style, accent="", others=others)
