"""Tiny IP-Adapters with random weights, in the layout in which they are published."""

from pathlib import Path
from typing import Any

import torch
from diffusers import UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

WIDTH = 16  # of an embedded image
State = dict[str, torch.Tensor]


def adapter_state(unet: UNet2DConditionModel, seed: int = 5, width: int = WIDTH) -> State:
    """What an IP-Adapter for `unet` holds.."""
    generator = torch.Generator().manual_seed(seed)
    context = unet.config["cross_attention_dim"]

    def some(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=generator) * 0.2

    state = {
        "image_proj.proj.weight": some(4 * context, width),
        "image_proj.proj.bias": some(4 * context),
        "image_proj.norm.weight": torch.ones(context),
        "image_proj.norm.bias": torch.zeros(context),
    }
    names = [name for name in unet.attn_processors if name.endswith("attn2.processor")]
    for number, name in enumerate(names):
        attention: Any = unet.get_submodule(name.removesuffix(".processor"))
        for letter in "kv":
            key = f"ip_adapter.{2 * number + 1}.to_{letter}_ip.weight"
            state[key] = some(attention.inner_dim, context)
    return state


def write_adapter(path: Path, state: State) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({key: value.contiguous() for key, value in state.items()}, path)
    return path


def write_encoder(folder: Path, seed: int = 6, width: int = WIDTH) -> Path:
    """An image encoder in a folder `image_encoder` within `folder`."""
    torch.manual_seed(seed)
    config = CLIPVisionConfig(
        hidden_size=24,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        image_size=32,
        patch_size=8,
        projection_dim=width,
    )
    place = folder / "image_encoder"
    CLIPVisionModelWithProjection(config).save_pretrained(place)
    return place
