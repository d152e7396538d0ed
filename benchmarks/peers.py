"""Other invisible marks, made and read by their own libraries, 32 bits each."""

import importlib
import multiprocessing
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from maquette.core.pixels import Pixels

BITS = 32


class Peer(Protocol):
    """A mark: puts 8 hex digits into pixels, and reads them back (or something else, or None)."""

    def embed(self, pixels: Pixels, identity: str) -> Pixels: ...

    def read(self, pixels: Pixels) -> str | None: ...


class InvisibleWatermark:
    """dwtDct, dwtDctSvd and rivaGan of invisible-watermark."""

    def __init__(self, method: str) -> None:
        self._method = method

    def embed(self, pixels: Pixels, identity: str) -> Pixels:
        self._coder.set_watermark("bits", _bits(identity).tolist())
        return np.ascontiguousarray(self._coder.encode(_swapped(pixels), self._method)[..., ::-1])

    def read(self, pixels: Pixels) -> str | None:
        try:
            return _identity(self._decoder.decode(_swapped(pixels), self._method))
        except RuntimeError:  # it refuses pictures of fewer than 65,536 pixels
            return None

    @cached_property
    def _coder(self):
        from imwatermark import WatermarkEncoder  # noqa: PLC0415 - imports torch

        if self._method == "rivaGan":
            WatermarkEncoder.loadModel()
        return WatermarkEncoder()

    @cached_property
    def _decoder(self):
        from imwatermark import WatermarkDecoder  # noqa: PLC0415

        if self._method == "rivaGan":
            WatermarkDecoder.loadModel()
        return WatermarkDecoder("bits", BITS)


class BlindWatermark:
    """blind-watermark; it must be told the size in which it marked, and here is not."""

    def embed(self, pixels: Pixels, identity: str) -> Pixels:
        coder = self._coder()
        coder.read_img(img=_swapped(pixels))
        coder.read_wm(_bits(identity).astype(bool), mode="bit")
        marked = np.clip(np.rint(coder.embed()), 0, 255).astype(np.uint8)
        return np.ascontiguousarray(marked[..., ::-1])

    def read(self, pixels: Pixels) -> str | None:
        bits = self._coder().extract(embed_img=_swapped(pixels), wm_shape=BITS, mode="bit")
        return _identity(np.asarray(bits) > 0.5)

    @staticmethod
    def _coder():
        # It sets how processes start when it is imported, and fails where that is set already.
        multiprocessing.set_start_method(None, force=True)
        package = importlib.import_module("blind_watermark")  # installed for this only
        package.bw_notes.close()
        return package.WaterMark(password_img=1, password_wm=1)


PEERS: dict[str, Peer] = {
    "dwtDct": InvisibleWatermark("dwtDct"),
    "dwtDctSvd": InvisibleWatermark("dwtDctSvd"),
    "rivaGan": InvisibleWatermark("rivaGan"),
    "blind-watermark": BlindWatermark(),
}


def _bits(identity: str) -> npt.NDArray[np.uint8]:
    return np.unpackbits(np.frombuffer(bytes.fromhex(identity), np.uint8))


def _identity(bits: npt.ArrayLike) -> str:
    return np.packbits(np.asarray(bits).astype(np.uint8)).tobytes().hex().upper()


def _swapped(pixels: Pixels) -> Pixels:
    """BGR, as OpenCV's users have it."""
    return np.ascontiguousarray(pixels[..., ::-1])
