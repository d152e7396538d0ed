"""Loading a single .safetensors checkpoint in the original layout, with configs that ship here."""

from collections.abc import Callable
from pathlib import Path

import torch

from maquette.core.errors import ModelError
from maquette.core.model_info import ModelInfo
from maquette.worker.pipeline import Pipeline


def load_single_file(
    path: Path,
    info: ModelInfo,
    device: torch.device,
    dtype: torch.dtype,
    report: Callable[[str, float], None],
) -> Pipeline:
    """Load the checkpoint at `path`."""
    raise ModelError(f"{info.name} is a single file.")
