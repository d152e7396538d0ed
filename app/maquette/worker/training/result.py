"""The file of a trained style: a LoRA as diffusers and PEFT name it, with what it was made of.

Pictures are told by digest, never by path, and the base model by the digest of its weights.
Metadata follow the ModelSpec standard where it has a word (https://github.com/Stability-AI/ModelSpec).
"""

import hashlib
import json
from collections.abc import Mapping

import msgspec
import torch

import maquette
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.training import TrainingPlan, TrainingState
from maquette.core.training_files import TrainingFolder
from maquette.worker.training.pictures import write_tensors

_ARCHITECTURES = {
    ModelFamily.MINI: "maquette-mini/lora",
    ModelFamily.SD1: "stable-diffusion-v1/lora",
    ModelFamily.SD2: "stable-diffusion-v2-512/lora",
    ModelFamily.SDXL: "stable-diffusion-xl-v1-base/lora",
}


def write_result(
    folder: TrainingFolder,
    plan: TrainingPlan,
    model: ModelInfo,
    state: TrainingState,
    weights: Mapping[str, torch.Tensor],
    prediction: str,
) -> str:
    """Write the LoRA and return the sha256 of its file.

    Args:
        weights: as `adapter.weights_of` names them.
        prediction: what the base model predicts, as diffusers calls it.

    Raises:
        TrainingError: it cannot be written.
    """
    path = folder.result(plan.name)
    write_tensors(folder, path, weights, metadata_of(plan, model, state, prediction))
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def metadata_of(
    plan: TrainingPlan, model: ModelInfo, state: TrainingState, prediction: str
) -> dict[str, str]:
    """What the file says of itself, as safetensors has it: text by name."""
    width, height = model.default_size
    settings = msgspec.to_builtins(plan.settings)
    return {
        "format": "pt",
        "modelspec.sai_model_spec": "1.0.0",
        "modelspec.architecture": _ARCHITECTURES[plan.family],
        "modelspec.implementation": "diffusers",
        "modelspec.title": plan.name,
        "modelspec.date": plan.created,
        "modelspec.trigger_phrase": plan.trigger,
        "modelspec.prediction_type": "epsilon" if prediction == "epsilon" else "v",
        "modelspec.resolution": f"{width}x{height}",
        "maquette.tool": f"Maquette {maquette.__version__}",
        "maquette.kind": plan.kind,
        "maquette.preset": plan.preset,
        "maquette.family": plan.family,
        "maquette.base_name": model.name,
        "maquette.base_digest": model.digest,
        "maquette.settings": json.dumps(settings, sort_keys=True),
        "maquette.steps": str(state.step),
        "maquette.best_step": str(state.best_step),
        "maquette.pictures": json.dumps([picture.digest for picture in plan.pictures]),
    }
