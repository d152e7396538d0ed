"""Guidance by outlines: every step's estimate of the picture is drawn to the lines of the sketch.

A ControlNet says roughly where lines are; a small one misses them by a few pixels. So the clean
latents that a step estimates are decoded, the edges of that picture are compared with the lines,
and the estimate moves down the gradient of what is missing and of what is too much. The gradient
goes through the decoder alone, as in manifold preserving guided diffusion (arXiv:2311.16424,
section 4), which spares the far longer way through the UNet; the steps that are left make one
natural picture of it again, and so the last step is free.
"""

import math
from typing import Final

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import adaptive_avg_pool2d, conv2d, max_pool2d, pad

from maquette.core.control import Control
from maquette.core.pixels import Pixels
from maquette.sketch.centre_lines import CentreLines, centre_lines
from maquette.sketch.edges import DETECTOR
from maquette.sketch.fidelity import TOLERANCE
from maquette.worker.pipeline import Pipeline
from maquette.worker.schedule import Scheduler, original_terms

MOST_PIXELS: Final = 512 * 512
"""Of a picture that can be guided: the way back through the decoder takes much memory."""

_FIRST = 0.2  # the share of the steps before which estimates are too vague to have edges
_CLEAR = 8.0  # CIELAB units per pixel: an edge that everybody sees
_CALM = 3.0  # the same: less than this is shading, not an edge
_AWAY = 3.0  # pixels from any line, from where on an edge is too much
_SUPERFLUOUS = 0.3  # what too much counts beside what is missing
_SETTLED = 0.1  # of the loss: below it the estimate is drawn less and less
# Lightness, red to green and yellow to blue of gamma-coded RGB in 0..1, scaled like CIELAB, whose
# own roots have no slope in black.
_OPPONENTS = ((30.0, 59.0, 11.0), (55.0, -70.0, 15.0), (25.0, 35.0, -60.0))


class OutlineGuidance:
    """The lines of one sketch, ready to be compared with what is decoded."""

    def __init__(
        self, pipeline: Pipeline, control: Control, sketch: CentreLines, weights: Pixels | None
    ) -> None:
        """`weights` is a grey map of any size, white where lines count in full."""
        self._vae = pipeline.vae
        self._control = control
        height, width = sketch.lines.shape
        self._size = height, width
        share = np.ones((height, width), np.float32)
        if weights is not None:
            grey = np.ascontiguousarray(weights[:, :, 0])
            resized = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
            share = np.asarray(resized, np.float32) / 255
        # Guidance is tensors that a gradient is taken with, wherever it is made.
        with torch.inference_mode(False):
            self._lines = _plane(pipeline, sketch.lines * share)
            self._near = _plane(pipeline, sketch.distance <= TOLERANCE)
            away = sketch.region & (sketch.distance > _AWAY)
            self._away = _plane(pipeline, away * share)
            angle = np.arctan2(sketch.across, sketch.along) / 2  # they are of twice the angle
            self._normal = _plane(pipeline, np.cos(angle)), _plane(pipeline, np.sin(angle))
            self._total = self._lines.sum().clamp_min(1)
            self._opponents = torch.tensor(_OPPONENTS, device=pipeline.device)[:, :, None, None]
            kernel = np.asarray(cv2.getGaussianKernel(5, DETECTOR.sigma), np.float32)
            self._blur = _plane(pipeline, kernel @ kernel.T)

    @property
    def network(self) -> torch.nn.Module:
        """What runs in every guided step."""
        return self._vae

    def acts_at(self, step: int, total: int) -> bool:
        """Whether `step` of `total`, counted from 0, is guided."""
        begin = max(self._control.begin, _FIRST)
        return (
            step / total >= begin and step + 1 < total and (step + 1) / total <= self._control.end
        )

    def guided(
        self, prediction: Tensor, latents: Tensor, scheduler: Scheduler, timestep: Tensor
    ) -> Tensor:
        """`prediction` (1, channels, h, w) for `latents`, changed so that the estimate it stands
        for is drawn to the lines."""
        kept, slope = original_terms(scheduler, timestep)
        return prediction + self._drawn(kept * latents + slope * prediction) / slope

    def _drawn(self, original: Tensor) -> Tensor:
        """What to add to estimated clean latents (1, channels, h, w)."""
        with torch.inference_mode(False), torch.enable_grad():
            estimate = original.clone().float().requires_grad_(True)
            loss = self.loss(estimate)
            (gradient,) = torch.autograd.grad(loss, estimate)
        spread = gradient.square().mean().sqrt().clamp_min(1e-8)
        urgency = (loss.detach() / _SETTLED).clamp_max(1)
        return (-self._control.outline * urgency * gradient / spread).to(original.dtype)

    def loss(self, latents: Tensor) -> Tensor:
        """How far the picture of `latents` is from having its edges where the lines are, shape ().

        0 where there is a clear edge along every line and none elsewhere in the drawing.
        """
        vae = self._vae
        decoded = vae.decode(latents.to(vae.dtype) / vae.config.scaling_factor, return_dict=False)
        picture = adaptive_avg_pool2d(decoded[0].float() * 0.5 + 0.5, self._size)
        colours = conv2d(picture, self._opponents).transpose(0, 1)
        smooth = conv2d(pad(colours, (2, 2, 2, 2), mode="replicate"), self._blur)
        framed = pad(smooth, (1, 1, 1, 1), mode="replicate")
        dx = (framed[..., 1:-1, 2:] - framed[..., 1:-1, :-2]) / 2
        dy = (framed[..., 2:, 1:-1] - framed[..., :-2, 1:-1]) / 2
        # Along a line counts what changes across it, anywhere within the tolerance.
        across = _length(dx * self._normal[0] + dy * self._normal[1])
        reach = math.floor(TOLERANCE)
        found = max_pool2d(across * self._near, 2 * reach + 1, 1, reach)
        missing = ((1 - found / _CLEAR).clamp_min(0) * self._lines).sum()
        edges = (_length(torch.cat([dx, dy])) - _CALM).clamp_min(0) / _CLEAR
        return (missing + _SUPERFLUOUS * (edges * self._away).sum()) / self._total


def outline_guidance(
    pipeline: Pipeline, control: Control, sketch: Pixels, weights: Pixels | None
) -> OutlineGuidance | None:
    """Guidance for `control`; None if the sketch has no lines to speak of."""
    lines = centre_lines(sketch)
    return None if lines is None else OutlineGuidance(pipeline, control, lines, weights)


def can_be_guided(pipeline: Pipeline, width: int, height: int) -> bool:
    """Whether pictures of this size can be guided by outlines: the decoder must be a small one."""
    return hasattr(pipeline.vae.config, "num_decoder_blocks") and width * height <= MOST_PIXELS


def _length(parts: Tensor) -> Tensor:
    """Of vectors (n, 1, h, w), with a slope at 0 too."""
    return parts.square().sum(0, keepdim=True).add(1e-3).sqrt()


def _plane(pipeline: Pipeline, values: np.ndarray) -> Tensor:
    """(1, 1, h, w) float32 on the device."""
    plane = np.ascontiguousarray(values, dtype=np.float32)
    return torch.from_numpy(plane)[None, None].to(pipeline.device)
