"""Locked regions: parts of the start image that stay, while the rest is made again.

The latents of what stays are put back under their noise after every step, as in RePaint
(arXiv:2201.09865, algorithm 1, without its resampling) and diffusers' inpainting over ordinary
UNets; so what is made anew fits to what stays. The pixels themselves are put back at the end.

What is made anew may still be a shade lighter or warmer than what stays, which shows as a seam
where both are of one thing, a wall or a table. So it is levelled: what the two differ by along the
border, where it is little, is taken away there and, fading, around (the membrane of Perez et al.,
"Poisson image editing", 2003, by normalised convolution, and without its bleeding: where the two
differ much, they are meant to).
"""

import cv2
import numpy as np
import numpy.typing as npt
import torch
from torch.nn.functional import adaptive_avg_pool2d

from maquette.core.pixels import Pixels
from maquette.worker.image_to_image import NoisyStart
from maquette.worker.schedule import Scheduler

Shades = npt.NDArray[np.float32]

_WHITE = 255
_SHADE = 20.0  # of 255: a difference that is more likely one of light than one of things
_BORDER = 0.12  # of the shorter side: how wide the border is in which they are looked at
_NEAR = 0.03  # of the shorter side: how far a difference tells of its neighbours
_FADE = 0.4  # of the shorter side: how far from the border it is made up for
_SURE = 0.02  # density of border pixels at which what they say is taken half for sure
_COARSE = 256  # pixels of the shorter side on which the levels are worked out


class LockedRegion:
    """What stays of one picture."""

    def __init__(self, start: Pixels, grey: Pixels, feather: int, latents: NoisyStart) -> None:
        """`grey` is the map, white where `start` stays; `latents` are those of `start`."""
        self._start = start
        self._kept = kept_share(grey, feather)
        self._latents = latents
        values = torch.from_numpy(self._kept)[None, None].to(latents.latents)
        rows, columns = latents.latents.shape[-2:]
        self._cells = adaptive_avg_pool2d(values, (rows, columns))

    def restored(
        self, latents: torch.Tensor, scheduler: Scheduler, timestep: torch.Tensor | None
    ) -> torch.Tensor:
        """`latents` with what stays put back, under the noise of `timestep`, None for no noise."""
        kept = self._latents.latents
        if timestep is not None:
            kept = self._latents.at(scheduler, timestep[None])
        return (1 - self._cells) * latents + self._cells * kept

    def blended(self, made: Pixels) -> Pixels:
        """`made`, levelled, with the start image's own pixels where they stay, and a soft edge."""
        share = self._kept[:, :, None]
        start = self._start[:, :, :3].astype(np.float32)
        levelled = made + _levels(start - made, self._kept)
        mixed = levelled + share * (start - levelled)
        return np.rint(mixed.clip(0, _WHITE)).astype(np.uint8)


def _levels(differences: Shades, kept: Shades) -> Shades:
    """What to add to a picture so that it meets the one that stays without a step.

    Args:
        differences: (height, width, 3), of what stays from what was made.
        kept: (height, width), how much stays.
    """
    height, width = kept.shape
    factor = max(1, min(height, width) // _COARSE)
    size = (width // factor, height // factor)
    away = cv2.distanceTransform((kept < 1).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    away /= min(height, width)
    border = ((away > 0) & (away < _BORDER)).astype(np.float32)
    least = border * np.exp(-((np.abs(differences).max(axis=2) / _SHADE) ** 2))
    told = cv2.resize(least[:, :, None] * differences, size, interpolation=cv2.INTER_AREA)
    weight = cv2.resize(least, size, interpolation=cv2.INTER_AREA)
    near = _NEAR * min(size)
    told, weight = (cv2.GaussianBlur(each, (0, 0), near) for each in (told, weight))
    levels = told / (weight + _SURE)[:, :, None]
    fading = np.clip(1 - away / _FADE, 0, 1)[:, :, None]
    whole = cv2.resize(levels, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(whole * fading, np.float32)


def kept_share(grey: Pixels, feather: int) -> Shades:
    """How much of the start image stays, (height, width) in 0..1: 1 where `grey` is white.

    Outside it falls to 0 over `feather` pixels, along half a cosine, whose ends show no edge.
    """
    level = grey[:, :, 0]
    share = level.astype(np.float32) / np.float32(_WHITE)
    white = level == _WHITE
    if feather < 1 or not white.any():
        return share
    away = cv2.distanceTransform((~white).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    ramp = 0.5 + 0.5 * np.cos(np.pi * np.clip(away / (feather + 1), 0, 1))
    return np.maximum(share, ramp.astype(np.float32))
