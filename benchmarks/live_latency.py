"""Seconds from pen-up to the live picture, through a real worker process.

Each stroke changes the sketch, as drawing does; the client's call is measured from the moment the
sketch is there to the moment its picture is. Then the same with full steps, and a flood: requests
that come faster than pictures, while a job waits in the queue.
"""

import argparse
import asyncio
import statistics
import sys
import time
from typing import Any

import msgspec
import numpy as np

from benchmarks.report import Figure, percentile, report
from maquette.core.control import Control, ControlKind
from maquette.core.live_plan import quick_recipe
from maquette.core.model_info import BUILT_IN, ModelInfo
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import ModelRef, Recipe
from maquette.engine.client import EngineClient
from maquette.engine.live_calls import LiveMade

_FLOOD = 20.0  # seconds at most
_APART = 0.1  # seconds between two requests of the flood


def sketch(strokes: int, side: int) -> Pixels:
    """A drawing of that many strokes: arcs of a mug that grows, dark on white."""
    pixels = np.full((side, side, 3), 255, np.uint8)
    turns = np.linspace(0, 2 * np.pi, 4 * side)
    for stroke in range(strokes):
        radius = side * (0.15 + 0.02 * (stroke % 12))
        x = (side / 2 + radius * np.cos(turns + stroke)).astype(int)
        y = (side / 2 + 1.2 * radius * np.sin(turns)).astype(int).clip(0, side - 2)
        part = slice(0, 2 * side + 31 * stroke % side)
        pixels[y[part], x[part]] = pixels[y[part] + 1, x[part]] = 20
    return pixels


def recipe_of(model: ModelInfo, control: str, lines: Pixels, side: int) -> Recipe:
    """What is asked for while `lines` are drawn."""
    steered = Control(
        ControlKind.SKETCH,
        pixel_digest(lines),
        model=ModelRef(control) if control else None,
    )
    can_follow = bool(control or model.controls)
    return Recipe(
        prompt="a ceramic mug, glossy red glaze, studio light",
        seed=7,
        width=side,
        height=side,
        steps=model.default_steps,
        guidance_scale=model.default_guidance,
        model=ModelRef(model.id),
        controls=(steered,) if can_follow else (),
    )


async def strokes(
    client: EngineClient, model: ModelInfo, options: argparse.Namespace, *, full: bool
) -> tuple[list[float], list[LiveMade]]:
    """Seconds of each picture, one after every stroke."""
    seconds, made = [], []
    for number in range(options.strokes + 1):
        lines = sketch(number + 1, options.side)
        asked = recipe_of(model, options.control, lines, options.side)
        if not full:
            asked = quick_recipe(asked, model.family)
        if options.steps and not full:
            asked = msgspec.structs.replace(asked, steps=options.steps)
        start = time.perf_counter()
        picture = await client.live(asked, images={pixel_digest(lines): lines})
        if picture is not None and number:  # the first one warms up
            seconds.append(time.perf_counter() - start)
            made.append(picture)
    return seconds, made


async def flood(
    client: EngineClient, model: ModelInfo, options: argparse.Namespace
) -> dict[str, Any]:
    """How long a queued job takes while live requests come faster than pictures."""
    lines = sketch(3, options.side)
    images = {pixel_digest(lines): lines}
    asked = recipe_of(model, options.control, lines, options.side)
    start = time.perf_counter()
    job = asyncio.create_task(client.generate("job", "00000001", asked, images=images))
    calls = []
    while not job.done() and time.perf_counter() - start < _FLOOD:
        calls.append(asyncio.create_task(client.live(asked, images=images)))
        await asyncio.sleep(_APART)
    await job
    took = time.perf_counter() - start
    answers = await asyncio.gather(*calls)
    return {
        "asked": len(calls),
        "shown": sum(answer is not None for answer in answers),
        "seconds until the job was there": round(took, 2),
    }


async def measure(options: argparse.Namespace) -> int:
    """Make the strokes, and report."""
    client = EngineClient(device=options.device)
    await client.start()
    try:
        model = await client.load(options.model)
        quick, pictures = await strokes(client, model, options, full=False)
        whole, _made = await strokes(client, model, options, full=True)
        flooded = await flood(client, model, options)
        device = client.status.device
    finally:
        await client.close()
    stages = {
        name: round(statistics.median(picture.seconds.get(name, 0.0) for picture in pictures), 4)
        for name in pictures[-1].seconds
    }
    middle = statistics.median(quick)
    figures = [
        Figure("pen-up to picture, p50", middle, "s", at_most=options.at_most),
        Figure("pen-up to picture, p95", percentile(quick, 0.95), "s"),
        Figure("share of a full picture's time", middle / statistics.median(whole), ""),
    ]
    details = {
        "model": model.name,
        "steered": bool(options.control or model.controls),
        "side": options.side,
        "steps": pictures[-1].recipe.steps,
        "strokes": len(quick),
        "device": device and device.name,
        "precision": device and device.precision,
        "stages": stages,
        "flood": flooded,
    }
    return report("live_latency", figures, details)


def main() -> int:
    """Usage: python -m benchmarks.live_latency [--model M --control C --side N --steps N]."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=BUILT_IN)
    parser.add_argument("--control", default="", help="a control model; the model's own without")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--side", type=int, default=256)
    parser.add_argument("--steps", type=int, default=0, help="instead of those of live mode")
    parser.add_argument("--strokes", type=int, default=30)
    parser.add_argument("--at-most", type=float, default=0.8, help="target for p50, in seconds")
    return asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
