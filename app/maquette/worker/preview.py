"""Previews: a linear map from latents to small RGB pixels, cheap enough for every step."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError, safe_open

from maquette.core.model_info import ModelFamily
from maquette.core.pixels import Pixels

_FACTORS_SD = (  # per latent channel: red, green, blue in -1..1; fitted by the community
    (0.3512, 0.2297, 0.3227),
    (0.3250, 0.4974, 0.2350),
    (-0.2829, 0.1762, 0.2721),
    (-0.2120, -0.2616, -0.7177),
)
_FACTORS_SDXL = (
    (0.3651, 0.4232, 0.4341),
    (-0.2533, -0.0042, 0.1068),
    (0.1076, 0.1111, -0.0362),
    (-0.3165, -0.2492, -0.2188),
)
_BIAS_SDXL = (0.1084, -0.0175, -0.0011)
_MAX_PATCH = 32


@dataclass(frozen=True)
class Projection:
    """RGB = weight @ latent + bias, in 0..1; one latent cell becomes patch x patch pixels.

    `weight` has shape (3 * patch**2, channels), `bias` (3 * patch**2); rows in the order of
    torch.nn.functional.pixel_shuffle.
    """

    weight: torch.Tensor
    bias: torch.Tensor
    patch: int

    @torch.inference_mode()
    def __call__(self, latents: torch.Tensor) -> Pixels:
        """Pixels (h * patch, w * patch, 3) of latents (channels, h, w) as the UNet sees them."""
        channels, height, width = latents.shape
        cells = latents.to(self.weight.dtype).reshape(channels, -1)
        values = torch.addmm(self.bias[:, None], self.weight, cells)
        image = torch.pixel_shuffle(values.reshape(-1, height, width), self.patch)
        image = (image.clamp_(0, 1) * 255).round_().to(torch.uint8)
        return np.ascontiguousarray(image.permute(1, 2, 0).cpu().numpy())


def load_projection(folder: Path, channels: int, device: torch.device) -> Projection | None:
    """The projection that `folder` ships as preview.safetensors; None if it has none that fits."""
    try:
        with safe_open(folder / "preview.safetensors", framework="pt") as file:
            weight, bias = file.get_tensor("weight"), file.get_tensor("bias")
            patch = int((file.metadata() or {}).get("patch", "1"))
    except (OSError, SafetensorError, ValueError):
        return None
    if not 1 <= patch <= _MAX_PATCH or weight.shape != (3 * patch**2, channels):
        return None
    if bias.shape != (3 * patch**2,):
        return None
    return Projection(weight.float().to(device), bias.float().to(device), patch)


def known_projection(family: ModelFamily, channels: int, device: torch.device) -> Projection | None:
    """The projection that is known for a family of models; None for other latents."""
    if channels != len(_FACTORS_SD) or family == ModelFamily.MINI:
        return None
    factors = _FACTORS_SDXL if family == ModelFamily.SDXL else _FACTORS_SD
    offset = _BIAS_SDXL if family == ModelFamily.SDXL else (0.0, 0.0, 0.0)
    weight = torch.tensor(factors, device=device).T / 2
    bias = (torch.tensor(offset, device=device) + 1) / 2
    return Projection(weight.contiguous(), bias, 1)
