"""Seconds per picture once warm: built-in model, defaults, watermark and saving included."""

import asyncio
import statistics
import sys
import time

from benchmarks.prompts import default_recipe
from benchmarks.report import Figure, report
from benchmarks.studio import open_studio

PICTURES = 10


async def measure() -> int:
    """Make pictures one after another, each from its request to its row in the library."""
    async with open_studio() as studio:
        seconds = []
        for number in range(PICTURES):
            recipe = default_recipe(studio.model, number)
            start = time.perf_counter()
            await studio.make([recipe])
            seconds.append(time.perf_counter() - start)
        width, height = studio.model.default_size
        details = {
            "pictures": PICTURES,
            "size": f"{width}x{height}",
            "steps": studio.model.default_steps,
            "device": studio.device.name,
            "precision": studio.device.precision,
            "seconds": [round(value, 3) for value in seconds],
        }
    figures = [
        Figure("seconds per picture, median", statistics.median(seconds), "s", at_most=2.0),
        Figure("seconds per picture, slowest", max(seconds), "s"),
    ]
    return report("generate_warm", figures, details)


if __name__ == "__main__":
    sys.exit(asyncio.run(measure()))
