"""Rendered pictures on disk: one small shard per traced batch.

A shard is three files: ``00012.pictures.npy`` uint8 (N, H, W, 3), ``00012.lines.npy`` uint8
(B, H, W), and ``00012.json`` with the attributes of every picture. The JSON file is written last,
so its presence means that the shard is complete.
"""

from __future__ import annotations

import dataclasses
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from maquette_recipe.render.batch import RenderedBatch
from maquette_recipe.world import Attributes

VALIDATION_EVERY: Final = 37
"""Every so many shards one is kept for validation; coprime to the number of forms."""


def shard_done(folder: Path, number: int) -> bool:
    """Whether this shard is completely on disk."""
    return (folder / f"{number:05d}.json").exists()


def write_shard(folder: Path, number: int, batch: RenderedBatch) -> None:
    """Write one shard; an interrupted call leaves it not done."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / f"{number:05d}.pictures.npy", batch.pictures)
    np.save(folder / f"{number:05d}.lines.npy", batch.lines)
    temporary = folder / f"{number:05d}.json.part"
    temporary.write_text(json.dumps([dataclasses.asdict(s) for s in batch.scenes]))
    os.replace(temporary, folder / f"{number:05d}.json")


@dataclass(frozen=True, slots=True)
class Pictures:
    """All pictures of some shards: memory-mapped arrays (N, H, W, 3) and flat attributes."""

    arrays: list[np.ndarray]
    scenes: list[Attributes]
    places: list[tuple[int, int]]
    """For every picture its array and its row there."""

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, index: int) -> np.ndarray:
        array, row = self.places[index]
        return self.arrays[array][row]


def open_pictures(folder: Path, *, validation: bool | None = None) -> Pictures:
    """Open the finished shards; only validation ones, only the others, or all (None)."""
    arrays, scenes, places = [], [], []
    for path in sorted(folder.glob("*.json")):
        kept_aside = int(path.stem) % VALIDATION_EVERY == VALIDATION_EVERY - 1
        if validation is not None and kept_aside is not validation:
            continue
        array = np.load(folder / f"{path.stem}.pictures.npy", mmap_mode="r")
        places += [(len(arrays), row) for row in range(len(array))]
        arrays.append(array)
        scenes += [Attributes(**entry) for entry in json.loads(path.read_text())]
    if not arrays:
        raise FileNotFoundError(f"no rendered pictures in {folder}; run `render` first")
    return Pictures(arrays, scenes, places)
