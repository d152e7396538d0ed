"""The networks of the built-in model, built from diffusers and transformers classes."""

from __future__ import annotations

from typing import Final

from diffusers import AutoencoderTiny, UNet2DConditionModel, UniPCMultistepScheduler
from diffusers.models.attention_processor import AttnProcessor, AttnProcessor2_0
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from maquette_recipe.config import (
    AutoencoderConfig,
    Config,
    DiffusionConfig,
    TextConfig,
    UNetConfig,
)

LATENT_SCALE: Final = 2.5
"""From the autoencoder's raw latents to those that the UNet sees."""
LOUDEST: Final = 2.4
"""Spread of the first latent channel, brightness, as the UNet sees it. With 16 channels their mean
variance is then 1."""


def build_autoencoder(config: AutoencoderConfig) -> AutoencoderTiny:
    """A small AutoencoderTiny; it halves the picture once per resolution after the first.

    Its encoder has no residual blocks: see :mod:`maquette_recipe.nets.linear_code`. Few of the
    decoder's sit at the high resolutions, where they are costly. The decoder's
    input clamp is gentle up to about 3, so raw latents are kept small and scaled for the UNet.
    """
    return AutoencoderTiny(
        encoder_block_out_channels=(config.encoder_width,) * len(config.decoder_blocks),
        decoder_block_out_channels=(config.decoder_width,) * len(config.decoder_blocks),
        num_encoder_blocks=(0,) * len(config.decoder_blocks),
        num_decoder_blocks=config.decoder_blocks,
        latent_channels=config.latent_channels,
        scaling_factor=LATENT_SCALE,
    )


def build_text_encoder(config: TextConfig, tokenizer: CLIPTokenizer) -> CLIPTextModel:
    """A small CLIP text encoder with a causal mask, trained from scratch."""
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=config.width,
            intermediate_size=4 * config.width,
            projection_dim=config.width,
            num_hidden_layers=config.layers,
            num_attention_heads=config.heads,
            max_position_embeddings=config.max_length,
            bos_token_id=_token_id(tokenizer, "bos"),
            eos_token_id=_token_id(tokenizer, "eos"),
            pad_token_id=_token_id(tokenizer, "pad"),
        )
    )


def _token_id(tokenizer: CLIPTokenizer, name: str) -> int:
    value = getattr(tokenizer, f"{name}_token_id")
    if not isinstance(value, int):
        raise TypeError(f"the tokenizer has no {name} token")
    return value


def build_unet(config: UNetConfig, latent_channels: int, text_width: int) -> UNet2DConditionModel:
    """A UNet with attention only where `config.transformer_layers` has it, or on the way up
    `config.transformer_layers_up`, and in its middle where the last level has.

    Besides cross-attention, a pooled summary of the text is added to the time embedding, through
    which colour and setting reach every layer at once.
    """
    widths = config.block_out_channels
    down = config.transformer_layers or (0,) + (1,) * (len(widths) - 1)
    up = (config.transformer_layers_up or down)[::-1]
    unet = UNet2DConditionModel(
        sample_size=16,
        in_channels=latent_channels,
        out_channels=latent_channels,
        block_out_channels=widths,
        layers_per_block=config.layers_per_block,
        time_embedding_dim=config.time_width or None,
        down_block_types=tuple("CrossAttnDownBlock2D" if n else "DownBlock2D" for n in down),
        mid_block_type="UNetMidBlock2DCrossAttn" if down[-1] else "UNetMidBlock2D",
        up_block_types=tuple("CrossAttnUpBlock2D" if n else "UpBlock2D" for n in up),
        transformer_layers_per_block=tuple(max(n, 1) for n in down),  # pyright: ignore
        reverse_transformer_layers_per_block=tuple(max(n, 1) for n in up),  # pyright: ignore
        cross_attention_dim=text_width,
        addition_embed_type="text",
        addition_embed_type_num_heads=4,
        attention_head_dim=tuple(w // config.head_width for w in widths),  # pyright: ignore
    )
    suit_attention(unet)
    return unet


def suit_attention(unet: UNet2DConditionModel) -> None:
    """Take the attention that is fast on the device that `unet` lies on: on CPUs the backward
    pass of torch's fused one costs more than the rest of the step."""
    on_cpu = unet.device.type == "cpu"
    unet.set_attn_processor(AttnProcessor() if on_cpu else AttnProcessor2_0())


def build_scheduler(config: DiffusionConfig) -> UniPCMultistepScheduler:
    """The default sampler (UniPC, arXiv:2302.04867).

    The published recipe has zero terminal SNR and trailing steps as in arXiv:2305.08891, so that
    the model can paint really dark and really bright pictures.
    """
    return UniPCMultistepScheduler(
        num_train_timesteps=1000,
        beta_start=config.beta_start,
        beta_end=config.beta_end,
        beta_schedule=config.schedule,
        prediction_type=config.prediction,
        rescale_betas_zero_snr=config.zero_terminal_snr,
        timestep_spacing=config.spacing,
        solver_order=2,
        steps_offset=1,
    )


def latent_factor(config: Config) -> int:
    """Pixels along one side of a latent vector's patch."""
    return 2 ** (len(config.autoencoder.decoder_blocks) - 1)
