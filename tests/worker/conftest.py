"""Tiny models with random weights, as users' folders and files would hold them."""

import shutil
from collections.abc import Callable
from importlib import resources
from importlib.resources.abc import Traversable
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
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from maquette.worker.clip_tokenizer import END, build_clip_tokenizer

VOCABULARY = resources.files("maquette_resources").joinpath(
    "diffusers_configs/clip/bpe_simple_vocab_16e6.txt.gz"
)


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """Networks this small gain nothing from two, which wait for each other on a busy machine.

    Before each test, since the choice of a device sets it too.
    """
    torch.set_num_threads(1)


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


@pytest.fixture(scope="session")
def clip_vocabulary() -> Traversable:
    """The vocabulary that ships with the app."""
    return VOCABULARY


@pytest.fixture(scope="session")
def original_layout() -> Callable[[Path, Path], Path]:
    """Writes the weights of a folder as one file, under the names of the original code."""

    def write(folder: Path, path: Path) -> Path:
        tensors = {}
        for part, rename in (("unet", unet_name), ("vae", vae_name)):
            weights = load_file(folder / part / "diffusion_pytorch_model.safetensors")
            for name, tensor in weights.items():
                original = rename(name)
                # The original VAE has 1x1 convolutions where diffusers has linear layers.
                is_projection = ".mid.attn_1." in original and tensor.ndim == 2
                tensors[original] = tensor[:, :, None, None] if is_projection else tensor
        prefix = "cond_stage_model.transformer.text_model."
        for name, tensor in load_file(folder / "text_encoder" / "model.safetensors").items():
            tensors[prefix + name.removeprefix("text_model.")] = tensor
        save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, path)
        return path

    return write


@pytest.fixture(scope="session")
def original_name() -> Callable[[str], str]:
    """The original name of a tensor of UNet2DConditionModel."""
    return unet_name


_RESNET = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}


def unet_name(name: str, layers: int = 2) -> str:
    """The original name of a tensor of UNet2DConditionModel with `layers` per block."""
    outside = {
        "time_embedding.linear_1": "time_embed.0",
        "time_embedding.linear_2": "time_embed.2",
        "add_embedding.linear_1": "label_emb.0.0",
        "add_embedding.linear_2": "label_emb.0.2",
        "conv_in": "input_blocks.0.0",
        "conv_norm_out": "out.0",
        "conv_out": "out.2",
    }
    module, end = name.rsplit(".", 1)
    if module in outside:
        return f"model.diffusion_model.{outside[module]}.{end}"
    words = module.split(".")
    if words[0] == "mid_block":
        kind, index, rest = words[1], int(words[2]), words[3:]
        place = f"middle_block.{2 * index if kind == 'resnets' else 1}"
    else:
        side, block, kind, index, rest = words[0], int(words[1]), words[2], int(words[3]), words[4:]
        if side == "down_blocks":
            first = 1 + block * (layers + 1)
            position = {"resnets": 0, "attentions": 1, "downsamplers": 0}[kind]
            number = first + (layers if kind == "downsamplers" else index)
            place = f"input_blocks.{number}.{position}"
            if kind == "downsamplers":
                return f"model.diffusion_model.{place}.op.{end}"
        else:
            number = block * (layers + 1) + (layers if kind == "upsamplers" else index)
            # An upsampler follows the attention, in the block that has one.
            has_attention = block > 0
            position = {"resnets": 0, "attentions": 1, "upsamplers": 2 if has_attention else 1}[
                kind
            ]
            place = f"output_blocks.{number}.{position}"
    if kind == "resnets":
        rest = [_RESNET[rest[0]]]
    return ".".join(["model.diffusion_model", place, *rest, end])


def vae_name(name: str, blocks: int = 4) -> str:
    """The original name of a tensor of AutoencoderKL with `blocks` levels."""
    name = name.replace("conv_norm_out", "norm_out").replace("conv_shortcut", "nin_shortcut")
    words = name.split(".")
    if len(words) > 2 and words[1] in ("down_blocks", "up_blocks"):
        side = words[1].split("_")[0]
        level = int(words[2]) if side == "down" else blocks - 1 - int(words[2])
        rest = ["block", *words[4:]] if words[3] == "resnets" else [f"{side}sample", *words[5:]]
        words = [words[0], side, str(level), *rest]
    elif len(words) > 2 and words[1] == "mid_block":
        if words[2] == "resnets":
            words = [words[0], "mid", f"block_{int(words[3]) + 1}", *words[4:]]
        else:
            parts = {"group_norm": "norm", "to_q": "q", "to_k": "k", "to_v": "v"}
            part = parts.get(words[4], "proj_out")
            words = [words[0], "mid", "attn_1", part, words[-1]]
    return ".".join(["first_stage_model", *words])
