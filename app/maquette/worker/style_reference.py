"""A style image at work: the picture takes over its palette and texture, not its subject.

A channel of the latents says how a patch of pixels is drawn, so their mean and covariance are
palette and texture together, and say nothing of where things are. The clean latents that each step
estimates are brought to those of the reference by the linear map that moves them least (Pitie and
Kokaram 2007, "The linear Monge-Kantorovitch linear colour mapping for example-based colour
transfer"; AdaIN, arXiv:1703.06868, is its diagonal). The steps that are left make one natural
picture of it again. No network runs for it, none is changed, and any model can do it.

Weighed against it (docs/figures.md): self-attention that sees the reference too (StyleAligned,
arXiv:2312.02133) costs half a picture more and changes next to nothing in the built-in model, whose
attention has 8 x 8 places.
"""

from typing import Final

import torch
from torch import Tensor

from maquette.core.pixels import Pixels
from maquette.core.style_image import StyleImage
from maquette.worker.image_to_image import encode
from maquette.worker.pipeline import Pipeline
from maquette.worker.schedule import Scheduler, original_terms

_FIRST: Final = 0.2  # the share of the steps in which the subject takes shape by itself
_LEAST: Final = 1e-4  # variance of a channel: below it there is nothing to be scaled
_CONTRAST: Final = 0.4  # of the picture's own variance: a plain reference leaves it that much


class StyleReference:
    """One reference for one picture."""

    def __init__(self, pipeline: Pipeline, image: StyleImage, pixels: Pixels, seed: int) -> None:
        """`pixels` are RGB of the recipe's size; `seed` is the picture's."""
        # What is done in one step is done again in the next, so it must be less than was asked for.
        self._share = image.strength**2
        generator = torch.Generator("cpu").manual_seed(seed)
        self._mean, self._covariance = _statistics(encode(pipeline, pixels, generator))

    def acts_at(self, step: int, total: int) -> bool:
        """Whether `step` of `total`, counted from 0, is brought to the style."""
        return step / total >= _FIRST or total == 1

    def styled(
        self, prediction: Tensor, latents: Tensor, scheduler: Scheduler, timestep: Tensor
    ) -> Tensor:
        """`prediction` (1, channels, h, w) for `latents`, changed so that the estimate it stands
        for has more of the reference's colours and textures."""
        kept, slope = original_terms(scheduler, timestep)
        original = kept * latents + slope * prediction
        moved = self._transported(original)
        return prediction + self._share * (moved - original) / slope

    def _transported(self, latents: Tensor) -> Tensor:
        """Latents (1, channels, h, w) with the reference's mean and covariance."""
        mean, covariance = _statistics(latents)
        contrast = float(self._covariance.trace() / covariance.trace())
        target = self._covariance * max(1.0, _CONTRAST / contrast)
        root, inverse = _power(covariance, 0.5), _power(covariance, -0.5)
        plan = inverse @ _power(root @ target @ root, 0.5) @ inverse
        flat = latents[0].flatten(1).float()
        plan, mean, centre = (each.to(flat) for each in (plan, mean, self._mean))
        moved = plan @ (flat - mean) + centre
        return moved.view_as(latents[0])[None].to(latents.dtype)


def _statistics(latents: Tensor) -> tuple[Tensor, Tensor]:
    """Mean (channels, 1) and covariance (channels, channels) of latents (1, channels, h, w).

    In float64 on the CPU: not every device can take matrices apart.
    """
    flat = latents[0].flatten(1).cpu().double()
    mean = flat.mean(1, keepdim=True)
    centred = flat - mean
    ridge = _LEAST * torch.eye(len(flat), dtype=flat.dtype)
    return mean, centred @ centred.T / flat.shape[1] + ridge


def _power(matrix: Tensor, exponent: float) -> Tensor:
    """`matrix`, which is symmetric and positive, to the power of `exponent`."""
    values, vectors = torch.linalg.eigh(matrix)
    return vectors * values.clamp_min(_LEAST**2) ** exponent @ vectors.T
