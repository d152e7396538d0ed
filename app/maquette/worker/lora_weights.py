"""Reading a LoRA's weights and naming them as the resident networks do, by diffusers' converters.

What finds no place in the networks is counted and left out; the rest is used.
"""

import json
import logging
import math
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from diffusers.loaders import StableDiffusionLoraLoaderMixin
from diffusers.utils import convert_state_dict_to_peft, convert_unet_state_dict_to_peft
from diffusers.utils.state_dict_utils import StateDictType
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import nn

from maquette.core.errors import ModelError
from maquette.core.lora_headers import KOHYA_KEY, MAX_METADATA, PEFT_PREFIX, LoraFormat, place_of
from maquette.core.safetensors_header import read_header
from maquette.worker.memory import is_out_of_memory
from maquette.worker.pipeline import Pipeline

_CONVERTED = re.compile(r"(.+)\.lora_([AB])\.weight")
_KOHYA_PARTS = frozenset({"lora_down.weight", "lora_up.weight", "alpha"})
_PEFT_CONFIG = "adapter_config.json"  # beside a file of PEFT's
_MAX_CONFIG = 1 << 20  # bytes of it
_DIFFUSERS_CONFIG = "lora_adapter_metadata"  # in the header of a file of diffusers'

_log = logging.getLogger(__name__)


@dataclass
class Layer:
    """What is added to one linear layer or convolution: up @ down * alpha / rank (2106.09685).

    `down` (rank, in, ...) and `up` (out, rank, ...). `keys` is how many tensors of the file it
    stands for.
    """

    down: torch.Tensor
    up: torch.Tensor
    alpha: float
    keys: int

    @property
    def rank(self) -> int:
        """The inner width."""
        return self.down.shape[0]


Layers = dict[str, Layer]
"""By the name of the module that it is added to."""


@dataclass
class LoraWeights:
    """The layers of each network ("unet", "text_encoder", "text_encoder_2") that find a place.

    `total` tensors are in the file, of which `applied` are used.
    """

    total: int
    layers: dict[str, Layers] = field(default_factory=lambda: defaultdict(dict))

    @property
    def applied(self) -> int:
        """How many tensors of the file are used."""
        return sum(layer.keys for layers in self.layers.values() for layer in layers.values())

    @property
    def size(self) -> int:
        """Bytes of what is used."""
        return sum(
            tensor.numel() * tensor.itemsize
            for layers in self.layers.values()
            for layer in layers.values()
            for tensor in (layer.down, layer.up)
        )


def networks_of(pipeline: Pipeline) -> dict[str, nn.Module]:
    """The networks that a LoRA may change, by diffusers' names."""
    named = ("text_encoder", "text_encoder_2")
    encoders = {name: part.encoder for name, part in zip(named, pipeline.text, strict=False)}
    return {"unet": pipeline.unet, **encoders}


def read_lora(path: Path, name: str, pipeline: Pipeline) -> LoraWeights:
    """The weights at `path` that fit the networks of `pipeline`, in its precision, on the CPU.

    Args:
        name: the LoRA's, for the sentences.

    Raises:
        ModelError: the file is broken, has numbers that are none, or fits nothing in this model.
        MemoryError, RuntimeError: memory ran out.
    """
    try:
        state = load_file(path)
        alphas = _alphas(path)
        found = _layers(state, alphas, pipeline)
    except (OSError, ValueError, LookupError, TypeError, RuntimeError, SafetensorError) as error:
        if is_out_of_memory(error):
            raise
        _log.exception("reading %s failed", path)
        raise ModelError(
            f"The LoRA {name} cannot be loaded, because its file is damaged; please fetch it "
            "again.",
            str(error),
        ) from error
    weights = LoraWeights(total=len(state))
    for network, module in networks_of(pipeline).items():
        targets = dict(module.named_modules())
        for place, layer in found[network].items():
            fitted = _fitted(place, layer, targets)
            if fitted is not None:
                weights.layers[network][fitted[0]] = fitted[1]
    _require_numbers(name, weights)
    if not weights.applied:
        raise ModelError(
            f"The LoRA {name} fits nothing in {pipeline.info.name}; choose one that is made for it."
        )
    for layers in weights.layers.values():
        for layer in layers.values():  # copied: what was read is the file itself, in memory
            layer.down = layer.down.to(dtype=pipeline.dtype, copy=True).contiguous()
            layer.up = layer.up.to(dtype=pipeline.dtype, copy=True).contiguous()
    return weights


def _layers(
    state: Mapping[str, torch.Tensor], alphas: "_Alphas", pipeline: Pipeline
) -> dict[str, Layers]:
    """All layers that can be told apart, by network and by the name that diffusers gives them."""
    found: dict[str, Layers] = defaultdict(dict)
    kohya: dict[str, dict[str, torch.Tensor]] = defaultdict(dict)
    pairs: dict[tuple[str, str], dict[str, torch.Tensor]] = defaultdict(dict)
    for key, tensor in state.items():
        place = place_of(key)
        if place is None:
            continue
        network, kind = place
        if kind is LoraFormat.KOHYA:
            kohya[key.partition(".")[0]][key] = tensor
            continue
        bare = key.removeprefix(PEFT_PREFIX) if kind is LoraFormat.PEFT else key
        bare = bare.removeprefix(f"{network}.")
        match = _CONVERTED.fullmatch(_peft_name(network, bare))
        if match:
            pairs[network, match[1]][match[2]] = tensor
    for (network, module), pair in pairs.items():
        if pair.keys() == {"A", "B"}:
            rank = pair["A"].shape[0]
            alpha = alphas.of(network, module, rank)
            found[network][module] = Layer(pair["A"], pair["B"], alpha, keys=2)
    for group in kohya.values():
        network, module, layer = _from_kohya(group, pipeline)
        if layer is not None:
            found[network][module] = layer
    return found


def _from_kohya(
    group: Mapping[str, torch.Tensor], pipeline: Pipeline
) -> tuple[str, str, Layer | None]:
    """One module of a file of kohya's; None where something of it is not understood."""
    parts = {match[3]: key for key in group if (match := KOHYA_KEY.fullmatch(key))}
    used = {key: group[key] for part, key in parts.items() if part in _KOHYA_PARTS}
    if not parts.keys() >= {"lora_down.weight", "lora_up.weight"} or "lora_mid.weight" in parts:
        return "", "", None
    try:
        converted = StableDiffusionLoraLoaderMixin.lora_state_dict(
            dict(used), unet_config=pipeline.unet.config
        )[0]
    except (ValueError, LookupError):  # a block that this model does not have
        return "", "", None
    tensors: dict[str, torch.Tensor] = {}
    network = module = ""
    for key, tensor in converted.items():
        network, _, bare = key.partition(".")
        match = _CONVERTED.fullmatch(_peft_name(network, bare))
        if match is None:
            return "", "", None
        module, tensors[match[2]] = match[1], tensor
    rank = tensors["A"].shape[0]
    alpha = float(used[parts["alpha"]].item()) if "alpha" in parts else float(rank)
    return network, module, Layer(tensors["A"], tensors["B"], alpha, keys=len(used))


def _peft_name(network: str, key: str) -> str:
    """`key` with the names of PEFT (`lora_A`, `lora_B`), as diffusers converts it."""
    if ".lora_A." in key or ".lora_B." in key:
        return key.replace(".default.", ".")
    one = {key: torch.empty(0)}
    if network == "unet":
        return next(iter(convert_unet_state_dict_to_peft(one)))
    newer = "lora_linear_layer" in key or "text_projection.lora." in key
    kind = StateDictType.DIFFUSERS if newer else StateDictType.DIFFUSERS_OLD
    return next(iter(convert_state_dict_to_peft(one, original_type=kind)))


def _fitted(place: str, layer: Layer, targets: Mapping[str, nn.Module]) -> tuple[str, Layer] | None:
    """The module that `layer` is for, and the layer in its shape; None if there is none.

    Text encoders have lost a prefix of their names over time.
    """
    for name in (place, place.removeprefix("text_model."), f"text_model.{place}"):
        target = targets.get(name)
        base = getattr(target, "base_layer", target)
        if isinstance(base, nn.Linear):
            down, up = _flat(layer.down), _flat(layer.up)
            fits = down.shape == (layer.rank, base.in_features) and up.shape == (
                base.out_features,
                layer.rank,
            )
        elif isinstance(base, nn.Conv2d) and base.groups == 1:
            down, up = _square(layer.down), _square(layer.up)
            fits = down.shape == (layer.rank, base.in_channels, *base.kernel_size) and up.shape == (
                base.out_channels,
                layer.rank,
                1,
                1,
            )
        else:
            continue
        if fits and layer.rank > 0:
            return name, Layer(down, up, layer.alpha, layer.keys)
    return None


def _flat(tensor: torch.Tensor) -> torch.Tensor:
    """A 1x1 convolution's weights as a linear layer's."""
    return tensor[:, :, 0, 0] if tensor.ndim == 4 and tensor.shape[2:] == (1, 1) else tensor


def _square(tensor: torch.Tensor) -> torch.Tensor:
    """A linear layer's weights as a 1x1 convolution's."""
    return tensor[:, :, None, None] if tensor.ndim == 2 else tensor


def _require_numbers(name: str, weights: LoraWeights) -> None:
    for layers in weights.layers.values():
        for layer in layers.values():
            # As fp32: torch does not ask eight-bit numbers.
            finite = all(part.float().isfinite().all() for part in (layer.down, layer.up))
            if not (finite and math.isfinite(layer.alpha)):
                raise ModelError(
                    f"The LoRA {name} has weights that are no numbers (NaN), so its training or "
                    "its download went wrong; please get another copy."
                )


class _Alphas:
    """What configs of diffusers and PEFT say of alphas; where they say nothing, alpha is rank."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._config = config

    def of(self, network: str, module: str, rank: int) -> float:
        """The alpha of `module`, such that alpha / rank is what its answer is multiplied by."""
        config = {
            key.removeprefix(f"{network}."): value
            for key, value in self._config.items()
            if key.startswith(f"{network}.") or "." not in key
        }
        by_module = config.get("alpha_pattern")
        alpha = config.get("lora_alpha", rank)
        if isinstance(by_module, dict):
            alpha = next(
                (
                    value
                    for pattern, value in by_module.items()
                    if module == pattern or module.endswith(f".{pattern}")
                ),
                alpha,
            )
        if isinstance(alpha, bool) or not isinstance(alpha, int | float):
            raise TypeError("alpha is no number")
        return alpha * math.sqrt(rank) if config.get("use_rslora") is True else float(alpha)


def _alphas(path: Path) -> _Alphas:
    """What stands in the header of `path`, or in the config beside it."""
    text = read_header(path).metadata.get(_DIFFUSERS_CONFIG, "")
    beside = path.parent / _PEFT_CONFIG
    if not text and path.stem == "adapter_model" and beside.is_file():
        with beside.open("rb") as file:
            text = file.read(_MAX_CONFIG).decode()
    config = json.loads(text) if text and len(text) <= MAX_METADATA else {}
    return _Alphas(config if isinstance(config, dict) else {})
