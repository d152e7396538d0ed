"""A patch critic, for the decoder to paint edges and textures that renders could have."""

from __future__ import annotations

import itertools

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import spectral_norm

_SLOPE = 0.2


class PatchCritic(nn.Module):
    """Says of every patch of a picture how much it looks like a render with these latents.

    A patch is 22 pixels wide (arXiv:1611.07004, section 2.2.2); spectral normalisation keeps the
    critic smooth (arXiv:1802.05957). It knows the latents, so that a texture must belong there.
    """

    def __init__(self, latent_channels: int, width: int = 32) -> None:
        super().__init__()
        widths = (3, width, 2 * width, 4 * width)
        self.strided = nn.ModuleList(
            spectral_norm(nn.Conv2d(before, after, 4, stride=2, padding=1))
            for before, after in itertools.pairwise(widths)
        )
        self.last = spectral_norm(nn.Conv2d(widths[-1] + latent_channels, 4 * width, 1))
        self.verdict = spectral_norm(nn.Conv2d(4 * width, 1, 1))

    def forward(self, pictures: Tensor, latents: Tensor) -> Tensor:
        """Verdicts (N, 1, H/8, W/8) on pictures (N, 3, H, W) in 0..1 with latents (N, C, h, w)."""
        x = pictures * 2 - 1
        for layer in self.strided:
            x = F.leaky_relu(layer(x), _SLOPE)
        known = F.interpolate(latents.to(x.dtype), size=x.shape[-2:])
        x = F.leaky_relu(self.last(torch.cat([x, known], dim=1)), _SLOPE)
        return self.verdict(x)


def critic_loss(real: Tensor, painted: Tensor) -> Tensor:
    """The hinge loss of a critic (arXiv:1705.02894) from its verdicts."""
    return F.relu(1 - real).mean() + F.relu(1 + painted).mean()


def balance(
    reconstruction: Tensor, persuasion: Tensor, weight: Tensor, most: float = 100.0
) -> Tensor:
    """How much `persuasion` must be scaled to pull at `weight` as strongly as `reconstruction`
    (arXiv:2012.09841, equation 7)."""
    pulls = [
        torch.autograd.grad(loss, weight, retain_graph=True)[0].norm()
        for loss in (reconstruction, persuasion)
    ]
    return (pulls[0] / (pulls[1] + 1e-6)).clamp(max=most).detach()
