"""TensorBoard event files beside the JSON lines of a run, where tensorboard is installed."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

FOLDER: Final = "tensorboard"
_STEP_NAMES: Final = ("samples", "step")
_FLUSH_SECONDS: Final = 5


class EventFile:
    """Scalars of one run for TensorBoard; does nothing where tensorboard is missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writer: Any = None
        self._usable = importlib.util.find_spec("tensorboard") is not None

    def write(self, values: Mapping[str, Any]) -> None:
        """Add all numbers of `values` at its number of samples, or else of steps."""
        step = next((values[name] for name in _STEP_NAMES if name in values), None)
        if step is None or not self._usable:
            return
        if self._writer is None:
            # Takes a second to load, which only a training that reports something should pay.
            tensorboard = importlib.import_module("torch.utils.tensorboard")
            self._writer = tensorboard.SummaryWriter(self._folder, flush_secs=_FLUSH_SECONDS)
        for name, value in values.items():
            if name not in _STEP_NAMES and isinstance(value, int | float):
                self._writer.add_scalar(name, value, int(step))
        self._writer.flush()

    def close(self) -> None:
        """Finish the file; the next value opens another one."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
