"""LoRAs beside a resident model: brought in when a recipe names them, weighed, let go again.

They act inside the networks (PEFT's layers), so the model is not loaded again, neither for another
stack nor for another weight.
"""

import logging
import warnings
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
from diffusers.utils import (
    delete_adapter_layers,
    recurse_remove_peft_layers,
    set_weights_and_activate_adapters,
)
from peft import LoraConfig, inject_adapter_in_model, set_peft_model_state_dict
from torch import nn

from maquette.core.errors import ModelError
from maquette.core.lora import LoraUse, active_loras
from maquette.core.lora_models import check_lora_fits, find_lora, inspect_lora
from maquette.core.recipe import Recipe
from maquette.worker.lora_weights import Layers, networks_of, read_lora
from maquette.worker.memory import is_out_of_memory, release
from maquette.worker.pipeline import Pipeline
from maquette.worker.resident_lora import ResidentLora

KEPT_UNUSED = 512 * 2**20  # bytes of LoRAs that stay for the next picture that wants them

_log = logging.getLogger(__name__)


def have_loras(
    pipeline: Pipeline, recipe: Recipe, places: Iterable[str], digests: Path
) -> tuple[str, ...]:
    """Have the LoRAs of `recipe` act, each by its weight, and no others.

    Args:
        places: files and folders where LoRAs are kept; only read where a digest is not known.
        digests: the JSON file that keeps digests of weight files.

    Returns:
        Sentences for the user about what could not be applied.

    Raises:
        ModelError: with a sentence, if one is not at hand or cannot be used; none acts then that
            was not there before.
        MemoryError, RuntimeError: memory ran out.
    """
    wanted = active_loras(recipe.loras)
    known = pipeline.loras
    for lora in wanted:
        if lora.digest not in known:
            path = find_lora(lora, places, digests)
            known[lora.digest] = _attach(pipeline, lora, path)
        known.move_to_end(lora.digest)
    _activate(pipeline, wanted)
    _forget_unused(pipeline, wanted)
    return tuple(notice for lora in wanted for notice in known[lora.digest].notices(lora.name))


def forget_all(pipeline: Pipeline) -> None:
    """Take all LoRAs out and give their memory back; the networks are as they were loaded."""
    _activate(pipeline, ())
    for digest in list(pipeline.loras):
        _detach(pipeline, digest)
    release()


def _attach(pipeline: Pipeline, lora: LoraUse, path: Path) -> ResidentLora:
    """Put the layers of the LoRA at `path` into the networks; `_activate` is to follow."""
    info = inspect_lora(path)
    check_lora_fits(info, pipeline.info)
    weights = read_lora(path, lora.name, pipeline)
    networks = networks_of(pipeline)
    try:
        for name, layers in weights.layers.items():
            pipeline.weights[name] = None  # PEFT lets the new one act, and that one alone
            _inject(networks[name], lora.digest, layers)
    except (ValueError, LookupError, TypeError, RuntimeError) as error:
        for network in networks.values():
            set_weights_and_activate_adapters(network, [], [])
        _detach(pipeline, lora.digest)
        if is_out_of_memory(error):
            raise
        _log.exception("adding %s failed", path)
        raise ModelError(
            f"The LoRA {lora.name} cannot be added to {pipeline.info.name}; please get another "
            "version of it.",
            str(error),
        ) from error
    if "unet" in weights.layers:
        pipeline.unet.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    return ResidentLora(tuple(weights.layers), weights.size, weights.applied, weights.total)


def _inject(network: nn.Module, adapter: str, layers: Layers) -> None:
    """PEFT's layers with the weights of `layers`, on the network's device."""
    device = next(network.parameters()).device
    rank = Counter(layer.rank for layer in layers.values()).most_common(1)[0][0]
    alpha = Counter(layer.alpha for layer in layers.values()).most_common(1)[0][0]
    config = LoraConfig(
        r=rank,
        lora_alpha=alpha,  # pyright: ignore[reportArgumentType]
        target_modules=list(layers),
        rank_pattern={f"^{name}": each.rank for name, each in layers.items() if each.rank != rank},
        alpha_pattern={  # pyright: ignore[reportArgumentType]
            f"^{name}": each.alpha for name, each in layers.items() if each.alpha != alpha
        },
    )
    state = {}
    for name, layer in layers.items():
        state[f"{name}.lora_A.weight"] = layer.down.to(device)
        state[f"{name}.lora_B.weight"] = layer.up.to(device)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Already found a `peft_config`")  # several are meant
        inject_adapter_in_model(
            config, network, adapter_name=adapter, low_cpu_mem_usage=True, state_dict=state
        )
    set_peft_model_state_dict(network, state, adapter_name=adapter, low_cpu_mem_usage=True)
    network.eval().requires_grad_(False)


def _detach(pipeline: Pipeline, digest: str) -> None:
    """Take out the layers of a LoRA that does not act, and with the last of them PEFT's own."""
    pipeline.loras.pop(digest, None)
    for network in networks_of(pipeline).values():
        if digest not in getattr(network, "peft_config", {}):
            continue
        configs: Any = network.peft_config
        delete_adapter_layers(network, digest)
        configs.pop(digest, None)
        if not configs:
            recurse_remove_peft_layers(network)
            if hasattr(network, "peft_config"):
                del network.peft_config


def _forget_unused(pipeline: Pipeline, wanted: tuple[LoraUse, ...]) -> None:
    """Let those go that were not used for longest, until the others are few enough."""
    in_use = {lora.digest for lora in wanted}
    unused = [digest for digest in pipeline.loras if digest not in in_use]
    size = sum(pipeline.loras[digest].size for digest in unused)
    if size <= KEPT_UNUSED:
        return
    for digest in unused:
        size -= pipeline.loras[digest].size
        _detach(pipeline, digest)
        if size <= KEPT_UNUSED:
            break
    release()


def _activate(pipeline: Pipeline, wanted: tuple[LoraUse, ...]) -> None:
    """Have `wanted` act by their weights; what a text encoder said before is made anew."""
    for name, network in networks_of(pipeline).items():
        acting = tuple(
            (lora.digest, float(lora.weight))
            for lora in wanted
            if name in pipeline.loras[lora.digest].networks
        )
        if acting == pipeline.weights.get(name, ()):
            continue
        if hasattr(network, "peft_config"):
            digests, amounts = [each[0] for each in acting], [each[1] for each in acting]
            set_weights_and_activate_adapters(network, digests, amounts)
            network.requires_grad_(False)
        pipeline.weights[name] = acting
        if name != "unet":
            pipeline.embeddings.clear()
