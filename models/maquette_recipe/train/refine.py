"""Training the UNet on pictures that it makes itself, by a critic that names what they show.

Denoising renders teaches what is likely; that a picture shows what its caption asks for is a small
part of that loss. So pictures are made from noise as a sampler with guidance makes them, and at
every step the critic looks at the estimate: it must name what the caption asks for
(arXiv:1610.09585) and take it for a render's latents (relativistic, arXiv:1807.00734). Both look
through noise about as strong as is left in the picture, since an estimate is blurred to that degree
(arXiv:2206.02262). Gradients go through the last step only, as in DRaFT-1 (arXiv:2309.17400,
section 4.2). Beside them the UNet goes on learning to denoise renders with and without sketches,
and the ControlNet may learn with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from diffusers import ControlNetModel
from torch import Tensor
from transformers import CLIPTokenizer

from maquette_recipe.config import Config, RefineConfig
from maquette_recipe.data.latents import LatentSampler
from maquette_recipe.nets.architecture import suit_attention
from maquette_recipe.nets.base import BaseModel, tokenize
from maquette_recipe.nets.control import ControlledBase
from maquette_recipe.nets.critic import Critic
from maquette_recipe.train.budget import Budget, RunLog
from maquette_recipe.train.checkpoint import load_checkpoint, save_checkpoint
from maquette_recipe.train.control import control_dropout, steering_losses
from maquette_recipe.train.control_batches import Batch, Drawn, draw_batch
from maquette_recipe.train.critic import Shown, draw_shown, drawn_timesteps, planned
from maquette_recipe.train.diffusion import DenoisingTask, build_diffusion, draw_task
from maquette_recipe.train.loop import PlannedTrainer
from maquette_recipe.train.naming import likeness_error, naming_error
from maquette_recipe.train.parallel import build_accelerator, step_seed
from maquette_recipe.train.rollouts import Rollouts
from maquette_recipe.train.shares import GradientShares
from maquette_recipe.train.taught import Pace, Taught

CHECKPOINT: Final = "refined.pt"
LOG: Final = "refine.jsonl"
_LEAST_NOISE: Final = 0.4
"""The critic looks through noise of this share of a picture's timestep at least."""


@dataclass(frozen=True, slots=True)
class RefineBatch:
    """Rendered pictures to denoise, and others to compare with."""

    rendered: Batch
    shown: Shown

    def to(self, device: torch.device) -> RefineBatch:
        """The batch on another device."""
        return RefineBatch(self.rendered.to(device), self.shown.to(device))


class RefineTrainer(PlannedTrainer[RefineBatch]):
    """Holds UNet, critic and ControlNet, optimisers and averages of those that learn, and the plan.

    Goes on from the checkpoint in `work` if there is one; otherwise the UNet starts from `base`'s
    and the critic from `critic`. Pictures on their way are not kept: others begin.

    Raises ValueError for a recipe without a plan for it, or with one that does not fit.
    """

    def __init__(
        self, work: Path, config: Config, tokenizer: CLIPTokenizer, base: BaseModel,
        control: ControlNetModel, critic: Critic, training: Drawn, validation: Drawn, *,
        device: str = "cpu", clock: Callable[[], float] = time.monotonic,
        mixed_precision: str = "bf16", workers: int = 0, compiled: bool = False,
    ) -> None:  # fmt: skip
        plan = self._plan = _planned(config)
        self._critic_plan = planned(config)
        budget = Budget(plan.seconds, clock=clock)
        super().__init__(
            build_accelerator(device, mixed_precision), budget, RunLog(work / LOG), plan.batch,
            plan.save_every_seconds, workers,
        )  # fmt: skip
        self._work, self._config, self._tokenizer = work, config, tokenizer
        self._training, self._validation = training, validation
        self._sampler = LatentSampler(training.latents, plan.styled_share)
        torch.manual_seed(config.seed)
        steered = plan.control_learning_rate > 0
        control.requires_grad_(steered)
        self._model = self._accelerator.prepare(ControlledBase(base, control, train_unet=True))
        suit_attention(base.unet)
        critic.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        if compiled:
            # Three sizes of batches, each compiled for itself: one for any size is slower.
            base.unet.compile(dynamic=False)
            control.compile(dynamic=False)
            critic.compile(dynamic=False)
        self._critic = self._accelerator.prepare(critic)
        pace = Pace(plan.warmup_steps, plan.weight_decay, plan.ema_decay)
        self._taught: dict[str, Taught] = {
            "unet": Taught(base.unet, plan.learning_rate, pace),
            "control": Taught(control, plan.control_learning_rate, pace),
            "critic": Taught(critic, plan.critic_learning_rate, pace, momentum=0.5, fades=False),
        }
        self._makers = ("unet", "control") if steered else ("unet",)
        self._diffusion = build_diffusion(config.diffusion, self._accelerator.device)
        self._balance = GradientShares("denoising")
        state = load_checkpoint(work / CHECKPOINT)
        if state:
            for name, part in self._taught.items():
                part.load_state_dict(name, state)
            self._balance.lengths = state["lengths"]
            self.step, self.samples, budget.spent = state["step"], state["samples"], state["spent"]
        self._rollouts = Rollouts(
            config, training.latents, plan, tokenizer, self._diffusion,
            self._random(14, self.step), self._accelerator.device,
        )  # fmt: skip
        self._silence = tokenize(tokenizer, [""] * plan.rollouts).to(self._accelerator.device)
        self._model.train()
        self._critic.train()

    @property
    def base(self) -> BaseModel:
        """The base model with the UNet's current (not averaged) weights."""
        return self._accelerator.unwrap_model(self._model).base

    def draw(self, step: int) -> RefineBatch:
        """Random pictures with captions and sketches, and others."""
        plan, latents = self._plan, self._training.latents
        rng = self._random(13, step)
        rendered = draw_batch(
            self._training, self._sampler, self._tokenizer, rng, plan.batch,
            control_dropout(self._config.control), self._config.control.clean_fraction,
            round(plan.bare_share * plan.batch),
        )  # fmt: skip
        return RefineBatch(
            rendered, draw_shown(latents, self._sampler, rng, self._critic_plan.batch)
        )

    def train_step(self) -> dict[str, float]:
        """One optimiser step of both networks, and one step of the pictures on their way."""
        plan, ways = self._plan, self._rollouts
        batch = self.next_batch().to(self._accelerator.device)
        torch.manual_seed(step_seed(self._config.seed, self.step, self._accelerator.process_index))
        rendered = batch.rendered
        gamma = self._config.control.min_snr_gamma
        task = draw_task(self._diffusion, rendered.latents, gamma, plan.timestep_power)
        blind, velocity = self._velocities(task, rendered)
        # Gradients of the losses meet at the velocity, where each has its share.
        found = velocity.detach().requires_grad_(True)
        bare = len(rendered.latents) - len(rendered.sketches)
        denoised = torch.cat([found[:bare], found[bare + len(ways) :]])
        guided = blind + self._config.sampler.guidance * (found[bare : bare + len(ways)] - blind)
        estimate = self._diffusion.original(ways.noisy, guided, ways.timesteps)
        veil = _Veil.drawn(ways.timesteps, estimate, self._critic_plan.noisiest)
        naming, likeness = self._judged(estimate, batch.shown, veil)
        losses = {"denoising": task.loss(denoised), "naming": naming, "likeness": likeness}
        gradient = self._balance.total(losses, self._shares, found)
        self._accelerator.backward(velocity, gradient=gradient)
        self._step(*self._makers)
        critic_losses = self._teach_critic(batch.shown, estimate.detach(), veil)
        ways.advance(guided.detach(), self._random(15, self.step))
        return {n: float(v.detach()) for n, v in (losses | critic_losses).items()}

    def validate(self) -> dict[str, float]:
        """Losses of denoising kept-aside pictures (:func:`steering_losses`)."""
        return steering_losses(
            self._model, self._diffusion, self._config.control, self._validation, self._tokenizer,
            self._accelerator.device,
        )  # fmt: skip

    def save(self) -> None:
        """Write the checkpoint."""
        save_checkpoint(
            self._work / CHECKPOINT,
            {"step": self.step, "samples": self.samples, "spent": self._budget.spent,
             "lengths": self._balance.lengths}
            | {key: value for name, part in self._taught.items()
               for key, value in part.state_dict(name).items()},
        )  # fmt: skip

    def _velocities(self, task: DenoisingTask, rendered: Batch) -> tuple[Tensor, Tensor]:
        """Of pictures on their way without their captions; and of those without a sketch, of those
        on their way and of those with a sketch, in this order."""
        ways, none = self._rollouts, rendered.sketches[:0]
        bare = len(rendered.latents) - len(rendered.sketches)

        def joined(own: Tensor, made: Tensor) -> Tensor:
            return torch.cat([own[:bare], made, own[bare:]])

        noisy = joined(task.noisy, ways.noisy).contiguous(memory_format=torch.channels_last)
        timesteps = joined(task.timesteps, ways.timesteps)
        tokens = joined(rendered.tokens, ways.tokens)
        with self._accelerator.autocast():
            with torch.no_grad():
                blind = self._model(ways.noisy, ways.timesteps, self._silence, none)
            velocity = self._model(noisy, timesteps, tokens, rendered.sketches)
        return blind.float(), velocity.float()

    def _judged(self, estimate: Tensor, shown: Shown, veil: _Veil) -> tuple[Tensor, Tensor]:
        """What the critic makes of the estimates: errors of naming and of likeness to renders."""
        self._critic.requires_grad_(False)
        with self._accelerator.autocast():
            named, made = self._critic(*self._veiled(estimate, veil))
            with torch.no_grad():
                _, real = self._critic(*self._veiled(shown.latents[: len(estimate)], veil))
        self._critic.requires_grad_(True)
        naming = naming_error(named, self._rollouts.labels, self._plan.attribute_weights)
        return naming, likeness_error(made, real)

    def _teach_critic(self, shown: Shown, estimate: Tensor, veil: _Veil) -> dict[str, Tensor]:
        """One step of the critic: it names renders and tells estimates from them.

        Renders that are compared have the estimates' timesteps and noise.
        """
        count, made = len(shown.latents), len(estimate)
        timesteps = drawn_timesteps(self._critic_plan, count).to(estimate.device)
        timesteps[:made] = veil.timesteps
        noise = torch.randn_like(shown.latents)
        noise[:made] = veil.noise
        both = torch.cat([
            self._diffusion.noised(shown.latents, noise, timesteps),
            self._veiled(estimate, veil)[0],
        ]).contiguous(memory_format=torch.channels_last)  # fmt: skip
        with self._accelerator.autocast():
            named, real = self._critic(both, torch.cat([timesteps, veil.timesteps]))
        naming = naming_error({n: v[:count] for n, v in named.items()}, shown.labels)
        likeness = likeness_error([r[:made] for r in real], [r[count:] for r in real])
        self._accelerator.backward(naming + likeness)
        self._step("critic")
        return {"critic_naming": naming, "critic_likeness": likeness}

    def _veiled(self, latents: Tensor, veil: _Veil) -> tuple[Tensor, Tensor]:
        noisy = self._diffusion.noised(latents, veil.noise, veil.timesteps)
        return noisy.contiguous(memory_format=torch.channels_last), veil.timesteps

    @property
    def _shares(self) -> dict[str, float]:
        """Of the critic's errors in the UNet's gradient, where denoising has 1."""
        plan = self._plan
        warmed = (self.step - plan.warmup_steps) / plan.warmup_steps
        heard = min(1.0, max(0.0, warmed))
        return {"naming": plan.naming_weight, "likeness": plan.likeness_weight * heard}

    def _step(self, *names: str) -> None:
        """One optimiser step of these networks."""
        for part in (self._taught[name] for name in names):
            self._accelerator.clip_grad_norm_(part.network.parameters(), 1.0)
            part.learn(self.step, self._budget.progress)

    def _random(self, use: int, step: int) -> np.random.Generator:
        return np.random.default_rng(
            [self._config.seed, use, step, self._accelerator.process_index]
        )


@dataclass(frozen=True, slots=True)
class _Veil:
    """What the critic looks through: timesteps (N,) and noise (N, C, h, w)."""

    timesteps: Tensor
    noise: Tensor

    @classmethod
    def drawn(cls, timesteps: Tensor, latents: Tensor, noisiest: int) -> _Veil:
        """For estimates of pictures at `timesteps`: less noise than is left in them, at random."""
        share = _LEAST_NOISE + (1 - _LEAST_NOISE) * torch.rand(
            len(timesteps), device=timesteps.device
        )
        veiled = (share * timesteps).long().clamp_max(noisiest - 1)
        return cls(veiled, torch.randn_like(latents.detach()))


def _planned(config: Config) -> RefineConfig:
    plan = config.refine
    if plan is None:
        raise ValueError(f"the recipe of {config.version} has no [refine]; take another --config")
    if plan.rollouts > planned(config).batch:
        raise ValueError("refine.rollouts must not be more than critic.batch, which they face")
    return plan
