"""Two hundred strokes in live mode, in the real window with a real worker.

Each stroke is drawn with synthetic events of a pen, and the next one begins when its picture is
there; every tenth time nobody waits for that. Told are the seconds from pen-up to picture, how
many requests wait behind the one that is made, and how much more memory window and worker hold at
the end than after the first strokes. What is drawn is taken off the paper every now and then.
A model without a sketch network is refused before anything is started.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from functools import partial

import numpy as np
import psutil

from benchmarks.acted_window import Actor, open_acted
from benchmarks.freehand import SKETCHES, Trace, drawn
from benchmarks.report import Figure, percentile, report, row
from maquette.core.control import ControlKind
from maquette.core.errors import ModelError
from maquette.core.model_files import find_model
from maquette.core.model_info import BUILT_IN
from maquette.core.paths import absolute_path, settings_file
from maquette.core.settings import Settings, save_settings
from maquette.state.live_view import LivePhase, LiveShot

STROKES = 200
WARM = 80  # strokes, after which what the history keeps at hand is at its bounds
PAPER = 40  # strokes on one paper
SAMPLE = 20  # strokes between two looks at the window's memory
HURRIED = 10  # each of these strokes is not waited for
SETTLED = 3.0  # seconds before memory is looked at
CLOCKS = 0.001  # seconds by which two looks at one clock may differ
MOST_GROWN = 20  # MB


class Session:
    """The strokes, and what is seen while they are drawn."""

    def __init__(self, strokes: int) -> None:
        self._strokes = strokes
        self._came: list[tuple[float, float]] = []  # when, and when it was asked for
        self.seconds: list[float] = []
        self.behind = 0
        self.grown: dict[str, float] = {}  # MB by process
        self.held: list[int] = []  # MB in the window after each SAMPLE strokes
        self.pictures = 0

    async def act(self, actor: Actor) -> None:
        """Draw in live mode."""
        await actor.ready()
        await actor.paper()
        live = actor.studio.live

        def came(_shot: LiveShot) -> None:
            now = time.monotonic()
            self._came.append((now, now - (live.view.value.seconds or 0.0)))

        live.made.connect(came)
        actor.press("live")
        actor.write("a ceramic mug, glossy red glaze, studio light")
        await self._draw(actor, WARM)
        before = await memory(actor)
        self.seconds.clear()
        self._came.clear()
        actor.client.most_waiting = 0
        await self._draw(actor, self._strokes)
        after = await memory(actor)
        self.grown = {name: (after[name] - before[name]) / 1e6 for name in after}
        self.behind = max(0, actor.client.most_waiting - 1)
        self.pictures = len(self._came)

    async def _draw(self, actor: Actor, count: int) -> None:
        for number, trace in enumerate(endless(count)):
            if number % SAMPLE == SAMPLE - 1:
                self.held.append(round(psutil.Process().memory_info().rss / 1e6))
            if number % PAPER == PAPER - 1:
                await actor.paper()
            lifted = await actor.stroke(trace)
            if number % HURRIED == HURRIED - 1:
                continue
            await actor.until(partial(self._is_there, actor, lifted))
            made = self._picture_of(lifted)
            assert made is not None  # waited for just now
            self.seconds.append(made - lifted)

    def _is_there(self, actor: Actor, lifted: float) -> bool:
        """Whether the picture of that stroke came. Raises RuntimeError: none will come."""
        view = actor.studio.live.view.value
        if view.phase is LivePhase.OFF or (view.phase is LivePhase.RESTING and view.message):
            raise RuntimeError(f"live mode makes nothing: {view.message or actor.notice}")
        return self._picture_of(lifted) is not None

    def _picture_of(self, lifted: float) -> float | None:
        """When the first picture came that was asked for with the pen-up at `lifted`, or later."""
        return next((when for when, asked in self._came if asked >= lifted - CLOCKS), None)


def endless(count: int) -> list[Trace]:
    """That many strokes of hand-drawn sketches, each a bit elsewhere."""
    random = np.random.default_rng(5)
    strokes = [trace for number, name in enumerate(SKETCHES) for trace in drawn(name, number)]
    moved = []
    for number in range(count):
        trace = strokes[number % len(strokes)].copy()
        trace[:, :2] += random.uniform(-0.05, 0.05, 2)
        moved.append(trace)
    return moved


async def memory(actor: Actor) -> dict[str, int]:
    """Bytes in memory, when nothing happens."""
    await actor.settled()
    await asyncio.sleep(SETTLED)
    return {
        "window": psutil.Process().memory_info().rss,
        "worker": actor.worker.memory_info().rss,
    }


def main() -> int:
    """Usage: python -m benchmarks.live_session [--strokes N] [--model M]."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live_session", description=__doc__)
    parser.add_argument("--strokes", type=int, default=STROKES)
    parser.add_argument("--model", default=BUILT_IN, help="a model folder, else the built-in one")
    parser.add_argument("--at-most", type=float, default=0.8, help="target for p50, in seconds")
    options = parser.parse_args()
    own = () if options.model == BUILT_IN else (str(absolute_path(options.model)),)
    try:
        _path, model = find_model(own[0] if own else BUILT_IN)
    except ModelError as error:
        parser.error(error.message)
    if ControlKind.SKETCH not in model.controls:
        parser.error(f"{model.name} {model.version} follows no sketches; choose another --model.")
    sys.argv = sys.argv[:1]
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    session = Session(options.strokes)
    with tempfile.TemporaryDirectory(prefix="maquette-benchmark-") as home:
        os.environ["MAQUETTE_HOME"] = home
        save_settings(settings_file(), Settings(model=model.id, model_paths=own))
        status = open_acted(session.act)
    if status:
        return status
    middle, window, worker = statistics.median(session.seconds), *session.grown.values()
    figures = [
        Figure("pen-up to picture, p50", middle, "s", at_most=options.at_most),
        Figure("pen-up to picture, p95", percentile(session.seconds, 0.95), "s"),
        Figure("requests behind, most", session.behind, "", at_most=1),
        Figure("memory of the window", window, "MB", at_most=MOST_GROWN),
        Figure("memory of the worker", worker, "MB", at_most=MOST_GROWN),
    ]
    details = {
        "strokes": options.strokes, "pictures": session.pictures, "warm": WARM,
        "model": f"{model.name} {model.version}", "window_held": session.held,
    }  # fmt: skip
    status = report("live_session", figures, details)
    told = row(
        f"{options.strokes} strokes in live mode: window, worker, requests behind",
        f"≤ {MOST_GROWN} MB, ≤ 1",
        f"{window:.1f} MB, {worker:.1f} MB, at most {session.behind}; pen-up to picture in the "
        f"window p50 {middle:.2f} s, p95 {percentile(session.seconds, 0.95):.2f} s",
        "python -m benchmarks.live_session",
    )
    print(told, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
