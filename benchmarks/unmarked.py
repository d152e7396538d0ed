"""The worker's pixels before they are marked: one digest per recipe on stdin (JSON lines)."""

import sys
import tempfile
from pathlib import Path

import msgspec
import torch

from maquette.core.pixels import pixel_digest
from maquette.core.recipe import Recipe
from maquette.worker.cancel import CancelToken
from maquette.worker.device import DTYPES
from maquette.worker.models import load_model
from maquette.worker.text_to_image import Run, make_image


def main() -> None:
    """Usage: python -m benchmarks.unmarked MODEL DEVICE PRECISION THREADS < recipes."""
    model, device, precision, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    with tempfile.TemporaryDirectory() as folder:
        pipeline = load_model(
            model,
            torch.device(device),
            DTYPES[precision],
            Path(folder) / "digests.json",
            lambda stage, fraction: None,
        )
    for line in sys.stdin:
        recipe = msgspec.json.decode(line, type=Recipe)
        pixels = make_image(pipeline, recipe, None, lambda *_: None, Run(CancelToken()))
        print(pixel_digest(pixels), flush=True)


if __name__ == "__main__":
    main()
