"""Measurements beyond what was asked: whether the model copies, and whether it varies."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

from maquette_recipe.data.shards import Pictures
from maquette_recipe.evaluate.asked import evaluation_captions, is_styled
from maquette_recipe.evaluate.classifier import picture_features
from maquette_recipe.evaluate.diversity import diversity, diversity_ratio
from maquette_recipe.evaluate.generate import make_pictures
from maquette_recipe.evaluate.measure import Measured, Setup
from maquette_recipe.evaluate.neighbours import NeighbourCheck, check_neighbours, pixel_vectors
from maquette_recipe.evaluate.reference import evenly, single_rows, variants
from maquette_recipe.evaluate.showpieces import neighbour_sheet
from maquette_recipe.world import PLAIN

TRAINING_PICTURES: Final = 40_000
"""At most so many training pictures are searched, evenly spaced."""
CLOSEST: Final = 8
DIVERSE_CAPTIONS: Final = 24
DIVERSE_SEEDS: Final = 8
_PART: Final = 64


def _vectors(setup: Setup, pictures: Tensor) -> tuple[Tensor, Tensor]:
    return picture_features(setup.judge, pictures), pixel_vectors(pictures)


def training_vectors(
    setup: Setup, training: Pictures, count: int = TRAINING_PICTURES
) -> tuple[tuple[Tensor, Tensor], list[int]]:
    """Features (T, D) with pixel vectors (T, 12288), and picture indices, of training renders."""
    rows = evenly(single_rows(training), count)
    features, pixels = [], []
    for start in range(0, len(rows), _PART):
        batch = torch.stack([_picture(training, i) for i in rows[start : start + _PART]])
        one, other = _vectors(setup, batch)
        features.append(one)
        pixels.append(other)
    return (torch.cat(features), torch.cat(pixels)), rows


def _picture(pictures: Pictures, index: int) -> Tensor:
    return torch.from_numpy(pictures[index]).permute(2, 0, 1).float() / 255


def neighbour_report(
    setup: Setup, measured: Measured, training: Pictures, docs: Path
) -> dict[str, Any]:
    """Nearest training renders of pictures without a style, in features and in pixels.

    Mirror images count too, because the model is trained on them. Writes the closest pairs in
    features into `docs`.
    """
    plain = torch.tensor([i for i, a in enumerate(measured.asked) if not is_styled(a)])
    renders = torch.tensor([
        i for i, scene in enumerate(measured.reference_scenes) if scene.style == PLAIN
    ])  # fmt: skip
    ours, theirs = measured.pictures[plain], measured.references[renders]
    pools, rows = training_vectors(setup, training)
    report: dict[str, Any] = {"training": len(rows), "generated": len(ours)}
    for number, space in enumerate(("features", "pixels")):
        checks = [
            check_neighbours(_vectors(setup, a)[number], _vectors(setup, b)[number], pools[number])
            for a, b in ((ours, theirs), (ours.flip(-1), theirs.flip(-1)))
        ]
        check = _nearer(*checks)
        report[space] = check.as_json()
        if space == "features":
            pairs = check.closest(CLOSEST)
            neighbour_sheet(
                torch.stack([ours[i] for i, _ in pairs]),
                torch.stack([_picture(training, rows[j]) for _, j in pairs]),
                [measured.asked[int(plain[i])].caption.text for i, _ in pairs],
                docs / "nearest-training.jpg",
            )
    return report


def _nearer(first: NeighbourCheck, second: NeighbourCheck) -> NeighbourCheck:
    """For every picture the smaller distance of two checks, e.g. as it is and mirrored."""
    return NeighbourCheck(
        torch.minimum(first.made, second.made),
        torch.minimum(first.held_out, second.held_out),
        torch.where(first.made <= second.made, first.nearest, second.nearest),
    )


def diversity_report(
    setup: Setup, captions: int = DIVERSE_CAPTIONS, seeds: int = DIVERSE_SEEDS
) -> dict[str, Any]:
    """Spread in features of several seeds per caption, and of as many renders of its scene."""
    asked = [a for a in evaluation_captions(5 * captions, setup.config.seed + 1)
             if not is_styled(a)][:captions]  # fmt: skip
    prompts = [a.caption.text for a in asked for _ in range(seeds)]
    made = make_pictures(
        setup.model, prompts, setup.config.sampler, seeds=list(range(len(prompts))),
        workers=setup.workers, device=setup.device,
    )  # fmt: skip
    scenes = [dataclasses.replace(a.scene, accent="", mood="neutral") for a in asked]
    rendered = torch.cat([
        variants(scene, seeds, setup.config.render, setup.config.seed + i, device=setup.device)
        for i, scene in enumerate(scenes)
    ])  # fmt: skip
    ours, theirs = (
        picture_features(setup.judge, pictures).unflatten(0, (captions, seeds))
        for pictures in (made, rendered)
    )
    return {
        "captions": captions, "seeds": seeds, "generated": diversity(ours).as_json(),
        "rendered": diversity(theirs).as_json(), "ratio": diversity_ratio(ours, theirs).as_json(),
    }  # fmt: skip
