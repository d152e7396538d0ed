"""Fitting the linear encoder, then training the decoder on crops, at the end on whole pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers import AutoencoderTiny
from torch import Tensor, nn

from maquette_recipe.config import AutoencoderConfig
from maquette_recipe.data.samples import draw_sample, draw_samples
from maquette_recipe.data.shards import Pictures, open_pictures
from maquette_recipe.nets.architecture import LATENT_SCALE, LOUDEST, build_autoencoder
from maquette_recipe.nets.carry_over import (
    carry_over_decoder,
    maps_from,
    open_exported_autoencoder,
    same_latents,
)
from maquette_recipe.nets.initial import start_decoder
from maquette_recipe.nets.linear_code import fit_linear_code, write_encoder
from maquette_recipe.train.budget import Budget, RunLog, learning_rate_factor
from maquette_recipe.train.checkpoint import load_checkpoint, save_checkpoint
from maquette_recipe.train.losses import psnr, reconstruction_loss, ssim
from maquette_recipe.train.parallel import agreed, build_accelerator, step_seed

CHECKPOINT = "autoencoder.pt"
_SAVE_EVERY = 250
_FIT_PICTURES = 800
_START_PICTURES = 24
_MAP_PICTURES = 64
_VALIDATION_PICTURES = 48
_CHOICE_SEED = 77


def picture_batch(
    pictures: Pictures, rng: np.random.Generator, count: int, crop: int, styled_share: float,
    device: torch.device | str = "cpu",
) -> Tensor:  # fmt: skip
    """Random square crops of samples, half of them mirrored; (count, 3, crop, crop) in 0..1."""
    whole, _ = draw_samples(pictures, rng, count, styled_share=styled_share, device=device)
    rows = []
    for picture in whole:
        y, x = (int(rng.integers(size - crop + 1)) for size in picture.shape[1:])
        rows.append(picture[:, y : y + crop, x : x + crop])
    return torch.stack(rows).contiguous(memory_format=torch.channels_last)


def encode(vae: AutoencoderTiny, pictures: Tensor) -> Tensor:
    """Latents (N, C, h, w) of pictures in 0..1; the class itself expects -1..1."""
    return vae.encode(pictures * 2 - 1).latents  # pyright: ignore[reportAttributeAccessIssue]


def decode(vae: AutoencoderTiny, latents: Tensor) -> Tensor:
    """Pictures in about 0..1 of latents."""
    return vae.decode(latents).sample / 2 + 0.5  # pyright: ignore[reportAttributeAccessIssue]


class Reconstruction(nn.Module):
    """Encodes with the fixed encoder, disturbs and decodes pictures in one forward pass."""

    def __init__(self, vae: AutoencoderTiny, noise: float) -> None:
        super().__init__()
        self.vae = vae
        self._noise = noise

    def forward(self, pictures: Tensor) -> Tensor:
        """Reconstructions (N, 3, H, W)."""
        with torch.no_grad():
            latents = encode(self.vae, pictures)
            latents = latents + self._noise * torch.randn_like(latents)
        return decode(self.vae, latents)


def some_pictures(pictures: Pictures, count: int, styled_share: float = 0.0) -> Tensor:
    """Evenly chosen whole pictures (count, 3, H, W) in 0..1, the same ones at every call."""
    rows = np.linspace(0, len(pictures) - 1, min(count, len(pictures))).astype(int)
    rng = np.random.default_rng(_CHOICE_SEED)
    drawn = [draw_sample(pictures, int(i), rng, styled_share=styled_share)[0] for i in rows]
    return torch.stack(drawn)


def start_autoencoder(
    config: AutoencoderConfig, pictures: Pictures, seed: int, warm_start: Path | None = None
) -> AutoencoderTiny:
    """An autoencoder with its final encoder and a decoder ready to be trained.

    The decoder is that of the exported pipeline folder `warm_start` as far as that one goes; the
    encoder too where it has as many channels, so that a UNet which knows its latents keeps them.
    """
    torch.manual_seed(seed)
    model = build_autoencoder(config)
    if warm_start and same_latents(model, warm_start):
        model.load_state_dict(open_exported_autoencoder(warm_start).state_dict())
        model.encoder.requires_grad_(False)
        return model.to(memory_format=torch.channels_last)  # pyright: ignore
    examples = some_pictures(pictures, _FIT_PICTURES, config.styled_share)
    code = fit_linear_code(examples, config.latent_channels, LOUDEST / LATENT_SCALE)
    write_encoder(model, code)
    if warm_start:
        maps = maps_from(warm_start, model, examples[:_MAP_PICTURES])
        carry_over_decoder(model, warm_start, maps)
    else:
        few = some_pictures(pictures, _START_PICTURES)
        start_decoder(model, code.encode(few), few)
    model.encoder.requires_grad_(False)
    return model.to(memory_format=torch.channels_last)  # pyright: ignore


@torch.no_grad()
def validate(vae: AutoencoderTiny, pictures: Pictures) -> dict[str, float]:
    """PSNR and SSIM of whole reconstructed pictures, plain and styled, and the latents' spread."""
    report: dict[str, float] = {}
    for suffix, share in (("", 0.0), ("_styled", 1.0)):
        results, spread = [], []
        for target in some_pictures(pictures, _VALIDATION_PICTURES, share).split(8):
            latents = encode(vae, target)
            output = decode(vae, latents).float().clamp(0, 1)
            results.append((float(psnr(output, target)), float(ssim(output, target))))
            spread.append(float(latents.std()))
        quality = np.asarray(results).mean(0)
        report |= {
            f"psnr{suffix}": float(quality[0]),
            f"ssim{suffix}": float(quality[1]),
            f"latent_std{suffix}": float(np.mean(spread)),
        }
    return report


def train_autoencoder(
    pictures: Path,
    work: Path,
    config: AutoencoderConfig,
    seed: int,
    device: str = "cpu",
    warm_start: Path | None = None,
) -> Iterator[dict[str, Any]]:
    """Train or go on training; yields a report every 50 steps.

    Without a checkpoint in `work` it starts from the exported pipeline folder `warm_start`, or
    else afresh (:func:`start_autoencoder`).
    """
    accelerator = build_accelerator(device)
    rank = accelerator.process_index
    training = open_pictures(pictures, validation=False)
    kept = open_pictures(pictures, validation=True)
    model = start_autoencoder(config, training, seed, warm_start)
    optimizer = torch.optim.AdamW(
        model.decoder.parameters(), lr=config.learning_rate, betas=(0.9, 0.99), weight_decay=0.0
    )
    budget, step = Budget(config.seconds), 0
    state = load_checkpoint(work / CHECKPOINT)
    if state:
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, budget.spent = state["step"], state["spent"]
    network, optimizer = accelerator.prepare(
        Reconstruction(model, config.latent_noise / LATENT_SCALE), optimizer
    )
    log = RunLog(work / "autoencoder.jsonl")
    whole = training[0].shape[0]
    budget.start()
    while not budget.over:
        rng = np.random.default_rng([seed, rank, step])
        torch.manual_seed(step_seed(seed, step, rank))
        on_whole = budget.progress >= 1 - config.whole_fraction
        crop = whole if on_whole else config.crop
        count = max(2, config.batch // 2) if on_whole else config.batch
        target = picture_batch(training, rng, count, crop, config.styled_share, accelerator.device)
        factor = learning_rate_factor(step, budget.progress, config.warmup_steps)
        for group in optimizer.param_groups:
            group["lr"] = config.learning_rate * factor
        loss = reconstruction_loss(network(target).float(), target)
        accelerator.backward(loss)
        accelerator.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        took = budget.tick()
        budget.spent = agreed(accelerator, budget.spent)
        if step % 50 == 0 and accelerator.is_main_process:
            report = {"step": step, "loss": float(loss.detach()), "spent": budget.spent,
                      "per_second": count * accelerator.num_processes / took}  # fmt: skip
            if step % _SAVE_EVERY == 0:
                report |= validate(model, kept)
                _save(work, model, optimizer, step, budget)
                budget.start()
            log.write(**report)
            yield report
    if not accelerator.is_main_process:
        return
    _save(work, model, optimizer, step, budget)
    final = {"step": step, "spent": budget.spent, **validate(model, kept)}
    log.write(**final)
    yield final


def _save(work: Path, model: AutoencoderTiny, optimizer: Any, step: int, budget: Budget) -> None:
    save_checkpoint(
        work / CHECKPOINT,
        {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step,
         "spent": budget.spent},
    )  # fmt: skip


def load_autoencoder(work: Path, config: AutoencoderConfig) -> AutoencoderTiny:
    """The trained autoencoder, in evaluation mode and channels-last."""
    state = load_checkpoint(work / CHECKPOINT)
    if state is None:
        raise FileNotFoundError(f"no {CHECKPOINT} in {work}; run `train autoencoder` first")
    model = build_autoencoder(config)
    model.load_state_dict(state["model"])
    return model.eval().to(memory_format=torch.channels_last)  # pyright: ignore
