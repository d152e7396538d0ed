"""What a style works from: a picture, its drawing, its depth, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from maquette_recipe.styles.filters import blur, gradient, luminance, smoothstep


@dataclass(frozen=True)
class Sheet:
    """One rendered picture with its line drawing and depth, all on one device.

    `picture` is float32 (3, H, W), sRGB in 0..1; `lines` is (H, W) in 0..1, dark lines on paper of
    1; `depth` is (H, W) in 0..1, 0 for the background and larger for what is nearer.
    """

    picture: Tensor
    lines: Tensor
    depth: Tensor

    @cached_property
    def mask(self) -> Tensor:
        """(H, W), 1 on the objects and 0 around them, with an edge about one pixel soft."""
        return blur((self.depth > 0).float(), 0.7)

    @cached_property
    def ink(self) -> Tensor:
        """(H, W), 1 on the drawn lines and 0 on paper."""
        return ((1 - self.lines) / 0.9).clamp(0, 1)

    @cached_property
    def light(self) -> Tensor:
        """(H, W) luminance of the picture in 0..1."""
        return luminance(self.picture)

    @cached_property
    def shape_light(self) -> Tensor:
        """(H, W) how light the object is, its own range stretched so that black ones model too.

        Values from 0 to 1; the background has the object's mean. Styles without colour shade
        with this, because luminance alone would draw a black object as a blot.
        """
        inside = self.depth > 0
        values = self.light[inside]
        if values.numel() < 16:
            return self.light
        low, middle, high = torch.quantile(
            values, torch.tensor([0.04, 0.5, 0.97], device=values.device)
        )
        stretched = ((self.light - low) / (high - low).clamp_min(0.06)).clamp(0, 1)
        own = 0.72 * stretched + 0.28 * self.light
        return torch.where(inside, own, 0.72 * stretched[inside].mean() + 0.28 * middle)

    @cached_property
    def shadow(self) -> Tensor:
        """(H, W) in 0..1, the shadow that the object casts on what it stands on."""
        outside = 1 - self.mask
        level = blur(torch.stack([self.light * outside, outside]), 42)
        around = level[0] / level[1].clamp_min(1e-3)
        darker = ((around - self.light) / around.clamp_min(0.05)).clamp(0, 1)
        near = smoothstep(0.02, 0.2, blur(self.mask, 18))
        return blur(smoothstep(0.12, 0.42, darker) * outside * near, 1.5)

    @cached_property
    def contour(self) -> Tensor:
        """(H, W) factor in 0..1, below 1 on contours that tone alone would lose.

        A white object on white keeps its outline in paint only if the painter draws one.
        """
        dx, dy = gradient(blur(self.light, 1.2))
        lost = smoothstep(0.035, 0.008, blur(torch.sqrt(dx * dx + dy * dy), 1.5))
        return 1 - 0.55 * lost * smoothstep(0.05, 0.6, blur(self.ink, 1.3))

    @cached_property
    def drawn(self) -> Tensor:
        """(3, H, W), the picture with those contours darkened."""
        return self.picture * self.contour

    @cached_property
    def backdrop(self) -> Tensor:
        """(3, H, W), the surroundings alone, softened; where the object is, what is around it."""
        outside = 1 - blur((self.depth > 0).float(), 1.5)
        far = blur(torch.cat([self.picture * outside, outside[None]]), 28)
        near = blur(torch.cat([self.picture * outside, outside[None]]), 7)
        total = near + 0.02 * far
        return (total[:3] / total[3].clamp_min(1e-4)).clamp(0, 1)

    @cached_property
    def tone(self) -> Tensor:
        """(H, W) tone of a drawing on white: the modelled object and its cast shadow, 1 = paper."""
        return torch.lerp(1 - 0.55 * self.shadow, self.shape_light, self.mask)
