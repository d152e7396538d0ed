"""The watermark's operations on a GPU: the same mark without work for the processor.

Each gives what `provenance.watermark.arrays.NumpyArrays` gives, but for rounding.
"""

import math

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from maquette.core.pixels import Pixels
from maquette.provenance.watermark.arrays import LUMA
from maquette.provenance.watermark.lattice import Complex

_RADIUS, _DISTANCE = 2, 2.0  # of the bilateral filter, px
_BLOCK = 8
# The luminance table of JPEG (ITU-T T.81, table K.1).
_TABLE = (
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
)  # fmt: skip


class TorchArrays:
    """`Arrays` on a torch device. Planes are float32 tensors (height, width)."""

    def __init__(self, device: torch.device) -> None:
        self._device = device

    def load(self, pixels: Pixels) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(pixels[..., :3])).to(self._device)

    def unload(self, colours: Tensor) -> Pixels:
        return colours.cpu().numpy()

    def luma(self, colours: Tensor) -> Tensor:
        return colours.float() @ torch.tensor(LUMA, device=self._device)

    def shifted(self, colours: Tensor, change: Tensor) -> Tensor:
        return (colours + change.round()[..., None]).clamp(0, 255).to(torch.uint8)

    def brightened(self, colours: Tensor, factor: float) -> Tensor:
        return (colours * factor).round().clamp(0, 255).to(torch.uint8)

    def blurred(self, plane: Tensor, sigma: float) -> Tensor:
        radius = round(4 * sigma)
        places = torch.arange(-radius, radius + 1, device=self._device)
        kernel = torch.exp(places**2 / (-2 * sigma**2))
        kernel = kernel / kernel.sum()
        padded = functional.pad(plane[None, None], [radius] * 4, mode="reflect")
        rows = functional.conv2d(padded, kernel[None, None, None])
        return functional.conv2d(rows, kernel[None, None, :, None])[0, 0]

    def smoothed(self, plane: Tensor, spread: float) -> Tensor:
        side = 2 * _RADIUS + 1
        padded = functional.pad(plane[None, None], [_RADIUS] * 4, mode="reflect")
        windows = functional.unfold(padded, side)[0]
        away = torch.arange(-_RADIUS, _RADIUS + 1, device=self._device) ** 2
        distance = (away[:, None] + away).reshape(-1, 1)
        near = torch.exp(distance / (-2 * _DISTANCE**2)) * (distance <= _RADIUS**2)
        alike = torch.exp((windows - plane.reshape(1, -1)) ** 2 / (-2 * spread**2))
        weights = near * alike
        return ((windows * weights).sum(0) / weights.sum(0)).reshape(plane.shape)

    def magnitude(self, plane: Tensor) -> Tensor:
        return plane.abs()

    def at_most(self, plane: Tensor, limit: float) -> Tensor:
        return plane.clamp(max=limit)

    def median(self, plane: Tensor) -> float:
        return float(plane.median())

    def shrunk(self, plane: Tensor, height: int, width: int) -> Tensor:
        return (
            self._overlaps(plane.shape[0], height) @ plane @ self._overlaps(plane.shape[1], width).T
        )

    def stretched(self, plane: Tensor, height: int, width: int) -> Tensor:
        return functional.interpolate(plane[None, None], (height, width), mode="bilinear")[0, 0]

    def jpeg(self, plane: Tensor, quality: int) -> Tensor:
        height, width = plane.shape
        below, right = -height % _BLOCK, -width % _BLOCK
        levels = plane.round().clamp(0, 255)[None, None]
        padded = functional.pad(levels, (0, right, 0, below), mode="replicate")[0, 0] - 128
        blocks = padded.reshape(padded.shape[0] // _BLOCK, _BLOCK, -1, _BLOCK).transpose(1, 2)
        cosines, table = self._cosines(), self._quantizers(quality)
        coefficients = (cosines @ blocks @ cosines.T / table).round() * table
        restored = (cosines.T @ coefficients @ cosines).transpose(1, 2).reshape(padded.shape)
        return (restored + 128).round().clamp(0, 255)[:height, :width]

    def pattern(self, down: Complex, grid: Complex, across: Complex) -> Tensor:
        rows, columns, amplitudes = (
            torch.from_numpy(values).to(self._device) for values in (down, across, grid)
        )
        return (rows @ amplitudes @ columns).real

    def spectrum(self, plane: Tensor, height: int, width: int, neighbours: int) -> Tensor:
        y, x = (side // 2 for side in plane.shape)
        padded = functional.pad(plane, (0, width - plane.shape[1], 0, height - plane.shape[0]))
        values = torch.fft.rfft2(padded.roll((-y, -x), (0, 1)))
        edge = [neighbours // 2] * 4
        around = functional.pad(values.abs()[None, None], edge, mode="reflect")
        return values / (functional.avg_pool2d(around, neighbours, 1)[0, 0] + 1e-6)

    def sample(
        self,
        spectrum: Tensor,
        down: npt.NDArray[np.floating],
        across: npt.NDArray[np.floating],
    ) -> Complex:
        height, width = spectrum.shape
        top, left = np.floor(down), np.minimum(np.floor(across), width - 2)
        lower_share, right_share = down - top, across - left
        corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
        places = np.stack([(top + y) % height * width + left + x for y, x in corners])
        index = torch.from_numpy(places.astype(np.int64)).to(self._device)
        values = spectrum.reshape(-1)[index].cpu().numpy()
        shares = np.stack(
            [(lower_share if y else 1 - lower_share) * (right_share if x else 1 - right_share)
             for y, x in corners]
        )  # fmt: skip
        return (values * shares).sum(axis=0).astype(np.complex64)

    def _overlaps(self, many: int, few: int) -> Tensor:
        """How much of each of `few` equal parts lies in each of `many`: (few, many), rows sum 1."""
        edges = torch.arange(few + 1, device=self._device, dtype=torch.float64) * many / few
        starts = torch.arange(many, device=self._device, dtype=torch.float64)
        upper = torch.minimum(edges[1:, None], starts + 1)
        lower = torch.maximum(edges[:-1, None], starts)
        return ((upper - lower).clamp(min=0) * few / many).float()

    def _cosines(self) -> Tensor:
        """The orthonormal DCT-II of 8 values: (8, 8)."""
        places = torch.arange(_BLOCK, device=self._device, dtype=torch.float32)
        waves = torch.cos(math.pi / _BLOCK * (places + 0.5) * places[:, None]) * math.sqrt(
            2 / _BLOCK
        )
        return torch.cat([waves[:1] / math.sqrt(2), waves[1:]])

    def _quantizers(self, quality: int) -> Tensor:
        """The table of K.1 scaled to `quality` as the Independent JPEG Group does: (8, 8)."""
        scale = 5000 // quality if quality < 50 else 200 - 2 * quality
        table = torch.tensor(_TABLE, device=self._device, dtype=torch.float32).reshape(
            _BLOCK, _BLOCK
        )
        return ((table * scale + 50) / 100).floor().clamp(1, 255)
