"""Checkpoints: one file with weights, optimiser and state, replaced as a whole."""

from collections.abc import Mapping

import msgspec
import torch
from safetensors import SafetensorError, safe_open

from maquette.core.errors import TrainingError
from maquette.core.training import TrainingState
from maquette.core.training_files import TrainingFolder
from maquette.worker.training.pictures import write_tensors

_FIRST, _SECOND = "exp_avg", "exp_avg_sq"  # AdamW's moments, by torch's names


def save_checkpoint(
    folder: TrainingFolder,
    state: TrainingState,
    learned: Mapping[str, torch.nn.Parameter],
    optimiser: torch.optim.Optimizer,
) -> None:
    """Keep all that is needed to go on. Raises TrainingError; the checkpoint before then stays."""
    tensors: dict[str, torch.Tensor] = {}
    for name, parameter in learned.items():
        tensors[f"weights.{name}"] = parameter
        moments = optimiser.state.get(parameter)
        if moments:
            tensors[f"first.{name}"] = moments[_FIRST]
            tensors[f"second.{name}"] = moments[_SECOND]
            tensors[f"steps.{name}"] = torch.as_tensor(moments["step"], dtype=torch.float32)
    metadata = {"format": "pt", "state": msgspec.json.encode(state).decode()}
    write_tensors(folder, folder.checkpoint, tensors, metadata)


def load_checkpoint(
    folder: TrainingFolder,
    learned: Mapping[str, torch.nn.Parameter],
    optimiser: torch.optim.Optimizer,
) -> TrainingState:
    """Put the newest checkpoint into `learned` and `optimiser`; a fresh state without one.

    Raises:
        TrainingError: it is damaged.
    """
    if not folder.checkpoint.exists():
        return TrainingState()
    try:
        with safe_open(folder.checkpoint, framework="pt") as file:
            state = msgspec.json.decode(file.metadata()["state"], type=TrainingState)
            names = set(file.keys())
            for name, parameter in learned.items():
                parameter.data.copy_(file.get_tensor(f"weights.{name}"))
                if f"first.{name}" in names:
                    optimiser.state[parameter] = {
                        "step": file.get_tensor(f"steps.{name}"),
                        _FIRST: file.get_tensor(f"first.{name}").to(parameter.device),
                        _SECOND: file.get_tensor(f"second.{name}").to(parameter.device),
                    }
    except (OSError, SafetensorError, KeyError, RuntimeError, msgspec.DecodeError) as error:
        raise TrainingError(
            "This training's files are missing or damaged; please start it anew.", str(error)
        ) from error
    return state
