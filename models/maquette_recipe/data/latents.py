"""Latents of all rendered pictures, of their mirror images, and of styled versions, in float16.

They lie in chunks, so that encoding resumes where it stopped: ``latents/00012.npy`` float16
(n, C, h, w) and ``00012.json`` with the attributes and the origin of each, written last.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.data.chunks import fill_missing, write_last
from maquette_recipe.data.samples import draw_sample
from maquette_recipe.data.shards import Pictures, open_pictures
from maquette_recipe.nets.linear_code import LinearCode
from maquette_recipe.world import PLAIN, Attributes

CHUNK: Final = 640
"""Pictures per chunk on disk; three latents are made of each."""


@dataclass(frozen=True, slots=True)
class LatentSet:
    """`latents` float16 (N, C, h, w) as the UNet sees them, and what each one shows.

    `source` int32 (N,) is the index of the rendered picture in :class:`Pictures` and `mirrored`
    bool (N,) whether its mirror image was encoded. `scenes[i].style` says in which style.
    """

    latents: np.ndarray
    scenes: list[Attributes]
    source: np.ndarray
    mirrored: np.ndarray

    def __len__(self) -> int:
        return len(self.scenes)


@dataclass(frozen=True, slots=True)
class _Job:
    """One chunk to encode."""

    pictures: Path
    target: Path
    validation: bool
    first: int
    code: LinearCode
    scale: float
    seed: int
    device: str


def encode_pictures(
    code: LinearCode,
    scale: float,
    pictures: Path,
    work: Path,
    *,
    validation: bool,
    seed: int,
    device: str = "cpu",
    workers: int = 2,
) -> Iterator[tuple[int, int]]:
    """Encode the chunks of one part that are missing; yields (chunks done, chunks in all)."""
    folder = _folder(work, validation=validation)
    folder.mkdir(parents=True, exist_ok=True)
    count = len(open_pictures(pictures, validation=validation))
    jobs = [
        _Job(pictures, folder / f"{n:05d}.npy", validation, n * CHUNK, code, scale, seed, device)
        for n in range(-(-count // CHUNK))
    ]
    yield from fill_missing(_encode_chunk, jobs, workers)


@torch.no_grad()
def _encode_chunk(job: _Job) -> None:
    source = open_pictures(job.pictures, validation=job.validation)
    stop = min(job.first + CHUNK, len(source))
    latents: list[Tensor] = []
    entries: list[dict[str, Any]] = []
    code = LinearCode(job.code.weight.to(job.device), job.code.bias.to(job.device))
    for index in range(job.first, stop):
        rng = np.random.default_rng([job.seed, 11, int(job.validation), index])
        flips = (False, True, bool(rng.random() < 0.5))
        drawn = [
            draw_sample(source, index, rng, styled_share=share, mirrored=flip, device=job.device)
            for share, flip in zip((0.0, 0.0, 1.0), flips, strict=True)
        ]
        batch = torch.stack([picture for picture, _ in drawn])
        latents.append((code.encode(batch) * job.scale).half().cpu())
        entries += [
            {"source": index, "mirrored": flip, "scene": scene.as_json()}
            for (_, scene), flip in zip(drawn, flips, strict=True)
        ]
    np.save(job.target, torch.cat(latents).numpy())
    write_last(job.target.with_suffix(".json"), entries)


def _folder(work: Path, *, validation: bool) -> Path:
    return work / ("latents-validation" if validation else "latents")


def load_latents(work: Path, *, validation: bool) -> LatentSet:
    """The encoded pictures of one part, in memory.

    Raises FileNotFoundError when there are none.
    """
    folder = _folder(work, validation=validation)
    described = sorted(folder.glob("*.json"))
    if not described:
        raise FileNotFoundError(f"no latents in {folder}; run `encode` first")
    entries = [entry for path in described for entry in json.loads(path.read_text())]
    return LatentSet(
        np.concatenate([np.load(path.with_suffix(".npy")) for path in described]),
        [Attributes.from_json(entry["scene"]) for entry in entries],
        np.asarray([entry["source"] for entry in entries], dtype=np.int32),
        np.asarray([entry["mirrored"] for entry in entries], dtype=bool),
    )


class LatentSampler:
    """Draws rows of a :class:`LatentSet`, a fixed share of them in an art style."""

    def __init__(self, data: LatentSet, styled_share: float) -> None:
        styled = np.asarray([scene.style != PLAIN for scene in data.scenes])
        self._rows = (np.flatnonzero(~styled), np.flatnonzero(styled))
        self._share = styled_share if all(map(len, self._rows)) else float(styled.all())

    def draw(self, rng: np.random.Generator, count: int) -> np.ndarray:
        """`count` random row indices."""
        styled = rng.random(count) < self._share
        plain, others = (
            rng.choice(rows, size=count) if len(rows) else np.zeros(count, dtype=int)
            for rows in self._rows
        )
        return np.where(styled, others, plain)


def open_sources(work: Path, *, validation: bool) -> Pictures:
    """The rendered pictures that `LatentSet.source` counts."""
    return open_pictures(work / "pictures", validation=validation)
