"""Writing the shipped model: a diffusers pipeline folder, a preview projection and a manifest."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from diffusers import (
    AutoencoderTiny,
    ControlNetModel,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from safetensors.torch import save_file
from transformers import CLIPTextModel, CLIPTokenizer

from maquette_recipe.config import Config, DiffusionConfig
from maquette_recipe.data.shards import open_pictures
from maquette_recipe.nets.architecture import build_scheduler, latent_factor
from maquette_recipe.nets.tokenizer import work_tokenizer
from maquette_recipe.train.autoencoder import encode, load_autoencoder
from maquette_recipe.train.trained import load_control, load_steered_base, samples_steered

MODEL_ID: Final = "maquette-mini"
MANIFEST: Final = "manifest.json"
PREVIEW_PATCH: Final = 4
CONTROL_FOLDER: Final = "controlnet"
"""Subfolder of the ControlNet for sketches."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A linear map from one scaled latent vector to a patch of RGB values in 0..1.

    `weight` is (3*p*p, C), `bias` (3*p*p); index (c*p + y)*p + x, the layout of pixel_shuffle.
    """

    weight: torch.Tensor
    bias: torch.Tensor
    patch: int = PREVIEW_PATCH


def fit_preview(
    latents: torch.Tensor, pictures: torch.Tensor, patch: int = PREVIEW_PATCH
) -> Preview:
    """Least-squares fit of the preview projection.

    `latents` (N, C, h, w) as the UNet sees them; `pictures` (N, 3, H, W) in 0..1.
    """
    small = torch.nn.functional.interpolate(
        pictures.float(), size=(latents.shape[2] * patch, latents.shape[3] * patch), mode="area"
    )
    target = torch.nn.functional.pixel_unshuffle(small, patch)
    x = latents.float().permute(0, 2, 3, 1).reshape(-1, latents.shape[1])
    y = target.permute(0, 2, 3, 1).reshape(-1, target.shape[1])
    x = torch.cat([x, torch.ones(len(x), 1)], dim=1)
    solution = torch.linalg.lstsq(x, y).solution  # (C + 1, 3*p*p)
    return Preview(solution[:-1].T.contiguous(), solution[-1].contiguous(), patch)


def build_pipeline(
    vae: AutoencoderTiny,
    unet: UNet2DConditionModel,
    text_encoder: CLIPTextModel,
    tokenizer: CLIPTokenizer,
    diffusion: DiffusionConfig,
) -> StableDiffusionPipeline:
    """An ordinary Stable Diffusion pipeline around the given networks."""
    return StableDiffusionPipeline(
        vae=vae,  # pyright: ignore[reportArgumentType]
        text_encoder=text_encoder,
        tokenizer=tokenizer,
        unet=unet,
        scheduler=build_scheduler(diffusion),  # pyright: ignore[reportArgumentType]
        safety_checker=None,  # pyright: ignore[reportArgumentType]
        feature_extractor=None,  # pyright: ignore[reportArgumentType]
        requires_safety_checker=False,
    )


def description(config: Config, samples: int, *, control: bool = False) -> dict[str, Any]:
    """The content of maquette.json: what an application needs to know about the model.

    `samples` were shown to the UNet in all, over every run that led to these weights. `control`
    says whether the folder has a ControlNet for sketches.
    """
    factor = latent_factor(config)
    described = {
        "id": MODEL_ID,
        "name": "Maquette Mini",
        "version": config.version,
        "trained_samples": samples,
        "family": "mini",
        "sizes": [[256, 256], [256, 320], [320, 256], [320, 320], [256, 384], [384, 256]],
        "default_size": [256, 256],
        "default_steps": config.sampler.steps,
        "default_guidance": config.sampler.guidance,
        "latent_factor": factor,
        "languages": ["en", "zh"],
        "description": (
            "A small latent diffusion model trained from scratch on procedurally rendered product "
            "forms. Understands English and Simplified Chinese."
        ),
    }
    return described | {"controlnet": {"sketch": CONTROL_FOLDER}} if control else described


def write_model(
    folder: Path,
    pipeline: StableDiffusionPipeline,
    preview: Preview,
    config: Config,
    samples: int,
    control: ControlNetModel | None = None,
    shard_size: str | None = None,
) -> None:
    """Write the pipeline in fp16 with its preview projection, ControlNet and maquette.json.

    With `shard_size`, e.g. "15MB", no weight file is larger than that. Weights that an earlier
    export left in the folder are removed: they would not fit these.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for stale in (*folder.rglob("*.safetensors"), *folder.rglob("*.safetensors.index.json")):
        stale.unlink()
    pipeline.to(dtype=torch.float16)
    for name in ("is_local", "local_files_only"):  # how the tokenizer was loaded here
        pipeline.tokenizer.init_kwargs.pop(name, None)
    pipeline.save_pretrained(folder, safe_serialization=True, max_shard_size=shard_size)
    shutil.rmtree(folder / CONTROL_FOLDER, ignore_errors=True)
    if control is not None:
        half = control.to(dtype=torch.float16)  # pyright: ignore[reportCallIssue]
        half.save_pretrained(folder / CONTROL_FOLDER)
    # vocab.json and merges.txt beside tokenizer.json, for readers that know only those.
    pipeline.tokenizer.backend_tokenizer.model.save(str(folder / "tokenizer"))
    _without_spaces(folder / "tokenizer" / "tokenizer.json")
    _load_text_encoder_as_float32(folder / "text_encoder" / "config.json")
    tensors = {"weight": preview.weight.float(), "bias": preview.bias.float()}
    save_file(tensors, folder / "preview.safetensors", metadata={"patch": str(preview.patch)})
    text = json.dumps(
        description(config, samples, control=control is not None), indent=2, ensure_ascii=False
    )
    (folder / "maquette.json").write_text(text + "\n", encoding="utf-8")
    for path in folder.rglob("*.safetensors"):
        path.chmod(0o644)


def _without_spaces(path: Path) -> None:
    """Write a JSON file again without indentation: the folder has a limit in size."""
    content = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _load_text_encoder_as_float32(path: Path) -> None:
    """Ask for float32 unless the caller says otherwise, as diffusers does for its own parts.

    transformers would load the precision that the weights are stored in, and the pipeline would
    then mix two.
    """
    settings = json.loads(path.read_text("utf-8"))
    settings["dtype"] = "float32"
    path.write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path) -> Mapping[str, Any]:
    """Write manifest.json into the model folder: size and SHA-256 of every other file."""
    path = folder / MANIFEST
    path.unlink(missing_ok=True)
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    manifest = {
        "files": {
            p.relative_to(folder).as_posix(): {"sha256": file_digest(p), "size": p.stat().st_size}
            for p in files
        },
    }
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest


def export_trained(work: Path, root: Path, config: Config, shard_size: str | None = None) -> int:
    """Export the trained networks in `work` below `root`; returns the size in bytes."""
    tokenizer = work_tokenizer(work, config.text, config.seed)
    vae = load_autoencoder(work, config.autoencoder)
    model, samples = load_steered_base(work, config, tokenizer), samples_steered(work)
    preview = fit_preview(*preview_examples(vae, work / "pictures"))
    pipeline = build_pipeline(vae, model.unet, model.text_encoder, tokenizer, config.diffusion)
    write_model(
        root / MODEL_ID, pipeline, preview, config, samples, load_control(work, config), shard_size
    )
    return sum(entry["size"] for entry in write_manifest(root / MODEL_ID)["files"].values())


@torch.no_grad()
def preview_examples(
    vae: AutoencoderTiny, pictures: Path, count: int = 160
) -> tuple[torch.Tensor, torch.Tensor]:
    """Latents (N, C, h, w) and pictures (N, 3, H, W) that the preview is fitted on."""
    source = open_pictures(pictures, validation=True)
    rows = np.linspace(0, len(source) - 1, count).astype(int)
    stack = torch.from_numpy(np.stack([source[int(i)] for i in rows]))
    targets = stack.permute(0, 3, 1, 2).float() / 255
    latents = torch.cat([encode(vae, part) for part in targets.split(16)])
    return latents * vae.config["scaling_factor"], targets
