"""Folders that are filled file by file, by several processes, and resume where they stopped."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import torch


class ChunkJob(Protocol):
    """One file to fill; a JSON file beside `target`, written last, says that it is complete."""

    @property
    def target(self) -> Path:
        """The file."""
        ...


J = TypeVar("J", bound=ChunkJob)


def fill_missing(
    fill: Callable[[J], None], jobs: Sequence[J], workers: int
) -> Iterator[tuple[int, int]]:
    """Run `fill` for every job that is not complete; yields (jobs done, jobs in all).

    With more than one of `workers`, single-threaded processes share the jobs.
    """
    missing = [job for job in jobs if not job.target.with_suffix(".json").exists()]
    done = len(jobs) - len(missing)
    if workers == 1 or len(missing) < 2:
        for job in missing:
            fill(job)
            done += 1
            yield done, len(jobs)
        return
    with multiprocessing.get_context("spawn").Pool(workers, torch.set_num_threads, (1,)) as pool:
        for _ in pool.imap_unordered(fill, missing):
            done += 1
            yield done, len(jobs)


def write_last(path: Path, entries: list[dict[str, Any]]) -> None:
    """Write the JSON file that completes a chunk; an interrupted call leaves none."""
    temporary = path.with_suffix(".part")
    temporary.write_text(json.dumps(entries))
    os.replace(temporary, path)
