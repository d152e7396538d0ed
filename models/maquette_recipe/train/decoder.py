"""Training the decoder on latents as the base model leaves them.

The autoencoder learns from exact latents; a sampler ends in estimates, whose small errors the
decoder would show as blotches and as the grid of its patches. So it is trained on with the
trained UNet's own one-step estimates as input and the rendered pictures as target.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch
from diffusers import AutoencoderTiny
from torch import Tensor
from transformers import CLIPTokenizer

from maquette_recipe.captions import caption
from maquette_recipe.config import Config, DecoderConfig
from maquette_recipe.data.samples import draw_samples
from maquette_recipe.data.shards import Pictures, open_pictures
from maquette_recipe.nets.base import BaseModel, tokenize
from maquette_recipe.nets.linear_code import LinearCode, read_encoder
from maquette_recipe.train.autoencoder import CHECKPOINT, decode, load_autoencoder
from maquette_recipe.train.budget import Budget, RunLog, learning_rate_factor
from maquette_recipe.train.checkpoint import load_checkpoint, save_checkpoint
from maquette_recipe.train.diffusion import Diffusion, build_diffusion
from maquette_recipe.train.losses import psnr, reconstruction_loss
from maquette_recipe.train.parallel import build_accelerator
from maquette_recipe.train.trained import load_steered_base

LOG = "decoder.jsonl"
_SAVE_EVERY = 200
_VALIDATION_SEED = 4321


@dataclass(frozen=True, slots=True)
class Estimator:
    """Turns pictures into latents as the base model estimates them from noisy ones."""

    base: BaseModel
    tokenizer: CLIPTokenizer
    code: LinearCode
    scale: float
    diffusion: Diffusion

    @torch.no_grad()
    def __call__(
        self, pictures: Pictures, rng: np.random.Generator, count: int, config: DecoderConfig
    ) -> tuple[Tensor, Tensor]:
        """Raw latents (N, C, h, w) for the decoder and the pictures (N, 3, H, W) in 0..1.

        A share of `config.clean_fraction` keeps its exact latents.
        """
        device = self.code.weight.device
        target, scenes = draw_samples(
            pictures, rng, count, styled_share=config.styled_share, device=device
        )
        said = [caption(scene, rng).text for scene in scenes]
        latents = self.code.encode(target) * self.scale
        timesteps = torch.from_numpy(rng.integers(config.noisiest, size=count)).to(device)
        noise = torch.from_numpy(rng.standard_normal(latents.shape, dtype=np.float32)).to(device)
        noisy = self.diffusion.noised(latents, noise, timesteps)
        velocity, _ = self.base(noisy, timesteps, tokenize(self.tokenizer, said).to(device))
        estimate = self.diffusion.original(noisy, velocity.float(), timesteps)
        clean = torch.from_numpy(rng.random(count) < config.clean_fraction).to(device)
        return torch.where(clean[:, None, None, None], latents, estimate) / self.scale, target


def same_crops(
    latents: Tensor, pictures: Tensor, rng: np.random.Generator, side: int
) -> tuple[Tensor, Tensor]:
    """A random square of `side` latents from each sample, and the pixels that belong to it."""
    factor = pictures.shape[-1] // latents.shape[-1]
    rows, columns = [], []
    for latent, picture in zip(latents, pictures, strict=True):
        y, x = (int(rng.integers(size - side + 1)) for size in latent.shape[1:])
        rows.append(latent[:, y : y + side, x : x + side])
        y, x, pixels = y * factor, x * factor, side * factor
        columns.append(picture[:, y : y + pixels, x : x + pixels])
    return torch.stack(rows), torch.stack(columns)


def train_decoder(
    pictures: Path,
    work: Path,
    config: Config,
    tokenizer: CLIPTokenizer,
    device: str = "cpu",
) -> Iterator[dict[str, Any]]:
    """Train on the decoder of the checkpoint in `work`, in place; yields reports.

    Resumes where it stopped. Raises FileNotFoundError without a trained autoencoder and base.
    """
    plan = config.decoder
    accelerator = build_accelerator(device)
    training = open_pictures(pictures, validation=False)
    kept = open_pictures(pictures, validation=True)
    vae = load_autoencoder(work, config.autoencoder)
    code = read_encoder(vae)
    base = load_steered_base(work, config, tokenizer).to(accelerator.device).requires_grad_(False)
    estimator = Estimator(
        base, tokenizer,
        LinearCode(code.weight.to(accelerator.device), code.bias.to(accelerator.device)),
        vae.config["scaling_factor"], build_diffusion(config.diffusion, accelerator.device),
    )  # fmt: skip
    optimizer = torch.optim.AdamW(
        vae.decoder.parameters(), lr=plan.learning_rate, betas=(0.9, 0.99), weight_decay=0.0
    )
    budget, step = Budget(plan.seconds), 0
    state = load_checkpoint(work / CHECKPOINT) or {}
    if "decoder" in state:
        step, budget.spent = state["decoder"]["step"], state["decoder"]["spent"]
        optimizer.load_state_dict(state["decoder"]["optimizer"])
    network, optimizer = accelerator.prepare(vae.train(), optimizer)
    log = RunLog(work / LOG)

    def save() -> None:
        progress = {"step": step, "spent": budget.spent, "optimizer": optimizer.state_dict()}
        save_checkpoint(work / CHECKPOINT, state | {"model": vae.state_dict(), "decoder": progress})

    budget.start()
    while not budget.over:
        rng = np.random.default_rng([config.seed, 5, step])
        with accelerator.autocast():
            latents, target = estimator(training, rng, plan.batch, plan)
            latents, target = same_crops(latents, target, rng, plan.crop)
            output = decode(network, latents)
        factor = learning_rate_factor(step, budget.progress, plan.warmup_steps)
        for group in optimizer.param_groups:
            group["lr"] = plan.learning_rate * factor
        loss = reconstruction_loss(output.float(), target)
        accelerator.backward(loss)
        accelerator.clip_grad_norm_(vae.decoder.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        took = budget.tick()
        if step % 50 == 0:
            report = {"step": step, "loss": float(loss.detach()), "spent": budget.spent,
                      "per_second": plan.batch / took}  # fmt: skip
            if step % _SAVE_EVERY == 0:
                report |= _quality(vae, estimator, kept, plan)
                save()
                budget.start()
            log.write(**report)
            yield report
    save()
    final = {"step": step, "spent": budget.spent, **_quality(vae, estimator, kept, plan)}
    log.write(**final)
    yield final


@torch.no_grad()
def _quality(
    vae: AutoencoderTiny, estimator: Estimator, pictures: Pictures, plan: DecoderConfig
) -> dict[str, float]:
    """PSNR of whole kept-aside pictures from the base model's estimates and from exact latents."""
    result: dict[str, float] = {}
    for name, share in (("psnr_estimated", 0.0), ("psnr_exact", 1.0)):
        rng = np.random.default_rng(_VALIDATION_SEED)
        settings = msgspec.structs.replace(plan, clean_fraction=share)
        values = []
        for _ in range(6):
            latents, target = estimator(pictures, rng, 8, settings)
            values.append(float(psnr(decode(vae, latents).float().clamp(0, 1), target)))
        result[name] = float(np.mean(values))
    return result
