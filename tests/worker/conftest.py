"""Tiny models with random weights, as users' folders and files would hold them."""

import shutil
from importlib import resources
from pathlib import Path

import pytest
import torch
from diffusers import (
    AutoencoderKL,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
    UniPCMultistepScheduler,
)
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from maquette.worker.clip_tokenizer import END, build_clip_tokenizer

VOCABULARY = resources.files("maquette_resources").joinpath(
    "diffusers_configs/clip/bpe_simple_vocab_16e6.txt.gz"
)


@pytest.fixture(autouse=True, scope="session")
def two_threads() -> None:
    """Tests share the machine."""
    torch.set_num_threads(2)


def clip_tokenizer(pad: str = END) -> CLIPTokenizer:
    return build_clip_tokenizer(VOCABULARY, pad, 77)


def text_config(**changes: object) -> CLIPTextConfig:
    settings = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_attention_heads": 4,
        "num_hidden_layers": 3,
        "projection_dim": 32,
        "vocab_size": 49408,
        "bos_token_id": 0,
        "eos_token_id": 2,
        "pad_token_id": 1,
    }
    return CLIPTextConfig(**(settings | changes))


def tiny_vae(sample_size: int = 64) -> AutoencoderKL:
    return AutoencoderKL(
        block_out_channels=(32, 32, 32, 32),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=2,
        sample_size=sample_size,
    )


def tiny_unet(cross_attention_dim: int = 32, **changes: object) -> UNet2DConditionModel:
    settings = {
        "block_out_channels": (32, 32, 64, 64),
        "down_block_types": ("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
        "up_block_types": ("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3,
        "layers_per_block": 2,
        "attention_head_dim": 8,
        "cross_attention_dim": cross_attention_dim,
        "sample_size": 32,
    }
    return UNet2DConditionModel(**(settings | changes))


def scheduler() -> UniPCMultistepScheduler:
    return UniPCMultistepScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", steps_offset=1
    )


def tiny_sd() -> StableDiffusionPipeline:
    torch.manual_seed(1)
    return StableDiffusionPipeline(
        vae=tiny_vae(),
        text_encoder=CLIPTextModel(text_config()),
        tokenizer=clip_tokenizer(),
        unet=tiny_unet(),
        scheduler=scheduler(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


def tiny_sdxl() -> StableDiffusionXLPipeline:
    torch.manual_seed(2)
    unet = tiny_unet(
        64,
        addition_embed_type="text_time",
        addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=6 * 8 + 32,
        block_out_channels=(32, 64),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        transformer_layers_per_block=(1, 2),
        use_linear_projection=True,
    )
    return StableDiffusionXLPipeline(
        vae=tiny_vae(),
        text_encoder=CLIPTextModel(text_config()),
        text_encoder_2=CLIPTextModelWithProjection(text_config(hidden_act="gelu")),
        tokenizer=clip_tokenizer(),
        tokenizer_2=clip_tokenizer("!"),
        unet=unet,
        scheduler=scheduler(),
        add_watermarker=False,
    )


@pytest.fixture(scope="session")
def sd_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny Stable Diffusion 1.x folder. Tests copy it before they change it."""
    folder = tmp_path_factory.mktemp("models") / "tiny sd 模型"
    tiny_sd().save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def sdxl_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny SDXL folder."""
    folder = tmp_path_factory.mktemp("models") / "tiny-sdxl"
    tiny_sdxl().save_pretrained(folder)
    return folder


@pytest.fixture
def sd_copy(sd_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny folder, to be damaged."""
    return Path(shutil.copytree(sd_folder, tmp_path / "copy"))
