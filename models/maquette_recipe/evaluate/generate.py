"""Pictures from the exported pipeline, for evaluation and contact sheets."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from diffusers import StableDiffusionPipeline
from torch import Tensor

from maquette_recipe.captions import Caption, caption
from maquette_recipe.config import SamplerConfig
from maquette_recipe.world import Attributes, sample_attributes

EVALUATED_NAMES = frozenset({"form", "colour", "material", "setting"})


def load_pipeline(folder: Path, device: str = "cpu") -> StableDiffusionPipeline:
    """The exported model in bf16, quiet."""
    pipeline = StableDiffusionPipeline.from_pretrained(
        folder, dtype=torch.bfloat16, local_files_only=True
    )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline.to(device)


def evaluation_captions(count: int, seed: int) -> list[tuple[Attributes, Caption]]:
    """Captions of held-out combinations, half English and half Chinese.

    Every caption names form, colour, material and setting.
    """
    rng = np.random.default_rng([seed, 99])
    result = []
    for i in range(count):
        scene = sample_attributes(rng, held_out=True)
        language = "en" if i % 2 == 0 else "zh"
        result.append((scene, caption(scene, rng, language=language, names=EVALUATED_NAMES)))
    return result


@torch.no_grad()
def generate(
    pipeline: StableDiffusionPipeline,
    prompts: list[str],
    sampler: SamplerConfig,
    *,
    seed: int,
    batch: int = 8,
    size: tuple[int, int] = (256, 256),
) -> Iterator[Tensor]:
    """Pictures (n, 3, H, W) in 0..1 for the prompts, batch by batch; prompt i has seed + i."""
    for start in range(0, len(prompts), batch):
        texts = prompts[start : start + batch]
        seeds = [torch.Generator().manual_seed(seed + start + i) for i in range(len(texts))]
        output = pipeline(
            texts, num_inference_steps=sampler.steps, guidance_scale=sampler.guidance,
            width=size[0], height=size[1], generator=seeds, output_type="pt",
        )  # fmt: skip
        yield output.images.float().clamp(0, 1)  # pyright: ignore


def _generate_part(job: tuple[Path, list[str], SamplerConfig, int]) -> np.ndarray:
    torch.set_num_threads(1)
    folder, prompts, sampler, seed = job
    pipeline = load_pipeline(folder)
    pictures = torch.cat(list(generate(pipeline, prompts, sampler, seed=seed)))
    return (pictures * 255).round().to(torch.uint8).numpy()


def generate_in_processes(
    folder: Path, prompts: list[str], sampler: SamplerConfig, *, seed: int, workers: int
) -> Tensor:
    """Pictures (N, 3, H, W) in 0..1 for all prompts, shared out over processes on the CPU."""
    size = -(-len(prompts) // workers)
    jobs = [
        (folder, prompts[start : start + size], sampler, seed + start)
        for start in range(0, len(prompts), size)
    ]
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        parts = pool.map(_generate_part, jobs)
    return torch.from_numpy(np.concatenate(parts)).float() / 255
