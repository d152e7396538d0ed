"""Training the decoder on latents as the base model leaves them.

The autoencoder learns from exact latents; a sampler ends in estimates, whose small errors the
decoder would show as blotches and as the grid of its patches. So it is trained on with the
trained UNet's own one-step estimates as input and the rendered pictures as target.

What reconstruction alone leaves blurred, such as grain and weave, a critic of pictures may ask for
(:mod:`maquette_recipe.train.decoder_critic`), as in VQGAN (arXiv:2012.09841, section 3.1).
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
from maquette_recipe.train.decoder_critic import DecoderCritic, crop_labels
from maquette_recipe.train.diffusion import Diffusion, build_diffusion
from maquette_recipe.train.losses import psnr, reconstruction_loss
from maquette_recipe.train.parallel import build_accelerator
from maquette_recipe.train.shares import GradientShares
from maquette_recipe.train.trained import load_steered_base
from maquette_recipe.world import Attributes

LOG = "decoder.jsonl"
_SAVE_EVERY = 200
_VALIDATION_SEED = 4321


@dataclass(frozen=True, slots=True)
class Estimated:
    """Raw latents (N, C, h, w) for the decoder, the pictures (N, 3, H, W) in 0..1, and what these
    show."""

    latents: Tensor
    pictures: Tensor
    scenes: list[Attributes]


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
    ) -> Estimated:
        """Random pictures and what the base model makes of them.

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
        seen = torch.where(clean[:, None, None, None], latents, estimate)
        return Estimated(seen / self.scale, target, scenes)


def same_crops(
    latents: Tensor, pictures: Tensor, rng: np.random.Generator, side: int, crops: int = 1
) -> tuple[Tensor, Tensor]:
    """Random squares of `side` latents, `crops` in a row from each sample, and the pixels that
    belong to them."""
    factor = pictures.shape[-1] // latents.shape[-1]
    rows, columns = [], []
    for latent, picture in zip(latents, pictures, strict=True):
        for _ in range(crops):
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
    critic = DecoderCritic(accelerator, plan) if plan.critic_learning_rate else None
    balance = GradientShares("reconstruction")
    budget, step = Budget(plan.seconds), 0
    state = load_checkpoint(work / CHECKPOINT) or {}
    if "decoder" in state:
        step, budget.spent = state["decoder"]["step"], state["decoder"]["spent"]
        optimizer.load_state_dict(state["decoder"]["optimizer"])
        if critic and "critic" in state["decoder"]:  # it may join later
            critic.load_state_dict(state["decoder"]["critic"])
    network, optimizer = accelerator.prepare(vae.train(), optimizer)
    log = RunLog(work / LOG)

    def save() -> None:
        progress = {"step": step, "spent": budget.spent, "optimizer": optimizer.state_dict()}
        if critic:
            progress["critic"] = critic.state_dict()
        save_checkpoint(work / CHECKPOINT, state | {"model": vae.state_dict(), "decoder": progress})

    budget.start()
    while not budget.over:
        rng = np.random.default_rng([config.seed, 5, step])
        with accelerator.autocast():
            seen = estimator(training, rng, plan.batch, plan)
            latents, target = same_crops(seen.latents, seen.pictures, rng, plan.crop, plan.crops)
            output = decode(network, latents)
        # Gradients of the losses meet at the picture, where each has its share.
        found = output.detach().float().requires_grad_(True)
        losses = {"reconstruction": reconstruction_loss(found, target)}
        labels = crop_labels(seen.scenes, plan.crops, accelerator.device)
        if critic:
            losses |= critic.errors(found, target, labels)
        factor = learning_rate_factor(step, budget.progress, plan.warmup_steps)
        for group in optimizer.param_groups:
            group["lr"] = plan.learning_rate * factor
        shares = critic.shares if critic else {}
        accelerator.backward(output, gradient=balance.total(losses, shares, found).to(output.dtype))
        accelerator.clip_grad_norm_(vae.decoder.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if critic:
            losses |= critic.learn(found.detach(), target, labels)
        step += 1
        took = budget.tick()
        if step % 50 == 0:
            report = {"step": step, "spent": budget.spent,
                      "per_second": plan.batch * plan.crops / took,
                      **{name: float(loss.detach()) for name, loss in losses.items()}}  # fmt: skip
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
            seen = estimator(pictures, rng, 8, settings)
            decoded = decode(vae, seen.latents).float().clamp(0, 1)
            values.append(float(psnr(decoded, seen.pictures)))
        result[name] = float(np.mean(values))
    return result
