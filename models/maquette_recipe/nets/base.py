"""UNet and text encoder as one trainable module."""

from __future__ import annotations

import torch
from diffusers import UNet2DConditionModel
from torch import Tensor, nn
from transformers import CLIPTextModel, CLIPTokenizer

from maquette_recipe.config import Config
from maquette_recipe.nets.architecture import build_text_encoder, build_unet
from maquette_recipe.nets.vocabulary import place_tokens


class BaseModel(nn.Module):
    """Predicts the velocity of noisy latents from token ids."""

    def __init__(self, unet: UNet2DConditionModel, text_encoder: CLIPTextModel) -> None:
        super().__init__()
        self.unet = unet
        self.text_encoder = text_encoder

    def forward(self, noisy: Tensor, timesteps: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """`noisy` (N, C, h, w), `timesteps` (N,), `tokens` (N, L) to velocities (N, C, h, w).

        The second result is the text encoder's states (N, L, D).
        """
        states = self.text_encoder(tokens).last_hidden_state
        return self.unet(noisy, timesteps, states).sample, states


def build_base(config: Config, tokenizer: CLIPTokenizer) -> BaseModel:
    """A fresh base model, channels-last."""
    unet = build_unet(config.unet, config.autoencoder.latent_channels, config.text.width)
    text_encoder = build_text_encoder(config.text, tokenizer)
    place_tokens(text_encoder, tokenizer, config.seed)
    model = BaseModel(unet, text_encoder)
    return model.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]


def tokenize(tokenizer: CLIPTokenizer, texts: list[str]) -> Tensor:
    """Token ids (N, L), padded to the full length as the pipeline does."""
    return tokenizer(
        texts, padding="max_length", truncation=True, max_length=tokenizer.model_max_length,
        return_tensors="pt",
    ).input_ids  # fmt: skip
