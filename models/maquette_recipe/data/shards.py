"""Rendered pictures on disk, in shards of a few geometries each.

A shard is four files: ``00012.pictures.npy`` uint8 (B*L, H, W, 3), ``00012.lines.npy`` and
``00012.depth.npy`` uint8 (B, H, W), and ``00012.json`` with the attributes of every picture. The
JSON file is written last, so its presence means that the shard is complete.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from maquette_recipe.data.chunks import write_last
from maquette_recipe.render.batch import RenderedBatch
from maquette_recipe.world import Attributes

VALIDATION_EVERY: Final = 37
"""Every so many geometries one is kept for validation; coprime to the number of forms and to
batches of a power of two, so that all forms take their turns."""


def shard_done(folder: Path, number: int) -> bool:
    """Whether this shard is completely on disk."""
    return (folder / f"{number:05d}.json").exists()


def write_shard(folder: Path, number: int, batch: RenderedBatch) -> None:
    """Write one shard; an interrupted call leaves it not done."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / f"{number:05d}.pictures.npy", batch.pictures)
    np.save(folder / f"{number:05d}.lines.npy", batch.lines)
    np.save(folder / f"{number:05d}.depth.npy", batch.depth)
    write_last(folder / f"{number:05d}.json", [scene.as_json() for scene in batch.scenes])


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a picture lies: its shard, its row there, its drawing's row and number."""

    shard: str
    row: int
    drawing_row: int
    drawing: int


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of some shards, read when they are asked for, and their attributes.

    Files are mapped for each access and closed again: a folder may have more shards than a
    process may have open files.
    """

    folder: Path
    scenes: list[Attributes]
    places: list[_Place]

    def __len__(self) -> int:
        return len(self.places)

    def _read(self, place: _Place, kind: str, row: int) -> np.ndarray:
        mapped = np.load(self.folder / f"{place.shard}.{kind}.npy", mmap_mode="r")
        return np.array(mapped[row])

    def __getitem__(self, index: int) -> np.ndarray:
        """Picture, uint8 (H, W, 3)."""
        place = self.places[index]
        return self._read(place, "pictures", place.row)

    def lines(self, index: int) -> np.ndarray:
        """The picture's line drawing, uint8 (H, W), dark on white."""
        place = self.places[index]
        return self._read(place, "lines", place.drawing_row)

    def depth(self, index: int) -> np.ndarray:
        """The picture's depth, uint8 (H, W): 0 background, 1 to 255 from far to near."""
        place = self.places[index]
        return self._read(place, "depth", place.drawing_row)

    def drawing(self, index: int) -> int:
        """Number of the picture's drawing; pictures of one geometry, and only they, share it."""
        return self.places[index].drawing


def open_pictures(folder: Path, *, validation: bool | None = None) -> Pictures:
    """Open the finished shards; only validation geometries, only the others, or all (None).

    Raises:
        FileNotFoundError: no such geometry has been rendered.
    """
    scenes: list[Attributes] = []
    places: list[_Place] = []
    for path in sorted(folder.glob("*.json")):
        drawings = len(np.load(folder / f"{path.stem}.lines.npy", mmap_mode="r"))
        entries = json.loads(path.read_text())
        looks = len(entries) // drawings
        for row, entry in enumerate(entries):
            drawing = int(path.stem) * drawings + row // looks
            kept_aside = drawing % VALIDATION_EVERY == VALIDATION_EVERY - 1
            if validation is None or kept_aside is validation:
                scenes.append(Attributes.from_json(entry))
                places.append(_Place(path.stem, row, row // looks, drawing))
    if not places:
        raise FileNotFoundError(f"no rendered pictures in {folder}; run `render` first")
    return Pictures(folder, scenes, places)
