"""The sketch ControlNet (arXiv:2302.05543): a small copy of the UNet's encoder that sees a drawing.

It is smaller than the paper's: the copied blocks have no attention, because lines are a matter of
place and the caption reaches the UNet itself.
"""

from __future__ import annotations

import math
from typing import Final

import torch
from diffusers import ControlNetModel, UNet2DConditionModel
from torch import Tensor, nn

from maquette_recipe.config import Config
from maquette_recipe.nets.architecture import latent_factor
from maquette_recipe.nets.base import BaseModel

SKETCH_CHANNELS: Final = 3
BLANK: Final = 1.0
"""Every value of a sketch that shows nothing: white paper."""
_SILU_GAIN: Final = 1.68
"""1 / sqrt(E[silu(z)^2]) for a standard normal z."""


def build_control(config: Config, unet: UNet2DConditionModel) -> ControlNetModel:
    """An untrained ControlNet for `unet`, channels-last, that starts from the UNet's weights.

    Its last convolutions are zero, so that it leaves the UNet's output as it is. Raises ValueError
    if the embedding does not end at the size of the latents.
    """
    embedding = config.control.embedding
    if 2 ** (len(embedding) - 1) != latent_factor(config):
        raise ValueError(
            f"control.embedding has {len(embedding)} entries; latents {latent_factor(config)} "
            f"times smaller than the picture need {latent_factor(config).bit_length()}"
        )
    control = ControlNetModel(
        in_channels=unet.config["in_channels"],
        conditioning_channels=SKETCH_CHANNELS,
        down_block_types=("DownBlock2D",) * len(unet.config["block_out_channels"]),
        mid_block_type="UNetMidBlock2D",
        block_out_channels=tuple(unet.config["block_out_channels"]),
        layers_per_block=unet.config["layers_per_block"],
        cross_attention_dim=unet.config["cross_attention_dim"],
        attention_head_dim=unet.config["attention_head_dim"],
        conditioning_embedding_out_channels=embedding,
    )
    start_embedding(control.controlnet_cond_embedding)
    copy_encoder(control, unet)
    return control.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]


@torch.no_grad()
def start_embedding(embedding: nn.Module) -> None:
    """Let lines pass through the deep, unnormalised embedding of the drawing from the first step.

    With torch's default initialisation each convolution and SiLU shrink the signal to about a
    third. Fan-in scaling as in arXiv:1502.01852, with a gain fitted to SiLU, keeps it. The first
    filters have zero mean, so that they see lines and not the brightness of the paper. The last
    convolution is zero already (arXiv:2302.05543, section 3.1).
    """
    for name, layer in embedding.named_modules():
        if isinstance(layer, nn.Conv2d) and name != "conv_out":
            fan_in = layer.in_channels * math.prod(layer.kernel_size)
            nn.init.normal_(layer.weight, std=_SILU_GAIN / math.sqrt(fan_in))
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
    first = embedding.get_parameter("conv_in.weight")
    first -= first.mean(dim=(1, 2, 3), keepdim=True)


def copy_encoder(control: ControlNetModel, unet: UNet2DConditionModel) -> tuple[str, ...]:
    """Take over all weights of `unet` whose name and shape `control` shares; returns the names.

    These are the first convolution, the time embedding, the residual blocks and the downsamplers
    of the encoder.
    """
    own = control.state_dict()
    shared = {
        name: value
        for name, value in unet.state_dict().items()
        if name in own and own[name].shape == value.shape
    }
    control.load_state_dict(shared, strict=False)
    return tuple(shared)


class ControlledBase(nn.Module):
    """A base model steered by a trainable ControlNet.

    The text encoder stays as it is, and so does the UNet unless `train_unet`.
    """

    def __init__(
        self, base: BaseModel, control: ControlNetModel, *, train_unet: bool = False
    ) -> None:
        super().__init__()
        self.base = base.eval().requires_grad_(False)
        self.control = control
        self._train_unet = train_unet
        if train_unet:
            base.unet.requires_grad_(True)

    def train(self, mode: bool = True) -> ControlledBase:
        """Switch what is trained: the ControlNet, and the UNet where it learns too."""
        super().train(mode)
        self.base.eval()
        if self._train_unet:
            self.base.unet.train(mode)
        return self

    def forward(self, noisy: Tensor, timesteps: Tensor, tokens: Tensor, sketches: Tensor) -> Tensor:
        """Velocities (N, C, h, w).

        `noisy` (N, C, h, w), `timesteps` (N,), `tokens` (N, L). `sketches` (M, 3, H, W) in 0..1 are
        those of the last M samples; the ControlNet has no part in the samples before them.
        """
        states = self.base.text_encoder(tokens).last_hidden_state
        if not len(sketches):
            return self.base.unet(noisy, timesteps, states).sample
        bare = len(noisy) - len(sketches)
        down, middle = self.control(
            noisy[bare:], timesteps[bare:], states[bare:], sketches, return_dict=False
        )
        return self.base.unet(
            noisy, timesteps, states,
            down_block_additional_residuals=tuple(_behind_zeros(part, bare) for part in down),
            mid_block_additional_residual=_behind_zeros(middle, bare),
        ).sample  # fmt: skip


def _behind_zeros(residual: Tensor, count: int) -> Tensor:
    """`residual` (M, ...) with `count` rows of zeros before it."""
    if not count:
        return residual
    return torch.cat([residual.new_zeros(count, *residual.shape[1:]), residual])
