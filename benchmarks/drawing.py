"""The open drawing at 2048 by 2048 with 10 layers: strokes, undo, saving, what the model sees.

Times are those that the window's thread stands still. Usage: python -m benchmarks.drawing.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil

from benchmarks.report import Figure, percentile, report
from maquette.core.drawing import LayerRole
from maquette.core.rect import Rect
from maquette.state.drawings import Drawings
from maquette.state.tasks import Tasks

SIDE = 2048
LAYERS = 10
STROKES = 200
DAB = 12  # pixels
SIZES = (256, 512, 1024)
TURNS = 12
SWITCH = 0.001  # seconds, as in the window's process


class Watch:
    """Collects how long the window's thread worked, in milliseconds, by what it did."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}

    def took(self, name: str, began: float) -> None:
        self.times.setdefault(name, []).append(1000 * (time.perf_counter() - began))

    def p99(self, name: str) -> float:
        return percentile(self.times[name], 0.99)

    def median(self, name: str) -> float:
        return percentile(self.times[name], 0.5)


def stroke(random: np.random.Generator) -> list[Rect]:
    """The dabs of a stroke of about 500 pixels."""
    start = random.integers(300, SIDE - 300, 2)
    way = random.normal(0, 1, 2)
    points = start + np.outer(np.linspace(0, 500, 60), way / np.linalg.norm(way))
    corners = np.clip(points.astype(int), 0, SIDE - DAB)
    return [Rect(int(x), int(y), DAB, DAB) for x, y in corners]


def draw(drawings: Drawings, rects: list[Rect], watch: Watch) -> None:
    """Paint a stroke; only remembering it is timed."""
    layer = drawings.drawing.active
    drawings.begin(layer)
    array = drawings.pixels(layer).array
    for rect in rects:
        array[rect.slices] = (0, 0, 0, 255)
    began = time.perf_counter()
    drawings.commit(layer, rects, "Brush")
    watch.took("stroke", began)


async def late(watch: Watch, name: str, until: asyncio.Future[None]) -> None:
    """Note how much later than asked the loop comes back, until the other has ended."""
    while not until.done():
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        watch.took(name, began + 0.001)


async def measure(folder: Path) -> tuple[Watch, dict[str, float]]:
    """Draw, undo, fill, flatten, close and open again."""
    watch, told = Watch(), {}
    process = psutil.Process()
    drawings = Drawings(folder, Tasks(_raise))
    before = process.memory_info().rss
    drawings.new(SIDE, SIDE)
    for number in range(LAYERS - 1):
        drawings.add_layer(LayerRole.KEEP if number == 3 else LayerRole.LINES)
    await drawings.settled()
    told["empty layers"] = (process.memory_info().rss - before) / 2**20
    random = np.random.default_rng(0)
    layers = [layer.id for layer in drawings.drawing.layers]
    for number in range(STROKES):
        drawings.activate(layers[number % LAYERS])
        draw(drawings, stroke(random), watch)
        await asyncio.sleep(0.01)
    while not drawings.is_saved:
        await asyncio.sleep(0.01)
    size = sum(path.stat().st_size for path in folder.rglob("drawing.sqlite3*"))
    told["bytes for each stroke"] = size / STROKES / 1024
    for size in SIZES:
        for name in ("first", "same", "one"):
            began = time.perf_counter()
            if name == "one":
                drawings.pixels(layers[-1]).version += 1
            await drawings.sketch_images(size, size)
            told[f"{name} {size}"] = 1000 * (time.perf_counter() - began)
    for _ in range(TURNS):
        began = time.perf_counter()
        drawings.undo()
        watch.took("undo", began)
        await drawings.settled()
    await whole_layer(drawings, random, watch)
    await drawings.close()
    again = Drawings(folder, Tasks(_raise))
    began = time.perf_counter()
    again.restore()
    await again.settled()
    told["laid out again"] = 1000 * (time.perf_counter() - began)
    await again.close()
    return watch, told


async def whole_layer(drawings: Drawings, random: np.random.Generator, watch: Watch) -> None:
    """Fill a layer with noise, undo and redo that: nothing is larger."""
    layer = drawings.drawing.active
    drawings.begin(layer)
    drawings.pixels(layer).array[:] = random.integers(0, 256, (SIDE, SIDE, 4), np.uint8)
    began = time.perf_counter()
    drawings.commit(layer, Rect(0, 0, SIDE, SIDE), "Fill")
    watch.took("fill", began)
    for turn in (drawings.settled, drawings.undo, drawings.redo, drawings.undo, drawings.redo):
        asked = turn()
        settled = asyncio.ensure_future(asked or drawings.settled())
        await late(watch, "loop", settled)


def _raise(error: BaseException) -> None:
    raise error


def main() -> int:
    """Measure, and report."""
    sys.setswitchinterval(SWITCH)
    with tempfile.TemporaryDirectory(prefix="maquette-drawing-") as folder:
        watch, told = asyncio.run(measure(Path(folder) / "sketches"))
    figures = [
        Figure("stroke remembered p99", watch.p99("stroke"), "ms", at_most=16),
        Figure("undo p99", watch.p99("undo"), "ms", at_most=16),
        Figure("whole layer remembered", max(watch.times["fill"]), "ms", at_most=16),
        Figure("loop late while a whole layer is undone", watch.p99("loop"), "ms", at_most=16),
        Figure("memory of empty layers", told["empty layers"], "MiB", at_most=16),
        Figure("written for each stroke", told["bytes for each stroke"], "KiB"),
        *(Figure(f"flattened to {size}", told[f"first {size}"], "ms") for size in SIZES),
        *(Figure(f"one layer of it, {size}", told[f"one {size}"], "ms") for size in SIZES),
        Figure("laid out again", told["laid out again"], "ms"),
    ]
    details = {f"{name} p50": watch.median(name) for name in watch.times if name != "fill"}
    return report("drawing", figures, details)


if __name__ == "__main__":
    sys.exit(main())
