"""Styles that the built-in model is never trained on, so that learning a style can be measured.

The judge knows them (:mod:`maquette_recipe.evaluate.classifier`); captions do not.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.styles.cells import voronoi
from maquette_recipe.styles.filters import (
    blur,
    colour,
    emboss,
    gradient_map,
    kuwahara,
    luminance,
    saturate,
    smoothstep,
    steps,
    thicken,
    warp,
)
from maquette_recipe.styles.sheet import Sheet
from maquette_recipe.styles.texture import fractal, noise, paper, weave, wobble


def delft(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Cobalt brushed on a white tin glaze that has crazed, as on tiles of Delft."""
    like = sheet.light
    washed = 1 - kuwahara(sheet.tone.expand(3, -1, -1), 5)[0]
    flow = blur(warp(washed, *wobble(rng, like, 1.5, 24)), 1.2)
    pooled = flow * (1 + 0.3 * fractal(rng, like, 30)) + 0.75 * blur(thicken(sheet.ink, 2), 0.8)
    pigment = gradient_map(
        1 - pooled.clamp(0, 1), ("#101d5c", "#2743a0", "#6f8fd0", "#c9d7ee", "#f4f6f4")
    )
    cells = voronoi(rng, like, rng.uniform(24, 34), 0.48)
    craze = smoothstep(0.9, 0.2, cells.gap) * smoothstep(-0.6, 0.8, noise(rng, like, 50))
    return (pigment * (1 - 0.16 * craze) + 0.012 * noise(rng, like, 40)).clamp(0, 1)


def gilded(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Gold leaf laid on midnight blue lacquer; the drawing is left bare between the leaves."""
    like = sheet.light
    leaf = smoothstep(0.35, 0.65, blur(sheet.mask, 1.2))
    cells = voronoi(rng, like, rng.uniform(40, 52), 0.3)
    creases = emboss(1.6 * fractal(rng, like, 14) + 0.8 * noise(rng, like, 5), 4.0, 0.9)
    light = 0.16 + 0.72 * sheet.shape_light + 0.16 * creases
    gold = gradient_map(light, ("#3a2208", "#8a5a14", "#d6a136", "#f7dc87", "#fff8dc"))
    seam = smoothstep(1.1, 0.3, cells.gap)
    lacquer = gradient_map(
        0.3 + 0.25 * noise(rng, like, 70) - 0.3 * sheet.shadow, ("#060a24", "#0d1745", "#1b2b6b")
    )
    picture = torch.lerp(lacquer, gold * (1 - 0.35 * seam), leaf)
    return torch.lerp(picture, colour("#0a123a", like), 0.9 * blur(thicken(sheet.ink, 3), 0.5))


def batik(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Cotton dyed in baths of indigo, madder and ochre, with the veins of cracked wax."""
    like = sheet.light
    tone = 0.75 * luminance(kuwahara(sheet.drawn, 7)) + 0.25 * sheet.shape_light * sheet.mask
    bent = warp(tone, *wobble(rng, like, 1.6, 18))
    dyed = gradient_map(steps(bent, 4, 0.2), ("#23264f", "#8a2f2b", "#cf8a35", "#f3e3bd"))
    crackle = torch.zeros_like(like)
    for spacing, share in ((19.0, 0.8), (9.0, 0.5)):
        cells = voronoi(rng, like, spacing * rng.uniform(0.9, 1.1), 0.49)
        torn = warp(cells.gap, *wobble(rng, like, 1.2, 7))
        somewhere = smoothstep(-0.5, 0.5, noise(rng, like, 34))
        crackle = torch.maximum(crackle, share * smoothstep(0.8, 0.15, torn) * somewhere)
    wax = warp(blur(thicken(sheet.ink, 3), 0.7), *wobble(rng, like, 1.0, 9))
    cloth = 1 + 0.05 * weave(like, 3.4) + 0.03 * noise(rng, like, 4)
    picture = torch.lerp(dyed, colour("#1c1f45", like), 0.85 * crackle)
    picture = torch.lerp(picture, paper(rng, like, "#f6ead0", 0.02), 0.9 * wax)
    return saturate((picture * cloth).clamp(0, 1), 1.1)
