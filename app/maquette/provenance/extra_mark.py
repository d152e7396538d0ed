"""The second invisible mark: invisible-watermark's methods, which other tools can read.

Both carry the record id as 32 bits. `dwtDctSvd` is written by our own encoder of that format (see
`dwt_dct_svd` for why); `rivaGan` by the package's network, which needs onnxruntime (the extra
"extra-marks"). The package itself is not imported, since that would import torch and OpenCV.
"""

import importlib
import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from maquette.core.errors import InputError
from maquette.core.marking import ExtraMark
from maquette.core.pixels import Pixels
from maquette.provenance.dwt_dct_svd import Bits, embed_bits, read_bits

_ID_BITS = 32
_LEAST_PIXELS = 256 * 256  # below this the package neither writes nor reads
_LEAST_SIDE = 32  # pixels; thinner pictures have too few of dwtDctSvd's cells in a row
_RIVA_THRESHOLD = 0.52  # the package's own
_WRONG_BITS = 3  # that a mark may have and still name its record: chance 1.3e-6 for one id


class ExtraMarkMissing(InputError):
    """What the chosen extra mark needs is not installed."""


def embed_extra(pixels: Pixels, record_id: str, kind: ExtraMark) -> Pixels | None:
    """A copy of `pixels` (height, width, 3 or 4) that carries the id; None if it is too small.

    Raises:
        ExtraMarkMissing: rivaGan is chosen and not installed.
    """
    if _is_too_small(pixels):
        return None
    rgb = np.ascontiguousarray(pixels[..., :3])
    if kind is ExtraMark.DWT_DCT_SVD:
        changed = embed_bits(rgb, _bits(record_id))
    else:
        changed = _riva_embed(rgb, _bits(record_id))
    marked = pixels.copy()
    marked[..., :3] = changed
    return marked


def reads_extra(pixels: Pixels, record_id: str, kind: ExtraMark) -> bool:
    """Whether `pixels` carry the extra mark of `record_id`, all but three of its bits.

    Raises:
        ExtraMarkMissing: rivaGan is chosen and not installed.
    """
    if _is_too_small(pixels):
        return False
    rgb = np.ascontiguousarray(pixels[..., :3])
    if kind is ExtraMark.DWT_DCT_SVD:
        read = read_bits(rgb, _ID_BITS)
    else:
        session = _riva_session("rivagan_decoder.onnx")
        read = session.run(None, {"frame": _riva_frame(rgb)})[0][0] > _RIVA_THRESHOLD
    return int(np.count_nonzero(read != _bits(record_id))) <= _WRONG_BITS


def _is_too_small(pixels: Pixels) -> bool:
    height, width = pixels.shape[:2]
    return height * width < _LEAST_PIXELS or min(height, width) < _LEAST_SIDE


def _bits(record_id: str) -> Bits:
    return np.unpackbits(np.frombuffer(bytes.fromhex(record_id), np.uint8))


def _riva_embed(rgb: Pixels, bits: Bits) -> Pixels:
    session = _riva_session("rivagan_encoder.onnx")
    inputs = {"frame": _riva_frame(rgb), "data": bits[None].astype(np.float32)}
    frame = np.clip(session.run(None, inputs)[0][0, :, 0], -1, 1)
    bgr = np.rint((frame.transpose(1, 2, 0) + 1) * 127.5).astype(np.uint8)
    return np.ascontiguousarray(bgr[..., ::-1])


def _riva_frame(rgb: Pixels) -> npt.NDArray[np.float32]:
    """As the network takes it: BGR, -1 to 1, shape (1, 3, 1, height, width)."""
    frame = rgb[..., ::-1].astype(np.float32) / 127.5 - 1
    return frame.transpose(2, 0, 1)[None, :, None]


def _riva_session(file: str) -> Any:
    package = importlib.util.find_spec("imwatermark")
    if package is None or package.origin is None or not importlib.util.find_spec("onnxruntime"):
        raise ExtraMarkMissing(
            "The extra mark rivaGan needs invisible-watermark and onnxruntime; "
            "install them with pip install maquette[extra-marks]."
        )
    onnxruntime = importlib.import_module("onnxruntime")
    return onnxruntime.InferenceSession(
        str(Path(package.origin).parent / file), providers=["CPUExecutionProvider"]
    )
