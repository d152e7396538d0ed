"""Latents of all rendered pictures and of their mirror images, kept as float16.

The attributes of a mirror image are mirrored along with it.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderTiny

from maquette_recipe.data.shards import open_pictures
from maquette_recipe.nets.linear_code import read_encoder
from maquette_recipe.world import Attributes


@dataclass(frozen=True, slots=True)
class LatentSet:
    """`latents` float16 (N, C, h, w) as the UNet sees them, and the attributes of each."""

    latents: np.ndarray
    scenes: list[Attributes]

    def __len__(self) -> int:
        return len(self.scenes)


def _names(work: Path, *, validation: bool) -> tuple[Path, Path]:
    stem = "latents-validation" if validation else "latents"
    return work / f"{stem}.npy", work / f"{stem}.json"


@torch.no_grad()
def encode_pictures(
    vae: AutoencoderTiny, pictures: Path, work: Path, *, validation: bool, batch: int = 20
) -> Iterator[tuple[int, int]]:
    """Encode one part of the pictures unless that is done; yields (done, total)."""
    array_path, scenes_path = _names(work, validation=validation)
    if scenes_path.exists():
        return
    source = open_pictures(pictures, validation=validation)
    code, scale = read_encoder(vae), vae.config["scaling_factor"]
    parts: list[np.ndarray] = []
    for start in range(0, len(source), batch):
        stop = min(start + batch, len(source))
        x = torch.from_numpy(np.stack([source[i] for i in range(start, stop)]))
        x = x.permute(0, 3, 1, 2).float() / 255
        both = torch.cat([code.encode(x), code.encode(x.flip(-1))])
        parts.append((both * scale).half().numpy())
        yield stop, len(source)
    scenes: list[Attributes] = []
    for start in range(0, len(source), batch):
        chunk = source.scenes[start : start + batch]
        scenes += [*chunk, *(scene.mirrored() for scene in chunk)]
    np.save(array_path, np.concatenate(parts))
    scenes_path.write_text(json.dumps([dataclasses.asdict(s) for s in scenes]))


def load_latents(work: Path, *, validation: bool) -> LatentSet:
    """The encoded pictures of one part, in memory."""
    array_path, scenes_path = _names(work, validation=validation)
    if not scenes_path.exists():
        raise FileNotFoundError(f"no {scenes_path.name} in {work}; run `encode` first")
    scenes = [Attributes(**entry) for entry in json.loads(scenes_path.read_text())]
    return LatentSet(np.load(array_path), scenes)
