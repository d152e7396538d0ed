"""The operations on planes that marking and reading are made of, here by numpy and OpenCV.

The worker has the same operations on a GPU; both give the same mark.
"""

from typing import Any, Protocol

import cv2
import numpy as np
import numpy.typing as npt

from maquette.core.pixels import Pixels
from maquette.provenance.watermark.lattice import Complex

Plane = Any
"""One channel, float32, shape (height, width); an array or a tensor."""
Colours = Any
"""Three channels, uint8, shape (height, width, 3); an array or a tensor."""

LUMA = (0.299, 0.587, 0.114)
"""BT.601, as JPEG has it."""


class Arrays(Protocol):
    """What a device must be able to do. Planes support +, -, *, / and ** by themselves."""

    def load(self, pixels: Pixels) -> Colours:
        """Three channels of `pixels` on the device."""
        ...

    def unload(self, colours: Colours) -> Pixels:
        """`colours` back in ordinary memory."""
        ...

    def luma(self, colours: Colours) -> Plane:
        """Y of BT.601, 0 to 255."""
        ...

    def shifted(self, colours: Colours, change: Plane) -> Colours:
        """`change`, in whole levels, added to each channel, within 0 to 255."""
        ...

    def brightened(self, colours: Colours, factor: float) -> Colours:
        """Each channel times `factor`, within 0 to 255."""
        ...

    def blurred(self, plane: Plane, sigma: float) -> Plane:
        """Convolved with a Gaussian of `sigma` px."""
        ...

    def smoothed(self, plane: Plane, spread: float) -> Plane:
        """Bilateral filter, 5 px wide, sigma 2 px: averages values within about `spread` levels."""
        ...

    def magnitude(self, plane: Plane) -> Plane:
        """Absolute values."""
        ...

    def at_most(self, plane: Plane, limit: float) -> Plane:
        """`plane` where it is below `limit`, else `limit`."""
        ...

    def median(self, plane: Plane) -> float:
        """The middle value."""
        ...

    def shrunk(self, plane: Plane, height: int, width: int) -> Plane:
        """Made smaller by averaging areas."""
        ...

    def stretched(self, plane: Plane, height: int, width: int) -> Plane:
        """Made larger, linearly."""
        ...

    def jpeg(self, plane: Plane, quality: int) -> Plane:
        """`plane` after one JPEG round trip."""
        ...

    def pattern(self, down: Complex, grid: Complex, across: Complex) -> Plane:
        """The real part of down @ grid @ across."""
        ...

    def spectrum(self, plane: Plane, height: int, width: int, neighbours: int) -> Plane:
        """The real Fourier transform, padded to (height, width), with the origin at the centre
        of `plane` and each value divided by the mean magnitude of `neighbours`**2 around it."""
        ...

    def sample(
        self, spectrum: Plane, down: npt.NDArray[np.floating], across: npt.NDArray[np.floating]
    ) -> Complex:
        """Values at fractional places (wrapping downwards), interpolated linearly."""
        ...


class NumpyArrays:
    """`Arrays` on the CPU."""

    def load(self, pixels: Pixels) -> Pixels:
        return np.ascontiguousarray(pixels[..., :3])

    def unload(self, colours: Pixels) -> Pixels:
        return colours

    def luma(self, colours: Pixels) -> Plane:
        return cv2.transform(colours.astype(np.float32), np.array([LUMA], np.float32))

    def shifted(self, colours: Pixels, change: npt.NDArray[np.float32]) -> Pixels:
        whole = np.rint(change).astype(np.int16)[..., None]
        return np.clip(colours + whole, 0, 255).astype(np.uint8)

    def brightened(self, colours: Pixels, factor: float) -> Colours:
        return cv2.convertScaleAbs(colours, alpha=factor)

    def blurred(self, plane: npt.NDArray[np.float32], sigma: float) -> Plane:
        return cv2.GaussianBlur(plane, (0, 0), sigma)

    def smoothed(self, plane: npt.NDArray[np.float32], spread: float) -> Plane:
        return cv2.bilateralFilter(plane, 5, spread, 2)

    def magnitude(self, plane: npt.NDArray[np.float32]) -> Plane:
        return np.abs(plane)

    def at_most(self, plane: npt.NDArray[np.float32], limit: float) -> Plane:
        return np.minimum(plane, np.float32(limit))

    def median(self, plane: npt.NDArray[np.float32]) -> float:
        return float(np.median(plane))

    def shrunk(self, plane: npt.NDArray[np.float32], height: int, width: int) -> Plane:
        return cv2.resize(plane, (width, height), interpolation=cv2.INTER_AREA)

    def stretched(self, plane: npt.NDArray[np.float32], height: int, width: int) -> Plane:
        return cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR)

    def jpeg(self, plane: npt.NDArray[np.float32], quality: int) -> Plane:
        levels = np.clip(np.rint(plane), 0, 255).astype(np.uint8)
        _, file = cv2.imencode(".jpg", levels, [cv2.IMWRITE_JPEG_QUALITY, quality])
        decoded: Any = cv2.imdecode(file, cv2.IMREAD_GRAYSCALE)
        return decoded.astype(np.float32)

    def pattern(self, down: Complex, grid: Complex, across: Complex) -> Plane:
        rows = down @ grid
        return rows.real @ across.real - rows.imag @ across.imag

    def spectrum(
        self, plane: npt.NDArray[np.float32], height: int, width: int, neighbours: int
    ) -> Complex:
        padded = np.zeros((height, width), np.float32)
        y, x = (side // 2 for side in plane.shape)
        padded[: plane.shape[0] - y, : plane.shape[1] - x] = plane[y:, x:]
        padded[height - y :, : plane.shape[1] - x] = plane[:y, x:]
        padded[: plane.shape[0] - y, width - x :] = plane[y:, :x]
        padded[height - y :, width - x :] = plane[:y, :x]
        values: Any = np.fft.rfft2(padded)  # complex64
        around = cv2.blur(
            np.abs(values), (neighbours, neighbours), borderType=cv2.BORDER_REFLECT_101
        )
        return values / (around + np.float32(1e-6))

    def sample(
        self,
        spectrum: Complex,
        down: npt.NDArray[np.floating],
        across: npt.NDArray[np.floating],
    ) -> Complex:
        height, width = spectrum.shape
        left = np.minimum(across.astype(np.intp), width - 2)
        top = np.floor(down).astype(np.intp)
        right_share, lower_share = (
            (across - left).astype(np.float32),
            (down - top).astype(np.float32),
        )
        flat: Any = spectrum.ravel()
        upper, lower = top % height * width + left, (top + 1) % height * width + left
        above = flat[upper] * (1 - right_share) + flat[upper + 1] * right_share
        below = flat[lower] * (1 - right_share) + flat[lower + 1] * right_share
        return above * (1 - lower_share) + below * lower_share
