"""The contact sheets of the documentation. What they show is drawn by seed, not chosen."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.captions import caption, sample_described
from maquette_recipe.config import SamplerConfig
from maquette_recipe.data.samples import PAINTED_STYLES
from maquette_recipe.evaluate.generate import make_pictures
from maquette_recipe.evaluate.reference import SketchSet
from maquette_recipe.evaluate.sheets import contact_sheet, group_sheet, to_image
from maquette_recipe.evaluate.sketches import Followed
from maquette_recipe.shown import told
from maquette_recipe.sketch.augment import Level
from maquette_recipe.world import METALS, PLAIN, Attributes, sample_attributes

SHEET_SEED: Final = 7
PROMPTS: Final = 64
TRIPLETS: Final = 32
SHOWN_STYLES: Final = PAINTED_STYLES[::5]
"""Every fifth style: twelve."""
SHOWN_MATERIALS: Final = (
    "glossy", "ceramic", "metal", "wood", "glass", "fabric", "brushed", "frosted", "marble",
    "concrete", "leather", "translucent",
)  # fmt: skip
"""All but matte plastic, which is concrete without its pores to the eye."""


@dataclass(frozen=True, slots=True)
class Maker:
    """The model that the sheets are made with."""

    folder: Path
    sampler: SamplerConfig
    workers: int = 2
    device: str = "cpu"

    def make(self, prompts: list[str], seeds: list[int], sketches: Tensor | None = None) -> Tensor:
        """Pictures (N, 3, 256, 256) in 0..1."""
        return make_pictures(
            self.folder, prompts, self.sampler, seeds=seeds, sketches=sketches,
            workers=self.workers, device=self.device,
        )  # fmt: skip


def random_prompts(count: int, seed: int) -> list[str]:
    """Captions of random scenes of any style and number of objects, in random phrasings, English
    and Chinese in turn."""
    rng = np.random.default_rng([seed, 41])
    return [
        caption(sample_described(rng), rng, language=("en", "zh")[i % 2]).text for i in range(count)
    ]


def prompt_sheet(maker: Maker, path: Path, *, count: int = PROMPTS) -> None:
    """Random prompts with their pictures."""
    prompts = random_prompts(count, SHEET_SEED)
    pictures = maker.make(prompts, [SHEET_SEED + i for i in range(count)])
    contact_sheet(pictures, prompts, path)


def style_sheet(maker: Maker, path: Path) -> None:
    """One object, drawn by seed, from one starting noise in twelve styles."""
    rng = np.random.default_rng([SHEET_SEED, 43])
    scene = dataclasses.replace(sample_attributes(rng), accent="")
    prompts = [_asking(dataclasses.replace(scene, style=style)) for style in SHOWN_STYLES]
    pictures = maker.make(prompts, [SHEET_SEED] * len(prompts))
    contact_sheet(pictures, prompts, path, columns=4)


def _asking(scene: Attributes) -> str:
    names = {"form"} | ({"style"} if scene.style != PLAIN else {"material", "setting"})
    names |= {"colour"} & told(scene)
    return caption(scene, np.random.default_rng(SHEET_SEED), language="en",
                   names=frozenset(names)).text  # fmt: skip


def material_sheet(maker: Maker, drawn: SketchSet, path: Path) -> None:
    """One held-out drawing of a single object, from one starting noise in twelve materials."""
    alone = [i for i, scene in enumerate(drawn.scenes) if not scene.others]
    row = alone[int(np.random.default_rng([SHEET_SEED, 47]).integers(len(alone)))]
    scene = dataclasses.replace(drawn.scenes[row], accent="", mood="neutral")
    prompts = [
        _asking(
            dataclasses.replace(
                scene, material=material, colour="copper" if material in METALS else "teal"
            )
        )
        for material in SHOWN_MATERIALS
    ]
    lines = torch.from_numpy(drawn.lines[row]).float() / 255
    sketch = lines.expand(3, -1, -1)
    pictures = maker.make(
        prompts, [SHEET_SEED] * len(prompts), sketch.expand(len(prompts), -1, -1, -1)
    )
    contact_sheet(pictures, prompts, path, columns=4)
    to_image(sketch).save(path.with_name(f"{path.stem}-sketch.png"), optimize=True)


def triplet_sheet(
    drawn: SketchSet, followed: dict[Level, Followed], path: Path, *, count: int = TRIPLETS
) -> None:
    """Sketch, the model's picture, and the render that the sketch was drawn from; every second
    sketch is augmented."""
    rng = np.random.default_rng([SHEET_SEED, 53])
    rows = rng.permutation(len(drawn.scenes))[:count]
    groups = []
    for number, row in enumerate(int(r) for r in rows):
        found = followed["clean" if number % 2 == 0 else "augmented"]
        trio = [found.sketches[row], found.pictures[row], drawn.renders[row]]
        groups.append((drawn.captions[row].text, trio))
    group_sheet(groups, path, columns=4, side=144, names=("sketch", "model", "ground truth"))


def contact_sheets(
    maker: Maker, drawn: SketchSet, followed: dict[Level, Followed] | None, docs: Path
) -> None:
    """Write all sheets that the model can make; `followed` is None without a ControlNet."""
    prompt_sheet(maker, docs / "prompts.jpg")
    style_sheet(maker, docs / "styles.jpg")
    if followed:
        triplet_sheet(drawn, followed, docs / "sketches.jpg")
        material_sheet(maker, drawn, docs / "materials.jpg")


def neighbour_sheet(made: Tensor, found: Tensor, titles: list[str], path: Path) -> None:
    """Generated pictures (N, 3, H, W) beside their nearest training pictures (N, 3, H, W)."""
    groups = [
        (title, [ours, theirs]) for title, ours, theirs in zip(titles, made, found, strict=True)
    ]
    group_sheet(groups, path, columns=4, side=192, names=("generated", "training"))
