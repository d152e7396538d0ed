"""A LoRA on a resident model's UNet: which layers learn, and their weights as tensors.

LoRA: arXiv:2106.09685. Names of tensors are those of diffusers and PEFT: "unet.", the layer,
".lora_A.weight" or ".lora_B.weight". Alpha equals the rank, so that a program which ignores both
applies the same change.
"""

from collections.abc import Mapping

import torch
from diffusers import UNet2DConditionModel
from peft import LoraConfig, get_peft_model_state_dict, set_peft_model_state_dict

from maquette.core.training import TrainingSettings

ADAPTER = "learned"  # no attribute of torch's modules is called so
PREFIX = "unet."
_ATTENTION = (
    *("to_q", "to_k", "to_v", "to_out.0"),
    *("proj_in", "proj_out", "ff.net.0.proj", "ff.net.2"),
)
_CONVOLUTIONS = ("conv1", "conv2", "time_emb_proj")  # of residual blocks, where texture is made


def attach(unet: UNet2DConditionModel, settings: TrainingSettings) -> dict[str, torch.nn.Parameter]:
    """Put a fresh LoRA on `unet`, whose own weights stay as they are; its parameters by name.

    They are fp32 whatever the precision of `unet`, and zero in effect. The same seed gives the
    same weights.
    """
    layers = _ATTENTION + (_CONVOLUTIONS if settings.convolutions else ())
    config = LoraConfig(
        r=settings.rank,
        lora_alpha=settings.rank,
        target_modules=list(layers),
        init_lora_weights="gaussian",
    )
    unet.requires_grad_(False)
    with torch.random.fork_rng():
        torch.manual_seed(settings.seed)
        unet.add_adapter(config, adapter_name=ADAPTER)
    learned = {}
    for name, parameter in unet.named_parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
            learned[name] = parameter
    return learned


def weights_of(unet: UNet2DConditionModel) -> dict[str, torch.Tensor]:
    """The LoRA's weights, copied, under the names that they have in a file."""
    state = get_peft_model_state_dict(unet, adapter_name=ADAPTER)
    return {PREFIX + name: tensor.detach().float().cpu().clone() for name, tensor in state.items()}


def use_weights(unet: UNet2DConditionModel, weights: Mapping[str, torch.Tensor]) -> None:
    """Put weights with names as in a file into the LoRA on `unet`.

    Raises:
        ValueError: they are not those of this LoRA.
    """
    state = {name.removeprefix(PREFIX): tensor for name, tensor in weights.items()}
    own = get_peft_model_state_dict(unet, adapter_name=ADAPTER)
    if {n: t.shape for n, t in state.items()} != {n: t.shape for n, t in own.items()}:
        raise ValueError("the weights are those of another LoRA")
    set_peft_model_state_dict(unet, state, adapter_name=ADAPTER)
