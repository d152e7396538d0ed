"""Running the same training on several processes.

Start a command under ``torchrun --nproc-per-node N -m maquette_recipe train ...`` and every
process trains on pictures of its own with shared gradients; without torchrun there is one process.
On CPUs one process per core with one thread each is faster than one process with many threads,
and it does not stall when another program wants a core.
"""

from __future__ import annotations

import torch
from accelerate import Accelerator
from accelerate.utils import broadcast


def build_accelerator(device: str, mixed_precision: str = "bf16") -> Accelerator:
    """The accelerator for this process. Weights stay float32, arithmetic is in bf16."""
    return Accelerator(mixed_precision=mixed_precision, cpu=device == "cpu")


def agreed(accelerator: Accelerator, value: float) -> float:
    """The first process's `value`, on all processes."""
    if accelerator.num_processes == 1:
        return value
    tensor = torch.tensor([value], dtype=torch.float64, device=accelerator.device)
    broadcast(tensor, from_process=0)  # in place
    return float(tensor)


def step_seed(seed: int, step: int, rank: int) -> int:
    """A seed for torch that differs by step and by process."""
    return seed * 1_000_003 + step + rank * 500_009
