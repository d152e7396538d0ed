"""One step of learning: a batch, its gradient, the optimiser; in parts when memory is short."""

import math
from collections.abc import Mapping

import torch
from accelerate import Accelerator

from maquette.core.errors import FailureCode, JobFailed
from maquette.core.training import TrainingSettings
from maquette.worker.memory import is_out_of_memory, release
from maquette.worker.pipeline import Pipeline
from maquette.worker.training.batches import Batches, Drawn
from maquette.worker.training.objective import Objective

_WARM_UP = 0.05  # share of the steps in which the rate rises
_LAST_RATE = 0.1  # of the learning rate, to which it falls along a cosine
_LARGEST_GRADIENT = 1.0  # norm to which gradients are cut
_DECAY = 1e-4


class Learner:
    """Learns the LoRA's parameters by AdamW."""

    def __init__(
        self,
        accelerator: Accelerator,
        pipeline: Pipeline,
        settings: TrainingSettings,
        batches: Batches,
        objective: Objective,
        learned: Mapping[str, torch.nn.Parameter],
    ) -> None:
        self._accelerator = accelerator
        self._pipeline = pipeline
        self._settings = settings
        self._batches = batches
        self._objective = objective
        self._learned = list(learned.values())
        self._rows = settings.batch
        self.optimiser = torch.optim.AdamW(
            self._learned, lr=settings.learning_rate, betas=(0.9, 0.99), weight_decay=_DECAY
        )
        self._stepper = accelerator.prepare(self.optimiser)
        # Of one process alone the network stays as it is: pictures are made with it, too.
        alone = accelerator.num_processes == 1
        self._unet: torch.nn.Module = pipeline.unet if alone else accelerator.prepare(pipeline.unet)

    @property
    def is_frugal(self) -> bool:
        """Whether memory was short, so that batches are learned in parts."""
        return self._rows < self._settings.batch

    def step(self, number: int) -> float:
        """Learn the batch of step `number`, from 0; returns its loss.

        Raises:
            JobFailed: memory ran out for a single picture, or the loss is no number.
        """
        drawn = self._batches.draw(
            self._settings.seed, number, self._accelerator.process_index, self._pipeline.device
        )
        while True:
            try:
                return self._learn(drawn, number)
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    raise
                detail = str(error)
            # Outside of `except`, whose traceback holds the tensors that must go.
            self._stepper.zero_grad()
            release()
            if self._rows == 1:
                raise JobFailed(
                    "Memory ran out while the style was trained; please close other programs and "
                    "resume the training.",
                    FailureCode.OUT_OF_MEMORY,
                    detail,
                )
            self._rows = (self._rows + 1) // 2
            self._pipeline.unet.enable_gradient_checkpointing()

    def _learn(self, drawn: Drawn, number: int) -> float:
        for group in self.optimiser.param_groups:
            group["lr"] = rate_at(number, self._settings)
        self._pipeline.use(self._pipeline.unet)
        rows, total = len(drawn.timesteps), 0.0
        for first in range(0, rows, self._rows):
            part = slice(first, first + self._rows)
            with self._accelerator.autocast():
                losses = self._objective.losses(
                    self._unet,
                    drawn.batch.rows(part.start, part.stop),
                    drawn.noise[part],
                    drawn.timesteps[part],
                )
            loss = losses.sum() / rows
            self._accelerator.backward(loss)
            total += float(loss.detach())
        if not math.isfinite(total):
            raise JobFailed(
                "The training came apart, its loss is no number any more; please start it anew "
                "with fewer steps.",
                FailureCode.INTERNAL,
            )
        self._accelerator.clip_grad_norm_(self._learned, _LARGEST_GRADIENT)
        self._stepper.step()
        self._stepper.zero_grad()
        return total


def rate_at(number: int, settings: TrainingSettings) -> float:
    """The learning rate of a step: it rises, then falls along a cosine."""
    rising = max(1, round(settings.steps * _WARM_UP))
    if number < rising:
        return settings.learning_rate * (number + 1) / rising
    done = (number - rising) / max(1, settings.steps - rising)
    fallen = (1 + math.cos(math.pi * min(1.0, done))) / 2
    return settings.learning_rate * (_LAST_RATE + (1 - _LAST_RATE) * fallen)
