"""Pictures from the exported pipeline, from captions alone or from captions and sketches."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers import (
    ControlNetModel,
    StableDiffusionControlNetPipeline,
    StableDiffusionPipeline,
)
from torch import Tensor

from maquette_recipe.config import SamplerConfig
from maquette_recipe.evaluate.samplers import build_sampler

CONTROL_FOLDER = "controlnet"
CPU_BATCH = 8
GPU_BATCH = 64

Pipeline = StableDiffusionPipeline | StableDiffusionControlNetPipeline


def has_control(folder: Path) -> bool:
    """Whether the model in `folder` follows sketches."""
    return (folder / CONTROL_FOLDER / "config.json").exists()


def load_pipeline(folder: Path, device: str = "cpu", *, control: bool = False) -> Pipeline:
    """The exported model in bf16, quiet; with its ControlNet if `control`.

    Raises OSError when the folder has no such model.
    """
    pipeline = StableDiffusionPipeline.from_pretrained(
        folder, dtype=torch.bfloat16, local_files_only=True
    )
    if control:
        network = ControlNetModel.from_pretrained(folder / CONTROL_FOLDER, local_files_only=True)
        pipeline = StableDiffusionControlNetPipeline(
            **pipeline.components,
            controlnet=network.to(torch.bfloat16),  # pyright: ignore
            requires_safety_checker=False,
        )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline.to(device)


@torch.no_grad()
def generate(
    pipeline: Pipeline,
    prompts: list[str],
    sampler: SamplerConfig,
    *,
    seeds: list[int],
    sketches: Tensor | None = None,
    batch: int = CPU_BATCH,
    size: tuple[int, int] = (256, 256),
) -> Iterator[Tensor]:
    """Pictures (n, 3, H, W) in 0..1, on the CPU, for the prompts, batch by batch.

    Prompt i has `seeds[i]` and, if the pipeline has a ControlNet, sketch i of `sketches`
    (N, 3, H, W) in 0..1. `size` is width and height.
    """
    pipeline.scheduler = build_sampler(sampler.name, pipeline.scheduler.config)
    for start in range(0, len(prompts), batch):
        part = slice(start, start + batch)
        texts = prompts[part]
        extra: dict[str, Any] = {} if sketches is None else {"image": sketches[part]}
        output = pipeline(
            texts, num_inference_steps=sampler.steps, guidance_scale=sampler.guidance,
            width=size[0], height=size[1], output_type="pt",
            generator=[torch.Generator().manual_seed(seed) for seed in seeds[part]], **extra,
        )  # fmt: skip
        yield output.images.float().clamp(0, 1).cpu()  # pyright: ignore


@dataclass(frozen=True, slots=True)
class _Job:
    """One process's part of the prompts."""

    folder: Path
    prompts: list[str]
    sampler: SamplerConfig
    seeds: list[int]
    sketches: np.ndarray | None


def _generate_part(job: _Job) -> np.ndarray:
    torch.set_num_threads(1)
    pipeline = load_pipeline(job.folder, control=job.sketches is not None)
    sketches = None if job.sketches is None else torch.from_numpy(job.sketches).float() / 255
    made = generate(pipeline, job.prompts, job.sampler, seeds=job.seeds, sketches=sketches)
    return _to_bytes(torch.cat(list(made)))


def _to_bytes(pictures: Tensor) -> np.ndarray:
    return (pictures * 255).round().clamp(0, 255).to(torch.uint8).numpy()


def make_pictures(
    folder: Path, prompts: list[str], sampler: SamplerConfig, *, seeds: list[int],
    sketches: Tensor | None = None, workers: int = 2, device: str = "cpu",
) -> Tensor:  # fmt: skip
    """Pictures (N, 3, 256, 256) in 0..1 for all prompts, in 256 steps per channel.

    On the CPU they are shared out over processes, elsewhere one process makes large batches.
    """
    if device != "cpu":
        pipeline = load_pipeline(folder, device, control=sketches is not None)
        parts = [
            _to_bytes(part)
            for part in generate(
                pipeline, prompts, sampler, seeds=seeds, sketches=sketches, batch=GPU_BATCH
            )
        ]
        return torch.from_numpy(np.concatenate(parts)).float() / 255
    size = max(-(-len(prompts) // workers), 1)
    # Whole batches: a picture does not depend on how many processes there are.
    size = -(-size // CPU_BATCH) * CPU_BATCH
    drawn = None if sketches is None else _to_bytes(sketches)
    jobs = [
        _Job(folder, prompts[start : start + size], sampler, seeds[start : start + size],
             None if drawn is None else drawn[start : start + size])
        for start in range(0, len(prompts), size)
    ]  # fmt: skip
    if workers == 1:
        threads = torch.get_num_threads()
        parts = [_generate_part(job) for job in jobs]
        torch.set_num_threads(threads)
    else:
        with multiprocessing.get_context("spawn").Pool(workers) as pool:
            parts = pool.map(_generate_part, jobs)
    return torch.from_numpy(np.concatenate(parts)).float() / 255
