"""The denoising loop: predict, guide, step."""

from collections.abc import Callable, Sequence
from typing import Any

import torch

from maquette.worker.ip_adapter import ImagePrompt
from maquette.worker.locked_region import LockedRegion
from maquette.worker.outline_guidance import OutlineGuidance
from maquette.worker.pipeline import Pipeline
from maquette.worker.schedule import Scheduler, predicted_original
from maquette.worker.steering import Added, Steering
from maquette.worker.style_reference import StyleReference
from maquette.worker.text_encoding import Conditioning

OnStep = Callable[[int, int, torch.Tensor], None]
"""Called after each step with its number from 1, the number of steps, and predicted x0."""


def denoise(
    pipeline: Pipeline,
    scheduler: Scheduler,
    timesteps: torch.Tensor,
    latents: torch.Tensor,
    conditioning: Conditioning,
    guidance: float | None,
    on_step: OnStep,
    steering: Steering,
    locked: LockedRegion | None,
    outlines: Sequence[OutlineGuidance] = (),
    style: StyleReference | None = None,
    image_prompt: ImagePrompt | None = None,
) -> torch.Tensor:
    """Latents (1, channels, h, w) after all `timesteps`.

    Args:
        guidance: how far the prompt leads away from the negative prompt (classifier-free
            guidance, arXiv:2207.12598); None without it, when `conditioning` has one row only.
        outlines: what draws the estimates to the lines of sketches.
        style: what brings the estimates to the look of a style image.
        image_prompt: a style image that the UNet, to which it is attached, is told of.

    Raises:
        JobCancelled: the pipeline's token was set.
    """
    unet, token = pipeline.unet, pipeline.cancel.token
    pipeline.use(unet, *steering.networks, *(each.network for each in outlines))
    rows = conditioning.rows
    total = len(timesteps)
    for i, t in enumerate(timesteps):
        token.check()
        # 1. Predict, for the negative and the positive prompts in one batch, and without each
        # control that has guidance.
        batch = latents if rows == 1 else torch.cat([latents] * rows)
        added = steering.at(i, total, batch, t)
        told = conditioning.with_rows(len(added.guides))
        prediction = unet(
            torch.cat([batch] + [latents] * len(added.guides)) if added.guides else batch,
            t,
            encoder_hidden_states=_texts(told.tokens, image_prompt),
            added_cond_kwargs=told.added,
            **added.arguments(),
            return_dict=False,
        )[0]
        # 2. Guide.
        prediction = _guided(prediction, rows, guidance, added, conditioning.share)
        if style is not None and style.acts_at(i, total):
            prediction = style.styled(prediction, latents, scheduler, t)
        for outline in outlines:
            if outline.acts_at(i, total):
                token.check()
                prediction = outline.guided(prediction, latents, scheduler, t)
        # 3. Take the step.
        latents = scheduler.step(prediction, t, latents, return_dict=False)[0]
        if locked is not None:
            following = timesteps[i + 1] if i + 1 < total else None
            latents = locked.restored(latents, scheduler, following)
        on_step(i + 1, total, predicted_original(scheduler)[0])
    return latents


def _texts(tokens: torch.Tensor, image_prompt: ImagePrompt | None) -> Any:
    """What the cross attentions read; with an image, diffusers' layers take a tuple."""
    return image_prompt.beside(tokens) if image_prompt else tokens


def _guided(
    prediction: torch.Tensor, rows: int, guidance: float | None, added: Added, share: float
) -> torch.Tensor:
    """Away from the negative prompt, and from the picture without each control.

    Where two phrasings are blended, both predictions are mixed by `share` first.

    InstructPix2Pix (arXiv:2211.09800, equation 3) for an image c and a text e: e(0,0) + s_c
    (e(c,0) - e(0,0)) + s_e (e(c,e) - e(c,0)). That is guidance by text as ever, plus s_c - 1 times
    what the control changes.
    """
    base, first = prediction[:rows], prediction[:1]
    if share:
        mixed = torch.lerp(base[-2:-1], base[-1:], share)
        base = torch.cat([base[:-2], mixed])
    if guidance is None:
        result = base
    else:
        negative, positive = base.chunk(2)
        result = negative + guidance * (positive - negative)
    for row, guide in enumerate(added.guides, start=rows):
        result = result + (guide - 1) * (first - prediction[row : row + 1])
    return result
