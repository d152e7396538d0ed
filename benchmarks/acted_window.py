"""The real window with somebody at it: an act draws with a pen, presses keys, and waits."""

import asyncio
import sys
import time
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import psutil
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.freehand import Trace
from maquette import app
from maquette.core.job import ENDED, Job, JobState
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.core.start import Start
from maquette.engine.client import EngineClient
from maquette.engine.live_calls import LiveMade
from maquette.engine.status import EnginePhase
from maquette.gui.main_window import MainWindow
from maquette.gui.sketch_stage.room import SketchRoom
from maquette.state.results import Picture
from maquette.state.studio import Studio

PATIENCE = 600.0  # seconds; a busy machine takes long to start torch
LOOK = 0.01  # seconds between two looks at what is waited for
APART = 0.005  # seconds between two events of a pen


class WatchedClient(EngineClient):
    """Counts the live pictures that were asked for and have no answer yet."""

    waiting = 0
    most_waiting = 0

    async def live(
        self,
        recipe: Recipe,
        *,
        start: Start | None = None,
        images: Mapping[str, Pixels] | None = None,
        refine: bool = False,
    ) -> LiveMade | None:
        """As it is, and counted."""
        self.waiting += 1
        self.most_waiting = max(self.most_waiting, self.waiting)
        try:
            return await super().live(recipe, start=start, images=images, refine=refine)
        finally:
            self.waiting -= 1


class Actor:
    """What a person can do in the window, and what an onlooker sees of it."""

    def __init__(self, window: MainWindow, studio: Studio, client: WatchedClient) -> None:
        self.window = window
        self.studio = studio
        self.client = client
        caps = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
        kinds, types = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType
        self._pen = QPointingDevice("pen", 1, kinds, types.Pen, caps, 1, 3)

    # --- what is seen ---------------------------------------------------------------------------

    @property
    def room(self) -> SketchRoom:
        """The sketch's place on the stage."""
        return self.window.sketch_gate.room

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All jobs in the order of the queue."""
        return self.studio.jobs.list.value.jobs

    @property
    def notice(self) -> str:
        """The sentence on the banner, or ""."""
        banner = self.window.banner
        return banner.text.text() if banner.isVisible() else ""

    @property
    def worker(self) -> psutil.Process:
        """The process that makes the pictures. Raises RuntimeError between two of them."""
        pid = self.client.worker_pid
        if pid is None:
            raise RuntimeError("there is no worker")
        return psutil.Process(pid)

    async def until(self, reached: Callable[[], object], patience: float = PATIENCE) -> None:
        """Let events happen until `reached()` is true. Raises TimeoutError."""
        ends = time.monotonic() + patience
        while not reached():
            if time.monotonic() > ends:
                raise TimeoutError(f"not reached within {patience:g} s; the banner: {self.notice}")
            await asyncio.sleep(LOOK)

    async def ready(self) -> None:
        """The worker has the model, and what was open last is laid out."""
        await self.until(lambda: self.studio.engine.value.phase is EnginePhase.READY)
        await self.settled()

    async def settled(self) -> None:
        """Nothing of the drawing is on its way."""
        await asyncio.sleep(LOOK)
        await self.studio.drawings.settled()
        await asyncio.sleep(LOOK)

    # --- what is done ---------------------------------------------------------------------------

    def press(self, action: str) -> None:
        """Trigger an action as its key or button does."""
        self.window.actions_by_name[action].trigger()

    async def paper(self) -> SketchRoom:
        """Lay out empty paper."""
        self.press("sketch_new")
        await self.settled()
        self.window.activateWindow()
        return self.room

    async def draw(self, traces: Iterable[Trace], apart: float = APART) -> None:
        """Draw the strokes with the pen, and wait until the drawing has them."""
        for trace in traces:
            await self.stroke(trace, apart)
            await self.settled()

    async def stroke(self, trace: Trace, apart: float = APART) -> float:
        """Draw one stroke; returns time.monotonic() of the moment before the pen is lifted."""
        kinds = QEvent.Type
        self._send(kinds.TabletPress, trace[0])
        for point in trace[1:]:
            self._send(kinds.TabletMove, point)
            await asyncio.sleep(apart)
        lifted = time.monotonic()
        self._send(kinds.TabletRelease, trace[-1], pressure=0.0)
        return lifted

    def _send(self, kind: QEvent.Type, point: Any, pressure: float | None = None) -> None:
        canvas, buttons = self.room.canvas, Qt.MouseButton
        paper = canvas.paper
        place = paper.topLeft() + QPointF(point[0] * paper.width(), point[1] * paper.height())
        is_lifted = kind == QEvent.Type.TabletRelease
        button = buttons.NoButton if kind == QEvent.Type.TabletMove else buttons.LeftButton
        event = QTabletEvent(
            kind, self._pen, place, QPointF(canvas.mapToGlobal(place)),
            float(point[2]) if pressure is None else pressure, 0, 0, 0, 0, 0,
            Qt.KeyboardModifier.NoModifier, button,
            buttons.NoButton if is_lifted else buttons.LeftButton,
        )  # fmt: skip
        QApplication.sendEvent(canvas, event)

    def write(self, prompt: str) -> None:
        """Type `prompt` in place of what is there."""
        edit = self.window.panel.prompt
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, prompt)

    async def generate(self) -> Picture:
        """Press Generate and wait for the picture. Raises RuntimeError if there is none."""
        known = {job.id for job in self.jobs}
        self.press("generate")
        await self.until(lambda: {job.id for job in self.jobs} - known)
        [wanted] = {job.id for job in self.jobs} - known
        return await self.picture_of(wanted)

    async def picture_of(self, job_id: str) -> Picture:
        """Wait for the picture of a job. Raises RuntimeError if it becomes none."""
        [job] = [each for each in self.jobs if each.id == job_id]
        while job.state not in ENDED:
            await asyncio.sleep(LOOK)
            [job] = [each for each in self.jobs if each.id == job_id]
        if job.state is not JobState.FINISHED:
            raise RuntimeError(f"no picture was made: {job.message}")
        await self.until(lambda: self.studio.results.find(job.path))
        picture = self.studio.results.find(job.path)
        assert picture is not None  # waited for just now
        return picture


Act = Callable[[Actor], Awaitable[None]]


class ActedWindow(MainWindow):
    """Begins the act when it is open, and closes when that has ended."""

    def __init__(self, studio: Studio, begin: Callable[["ActedWindow", Studio], None]) -> None:
        super().__init__(studio)
        QTimer.singleShot(0, self, lambda: begin(self, studio))


class _Play:
    """Puts its own window and client in the place of the app's, and keeps what goes wrong."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._client = WatchedClient(command=())
        self._running: asyncio.Future[None] | None = None
        self.failure = ""

    def client(self, *, device: str, precision: str) -> WatchedClient:
        """The app asks for its client."""
        self._client = WatchedClient(device=device, precision=precision)
        return self._client

    def window(self, studio: Studio) -> ActedWindow:
        """The app asks for its window."""
        return ActedWindow(studio, self._begin)

    def _begin(self, window: ActedWindow, studio: Studio) -> None:
        self._running = asyncio.ensure_future(self._run(window, studio))

    async def _run(self, window: ActedWindow, studio: Studio) -> None:
        try:
            await self._act(Actor(window, studio, self._client))
        except Exception:
            self.failure = traceback.format_exc()
        finally:
            window.close()


def open_acted(act: Act) -> int:
    """Open the window and let `act` happen; 1 if that failed, with the reason on stderr."""
    play = _Play(act)
    app.MainWindow = play.window  # pyright: ignore
    app.EngineClient = play.client  # pyright: ignore
    status = app.main([])
    print(play.failure, end="", file=sys.stderr)
    return 1 if play.failure else status
