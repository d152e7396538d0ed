"""Latents of all rendered pictures, encoded once and kept as float16.

Every picture is encoded either as it is or mirrored, by the toss of a seeded coin, so that both
hands occur; its attributes are mirrored along with it.
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
from maquette_recipe.train.autoencoder import encode
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
    vae: AutoencoderTiny, pictures: Path, work: Path, seed: int, *, validation: bool,
    device: str = "cpu", batch: int = 16,
) -> Iterator[tuple[int, int]]:  # fmt: skip
    """Encode one part of the pictures unless that is done; yields (done, total)."""
    array_path, scenes_path = _names(work, validation=validation)
    if scenes_path.exists():
        return
    source = open_pictures(pictures, validation=validation)
    flips = np.random.default_rng([seed, 7]).random(len(source)) < 0.5
    vae = vae.to(device)
    parts: list[np.ndarray] = []
    for start in range(0, len(source), batch):
        stop = min(start + batch, len(source))
        rows = [source[i][:, ::-1] if flips[i] else source[i] for i in range(start, stop)]
        x = torch.from_numpy(np.stack(rows)).permute(0, 3, 1, 2).to(device)
        x = x.to(memory_format=torch.channels_last).float() / 255
        with torch.autocast(torch.device(device).type, torch.bfloat16):
            latents = encode(vae, x)
        parts.append((latents.float() * vae.config["scaling_factor"]).half().cpu().numpy())
        yield stop, len(source)
    np.save(array_path, np.concatenate(parts))
    scenes = [s.mirrored() if f else s for s, f in zip(source.scenes, flips, strict=True)]
    scenes_path.write_text(json.dumps([dataclasses.asdict(s) for s in scenes]))


def load_latents(work: Path, *, validation: bool) -> LatentSet:
    """The encoded pictures of one part, in memory."""
    array_path, scenes_path = _names(work, validation=validation)
    if not scenes_path.exists():
        raise FileNotFoundError(f"no {scenes_path.name} in {work}; run `encode` first")
    scenes = [Attributes(**entry) for entry in json.loads(scenes_path.read_text())]
    return LatentSet(np.load(array_path), scenes)
