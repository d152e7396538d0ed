"""Small pictures with their attributes, drawn once from rendered shards, for training the judge."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.data.chunks import fill_missing, write_last
from maquette_recipe.data.samples import draw_sample
from maquette_recipe.data.shards import open_pictures
from maquette_recipe.evaluate.classifier import INPUT_SIZE, judge_input
from maquette_recipe.world import PLAIN, Attributes

STYLED_SHARE: Final = 0.5
CHUNK: Final = 1000
"""Pictures per file on disk."""


@dataclass(frozen=True, slots=True)
class Examples:
    """`arrays` of pictures uint8 (n, 3, 128, 128), memory-mapped, and the attributes of all."""

    arrays: list[np.ndarray]
    scenes: list[Attributes]

    def __len__(self) -> int:
        return len(self.scenes)

    def batch(self, rows: Tensor) -> Tensor:
        """Pictures (n, 3, 128, 128) in 0..1 of the given rows (n,)."""
        chosen = np.stack([self.arrays[r // CHUNK][r % CHUNK] for r in rows.tolist()])
        return torch.from_numpy(chosen).float() / 255


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to fill."""

    pictures: Path
    target: Path
    validation: bool | None
    number: int
    count: int
    seed: int
    device: str


def draw_examples(
    pictures: Path, folder: Path, count: int, seed: int, *, validation: bool | None,
    workers: int = 2, device: str = "cpu",
) -> Iterator[tuple[int, int]]:  # fmt: skip
    """Fill `folder` with `count` examples, as far as they are missing; yields (files done, all).

    Half are in a random style. Rows of objects are drawn in a style only, because the judge is
    asked for their style alone. `validation` chooses among the shards as in `open_pictures`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [
        _Job(pictures, folder / f"{n:05d}.npy", validation, n, min(CHUNK, count - n * CHUNK), seed,
             device)
        for n in range(-(-count // CHUNK))
    ]  # fmt: skip
    yield from fill_missing(_draw_file, jobs, workers if device == "cpu" else 1)


def _draw_file(job: _Job) -> None:
    source = open_pictures(job.pictures, validation=job.validation)
    rng = np.random.default_rng([job.seed, 17, job.number])
    alone = np.flatnonzero([not scene.others for scene in source.scenes])
    small = np.empty((job.count, 3, INPUT_SIZE, INPUT_SIZE), dtype=np.uint8)
    scenes = []
    for i in range(job.count):
        styled = rng.random() < STYLED_SHARE
        index = rng.integers(len(source)) if styled else rng.choice(alone)
        picture, scene = draw_sample(
            source, int(index), rng, styled_share=float(styled), mirrored=bool(rng.random() < 0.5),
            device=job.device,
        )  # fmt: skip
        small[i] = (judge_input(picture[None])[0] * 255 + 0.5).clamp(0, 255).byte().cpu().numpy()
        scenes.append(scene.as_json())
    np.save(job.target, small)
    write_last(job.target.with_suffix(".json"), scenes)


def open_examples(folder: Path) -> Examples:
    """The examples in `folder`. Raises FileNotFoundError when there are none."""
    described = sorted(folder.glob("*.json"))
    if not described:
        raise FileNotFoundError(f"no examples in {folder}; run `train judge` first")
    entries = [entry for path in described for entry in json.loads(path.read_text())]
    return Examples(
        [np.load(path.with_suffix(".npy"), mmap_mode="r") for path in described],
        [Attributes.from_json(entry) for entry in entries],
    )


def plain_rows(scenes: list[Attributes]) -> list[int]:
    """Rows of single objects that no style has changed."""
    return [i for i, s in enumerate(scenes) if s.style == PLAIN and not s.others]
