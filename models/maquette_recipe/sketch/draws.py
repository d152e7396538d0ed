"""Random numbers and smooth random fields for a batch of sketches, on the sketches' device."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor


class Draws:
    """Random choices for `count` sketches of `height` x `width` pixels.

    Numbers that decide which sketch gets what come from `rng` on the host, so that they are the
    same on every device; noise fields come from a generator on `device` that is seeded by it.
    """

    def __init__(
        self, rng: np.random.Generator, count: int, height: int, width: int, device: torch.device
    ) -> None:
        self.count, self.height, self.width, self.device = count, height, width, device
        self._rng = rng
        seed = int(rng.integers(2**62))
        self._generator = torch.Generator(device=device).manual_seed(seed)

    @property
    def scale(self) -> float:
        """Pixels here per pixel of a sketch 256 pixels high or wide, whichever is less."""
        return min(self.height, self.width) / 256

    def among(self, count: int) -> Draws:
        """Draws for `count` of the sketches."""
        return Draws(self._rng, count, self.height, self.width, self.device)

    def chosen(self, share: float) -> Tensor:
        """Indices of the sketches that get something which `share` of all get."""
        return torch.from_numpy(np.flatnonzero(self._rng.random(self.count) < share)).to(
            self.device
        )

    def uniform(self, low: float, high: float, *trailing: int) -> Tensor:
        """(N, 1, 1) float32, or (N, *trailing), between `low` and `high`."""
        shape = (self.count, *(trailing or (1, 1)))
        return torch.from_numpy(self._rng.uniform(low, high, shape).astype(np.float32)).to(
            self.device
        )

    def pick(self, table: Tensor) -> Tensor:
        """(N, ...) rows of `table` (R, ...), each drawn at random."""
        rows = torch.from_numpy(self._rng.integers(len(table), size=self.count))
        return table[rows].to(self.device)

    def noise(self) -> Tensor:
        """(N, H, W) standard normal noise, independent for every pixel."""
        shape = (self.count, self.height, self.width)
        return torch.randn(shape, generator=self._generator, device=self.device)

    def grain(self) -> Tensor:
        """(N, H, W) standard normal noise whose specks are about two pixels wide."""
        shape = (self.count, self.height + 1, self.width + 1)
        noise = torch.randn(shape, generator=self._generator, device=self.device)
        pairs = noise[:, 1:] + noise[:, :-1]
        return (pairs[..., 1:] + pairs[..., :-1]) * 0.5

    def smooth(self, pixels: float, channels: int = 1) -> Tensor:
        """(N, channels, H, W) value noise in -1..1 whose features are `pixels` wide.

        `pixels` counts at a size of 256. A random lattice, interpolated by the smooth step
        3 t^2 - 2 t^3 (Perlin, "An image synthesizer", SIGGRAPH 1985).
        """
        down = self._weights(self.height, pixels * self.scale)
        across = self._weights(self.width, pixels * self.scale)
        lattice = torch.rand(
            (self.count, channels, down.shape[1], across.shape[1]),
            generator=self._generator, device=self.device,
        )  # fmt: skip
        return down @ (2 * lattice - 1) @ across.T

    def _weights(self, size: int, step: float) -> Tensor:
        """How much each of `size` pixels takes of every lattice point, (size, points)."""
        points = int(size / step) + 2
        place = torch.arange(size, device=self.device) / step
        distance = (place[:, None] - torch.arange(points, device=self.device)).abs().clamp_max(1)
        return 1 - distance.square() * (3 - 2 * distance)

    def plane(self) -> tuple[Tensor, Tensor]:
        """Coordinates x (1, 1, W) and y (1, H, 1) in -1..1."""
        x = torch.linspace(-1, 1, self.width, device=self.device)
        y = torch.linspace(-1, 1, self.height, device=self.device)
        return x.view(1, 1, -1), y.view(1, -1, 1)
