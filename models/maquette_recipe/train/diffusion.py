"""The diffusion process that the base model learns to reverse."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from diffusers import DDPMScheduler
from torch import Tensor

from maquette_recipe.config import DiffusionConfig
from maquette_recipe.nets.architecture import build_scheduler


@dataclass(frozen=True, slots=True)
class Diffusion:
    """Noise levels: `alpha` and `sigma` (T,), the shares of signal and noise at every timestep.

    The UNet predicts the velocity v = alpha * noise - sigma * latents (arXiv:2202.00512), or the
    noise itself where `predicts_noise` (DDPM, arXiv:2006.11239). With zero terminal SNR
    (arXiv:2305.08891), which only the velocity allows, the last timestep is pure noise.
    """

    alpha: Tensor
    sigma: Tensor
    predicts_noise: bool = False

    def noised(self, latents: Tensor, noise: Tensor, timesteps: Tensor) -> Tensor:
        """Noisy latents (N, C, h, w) at `timesteps` (N,)."""
        a, s = self._at(timesteps)
        return a * latents + s * noise

    def target(self, latents: Tensor, noise: Tensor, timesteps: Tensor) -> Tensor:
        """What the UNet should predict, (N, C, h, w)."""
        if self.predicts_noise:
            return noise
        a, s = self._at(timesteps)
        return a * noise - s * latents

    def original(self, noisy: Tensor, predicted: Tensor, timesteps: Tensor) -> Tensor:
        """The latents that a prediction means."""
        a, s = self._at(timesteps)
        return (noisy - s * predicted) / a if self.predicts_noise else a * noisy - s * predicted

    def weight(self, timesteps: Tensor, gamma: float) -> Tensor:
        """Loss weights (N,) after Min-SNR-gamma (arXiv:2303.09556); all 1 when `gamma` is 0.

        The paper's weight for v-prediction, min(SNR, gamma) / (SNR + 1), is zero at the last
        timestep, which zero terminal SNR needs most; one is added above the bar, so that weights
        are 1 up to SNR = gamma and fall beyond it.
        """
        snr = (self.alpha[timesteps] / self.sigma[timesteps]) ** 2
        if gamma == 0:
            return torch.ones_like(snr)
        return (snr.clamp_max(gamma) + 1) / (snr + 1)

    def _at(self, timesteps: Tensor) -> tuple[Tensor, Tensor]:
        shape = (-1, 1, 1, 1)
        return self.alpha[timesteps].view(shape), self.sigma[timesteps].view(shape)


def build_diffusion(config: DiffusionConfig, device: torch.device | str = "cpu") -> Diffusion:
    """The process that :func:`build_scheduler`'s sampler reverses."""
    settings = build_scheduler(config).config
    names = ("num_train_timesteps", "beta_start", "beta_end", "beta_schedule",
             "rescale_betas_zero_snr")  # fmt: skip
    kept = DDPMScheduler(**{name: settings[name] for name in names}).alphas_cumprod.to(device)
    return Diffusion(kept.sqrt(), (1 - kept).sqrt(), config.prediction == "epsilon")


@dataclass(frozen=True, slots=True)
class DenoisingTask:
    """Noisy latents (N, C, h, w), their timesteps (N,), what to predict, and loss weights (N,)."""

    noisy: Tensor
    timesteps: Tensor
    target: Tensor
    weight: Tensor

    def loss(self, predicted: Tensor) -> Tensor:
        """The weighted mean squared error of predictions (N, C, h, w)."""
        error = (predicted.float() - self.target).square().mean(dim=(1, 2, 3))
        return (error * self.weight).mean()


def draw_task(
    diffusion: Diffusion, latents: Tensor, gamma: float, power: float = 1.0
) -> DenoisingTask:
    """Latents (N, C, h, w) with torch's random noise at random timesteps.

    `gamma` weighs them (:meth:`Diffusion.weight`), `power` draws them
    (:func:`stratified_timesteps`).
    """
    timesteps = stratified_timesteps(len(latents), len(diffusion.alpha), power)
    timesteps = timesteps.to(latents.device)
    noise = torch.randn_like(latents)
    return DenoisingTask(
        diffusion.noised(latents, noise, timesteps),
        timesteps,
        diffusion.target(latents, noise, timesteps),
        diffusion.weight(timesteps, gamma),
    )


def stratified_timesteps(count: int, total: int, power: float = 1.0) -> Tensor:
    """`count` random timesteps in 0..total-1, shuffled, one from each of `count` equal parts.

    With `power` 1 they are uniform; below 1 late, noisy timesteps are drawn more often. Those
    decide form and colour, because a 16 × 16 grid of latents shows its large shapes through a lot
    of noise.
    """
    part = (torch.randperm(count) + torch.rand(count)) / count
    return (part**power * total).long().clamp_max(total - 1)
