"""Filling a folder with rendered shards, by several processes, resumable."""

from __future__ import annotations

import math
import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from maquette_recipe.config import RenderConfig
from maquette_recipe.data.shards import shard_done, write_shard
from maquette_recipe.render.batch import RenderedBatch, render_batch
from maquette_recipe.world import FORMS


def planned_form(number: int, row_share: float) -> str | None:
    """The form of batch `number`, or None for rows: every form in turn, rows evenly between."""
    rows_before = math.floor(number * row_share)
    if math.floor((number + 1) * row_share) > rows_before:
        return None
    return FORMS[(number - rows_before) % len(FORMS)]


def render_shard(
    folder: Path, number: int, config: RenderConfig, seed: int, *, held_out: bool, device: str
) -> None:
    """Render one shard unless it is there. The same number and seed give the same pictures."""
    if shard_done(folder, number):
        return
    batches = []
    for part in range(config.shard_batches):
        batch_number = number * config.shard_batches + part
        batches.append(
            render_batch(
                planned_form(batch_number, config.row_share),
                np.random.default_rng([seed, int(held_out), batch_number]),
                count=config.batch, looks=config.looks, size=config.size,
                supersample=config.supersample, held_out=held_out, device=device,
            )
        )  # fmt: skip
    write_shard(folder, number, RenderedBatch.join(batches))


def _work(job: tuple[Path, int, RenderConfig, int, bool, str]) -> int:
    torch.set_num_threads(1)
    folder, number, config, seed, held_out, device = job
    render_shard(folder, number, config, seed, held_out=held_out, device=device)
    return number


def render_all(
    folder: Path,
    config: RenderConfig,
    seed: int,
    *,
    held_out: bool = False,
    workers: int = 2,
    device: str = "cpu",
    geometries: int | None = None,
) -> Iterator[tuple[int, int]]:
    """Render every missing shard; yields (shards done, shards in all) as they finish.

    All shards are full: the number of geometries is rounded up to whole shards.
    """
    total = math.ceil((geometries or config.geometries) / (config.batch * config.shard_batches))
    missing = [n for n in range(total) if not shard_done(folder, n)]
    jobs = [(folder, n, config, seed, held_out, device) for n in missing]
    done = total - len(missing)
    if workers == 1 or not jobs:
        for job in jobs:
            _work(job)
            done += 1
            yield done, total
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        for _ in pool.imap_unordered(_work, jobs):
            done += 1
            yield done, total
