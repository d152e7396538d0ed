"""Batches drawn ahead by other processes, so that a fast device does not wait for captions."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from torch.utils.data import DataLoader, Dataset

T = TypeVar("T")
_AHEAD = 4
"""Batches that every process keeps ready."""


class _Steps(Dataset, Generic[T]):
    """The batch of every step, drawn when it is asked for."""

    def __init__(self, draw: Callable[[int], T]) -> None:
        self._draw = draw

    def __getitem__(self, step: int) -> T:
        return self._draw(step)


def drawn_batches(draw: Callable[[int], T], first: int, workers: int) -> Iterator[T]:
    """`draw(first)`, `draw(first + 1)`, ... for ever.

    With `workers` above 0 as many forked processes draw ahead, in the same order; `draw` must not
    touch the device then, and the system must know fork (Linux).
    """
    steps = itertools.count(first)
    if workers == 0:
        return map(draw, steps)
    loader = DataLoader(
        _Steps(draw),
        sampler=steps,  # pyright: ignore[reportArgumentType]
        batch_size=None,
        num_workers=workers,
        prefetch_factor=_AHEAD,
        multiprocessing_context="fork",
    )
    return iter(loader)
