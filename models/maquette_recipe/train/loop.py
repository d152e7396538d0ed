"""The loop that trainings with a plan of seconds share: steps, reports, checkpoints, validation."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

import numpy as np
import torch
from accelerate import Accelerator

from maquette_recipe.train.batches import drawn_batches
from maquette_recipe.train.budget import Budget, RunLog
from maquette_recipe.train.parallel import agreed

B = TypeVar("B")
_REPORT_EVERY = 20


class PlannedTrainer(ABC, Generic[B]):
    """Trains until its plan is used up. Subclasses draw batches, make steps, checkpoints and
    validations.

    `batch` counts samples per process and step; `save_every` is in seconds of training; `workers`
    processes draw batches ahead, or none.
    """

    def __init__(
        self, accelerator: Accelerator, budget: Budget, log: RunLog, batch: int,
        save_every: float, workers: int = 0,
    ) -> None:  # fmt: skip
        self.step = self.samples = 0
        self._accelerator, self._budget, self._log = accelerator, budget, log
        self._batch = batch * accelerator.num_processes
        self._save_every = save_every
        self._workers = workers
        self._batches: Iterator[B] | None = None

    @abstractmethod
    def draw(self, step: int) -> B:
        """The batch of one step, on the CPU: always the same for a step and a process."""

    def next_batch(self) -> B:
        """The batch of the current step."""
        if self._batches is None:
            self._batches = drawn_batches(self.draw, self.step, self._workers)
        return next(self._batches)

    @abstractmethod
    def train_step(self) -> dict[str, float]:
        """One optimiser step; returns its losses by name and leaves counting to :meth:`run`."""

    @abstractmethod
    def validate(self) -> dict[str, float]:
        """Losses by name on kept-aside samples, the same ones every time."""

    @abstractmethod
    def save(self) -> None:
        """Write the checkpoint."""

    def run(self, max_steps: int | None = None) -> Iterator[dict[str, Any]]:
        """Train until the plan ends (or for `max_steps` more steps); yields reports."""
        last = None if max_steps is None else self.step + max_steps
        self._batches = None  # the last run's may have drawn ahead
        self._budget.start()
        saved_at = since = self._budget.spent
        recent: list[dict[str, float]] = []
        while not self._budget.over and (last is None or self.step < last):
            recent.append(self.train_step())
            self.step += 1
            self.samples += self._batch
            self._budget.tick()
            self._budget.spent = agreed(self._accelerator, self._budget.spent)
            if self.step % _REPORT_EVERY == 0 and self._accelerator.is_main_process:
                took = max(self._budget.spent - since, 1e-9)
                report = {
                    **self._progress(),
                    **{name: float(np.mean([r[name] for r in recent])) for name in recent[0]},
                    "per_second": len(recent) * self._batch / took,
                }
                if self._budget.spent - saved_at >= self._save_every:
                    report |= self._validated()
                    self.save()
                    saved_at = self._budget.spent
                self._log.write(**report)
                yield report
                recent, since = [], self._budget.spent
                self._budget.start()
        self._batches = None  # ends the processes that draw
        if not self._accelerator.is_main_process:
            return
        self.save()
        final = {**self._progress(), **self._validated()}
        self._log.write(**final)
        yield final

    def _progress(self) -> dict[str, float]:
        return {"step": self.step, "samples": self.samples, "spent": self._budget.spent}

    def _validated(self) -> dict[str, float]:
        # Not compiled: two batches of another size are not worth a minute of compiling.
        with self._accelerator.autocast(), torch.compiler.set_stance("force_eager"):
            return self.validate()
