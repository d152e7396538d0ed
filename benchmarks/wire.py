"""How long a frame takes from the worker's `send` to the listener in the event loop.

Measured beside qasync with an offscreen Qt application, as in the window, and beside plain
asyncio, as on the command line. A 1 megapixel RGB picture has 3 MiB.
"""

import asyncio
import os
import statistics
import sys
import time

import qasync
from PySide6.QtCore import QCoreApplication

from benchmarks.report import Figure, percentile, report
from maquette.core.errors import ProtocolError
from maquette.engine.link import Link
from maquette.protocol.messages import Event, Load, Started

SIZES = {"48 KiB": 48 << 10, "3 MiB": 3 << 20, "12 MiB": 12 << 20}
REPEATS = 60
WARM_UP = 5
COMMAND = [sys.executable, "-m", "benchmarks.wire_peer"]


async def measure() -> dict[str, list[float]]:
    """Milliseconds of each frame, by size."""
    arrivals: asyncio.Queue[tuple[int, int, int]] = asyncio.Queue()
    ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def on_event(event: Event, blobs: list[bytearray]) -> None:
        now = time.monotonic_ns()
        if isinstance(event, Started):
            arrivals.put_nowait((int(event.job), now, len(blobs[0])))

    def on_end(status: int, problem: ProtocolError | None) -> None:
        ended.set_result(status)
        if problem:
            raise problem

    link = Link(COMMAND, on_event, on_end, asyncio.get_running_loop())
    times: dict[str, list[float]] = {}
    for name, size in SIZES.items():
        taken = []
        for _ in range(WARM_UP + REPEATS):
            link.send(Load(model=str(size)))
            sent, arrived, length = await arrivals.get()
            if length != size:
                raise RuntimeError(f"{length} bytes arrived instead of {size}")
            taken.append((arrived - sent) / 1e6)
        times[name] = taken[WARM_UP:]
    link.hang_up()
    await ended
    return times


def main() -> int:
    """Measure beside both event loops and report medians."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    plain = asyncio.run(measure())
    application = QCoreApplication(sys.argv)
    with qasync.QEventLoop(application) as loop:
        beside_qt = loop.run_until_complete(measure())
    figures = []
    for beside, times in (("qasync", beside_qt), ("asyncio", plain)):
        for name, taken in times.items():
            target = 3.0 if (beside, name) == ("qasync", "3 MiB") else None
            median = statistics.median(taken)
            figures.append(Figure(f"{name} beside {beside}, median", median, "ms", target))
            figures.append(Figure(f"{name} beside {beside}, p95", percentile(taken, 0.95), "ms"))
    return report("wire", figures, {"frames": REPEATS})


if __name__ == "__main__":
    sys.exit(main())
