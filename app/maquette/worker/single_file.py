"""Loading a single .safetensors checkpoint in the original layout, with configs that ship here."""

import json
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.loaders.single_file_utils import create_diffusers_clip_model_from_ldm
from safetensors.torch import load_file
from transformers import CLIPTextModel, CLIPTextModelWithProjection

from maquette.core.checkpoint_kinds import CheckpointKind, checkpoint_family
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.safetensors_header import read_header
from maquette.worker.clip_tokenizer import build_clip_tokenizer
from maquette.worker.pipeline import Pipeline, TextPart
from maquette.worker.preview import known_projection

_VOCABULARY = "bpe_simple_vocab_16e6.txt.gz"


def load_single_file(
    path: Path,
    info: ModelInfo,
    device: torch.device,
    dtype: torch.dtype,
    report: Callable[[str, float], None],
    configs: Path | None = None,
) -> Pipeline:
    """Load the checkpoint at `path` as a Pipeline; its networks are still in main memory.

    Args:
        configs: folder of component configs, instead of those that ship for the family.

    Raises:
        ModelError: it is no complete checkpoint.
        OSError, ValueError, RuntimeError: its tensors do not fit the family's configs.
    """
    kind = checkpoint_family(path.name, read_header(path))
    configs = configs or _shipped_configs() / kind.configs
    report("Reading the checkpoint", 0.05)
    checkpoint = load_file(path)
    report("Loading the text encoder", 0.1)
    text = [_text_part(CLIPTextModel, checkpoint, configs, "", dtype)]
    if kind.family == ModelFamily.SDXL:
        text.append(_text_part(CLIPTextModelWithProjection, checkpoint, configs, "_2", dtype))
    report("Loading the image model", 0.25)
    unet = _network(UNet2DConditionModel, checkpoint, configs, "unet", dtype)
    report("Loading the decoder", 0.7)
    vae = _network(AutoencoderKL, checkpoint, configs, "vae", dtype)
    return Pipeline(
        info=info,
        device=device,
        dtype=dtype,
        text=text,
        unet=unet,
        vae=vae,
        scheduler_config=_scheduler_config(configs, kind),
        projection=known_projection(kind.family, unet.config["in_channels"], device),
        zeros_for_empty_negative=kind.family == ModelFamily.SDXL,
    )


def _shipped_configs() -> Path:
    return Path(str(resources.files("maquette_resources").joinpath("diffusers_configs")))


def _text_part(
    kind: Any, checkpoint: dict[str, torch.Tensor], configs: Path, suffix: str, dtype: torch.dtype
) -> TextPart:
    encoder = create_diffusers_clip_model_from_ldm(
        kind,
        checkpoint,
        subfolder=f"text_encoder{suffix}",
        config=str(configs),
        torch_dtype=dtype,
        local_files_only=True,
    )
    settings = _read_json(configs / f"tokenizer{suffix}" / "tokenizer_config.json")
    vocabulary = _shipped_configs() / "clip" / _VOCABULARY
    tokenizer = build_clip_tokenizer(
        vocabulary, settings["pad_token"], settings["model_max_length"]
    )
    return TextPart(tokenizer, encoder)


def _network(
    kind: Any, checkpoint: dict[str, torch.Tensor], configs: Path, part: str, dtype: torch.dtype
) -> Any:
    return kind.from_single_file(
        dict(checkpoint),  # the conversion takes tensors out of it
        config=str(configs),
        subfolder=part,
        dtype=dtype,
        local_files_only=True,
    )


def _scheduler_config(configs: Path, kind: CheckpointKind) -> dict[str, Any]:
    config = _read_json(configs / "scheduler" / "scheduler_config.json")
    if kind.v_prediction:
        config["prediction_type"] = "v_prediction"
    if kind.zero_snr:
        config |= {"rescale_betas_zero_snr": True, "timestep_spacing": "trailing"}
    return config


def _read_json(path: Path) -> dict[str, Any]:
    return json.loads(path.read_bytes())
