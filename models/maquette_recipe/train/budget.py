"""Training time, learning rate and the record of a run."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from maquette_recipe.train.events import FOLDER, EventFile

LONGEST_STEP: Final = 20.0
"""Seconds; a step that took longer was interrupted from outside and counts this much."""


@dataclass
class Budget:
    """How much of the planned training time has been used.

    Counts the time inside steps only, so that a suspended or resumed run keeps its plan.
    """

    seconds: float
    spent: float = 0.0
    clock: Callable[[], float] = time.monotonic
    _last: float = 0.0

    def start(self) -> None:
        """Begin counting, e.g. after loading or saving."""
        self._last = self.clock()

    def tick(self) -> float:
        """Count the time since the last call; returns it in seconds."""
        now = self.clock()
        passed = min(now - self._last, LONGEST_STEP)
        self._last = now
        self.spent += passed
        return passed

    @property
    def progress(self) -> float:
        """Share of the plan that is used, 0..1."""
        return min(self.spent / self.seconds, 1.0)

    @property
    def over(self) -> bool:
        """Whether the planned time is used up."""
        return self.spent >= self.seconds


def learning_rate_factor(step: int, progress: float, warmup_steps: int) -> float:
    """Linear warm-up over the first steps, then a cosine to zero at the end of the plan; 0..1."""
    warm = min(1.0, (step + 1) / warmup_steps)
    return warm * (0.5 + 0.5 * math.cos(math.pi * progress))


class RunLog:
    """Appends one JSON object per line to a file, which plots are drawn from later.

    Where tensorboard is installed, the same numbers go into event files under
    ``tensorboard/NAME`` beside the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._events = EventFile(path.parent / FOLDER / path.stem)
        path.parent.mkdir(parents=True, exist_ok=True)

    def write(self, **values: float | int | str) -> None:
        """Add one line."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(values) + "\n")
        self._events.write(values)


def read_log(path: Path) -> list[dict[str, float]]:
    """All lines of a :class:`RunLog`."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
