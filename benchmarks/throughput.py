"""The engine against a bare diffusers script: same model, steps, seeds and precision, one run.

The engine's side marks, verifies, saves and indexes every picture and sends previews; the script
only saves a PNG. Blocks alternate as A B B A, so that a machine that slows down slows both.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import psutil
from PIL import Image

from benchmarks.prompts import default_recipe
from benchmarks.report import Figure, report
from benchmarks.studio import Studio, open_studio
from maquette.core.model_files import find_model
from maquette.core.pixels import pixel_digest
from maquette.core.recipe import Recipe
from maquette.protocol.messages import Device
from maquette.worker.processors import allowed_processors

ROUNDS = 4  # of A B B A
PICTURES = 4  # per block
PAUSE = 1.0  # seconds before a block, so that one side does not take the other's load for its own
_DTYPES = {"fp32": "float32", "bf16": "bfloat16", "fp16": "float16"}


class BareScript:
    """The bare script as a resident process."""

    def __init__(self, model: str, device: Device, threads: int, niceness: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.bare_diffusers"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        # The worker gives way to the window; given to both, a busy machine slows both alike.
        psutil.Process(self._process.pid).nice(niceness)
        self._tell(
            {
                "model": str(find_model(model)[0]),
                "dtype": _DTYPES[device.precision],
                "device": device.kind,
                "threads": threads,
            }
        )
        self._expect("ready")

    def make(self, recipe: Recipe, path: Path) -> None:
        """Make the picture of `recipe` and save it at `path`."""
        self._tell(
            {
                "prompt": recipe.prompt,
                "width": recipe.width,
                "height": recipe.height,
                "num_inference_steps": recipe.steps,
                "guidance_scale": recipe.guidance_scale,
                "seed": recipe.seed,
                "path": str(path),
            }
        )
        self._expect("saved")

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _tell(self, message: object) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{json.dumps(message)}\n")
        self._process.stdin.flush()

    def _expect(self, word: str) -> None:
        assert self._process.stdout
        said = self._process.stdout.readline().strip()
        if said != word:
            raise RuntimeError(f"the bare script said {said!r} instead of {word!r}")


def unmarked_digests(recipes: Sequence[Recipe], device: Device, threads: int) -> list[str]:
    """Digests of the worker's pixels before marking, made in a process of their own."""
    arguments = [recipes[0].model.id, device.kind, device.precision, str(threads)]
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.unmarked", *arguments],
        input="".join(f"{msgspec.json.encode(recipe).decode()}\n" for recipe in recipes),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return made.stdout.split()


def worker_threads() -> int:
    """Threads that the worker lets torch use: physical cores that are allowed to it."""
    return max(1, min(psutil.cpu_count(logical=False) or 1, len(allowed_processors())))


async def engine_block(studio: Studio, recipes: list[Recipe]) -> float:
    """Seconds that the engine takes for `recipes`."""
    await asyncio.sleep(PAUSE)
    start = time.perf_counter()
    await studio.make(recipes)
    return time.perf_counter() - start


def bare_block(bare: BareScript, recipes: list[Recipe], folder: Path) -> float:
    """Seconds that the bare script takes for `recipes`."""
    time.sleep(PAUSE)
    start = time.perf_counter()
    for recipe in recipes:
        bare.make(recipe, folder / f"{recipe.seed}.png")
    return time.perf_counter() - start


async def measure() -> int:
    """Alternate blocks of both, then compare pixels."""
    with tempfile.TemporaryDirectory(prefix="maquette-bare-") as name:
        folder = Path(name)
        async with open_studio() as studio:
            device, threads = studio.device, worker_threads()
            niceness = max(child.nice() for child in psutil.Process().children())
            bare = BareScript(studio.model.id, device, threads, niceness)
            bare_block(bare, [default_recipe(studio.model, 900 + n) for n in range(2)], folder)
            engine_seconds, bare_seconds, recipes = [], [], []
            for block in range(ROUNDS * 2):
                chosen = [
                    default_recipe(studio.model, block * PICTURES + n) for n in range(PICTURES)
                ]
                recipes += chosen
                if block % 2 == 0:
                    engine_seconds.append(await engine_block(studio, chosen))
                bare_seconds.append(bare_block(bare, chosen, folder))
                if block % 2 == 1:
                    engine_seconds.append(await engine_block(studio, chosen))
            bare.close()
        compared = recipes[:PICTURES]
        ours = unmarked_digests(compared, device, threads)
        theirs = [
            pixel_digest(np.asarray(Image.open(folder / f"{recipe.seed}.png").convert("RGB")))
            for recipe in compared
        ]
    ratios = [bare / engine for engine, bare in zip(engine_seconds, bare_seconds, strict=True)]
    identical = sum(our == their for our, their in zip(ours, theirs, strict=True))
    pictures = len(recipes)
    figures = [
        Figure("throughput, engine / bare script", statistics.median(ratios), "", at_least=0.97),
        Figure("engine, pictures per second", pictures / sum(engine_seconds), "/s"),
        Figure("bare script, pictures per second", pictures / sum(bare_seconds), "/s"),
        Figure(
            "identical before marking", identical, f"of {len(compared)}", at_least=len(compared)
        ),
    ]
    details = {
        "precision": device.precision,
        "steps": compared[0].steps,
        "ratios": [round(ratio, 3) for ratio in ratios],
        "threads": threads,
    }
    return report("throughput", figures, details)


if __name__ == "__main__":
    sys.exit(asyncio.run(measure()))
