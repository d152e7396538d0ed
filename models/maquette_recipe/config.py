"""The recipe's settings, read from one TOML file per version of the model.

:data:`PUBLISHED` is the version of the shipped weights, :data:`NEWEST` the one that commands make
unless they are given another file.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final, Literal

import msgspec

PUBLISHED: Final = "0.4"
NEWEST: Final = "0.4"


class RenderConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many pictures are rendered and how."""

    geometries: int
    looks: int
    """Variants of colour, material, mood and setting shaded from one traced geometry."""
    size: int
    supersample: int
    """Samples per pixel along one axis."""
    batch: int
    """Geometries of one form, or rows, that are traced together."""
    shard_batches: int
    """Batches in one shard on disk."""
    row_share: float
    """Share of batches with two or three objects side by side, from 0 to 1."""


class AutoencoderConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """AutoencoderTiny shape and its training."""

    encoder_width: int
    decoder_width: int
    decoder_blocks: tuple[int, ...]
    """Residual blocks per resolution, from the latents to the picture."""
    latent_channels: int
    learning_rate: float
    warmup_steps: int
    batch: int
    crop: int
    seconds: float
    """Planned training time; the learning rate falls to zero at its end."""
    whole_fraction: float
    """Last part of the training, on whole pictures instead of crops."""
    styled_share: float
    """Share of training pictures in an art style."""
    latent_noise: float
    """Standard deviation of the noise that the decoder learns to ignore, in latent units."""


class TextConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tokenizer and text encoder shape."""

    merges: int
    """English byte-pair merges; the Chinese ones follow from the grammar's words."""
    captions: int
    """Captions that the English merges are learned from."""
    max_length: int
    width: int
    layers: int
    heads: int
    steps: int
    """Steps of training on captions alone, before the base model's."""
    batch: int
    learning_rate: float


class UNetConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """UNet2DConditionModel shape."""

    block_out_channels: tuple[int, ...]
    layers_per_block: int
    head_width: int
    transformer_layers: tuple[int, ...] = ()
    """In each attention block of a level; 0 is none. () is one in all levels but the first."""
    transformer_layers_up: tuple[int, ...] = ()
    """The same on the way up, where () is as on the way down."""
    time_width: int = 0
    """Of the time embedding; 0 is four times the first of `block_out_channels`."""


class DiffusionConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The noise schedule and what the UNet predicts, in diffusers' terms."""

    prediction: Literal["v_prediction", "epsilon"]
    schedule: Literal["scaled_linear", "linear"]
    beta_start: float
    beta_end: float
    zero_terminal_snr: bool
    spacing: Literal["trailing", "leading"]
    """Which timesteps a sampler takes."""


class BaseConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Training of the UNet together with the text encoder."""

    learning_rate: float
    warmup_steps: int
    batch: int
    seconds: float
    weight_decay: float
    styled_share: float
    """Share of training pictures in an art style."""
    caption_dropout: float
    min_snr_gamma: float
    """Where the loss weights of clean timesteps begin to fall; 0 for equal weights."""
    timestep_power: float
    """Below 1, noisy timesteps are trained more often; 1 is uniform."""
    naming_weight: float
    """Weight of the loss that keeps the text encoder naming attributes."""
    ema_decay: float
    save_every_seconds: float


class ControlConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ControlNet that follows sketches, and its training on a finished base model."""

    embedding: tuple[int, ...]
    """Channels of the sketch's embedding, one entry per halving of the picture plus the first."""
    learning_rate: float
    warmup_steps: int
    batch: int
    seconds: float
    weight_decay: float
    caption_dropout: float
    """Share of samples with a sketch but no caption."""
    sketch_dropout: float
    """Share of samples with a caption but blank paper."""
    both_dropout: float
    """Share of samples with neither."""
    styled_share: float
    """Share of training pictures in an art style."""
    clean_fraction: float
    """Share of sketches that stay clean line drawings."""
    min_snr_gamma: float
    timestep_power: float
    """Below 1, noisy timesteps, which decide where lines lie, are trained more often."""
    ema_decay: float
    save_every_seconds: float
    unet_learning_rate: float = 0.0
    """Above 0 the UNet learns on beside the ControlNet; at 0 it stays as it is."""
    bare_share: float = 0.0
    """Share of samples that the ControlNet has no part in, as when there is no sketch at all."""


class CriticConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The critic's training on renders."""

    learning_rate: float
    warmup_steps: int
    batch: int
    seconds: float
    weight_decay: float
    styled_share: float
    """Share of latents in an art style."""
    noisiest: int
    """It learns at timesteps below this one."""
    timestep_power: float
    """Above 1, clean timesteps are trained more often."""
    save_every_seconds: float


class RefineConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Training of the UNet by the critic, on pictures that it makes."""

    learning_rate: float
    critic_learning_rate: float
    warmup_steps: int
    batch: int
    """Rendered pictures in a step, which it goes on learning from as beside the ControlNet."""
    bare_share: float
    """Share of them without a sketch."""
    rollouts: int
    """Pictures on their way from noise, each of which makes one step of a sampler."""
    seconds: float
    weight_decay: float
    styled_share: float
    """Share of pictures in an art style."""
    timestep_power: float
    naming_weight: float
    """Of the critic naming what a caption asks for, in shares of the gradient of denoising."""
    likeness_weight: float
    """Of its taking the picture for a render, in the same shares."""
    attribute_weights: dict[str, float]
    """Of what it names, beside each other."""
    ema_decay: float
    save_every_seconds: float
    english_share: float = 0.5
    """Of the captions of pictures that it makes; the others are Chinese."""
    control_learning_rate: float = 0.0
    """Of the ControlNet beside it; 0 leaves the ControlNet as it is."""


class DecoderConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Training of the decoder on the base model's estimates."""

    learning_rate: float
    warmup_steps: int
    batch: int
    crop: int
    """Latents along one side of a training crop."""
    seconds: float
    styled_share: float
    """Share of training pictures in an art style."""
    clean_fraction: float
    """Share of samples with exact latents, which pictures that are edited start from."""
    noisiest: int
    """Estimates are made from noise at timesteps below this one."""
    crops: int = 1
    """Of each picture in a batch."""
    critic_learning_rate: float = 0.0
    """Of a critic of pictures that learns beside it; 0 leaves it out."""
    naming_weight: float = 0.0
    """Of the critic naming materials and styles, in shares of the gradient of reconstruction."""
    likeness_weight: float = 0.0
    """Of its taking the decoded picture for a render, in the same shares."""


SamplerName = Literal["unipc", "dpm++2m", "ddim", "ddpm"]


class SamplerConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What maquette.json recommends and what the evaluation uses."""

    steps: int
    guidance: float
    name: SamplerName = "unipc"


class AblationConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Arms that are trained alike but for the schedule."""

    block_out_channels: tuple[int, ...]
    steps: int


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole recipe."""

    version: str
    seed: int
    render: RenderConfig
    autoencoder: AutoencoderConfig
    text: TextConfig
    unet: UNetConfig
    diffusion: DiffusionConfig
    base: BaseConfig
    control: ControlConfig
    decoder: DecoderConfig
    ablation: AblationConfig
    sampler: SamplerConfig
    critic: CriticConfig | None = None
    refine: RefineConfig | None = None


def load_config(path: Path | None = None) -> Config:
    """Read a recipe from `path`; the newest version's when none is given."""
    return _version(NEWEST) if path is None else _decode(path.read_bytes())


def published_config() -> Config:
    """The recipe that the shipped weights were made with."""
    return _version(PUBLISHED)


def _version(name: str) -> Config:
    place = resources.files("maquette_recipe").joinpath("recipes", f"{name}.toml")
    return _decode(place.read_bytes())


def _decode(raw: bytes) -> Config:
    return msgspec.toml.decode(raw, type=Config)
