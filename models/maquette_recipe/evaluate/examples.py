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
from maquette_recipe.data.samples import PAINTED_STYLES, draw_sample
from maquette_recipe.data.shards import open_pictures
from maquette_recipe.evaluate.classifier import INPUT_SIZE, SURFACE_SIZE, resized
from maquette_recipe.world import KEEPS_MATERIAL, PLAIN, UNTAUGHT_STYLES, Attributes

CHUNK: Final = 1000
"""Pictures per file on disk."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What examples are for: `name` begins their folders' names, `size` is their side in pixels.

    `share` of them are in a random one of `styles`. Without `rows` all are of single objects; with
    them the styled ones may be of rows, whose style alone is asked for.
    """

    name: str
    size: int
    styles: tuple[str, ...]
    share: float
    rows: bool

    def folder(self, work: Path, *, validation: bool) -> Path:
        """Where examples of this kind lie in the training folder."""
        return work / (f"{self.name}-validation" if validation else self.name)


WHOLE: Final = Kind("judge-examples", INPUT_SIZE, (*PAINTED_STYLES, *UNTAUGHT_STYLES), 0.5, True)
SURFACES: Final = Kind(
    "surface-examples", SURFACE_SIZE,
    tuple(style for style in PAINTED_STYLES if style in KEEPS_MATERIAL), 0.2, False,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Examples:
    """`arrays` of pictures uint8 (n, 3, S, S), memory-mapped, and the attributes of all."""

    arrays: list[np.ndarray]
    scenes: list[Attributes]

    def __len__(self) -> int:
        return len(self.scenes)

    def batch(self, rows: Tensor) -> Tensor:
        """Pictures (n, 3, S, S) in 0..1 of the given rows (n,)."""
        chosen = np.stack([self.arrays[r // CHUNK][r % CHUNK] for r in rows.tolist()])
        return torch.from_numpy(chosen).float() / 255


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to fill."""

    kind: Kind
    pictures: Path
    target: Path
    validation: bool
    number: int
    count: int
    seed: int
    device: str


def draw_examples(
    kind: Kind, work: Path, count: int, seed: int, *, validation: bool,
    workers: int = 2, device: str = "cpu",
) -> Iterator[tuple[int, int]]:  # fmt: skip
    """Draw `count` examples from `work / "pictures"`, as far as they are missing; yields (files
    done, all). `validation` chooses among the shards as in `open_pictures`."""
    folder = kind.folder(work, validation=validation)
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [
        _Job(kind, work / "pictures", folder / f"{n:05d}.npy", validation, n,
             min(CHUNK, count - n * CHUNK), seed, device)
        for n in range(-(-count // CHUNK))
    ]  # fmt: skip
    yield from fill_missing(_draw_file, jobs, workers if device == "cpu" else 1)


def _draw_file(job: _Job) -> None:
    source = open_pictures(job.pictures, validation=job.validation)
    rng = np.random.default_rng([job.seed, 17, job.number])
    alone = np.flatnonzero([not scene.others for scene in source.scenes])
    kind = job.kind
    drawn = np.empty((job.count, 3, kind.size, kind.size), dtype=np.uint8)
    scenes = []
    for i in range(job.count):
        styled = rng.random() < kind.share
        index = rng.integers(len(source)) if styled and kind.rows else rng.choice(alone)
        picture, scene = draw_sample(
            source, int(index), rng, styled_share=float(styled), styles=kind.styles,
            mirrored=bool(rng.random() < 0.5),
            device=job.device,
        )  # fmt: skip
        drawn[i] = (
            (resized(picture[None], kind.size)[0] * 255 + 0.5).clamp(0, 255).byte().cpu().numpy()
        )
        scenes.append(scene.as_json())
    np.save(job.target, drawn)
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
