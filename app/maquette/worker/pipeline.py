"""The parts of a loaded model, ready to run."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

import torch
from diffusers import UNet2DConditionModel
from transformers import CLIPTextModel, CLIPTextModelWithProjection, PreTrainedTokenizerBase

from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.worker.cancel import CancelPoints
from maquette.worker.control_network import ControlNetwork
from maquette.worker.preview import Projection
from maquette.worker.resident_ip_adapter import ResidentIPAdapter
from maquette.worker.resident_lora import ResidentLora


@dataclass
class TextPart:
    """One tokenizer with its text encoder; SDXL has two of them."""

    tokenizer: PreTrainedTokenizerBase
    encoder: CLIPTextModel | CLIPTextModelWithProjection


@dataclass
class Pipeline:
    """A resident model: networks on their device, in their precision.

    `embeddings` keeps recent text embeddings (see text_encoding), `shown` recent control images
    (see controls). `controls` are the control networks that are resident, by id, the latest used
    last. `loras` are the LoRAs that are, by digest, likewise; `weights` are those that act in a
    network, with how much (see loras). `ip_adapter` is the IP-Adapter of the last style image (see
    ip_adapter). With `offload`, networks wait in main memory and are brought
    to the device while they run.
    """

    info: ModelInfo
    device: torch.device
    dtype: torch.dtype
    text: list[TextPart]
    unet: UNet2DConditionModel
    vae: Any  # AutoencoderKL or AutoencoderTiny, whose methods differ in what they return
    scheduler_config: dict[str, Any]
    projection: Projection | None
    zeros_for_empty_negative: bool = False
    offload: bool = False
    cancel: CancelPoints = field(default_factory=CancelPoints)
    embeddings: OrderedDict[str, Any] = field(default_factory=OrderedDict)
    controls: OrderedDict[str, ControlNetwork] = field(default_factory=OrderedDict)
    shown: OrderedDict[Any, torch.Tensor] = field(default_factory=OrderedDict)
    loras: OrderedDict[str, ResidentLora] = field(default_factory=OrderedDict)
    weights: dict[str, tuple[tuple[str, float], ...] | None] = field(default_factory=dict)
    ip_adapter: ResidentIPAdapter | None = None

    @property
    def is_sdxl(self) -> bool:
        """Whether the UNet wants pooled text and size conditioning."""
        return self.info.family == ModelFamily.SDXL

    def networks(self) -> list[torch.nn.Module]:
        """All networks, in the order in which a job uses them."""
        steering = (control.network for control in self.controls.values())
        return [*(part.encoder for part in self.text), *steering, self.unet, self.vae]

    def use(self, *networks: torch.nn.Module) -> None:
        """Have `networks` on the device; with offloading, the others leave it first."""
        if self.offload:
            for wanted in (False, True):
                for network in self.networks():
                    if (network in networks) == wanted:
                        network.to(self.device if wanted else "cpu")

    def send_home(self) -> None:
        """Move all networks to main memory."""
        for network in self.networks():
            network.to("cpu")
