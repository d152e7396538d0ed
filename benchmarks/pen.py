"""From an event of the pen to its pixels: strokes on a real canvas of ten layers at 2048 × 2048.

Tablet events go through Qt to the widget, 200 a second as a pen sends them; a stroke's event is
answered when the widget has been painted with it. With --busy a worker makes pictures meanwhile.
"""

import argparse
import asyncio
import math
import sys
import tempfile
import time
from pathlib import Path

import psutil
import qasync
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPaintEvent, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication

from benchmarks.prompts import default_recipe
from benchmarks.report import Figure, percentile, report
from benchmarks.studio import Studio, open_studio
from maquette.core.drawing import LayerRole
from maquette.core.heap import give_back_large_blocks
from maquette.core.tools import ToolSettings
from maquette.gui.sketch_canvas.canvas import SketchCanvas
from maquette.gui.theme import apply_theme, prepare
from maquette.state.drawings import Drawings
from maquette.state.store import Store
from maquette.state.tasks import Tasks

SIDE = 2048
LAYERS = 10
STROKES = 200
WARM = 80  # strokes, after which what the history keeps at hand is at its bounds
EVENTS = 40  # of one stroke
APART = 0.005  # seconds between two events
WIDTH, HEIGHT = 1000, 800  # logical pixels of the canvas


class Timed(SketchCanvas):
    """Notes for each event how long it took until the canvas was painted with it.

    `worked` is the processor's time of each event and each painting: what the canvas itself takes,
    however busy the machine is with others.
    """

    waiting: list[float]
    taken: list[float]
    worked: list[float]

    def tabletEvent(self, event: QTabletEvent) -> None:
        began = time.thread_time()
        super().tabletEvent(event)
        self.worked.append(time.thread_time() - began)

    def paintEvent(self, event: QPaintEvent) -> None:
        began = time.thread_time()
        super().paintEvent(event)
        self.worked.append(time.thread_time() - began)
        now = time.perf_counter()
        self.taken += [now - sent for sent in self.waiting]
        self.waiting.clear()


async def draw(canvas: Timed, pen: QPointingDevice, number: int) -> None:
    """One stroke: a wave across the canvas; every fourth is long."""
    kinds, buttons = QEvent.Type, Qt.MouseButton
    middle = QPointF(WIDTH / 2, HEIGHT / 2)
    reach = 320 if number % 4 == 0 else 90
    phase = number * 0.7
    for step in range(EVENTS + 1):
        share = step / EVENTS
        place = middle + QPointF(
            reach * math.cos(phase + 3 * share), reach * math.sin(phase + 5 * share)
        )
        kind = kinds.TabletMove
        if step in (0, EVENTS):
            kind = kinds.TabletPress if step == 0 else kinds.TabletRelease
        down = buttons.NoButton if step == EVENTS else buttons.LeftButton
        event = QTabletEvent(
            kind, pen, place, canvas.mapToGlobal(place), 0.3 + 0.5 * share, 10.0, 5.0, 0.0, 0.0,
            0.0, Qt.KeyboardModifier.NoModifier,
            buttons.NoButton if kind == kinds.TabletMove else buttons.LeftButton, down,
        )  # fmt: skip
        sent = time.perf_counter()
        if kind == kinds.TabletMove:
            canvas.waiting.append(sent)
        QApplication.postEvent(canvas, event)
        await asyncio.sleep(APART)
    await asyncio.sleep(0.02)


async def keep_busy(studio: Studio) -> None:
    """Make pictures until cancelled."""
    number = 0
    while True:
        number += 1
        await studio.make([default_recipe(studio.model, number)])


async def measure(strokes: int, width: float) -> list[Figure]:
    """Draw the strokes and return the figures."""
    process = psutil.Process()
    tasks = Tasks(lambda error: print(error, file=sys.stderr))
    with tempfile.TemporaryDirectory() as folder:
        drawings = Drawings(Path(folder), tasks)
        drawings.new(SIDE, SIDE)
        for _ in range(LAYERS - 1):
            drawings.add_layer(LayerRole.LINES)
        await drawings.settled()
        drawings.activate(drawings.drawing.layers[LAYERS // 2].id)
        canvas = Timed(drawings, Store(ToolSettings(size=width)))
        canvas.waiting, canvas.taken, canvas.worked = [], [], []
        canvas.resize(WIDTH, HEIGHT)
        canvas.show()
        caps = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
        kinds, types = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType
        pen = QPointingDevice("pen", 1, kinds, types.Pen, caps, 1, 3)
        await asyncio.sleep(0.5)
        for number in range(WARM):
            await draw(canvas, pen, number)
        await asyncio.sleep(1.0)
        canvas.taken.clear()
        canvas.worked.clear()
        before = process.memory_info().rss
        for number in range(strokes):
            await draw(canvas, pen, number)
        await asyncio.sleep(1.0)
        grown = (process.memory_info().rss - before) / 1e6
        drawn = [1000 * taken for taken in canvas.taken]
        worked = [1000 * seconds for seconds in canvas.worked]
        views = await look_around(canvas)
        canvas.close()
        await drawings.close()
    return [
        Figure("pen to pixel, p50", percentile(drawn, 0.5), "ms"),
        Figure("pen to pixel, p95", percentile(drawn, 0.95), "ms"),
        Figure("pen to pixel, p99", percentile(drawn, 0.99), "ms", at_most=16.0),
        Figure("pen to pixel, largest", max(drawn), "ms"),
        Figure("processor time of an event or a painting, p99", percentile(worked, 0.99), "ms"),
        Figure("view moved, p50", percentile(views, 0.5), "ms"),
        Figure("view moved, p99", percentile(views, 0.99), "ms", at_most=16.0),
        Figure(f"memory over {strokes} strokes", grown, "MB", at_most=20.0),
    ]


async def look_around(canvas: Timed) -> list[float]:
    """Pan, zoom and turn the whole view; milliseconds until each is painted."""
    taken = []
    for number in range(60):
        began = time.perf_counter()
        if number % 3 == 0:
            canvas.pan(7.0, 5.0)
        elif number % 3 == 1:
            canvas.zoom_by(1.05 if number % 2 else 0.94)
        else:
            canvas.rotate_view(3.0)
        canvas.repaint()
        taken.append(1000 * (time.perf_counter() - began))
        await asyncio.sleep(0.002)
    return taken


async def run(options: argparse.Namespace) -> int:
    """Measure alone, or beside a worker that makes one picture after another."""
    if not options.busy:
        figures = await measure(options.strokes, options.width)
    else:
        async with open_studio() as studio:
            pictures = asyncio.get_running_loop().create_task(keep_busy(studio))
            figures = await measure(options.strokes, options.width)
            pictures.cancel()
            await asyncio.gather(pictures, return_exceptions=True)
    details = {
        "busy": options.busy, "side": SIDE, "layers": LAYERS, "strokes": options.strokes,
        "events": options.strokes * EVENTS, "width": options.width,
        "platform": QApplication.platformName(),
    }  # fmt: skip
    return report("pen", figures, details)


def main() -> int:
    """Parse the options and measure in qasync's loop, as the window runs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pen", description=__doc__)
    parser.add_argument("--busy", action="store_true", help="while a worker makes pictures")
    parser.add_argument("--strokes", type=int, default=STROKES)
    parser.add_argument("--width", type=float, default=6.0, help="of the brush, in pixels")
    options = parser.parse_args()
    give_back_large_blocks()  # as the window does
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    prepare(app)
    apply_theme(app, "dark")
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        return loop.run_until_complete(run(options))


if __name__ == "__main__":
    sys.exit(main())
