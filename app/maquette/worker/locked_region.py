"""Locked regions: parts of the start image that stay, while the rest is made again.

The latents of what stays are put back under their noise after every step, as in RePaint
(arXiv:2201.09865, algorithm 1, without its resampling) and diffusers' inpainting over ordinary
UNets; so what is made anew fits to what stays. The pixels themselves are put back at the end.
"""

import cv2
import numpy as np
import numpy.typing as npt
import torch
from torch.nn.functional import adaptive_avg_pool2d

from maquette.core.pixels import Pixels
from maquette.worker.image_to_image import NoisyStart
from maquette.worker.schedule import Scheduler

_WHITE = 255


class LockedRegion:
    """What stays of one picture."""

    def __init__(self, start: Pixels, grey: Pixels, feather: int, latents: NoisyStart) -> None:
        """`grey` is the map, white where `start` stays; `latents` are those of `start`."""
        self._start = start
        self._kept = kept_share(grey, feather)
        self._latents = latents
        values = torch.from_numpy(self._kept)[None, None].to(latents.latents)
        self._cells = adaptive_avg_pool2d(values, list(latents.latents.shape[-2:]))

    def restored(
        self, latents: torch.Tensor, scheduler: Scheduler, timestep: torch.Tensor | None
    ) -> torch.Tensor:
        """`latents` with what stays put back, under the noise of `timestep`, None for no noise."""
        kept = self._latents.latents
        if timestep is not None:
            kept = self._latents.at(scheduler, timestep[None])
        return (1 - self._cells) * latents + self._cells * kept

    def blended(self, made: Pixels) -> Pixels:
        """`made` with the start image's own pixels where they stay, and a soft edge around."""
        share = self._kept[:, :, None]
        mixed = made + share * (self._start[:, :, :3].astype(np.float32) - made)
        return np.rint(mixed).astype(np.uint8)


def kept_share(grey: Pixels, feather: int) -> npt.NDArray[np.float32]:
    """How much of the start image stays, (height, width) in 0..1: 1 where `grey` is white.

    Outside it falls to 0 over `feather` pixels, along half a cosine, whose ends show no edge.
    """
    level = grey[:, :, 0]
    share = level.astype(np.float32) / _WHITE
    white = level == _WHITE
    if feather < 1 or not white.any():
        return share
    away = cv2.distanceTransform((~white).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    ramp = 0.5 + 0.5 * np.cos(np.pi * np.clip(away / (feather + 1), 0, 1))
    return np.maximum(share, ramp.astype(np.float32))
