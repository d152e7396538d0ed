"""A critic that learns beside the decoder, and what it asks of it."""

from __future__ import annotations

from typing import Any

import torch
from diffusers import AutoencoderTiny
from torch import Tensor, nn

from maquette_recipe.config import Config, DecoderConfig
from maquette_recipe.nets.critic import PatchCritic, balance, critic_loss


class Persuasion:
    """The critic, its training, and what it asks of the decoder."""

    def __init__(self, plan: DecoderConfig, config: Config, device: torch.device) -> None:
        torch.manual_seed(config.seed)
        self._plan = plan
        self._critic = PatchCritic(config.autoencoder.latent_channels).to(device)
        self._optimizer = torch.optim.AdamW(
            self._critic.parameters(), lr=plan.critic_learning_rate, betas=(0.5, 0.9)
        )
        self.last = 0.0
        """The critic's last loss: 2 when it cannot tell, 0 when it always can."""

    def loss(
        self, vae: AutoencoderTiny, reconstruction: Tensor, output: Tensor, latents: Tensor,
        step: int,
    ) -> Tensor:  # fmt: skip
        """What is added to the decoder's `reconstruction` loss for the pictures `output`."""
        if step < self._plan.critic_alone_steps:
            return torch.zeros_like(reconstruction)
        self._critic.requires_grad_(False)
        unlike = -self._critic(output, latents).mean()
        last = [layer for layer in vae.decoder.layers if isinstance(layer, nn.Conv2d)][-1].weight
        return self._plan.persuasion * balance(reconstruction, unlike, last) * unlike

    def learn(self, real: Tensor, painted: Tensor, latents: Tensor) -> None:
        """One step of the critic on rendered and painted pictures (N, 3, H, W) in 0..1."""
        self._critic.requires_grad_(True)
        loss = critic_loss(self._critic(real, latents), self._critic(painted, latents))
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self._optimizer.step()
        self.last = float(loss.detach())

    def state_dict(self) -> dict[str, Any]:
        """Critic and optimiser."""
        return {"model": self._critic.state_dict(), "optimizer": self._optimizer.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a checkpoint."""
        self._critic.load_state_dict(state["model"])
        self._optimizer.load_state_dict(state["optimizer"])
