"""The captions that the model is measured on: combinations that it was never trained on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from maquette_recipe.captions import Caption, Language, caption
from maquette_recipe.data.samples import PAINTED_STYLES
from maquette_recipe.shown import told
from maquette_recipe.world import LOSES_COLOUR, PLAIN, Attributes, sample_attributes

PLAIN_NAMES: Final = frozenset({"form", "colour", "material", "setting"})
"""What a caption without a style states."""
STYLED_PART: Final = 2
"""Of five captions, this many name a style."""
_OF: Final = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A scene and the caption that the model gets of it."""

    scene: Attributes
    caption: Caption

    @property
    def judged(self) -> frozenset[str]:
        """Names of the attributes that the caption states and a picture of the scene shows."""
        return self.caption.named & told(self.scene)


def evaluation_captions(count: int, seed: int) -> list[Asked]:
    """Captions of held-out combinations, half English and half Chinese, two fifths with a style.

    Captions without a style state form, colour, material and setting; those with one state form,
    style and, where the style keeps it, colour. All sixty styles take turns, in both languages.
    Fewer captions of the same seed are the first ones of more.
    """
    rng = np.random.default_rng([seed, 99])
    styles = _styles_in_turn(np.random.default_rng([seed, 98]))
    asked = []
    for i in range(count):
        scene = sample_attributes(rng, held_out=True)
        names = PLAIN_NAMES
        if i % _OF >= _OF - STYLED_PART:
            scene = dataclasses.replace(scene, style=next(styles), accent="")
            kept = frozenset() if scene.style in LOSES_COLOUR else frozenset({"colour"})
            names = frozenset({"form", "style"}) | kept
        language: Language = "en" if i % 2 == 0 else "zh"
        asked.append(Asked(scene, caption(scene, rng, language=language, names=names)))
    return asked


def _styles_in_turn(rng: np.random.Generator) -> Iterator[str]:
    """All styles in random order, again and again; the order is drawn anew every time, so that no
    style keeps to captions of one language."""
    while True:
        yield from (str(style) for style in rng.permutation(PAINTED_STYLES))


def is_styled(asked: Asked) -> bool:
    """Whether the caption asks for a style."""
    return asked.scene.style != PLAIN
