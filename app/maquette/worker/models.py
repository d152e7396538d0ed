"""Loading models: pipeline folders and single files become a resident Pipeline."""

import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import torch
from diffusers import AutoencoderKL, AutoencoderTiny, UNet2DConditionModel
from safetensors import SafetensorError
from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from maquette.core.errors import ModelError
from maquette.core.model_files import find_model, weights_digest
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.model_manifest import check_manifest
from maquette.core.pipeline_folder import component_class, read_index, variant_of
from maquette.worker.memory import is_out_of_memory
from maquette.worker.pipeline import Pipeline, TextPart
from maquette.worker.preview import known_projection, load_projection
from maquette.worker.resident_controls import have_own
from maquette.worker.single_file import load_single_file

Report = Callable[[str, float], None]
"""Told a stage in words and how much is done, 0 to 1. May raise JobCancelled."""

_log = logging.getLogger(__name__)


def load_model(
    model: str, device: torch.device, dtype: torch.dtype, digests: Path, report: Report
) -> Pipeline:
    """Load `model` ("maquette-mini" or a path) onto `device`.

    Nothing is downloaded, no code of the model is run, only safetensors are read.

    Args:
        digests: the JSON file that keeps digests of weight files.

    Raises:
        ModelError: with a sentence, if it cannot be used.
        MemoryError, RuntimeError: memory ran out.
    """
    path, info = find_model(model)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="digest") as pool:
        # Reads all weights ahead of the loader, which then finds them in the page cache.
        checked = pool.submit(check_manifest, path)
        digest = pool.submit(weights_digest, path, digests)
        try:
            load = load_single_file if info.layout == "single-file" else _load_folder
            pipeline = load(path, info, device, dtype, report)
            _prepare(pipeline)
            have_own(pipeline, digests)
        except (
            OSError,
            ValueError,
            LookupError,
            TypeError,
            RuntimeError,
            SafetensorError,
        ) as error:
            if is_out_of_memory(error):
                raise
            _log.exception("loading %s failed", path)
            checked.result()  # names the file that is damaged, if one is
            raise ModelError(
                f"{info.name} cannot be loaded, because its files do not fit together; "
                "please fetch the model again.",
                str(error),
            ) from error
        report("Checking the weights", 0.85)
        checked.result()
        pipeline.info = msgspec.structs.replace(info, digest=digest.result())
    return pipeline


def _load_folder(
    folder: Path, info: ModelInfo, device: torch.device, dtype: torch.dtype, report: Report
) -> Pipeline:
    index = read_index(folder)
    report("Loading the text encoder", 0.1)
    text = [
        TextPart(
            CLIPTokenizer.from_pretrained(folder / "tokenizer", local_files_only=True),
            _component(CLIPTextModel, folder, "text_encoder", dtype),
        )
    ]
    if info.family == ModelFamily.SDXL:
        text.append(
            TextPart(
                CLIPTokenizer.from_pretrained(folder / "tokenizer_2", local_files_only=True),
                _component(CLIPTextModelWithProjection, folder, "text_encoder_2", dtype),
            )
        )
    report("Loading the image model", 0.25)
    unet = _component(UNet2DConditionModel, folder, "unet", dtype)
    report("Loading the decoder", 0.7)
    is_tiny = component_class(index, "vae") == "AutoencoderTiny"
    vae = _component(AutoencoderTiny if is_tiny else AutoencoderKL, folder, "vae", dtype)
    config = json.loads((folder / "scheduler" / "scheduler_config.json").read_bytes())
    channels = unet.config["in_channels"]
    projection = load_projection(folder, channels, device)
    return Pipeline(
        info=info,
        device=device,
        dtype=dtype,
        text=text,
        unet=unet,
        vae=vae,
        scheduler_config=config,
        projection=projection or known_projection(info.family, channels, device),
        zeros_for_empty_negative=info.family == ModelFamily.SDXL
        and bool(index.get("force_zeros_for_empty_prompt", True)),
    )


def _component(kind: Any, folder: Path, name: str, dtype: torch.dtype) -> Any:
    return kind.from_pretrained(
        folder,
        subfolder=name,
        variant=variant_of(folder, name),
        dtype=dtype,
        use_safetensors=True,
        local_files_only=True,
    )


def _prepare(pipeline: Pipeline) -> None:
    """Move the networks to the device, in the layout that is fast there, with cancel points."""
    vae = pipeline.vae
    if pipeline.is_sdxl and pipeline.dtype == torch.float16 and vae.config.get("force_upcast"):
        vae.to(dtype=torch.float32)  # SDXL's decoder overflows in fp16
    for network in pipeline.networks():
        network.eval().requires_grad_(False)
        network.to(pipeline.device)
    for network in pipeline.networks()[-2:]:  # the convolutional ones
        network.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    unet, blocks = pipeline.unet, []
    blocks += [*unet.down_blocks, *([unet.mid_block] if unet.mid_block else []), *unet.up_blocks]
    for half in (vae.encoder, vae.decoder):
        for name in ("down_blocks", "up_blocks", "layers"):
            blocks += getattr(half, name, [])
    pipeline.cancel.watch(blocks)
