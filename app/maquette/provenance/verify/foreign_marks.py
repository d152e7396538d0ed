"""Invisible marks of other programs, read with the decoders of invisible-watermark.

Most image generators that mark at all write one fixed message with its method dwtDct. The bits
are repeated over 4x4 blocks in row order, and each block holds one bit; a message is found by the
majority of the blocks that should hold each of its bits.
"""

import contextlib
import functools
import importlib.util
import itertools
import math
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from maquette.core.marking import ExtraMark
from maquette.core.pixels import Pixels
from maquette.provenance.extra_mark import ExtraMarkMissing, reads_extra

Bits = npt.NDArray[np.uint8]

_CHANCE = 1e-9
"""How rarely random bits may pass for one message; a dozen are tried."""

_MIN_PIXELS = 256 * 256  # below this invisible-watermark neither writes nor reads
_ENOUGH_PIXELS = 768 * 768  # of the topmost rows: over 100 blocks for each bit
_BLOCK_ROWS = 8  # pixel rows of one row of blocks
_MOST_PIXELS = 1 << 22  # beyond which nobody waits for a second mark
_MOST_FOR_NETWORK = 1 << 20
_MOST_IDS = 2  # that are tried; a file that names more is not to be believed anyway


class KnownMessage(msgspec.Struct, frozen=True):
    """A message that a program writes into every picture."""

    writer: str
    method: str
    bits: tuple[int, ...]


class ForeignMark(msgspec.Struct, frozen=True):
    """A mark that was found. `writer` says in words whose it is; `record_id` when it is ours."""

    writer: str
    method: str
    record_id: str = ""


def _number(message: int) -> tuple[int, ...]:
    # Their code takes the digits of bin(), so that leading zeros are not written.
    return tuple(int(digit) for digit in bin(message)[2:])


def _text(message: str) -> tuple[int, ...]:
    return tuple(np.unpackbits(np.frombuffer(message.encode(), np.uint8)).tolist())


KNOWN_MESSAGES = (
    # diffusers/pipelines/stable_diffusion_xl/watermark.py, and Stability AI's own scripts
    KnownMessage(
        "Stable Diffusion XL",
        "dwtDct",
        _number(0b101100111110110010010000011110111011000110011110),
    ),
    # black-forest-labs/flux: 48 digits of which the first two are zeros
    KnownMessage("FLUX", "dwtDct", _number(0b001010101111111010000111100111001111010100101110)),
    KnownMessage("InvokeAI", "dwtDct", _text("InvokeAI")),
    KnownMessage("Stable Diffusion 1", "dwtDct", _text("StableDiffusionV1")),
    KnownMessage("Stable Diffusion 2", "dwtDct", _text("SDV2")),
)
"""Whose marks are known, from the sources of the programs that write them."""


def can_find_foreign_marks() -> bool:
    """Whether invisible-watermark and the OpenCV it reads with are installed."""
    return _library_folder() is not None and importlib.util.find_spec("cv2") is not None


def find_foreign_marks(pixels: Pixels) -> tuple[ForeignMark, ...]:
    """The known messages in `pixels` (height, width, 3), none without invisible-watermark.

    They are found only where a picture was neither scaled nor cut: its methods need the blocks
    where they were, and most do not outlive JPEG.
    """
    height, width = pixels.shape[:2]
    if height * width < _MIN_PIXELS or min(height, width) < _BLOCK_ROWS:
        return ()
    rows = max(_BLOCK_ROWS, _ENOUGH_PIXELS // width // _BLOCK_ROWS * _BLOCK_ROWS)
    bgr = np.ascontiguousarray(pixels[: max(rows, -(-_MIN_PIXELS // width)), :, 2::-1])
    blocks = _block_bits(bgr, "maxDct", "EmbedMaxDct")
    if blocks is None:
        return ()
    return tuple(
        ForeignMark(known.writer, known.method)
        for known in KNOWN_MESSAGES
        if _holds(blocks, np.array(known.bits, np.uint8))
    )


def find_second_mark(
    pixels: Pixels, record_ids: Iterable[str], *, with_network: bool
) -> ForeignMark | None:
    """The extra mark of one of `record_ids` in `pixels`, None if there is none.

    Extra marks have no check of their own, so only ids that something else names are believed.

    Args:
        with_network: also look for rivaGan's (seconds for each id).
    """
    area = pixels.shape[0] * pixels.shape[1]
    if not _MIN_PIXELS <= area <= _MOST_PIXELS:
        return None
    kinds = [ExtraMark.DWT_DCT_SVD]
    if with_network and area <= _MOST_FOR_NETWORK:
        kinds.append(ExtraMark.RIVA_GAN)
    for kind, record_id in itertools.product(kinds, itertools.islice(record_ids, _MOST_IDS)):
        with contextlib.suppress(ExtraMarkMissing):
            if reads_extra(pixels, record_id, kind):
                return ForeignMark("Maquette", kind, record_id)
    return None


def _holds(blocks: Bits, message: Bits) -> bool:
    """Whether the majority of `blocks` spells `message`, or its inverse.

    diffusers hands its encoder pixels of 0 to 255 as floats, for which OpenCV puts the middle of
    the chroma channels at 0.5 and not at 128; read from a file, all bits are then inverted.
    """
    rounds = len(blocks) // len(message)
    if rounds == 0:
        return False
    votes = blocks[: rounds * len(message)].reshape(rounds, len(message)).mean(axis=0)
    wrong = int(np.count_nonzero((votes > 0.5) != message))
    return min(wrong, len(message) - wrong) <= _errors_allowed(len(message))


@functools.cache
def _errors_allowed(length: int) -> int:
    """How many of `length` bits may be wrong, so that random bits pass with _CHANCE at most."""
    chance, allowed = 2.0 * 2.0**-length, 0
    while chance + 2.0 * math.comb(length, allowed + 1) * 2.0**-length <= _CHANCE:
        allowed += 1
        chance += 2.0 * math.comb(length, allowed) * 2.0**-length
    return allowed


def _block_bits(bgr: Pixels, module: str, name: str) -> Bits | None:
    """One bit for each block, in row order; None without invisible-watermark."""
    part = _part_of_library(module)
    if part is None:
        return None
    height, width = bgr.shape[:2]
    count = (height // 4 * 4 // 2 // 4) * (width // 4 * 4 // 2 // 4)
    # With a message as long as there are blocks, the decoder averages nothing.
    decoder: Any = getattr(part, name)(wmLen=count)
    return np.asarray(decoder.decode(bgr), np.uint8)


def _library_folder() -> Path | None:
    spec = importlib.util.find_spec("imwatermark")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def _part_of_library(name: str) -> ModuleType | None:
    """One module of invisible-watermark without its package, whose import loads torch."""
    folder = _library_folder()
    if folder is None or not can_find_foreign_marks():
        return None
    full_name = f"imwatermark.{name}"
    if full_name in sys.modules:
        return sys.modules[full_name]
    spec = importlib.util.spec_from_file_location(full_name, folder / f"{name}.py")
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[full_name] = module
    return module
