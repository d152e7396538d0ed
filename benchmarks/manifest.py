"""What a signed manifest costs: time to sign and to verify a 512x512 picture, and its bytes.

Processor time of all threads on one core, so that other programs do not count. Beside it stands the
encoding of the same file, as a measure of the machine.
"""

import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.report import Figure, report
from maquette.core.ledger_entry import Ingredient
from maquette.core.marking import FileFormat
from maquette.core.pixels import Pixels
from maquette.core.record import SourceType
from maquette.provenance.identity.opening import known_signers, open_signer
from maquette.provenance.manifest.claim import ManifestClaim
from maquette.provenance.manifest.reading import ManifestState, read
from maquette.provenance.manifest.signing import sign

SIDE = 512  # pixels
REPEATS = 40
WARM_UP = 5
MAX_TIME = 15.0  # ms, signing and verifying together
MAX_GROWTH = 8.0  # KiB
CLAIM = ManifestClaim(
    record_id="7F3A91C2",
    created="2026-11-22T04:00:00+00:00",
    tool="Maquette",
    tool_version="0",
    source_type=SourceType.GENERATED,
    width=SIDE,
    height=SIDE,
    watermarked=True,
    ingredients=tuple(
        Ingredient(role=role, digest="ab" * 32) for role in ("model", "lora", "sketch")
    ),
    prompt_sha256="cd" * 32,
    perceptual_hash="0123456789abcdef",
)


def main() -> int:
    """Measure every format and report medians."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    pixels = _scene()
    figures = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = _median(lambda: open_signer(folder, find_keychain=lambda: None), 1)
        signer, known = open_signer(folder, find_keychain=lambda: None), known_signers(folder)
        figures.append(Figure("identity, made at first need", first, "ms"))
        for one in FileFormat:
            plain = _encode(pixels, one)
            made = sign(plain, one, CLAIM, signer)
            reading = read(made.file, known=known)
            if reading is None or reading.state is not ManifestState.OURS:
                raise RuntimeError(f"the manifest in {one.value} does not hold")
            signing = _median(lambda plain=plain, one=one: sign(plain, one, CLAIM, signer))
            reading_time = _median(lambda made=made: read(made.file, known=known))
            growth = (len(made.file) - len(plain)) / 1024
            encoding = _median(lambda one=one: _encode(pixels, one))
            figures += [
                Figure(f"{one.value}, sign", signing, "ms"),
                Figure(f"{one.value}, verify", reading_time, "ms"),
                Figure(f"{one.value}, both", signing + reading_time, "ms", at_most=MAX_TIME),
                Figure(f"{one.value}, growth", growth, "KiB", at_most=MAX_GROWTH),
                Figure(f"{one.value}, encoding for comparison", encoding, "ms"),
            ]
    return report("manifest", figures, {"side": SIDE, "repeats": REPEATS})


def _median(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Milliseconds of processor time that `work` takes."""
    taken = []
    for _ in range(repeats + (WARM_UP if repeats > 1 else 0)):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return statistics.median(taken[-repeats:])


def _scene() -> Pixels:
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    noise = np.random.default_rng(7).normal(0, 4, (SIDE, SIDE, 3))
    waves = np.dstack([np.sin(x / 40 + shift) + np.cos(y / 60) for shift in (0, 1, 2)])
    return np.clip(128 + 50 * waves + noise, 0, 255).astype(np.uint8)


def _encode(pixels: Pixels, file_format: FileFormat) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, file_format.value.upper())
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main())
