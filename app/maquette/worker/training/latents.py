"""Everything that is computed once: latents of crops and their mirror images, and texts."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from maquette.core.pixels import Pixels
from maquette.core.training import StyleKind, TrainingPlan
from maquette.core.training_files import TrainingFolder
from maquette.worker.image_to_image import encode
from maquette.worker.pipeline import Pipeline
from maquette.worker.text_encoding import encode_prompts
from maquette.worker.training.pictures import read_tensors, write_tensors


@dataclass(frozen=True)
class Batch:
    """Rows of one size on the device: latents (rows, channels, h, w) and what the UNet is told."""

    latents: torch.Tensor
    tokens: torch.Tensor
    added: dict[str, torch.Tensor] | None

    def rows(self, first: int, last: int) -> "Batch":
        """Some of the rows."""
        added = self.added and {name: value[first:last] for name, value in self.added.items()}
        return Batch(self.latents[first:last], self.tokens[first:last], added)


@dataclass(frozen=True)
class Example:
    """A picture to learn from: its latents, one or with a mirror image, and its text.

    `size` is (width, height) in pixels; `is_prior` where the base model made it.
    """

    latents: tuple[torch.Tensor, ...]
    caption: str
    size: tuple[int, int]
    is_prior: bool = False


class Texts:
    """Embeddings of captions, each made once."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._known: dict[tuple[str, tuple[int, int]], Batch] = {}

    def of(self, caption: str, size: tuple[int, int]) -> Batch:
        """A batch of one row without latents."""
        key = caption, size if self._pipeline.is_sdxl else (0, 0)
        if key not in self._known:
            with torch.no_grad():
                told = encode_prompts(self._pipeline, caption, "", False, size)
            # Copies: an embedding that was made for a picture cannot be learned through.
            added = told.added and {name: value.clone() for name, value in told.added.items()}
            self._known[key] = Batch(torch.empty(1), told.tokens.clone(), added)
        return self._known[key]

    def batch(
        self, latents: Sequence[torch.Tensor], captions: Sequence[str], size: tuple[int, int]
    ) -> Batch:
        """Latents (channels, h, w) and their captions as a batch."""
        told = [self.of(caption, size) for caption in captions]
        added = None
        if told[0].added is not None:
            names = told[0].added
            added = {name: torch.cat([t.added[name] for t in told if t.added]) for name in names}
        stacked = torch.stack(list(latents)).to(self._pipeline.device, torch.float32)
        return Batch(stacked, torch.cat([t.tokens for t in told]), added)


def encoded_pictures(
    folder: TrainingFolder,
    plan: TrainingPlan,
    crops: Mapping[str, Pixels],
    pipeline: Pipeline,
    report: Callable[[float], None],
) -> dict[str, Example]:
    """Each picture of `plan` by digest; latents come from the folder where they are there.

    A style and a material are the same in a mirror; a product may not be. Held-out pictures are
    not mirrored.

    Raises:
        TrainingError: the folder cannot be written.
    """
    known = read_tensors(folder.latents)
    fresh: dict[str, torch.Tensor] = {}
    mirrored = plan.kind != StyleKind.PRODUCT
    for number, picture in enumerate(plan.pictures):
        report(number / len(plan.pictures))
        crop = crops[picture.digest]
        sides = {picture.digest: crop}
        if mirrored and not picture.held_out:
            sides[f"{picture.digest}.mirrored"] = np.ascontiguousarray(crop[:, ::-1])
        for name, pixels in sides.items():
            fresh[name] = known[name] if name in known else latents_of(pipeline, pixels, name)
    if fresh.keys() - known.keys():
        write_tensors(folder, folder.latents, fresh)
    examples = {}
    for picture in plan.pictures:
        names = (picture.digest, f"{picture.digest}.mirrored")
        height, width = crops[picture.digest].shape[:2]
        latents = tuple(fresh[name] for name in names if name in fresh)
        examples[picture.digest] = Example(latents, picture.caption, (width, height))
    return examples


def latents_of(pipeline: Pipeline, pixels: Pixels, name: str) -> torch.Tensor:
    """Latents (channels, h, w) of RGB pixels, fp32 in main memory; `name` seeds the posterior."""
    generator = torch.Generator("cpu").manual_seed(seed_of(name))
    with torch.no_grad():
        return encode(pipeline, pixels, generator)[0].float().cpu()


def seed_of(*parts: object) -> int:
    """A seed that depends on all of `parts` and nothing else."""
    text = "/".join(str(part) for part in parts).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=6).digest(), "big")
