"""Loading control networks: the model's own, diffusers folders, and single files of all layouts."""

import json
import logging
from pathlib import Path
from typing import Any

import torch
from diffusers import ControlNetModel, T2IAdapter
from diffusers.loaders.single_file_utils import convert_controlnet_checkpoint
from safetensors import SafetensorError
from safetensors.torch import load_file

from maquette.core.control_headers import ORIGINAL_PREFIX, ControlPlan, plan_of
from maquette.core.control_kinds import FAMILY_WORDS, ControlHint
from maquette.core.control_models import (
    ControlModelInfo,
    check_pair,
    control_weights,
    inspect_control_model,
)
from maquette.core.errors import ModelError
from maquette.core.model_files import find_model, weights_digest
from maquette.core.model_ref import ModelRef
from maquette.core.pipeline_folder import OWN_CONTROL
from maquette.core.safetensors_header import read_header
from maquette.worker.control_images import shown_to
from maquette.worker.control_network import ControlNetwork
from maquette.worker.memory import is_out_of_memory
from maquette.worker.pipeline import Pipeline

Network = ControlNetModel | T2IAdapter
State = dict[str, torch.Tensor]

_log = logging.getLogger(__name__)


def load_control(model: ModelRef | None, pipeline: Pipeline, digests: Path) -> ControlNetwork:
    """Load the control network `model`, or None for the pipeline's own, into main memory.

    Nothing is downloaded, no code of the model is run, only safetensors are read. A network that
    cannot steer the pipeline's model is refused before its weights are read.

    Args:
        digests: the JSON file that keeps digests of weight files.

    Raises:
        ModelError: with a sentence, if it cannot be used.
        MemoryError, RuntimeError: memory ran out.
    """
    if model is None:
        return _own(pipeline)
    place = Path(model.id)
    info = inspect_control_model(place)
    check_pair(info, pipeline.info)
    try:
        network = _from_folder(place) if info.layout == "folder" else _from_file(place)
        _require_same_shape(network, info, pipeline)
        _fill(network, _state(place, network, info), pipeline.dtype)
        digest = weights_digest(control_weights(place), digests)
    except (OSError, ValueError, LookupError, TypeError, RuntimeError, SafetensorError) as error:
        if is_out_of_memory(error):
            raise
        _log.exception("loading %s failed", place)
        raise ModelError(
            f"The control model {info.name} cannot be loaded, because its files do not fit "
            "together; please fetch it again.",
            str(error),
        ) from error
    channels = 3 if isinstance(network, ControlNetModel) else network.config["in_channels"]
    return ControlNetwork(
        network,
        ModelRef(id=model.id, digest=digest, name=info.name),
        shown_to(info.hint, channels),
    )


def _own(pipeline: Pipeline) -> ControlNetwork:
    """The network for sketches in the model's own folder."""
    folder, info = find_model(pipeline.info.id)
    if not (folder / OWN_CONTROL).is_dir():
        raise ModelError(
            f"{info.name} cannot follow a sketch by itself; please choose a control model for it."
        )
    try:
        network = ControlNetModel.from_pretrained(
            folder,
            subfolder=OWN_CONTROL,
            dtype=pipeline.dtype,
            use_safetensors=True,
            local_files_only=True,
        )
    except (OSError, ValueError, LookupError, TypeError, RuntimeError, SafetensorError) as error:
        if is_out_of_memory(error):
            raise
        raise ModelError(
            f"{info.name} is incomplete: its network for sketches cannot be loaded; please fetch "
            "the model again.",
            str(error),
        ) from error
    network.eval().requires_grad_(False)
    return ControlNetwork(network, ModelRef(id=""), shown_to(ControlHint.DRAWN, 3))


def _from_folder(place: Path) -> Network:
    """The network that config.json describes, without weights."""
    config = json.loads((place / "config.json").read_bytes())
    kind: Any = ControlNetModel if config["_class_name"] == "ControlNetModel" else T2IAdapter
    with torch.device("meta"):
        return kind.from_config(config)


def _from_file(place: Path) -> Network:
    """The network that the header of a single file describes, without weights."""
    plan = plan_of(place.name, read_header(place))
    with torch.device("meta"):
        return T2IAdapter(**plan.config) if plan.adapter else ControlNetModel(**plan.config)


def _state(place: Path, network: Network, info: ControlModelInfo) -> State:
    """The weights by diffusers' names."""
    file = control_weights(place)
    if info.layout == "folder":
        return load_file(file)
    plan = plan_of(file.name, read_header(file))
    return by_diffusers_names(load_file(file), plan, dict(network.config))


def by_diffusers_names(state: State, plan: ControlPlan, config: dict[str, Any]) -> State:
    """The weights of a single file by the names that diffusers has for them."""
    if plan.layout == "diffusers":
        return state
    if plan.adapter:
        return {_adapter_name(name): tensor for name, tensor in state.items()}
    bare = {
        name.removeprefix(ORIGINAL_PREFIX): tensor
        for name, tensor in state.items()
        if name.startswith(ORIGINAL_PREFIX)
    } or state
    converted = convert_controlnet_checkpoint(dict(bare), config)
    # What is not there comes back as None.
    converted = {name: tensor for name, tensor in converted.items() if tensor is not None}
    for number, linear in ((0, "linear_1"), (2, "linear_2")):  # SDXL's, which diffusers leaves out
        for end in ("weight", "bias"):
            if (tensor := bare.get(f"label_emb.0.{number}.{end}")) is not None:
                converted[f"add_embedding.{linear}.{end}"] = tensor
    return converted


def _adapter_name(name: str) -> str:
    """diffusers' name of a tensor of TencentARC's: two blocks in a row are one block of two."""
    words = name.split(".")
    if words[0] != "body":
        return f"adapter.{name}"
    block, layer = divmod(int(words[1]), 2)
    if words[2] == "in_conv":
        return ".".join(["adapter.body", str(block), *words[2:]])
    return ".".join(["adapter.body", str(block), "resnets", str(layer), *words[2:]])


def _fill(network: Network, state: State, dtype: torch.dtype) -> None:
    """Give `network`, which has none, its weights. Raises RuntimeError if any is missing.

    They are copied: what was read is the file itself, mapped into memory, which may go away.
    """
    copied = {name: tensor.to(dtype=dtype, copy=True) for name, tensor in state.items()}
    network.load_state_dict(copied, strict=True, assign=True)
    network.eval().requires_grad_(False)


def _require_same_shape(network: Network, info: ControlModelInfo, pipeline: Pipeline) -> None:
    """Raise ModelError if the network's answers have other shapes than the model's own states."""
    base = pipeline.unet.config
    widths = tuple(base["block_out_channels"])
    if isinstance(network, ControlNetModel):
        config = network.config
        fits = (
            tuple(config["block_out_channels"]) == widths
            and config["layers_per_block"] == base["layers_per_block"]
            and config["in_channels"] == base["in_channels"]
        )
    else:
        fits = tuple(network.config["channels"])[: len(widths)] == widths
    if not fits:
        raise ModelError(
            f"The control model {info.name} is made for another {FAMILY_WORDS[info.family]} model "
            f"than {pipeline.info.name}; choose one that is made for it."
        )
