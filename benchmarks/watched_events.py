"""The real window over a large library, doing what is heavy: how late its events come meanwhile.

Usage: python -m benchmarks.watched_events LARGE RECONCILED, with MAQUETTE_HOME set: a folder of
large pictures, and a folder that holds the files of a library beside it. Prints one JSON line.
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from maquette import app
from maquette.core.job import ENDED
from maquette.core.recipe import ModelRef, Recipe
from maquette.gui.export.dialog import BatchExportDialog
from maquette.gui.gallery.compare import CompareView
from maquette.gui.gallery.compare_bar import Mode
from maquette.gui.gallery.viewer import Viewer
from maquette.gui.main_window import MainWindow
from maquette.library.pictures.connections import Connections
from maquette.library.reconcile import Reconciler
from maquette.state.batch_starts import BatchOrder
from maquette.state.studio import Studio

BEAT = 2.0  # milliseconds between the timer events that are watched
FRAME = 0.016  # seconds
FRAMES = 400
NOTCHES = 4  # of the wheel in every frame
JOBS = 10_000
LARGE = "sixteen"  # the name of every large picture begins so
LOOK = 0.4  # seconds that somebody looks at a picture
PATIENCE = 60.0  # seconds


class Turns(QObject):
    """Watches the event loop with a timer.

    `late` has by how much each of its events was late, `busy` how much processor time the thread
    took between two of them, both in milliseconds. On a busy machine only `busy` tells of us: no
    handler was longer than its largest value.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.late: list[float] = []
        self.busy: list[float] = []
        self._last = self._last_cpu = 0.0
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.setInterval(int(BEAT))
        self._timer.timeout.connect(self._note)

    def start(self) -> None:
        """Begin to measure."""
        self._last, self._last_cpu = time.perf_counter(), time.thread_time()
        self._timer.start()

    def stop(self) -> None:
        """End it, and what has not come yet is late as well."""
        self._note()
        self._timer.stop()

    def _note(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        self.late.append(max(0.0, (now - self._last) * 1000 - BEAT))
        self.busy.append((cpu - self._last_cpu) * 1000)
        self._last, self._last_cpu = now, cpu


class EventsWindow(MainWindow):
    """Goes through the scenes once all is quiet, and closes."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.part_times: list[float] = []  # milliseconds that parts of the Library place took
        self._scenes: Scenes | None = None
        studio.models.changed.connect(lambda *_: QTimer.singleShot(3000, self._begin))
        QTimer.singleShot(15_000, self._begin)
        self._build_library = self.places._build_library
        self.places._build_library = self._timed_part

    def _timed_part(self) -> bool:
        began = time.thread_time()
        has_more = self._build_library()
        self.part_times.append(1000 * (time.thread_time() - began))
        return has_more

    def _begin(self) -> None:
        if self._scenes is None:
            self._scenes = Scenes(self, self._studio)
            self._studio.tasks.start(self._scenes.play())


class Scenes:
    """Does what a user does, and tells what was measured."""

    def __init__(self, window: EventsWindow, studio: Studio) -> None:
        self._window = window
        self._desk = studio
        self._told: dict[str, dict[str, list[float]]] = {}

    async def play(self) -> None:
        """Play every scene, print what was measured, close the window."""
        try:
            large, reconciled = map(Path, sys.argv[1:3])
            await self._open()
            await self._scroll()
            await self._find_large(large)
            await self._view()
            await self._compare()
            await self._export()
            await self._queue()
            await self._reconcile(reconciled)
            self._told["building the page"] = {"late": [], "busy": self._window.part_times}
            print(json.dumps(self._told), flush=True)
        finally:
            self._window.close()

    @asynccontextmanager
    async def _watched(self, scene: str) -> AsyncIterator[None]:
        await asyncio.sleep(0.5)
        turns = Turns(self._window)
        turns.start()
        yield
        await asyncio.sleep(0.3)  # what comes of it belongs to it
        turns.stop()
        self._told[scene] = {"late": turns.late, "busy": turns.busy}

    async def _until(self, is_so: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not is_so():
                await asyncio.sleep(0.005)

    # --- the library ----------------------------------------------------------------------------

    async def _open(self) -> None:
        async with self._watched("opening the page"):
            self._window.actions_by_name["go_library"].trigger()
            await self._until(lambda: self._window.library.grid.model().rowCount())
            await asyncio.sleep(1)

    async def _scroll(self) -> None:
        async with self._watched("scrolling"):
            for _ in range(FRAMES):
                _turn_wheel(self._window.library.grid.viewport())
                await asyncio.sleep(FRAME)

    async def _find_large(self, folder: Path) -> None:
        browser, imports = self._desk.library.browser, self._desk.library.imports
        imports.start([str(folder)])
        await asyncio.sleep(0.5)
        await self._until(lambda: not imports.view.value.is_active)
        browser.search(LARGE)
        await self._until(lambda: 0 < len(browser.view.value.answer.ids) < 100)
        await asyncio.sleep(1)

    async def _view(self) -> None:
        grid = self._window.library.grid
        grid.setCurrentIndex(grid.model().index(0, 0))
        async with self._watched("full-screen view, 16 MP"):
            self._window.actions_by_name["library_open"].trigger()
            [viewer] = self._window.library.findChildren(Viewer)
            for by in (1, 1, 1, -1, -1, 1):
                await asyncio.sleep(LOOK)
                viewer.step(by)
            await asyncio.sleep(2)
        async with self._watched("zooming in the full-screen view, 16 MP"):
            viewer.canvas.actual_size()
            await asyncio.sleep(LOOK)
            for _ in range(30):
                viewer.canvas.pan(40, 40)
                await asyncio.sleep(FRAME)
            viewer.canvas.fit()
            await asyncio.sleep(LOOK)
        viewer.close()

    async def _compare(self) -> None:
        page, browser = self._window.library, self._desk.library.browser
        ids = browser.view.value.answer.ids[:4]
        pictures = await browser.pictures(ids)
        async with self._watched("comparing four, 16 MP"):
            page.compare(pictures)
            await asyncio.sleep(6)
        assert page.canvas is not None
        async with self._watched("zooming in Compare, 16 MP"):
            page.canvas.actual_size()
            await asyncio.sleep(LOOK)
            for _ in range(30):
                page.canvas.pan(40, 40)
                await asyncio.sleep(FRAME)
            page.canvas.fit()
            await asyncio.sleep(LOOK)
        [view] = page.findChildren(CompareView)
        async with self._watched("wiping, 16 MP"):
            view.set_mode(Mode.WIPE)
            for place in range(30):
                view.wipe.move_line(place / 30)
                await asyncio.sleep(FRAME)
        async with self._watched("difference, 16 MP"):
            view.set_mode(Mode.DIFFERENCE)
            await self._until(lambda: view.difference.found)
            for _ in range(3):
                view.difference.slider.setValue(view.difference.slider.value() + 1)
                await asyncio.sleep(LOOK)
            await asyncio.sleep(1)
        view.closed.emit()

    async def _export(self) -> None:
        page, browser = self._window.library, self._desk.library.browser
        pictures = await browser.pictures(browser.view.value.answer.ids)
        async with self._watched("opening the export dialog"):
            page.export(pictures)
            await self._until(lambda: page.findChildren(BatchExportDialog))
            await asyncio.sleep(3)
        [dialog] = page.findChildren(BatchExportDialog)
        async with self._watched("typing a file name template"):
            edit = dialog.editor.names.template
            for letter in "-{seed}-{prompt}":
                _press(edit, letter)
                await asyncio.sleep(0.1)
            await asyncio.sleep(1)
        dialog.reject()
        browser.clear_search()

    # --- the queue ------------------------------------------------------------------------------

    async def _queue(self) -> None:
        self._window.actions_by_name["go_create"].trigger()
        commands, jobs = self._desk.commands.queue, self._desk.jobs.list
        commands.pause()
        await self._until(lambda: jobs.value.paused)
        order = _batch()
        async with self._watched("submitting 10,000 jobs"):
            await self._desk.batches.queue_up(order)
        queued = jobs.value.jobs
        async with self._watched("moving one of 10,000 jobs"):
            commands.run_next([queued[-1].id])
            await self._until(lambda: jobs.value.jobs[0].id == queued[-1].id)
        first = jobs.value.jobs[0].id
        async with self._watched("moving 5,000 jobs"):
            commands.move([job.id for job in queued[: JOBS // 2]], None)
            await self._until(lambda: jobs.value.jobs[1].id == queued[JOBS // 2].id)
        assert jobs.value.jobs[0].id == first
        async with self._watched("cancelling 10,000 jobs"):
            commands.cancel_all()
            await self._until(lambda: all(job.state in ENDED for job in jobs.value.jobs))
        async with self._watched("queueing 10,000 jobs again"):
            commands.retry([job.id for job in jobs.value.jobs])
            await self._until(lambda: not any(job.state in ENDED for job in jobs.value.jobs))
        async with self._watched("clearing 10,000 jobs away"):
            commands.clear_queue()
            await self._until(lambda: not jobs.value.jobs)
        async with self._watched("bringing 10,000 jobs back"):
            commands.undo_clear()
            await self._until(lambda: len(jobs.value.jobs) == JOBS)
            await self._until(lambda: not any(job.state in ENDED for job in jobs.value.jobs))
        commands.clear_queue()
        await self._until(lambda: not jobs.value.jobs)

    # --- files ----------------------------------------------------------------------------------

    async def _reconcile(self, folder: Path) -> None:
        self._window.actions_by_name["go_library"].trigger()
        with closing(Connections.open(folder / "library.sqlite3")) as connections:
            for scene in ("the first look at 100,000 files", "a later look at 100,000 files"):
                async with self._watched(scene):
                    looking = asyncio.ensure_future(
                        asyncio.to_thread(Reconciler().run, connections, None, folder)
                    )
                    while not looking.done():  # the window is in use meanwhile
                        _turn_wheel(self._window.library.grid.viewport())
                        await asyncio.sleep(5 * FRAME)


def _batch() -> BatchOrder:
    return BatchOrder(
        name="many",
        digest="",
        lines=tuple(range(JOBS)),
        recipes=tuple(map(_recipe, range(JOBS))),
        starts={},
        problems=(),
        remarks=(),
    )


def _recipe(number: int) -> Recipe:
    return Recipe(
        prompt=f"a red ceramic mug, number {number}, on a wooden table, soft light from the left",
        seed=number,
        width=256,
        height=256,
        steps=4,
        guidance_scale=3.0,
        model=ModelRef("maquette-mini"),
    )


def _turn_wheel(viewport: QObject) -> None:
    place = QPointF(200, 200)
    QApplication.sendEvent(
        viewport,
        QWheelEvent(
            place,
            place,
            QPoint(),
            QPoint(0, -120 * NOTCHES),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def _press(edit: QLineEdit, letter: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(edit, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def main() -> int:
    """Open the window."""
    app.MainWindow = EventsWindow  # pyright: ignore[reportPrivateImportUsage]
    return app.main([])


if __name__ == "__main__":
    sys.exit(main())
