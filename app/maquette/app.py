"""The window's composition root: the one file that knows every part."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from logging.handlers import RotatingFileHandler
from types import TracebackType
from typing import Any

import qasync
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

import maquette
from maquette.core.errors import LibraryError, ModelError
from maquette.core.heap import give_back_large_blocks
from maquette.core.model_files import built_in_model
from maquette.core.model_info import ModelInfo
from maquette.core.paths import (
    cache_dir,
    data_dir,
    export_presets_dir,
    exports_file,
    ledger_file,
    library_file,
    log_dir,
    queue_file,
    settings_file,
)
from maquette.core.settings import Settings, load_settings
from maquette.engine.client import EngineClient
from maquette.engine.marker import MarkerClient
from maquette.engine.marker_pool import MarkerPool
from maquette.engine.queue import JobQueue
from maquette.engine.status import EnginePhase
from maquette.engine.trainer import TrainerClient
from maquette.gui.garbage import Garbage
from maquette.gui.language import Language
from maquette.gui.main_window import MainWindow
from maquette.gui.theme import apply_theme, prepare
from maquette.library.queue.saved import SavedPictures
from maquette.library.queue.store import QueueStore
from maquette.state.batch_exports import ExportParts
from maquette.state.library import LibraryFiles
from maquette.state.results import KEPT, Results
from maquette.state.saving import Saver
from maquette.state.studio import Studio

SETTLED = 5.0  # seconds after which all places are built
SWITCH = 0.001  # seconds after which a thread that works hands Python's lock to the window's
THREADS = 4  # for files and pictures; the work on the device is another process

logger = logging.getLogger("maquette")


def main(arguments: Sequence[str] = ()) -> int:
    """Open the window; returns the exit code when it is closed."""
    _start_log()
    give_back_large_blocks()
    sys.setswitchinterval(SWITCH)
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("Maquette")
    app.setApplicationVersion(maquette.__version__)
    app.setDesktopFileName("maquette")
    app.setQuitOnLastWindowClosed(False)  # `Program.run` ends the program, after the worker
    prepare(app)
    Garbage(app)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    loop.set_default_executor(ThreadPoolExecutor(THREADS, "maquette"))
    with loop:
        return loop.run_until_complete(Program(app, loop).run())


class Program:
    """From the first process spawned to the last one gone."""

    def __init__(self, app: QApplication, loop: asyncio.AbstractEventLoop) -> None:
        self._app = app
        self._loop = loop
        self._closing = asyncio.Event()
        self._language = Language(app)

    async def run(self) -> int:
        # 1. The worker first: it imports torch while the window is being built.
        self._catch_signals()
        settings, settings_notice = load_settings(settings_file())
        client = EngineClient(device=settings.device, precision=settings.precision)
        await client.start()
        # 2. The parts.
        apply_theme(self._app, settings.theme)
        self._language.apply(settings.language)
        built_in, model_problem = _built_in()
        results = Results()
        saver = Saver(library_file(), ledger_file(), results)
        saved = SavedPictures(library_file(), lambda: saver.folder)
        store = QueueStore(queue_file(), saved.find)
        queue = JobQueue(client, saver.save, store, saver.name_record)
        marker = MarkerClient()
        pool = MarkerPool(is_making=lambda: client.status.phase is EnginePhase.BUSY)
        trainer = TrainerClient(device=settings.device, precision=settings.precision)
        studio = self._studio(
            client, queue, marker, trainer, pool, saver, results, settings, built_in
        )
        saver.use_settings(studio.settings)
        studio.settings.changed.connect(self._settings_changed)
        # 3. The window.
        window = MainWindow(studio)
        window.closing.connect(self._closing.set)
        self._catch_errors(studio)
        window.show()
        for sentence in (settings_notice, model_problem):
            if sentence:
                studio.notices.fail(sentence)
        # What is there by now stays. Where the garbage collector walks over all of it, the window
        # stands still for 30 to 120 ms.
        self._loop.call_later(SETTLED, gc.freeze)
        # 4. What needs files or the worker.
        runner = asyncio.ensure_future(queue.run())
        studio.tasks.start(_restore(studio, saver))
        studio.library.upkeep.rebuilt.connect(
            lambda: studio.tasks.start(_restore_recent(studio, saver))
        )
        await self._closing.wait()
        # 5. The end, in the opposite order.
        window.hide()
        studio.put_away()
        studio.checks.stop()
        runner.cancel()  # what is being made waits for the next window
        await asyncio.gather(runner, return_exceptions=True)
        await asyncio.gather(client.close(), marker.close())
        await studio.close()
        await pool.close()
        await queue.close()
        await saver.close()
        window.deleteLater()
        return 0

    def _studio(
        self,
        client: EngineClient,
        queue: JobQueue,
        marker: MarkerClient,
        trainer: TrainerClient,
        pool: MarkerPool,
        saver: Saver,
        results: Results,
        settings: Settings,
        built_in: ModelInfo | None,
    ) -> Studio:
        return Studio(
            client=client,
            queue=queue,
            marker=marker,
            trainer=trainer,
            keep=saver.export,
            results=results,
            library=LibraryFiles(
                index=library_file(),
                ledger=ledger_file(),
                thumbnails=cache_dir() / "thumbnails",
            ),
            exporting=ExportParts(
                runs_file=exports_file(),
                presets_folder=export_presets_dir(),
                exporter=pool,
                open_archive=saver.open,
            ),
            settings=settings,
            settings_file=settings_file(),
            session_file=data_dir() / "session.json",
            built_in=built_in,
            example_prompt=QCoreApplication.translate(
                "App", "a red ceramic mug on a wooden table, soft light from the left"
            ),
        )

    def _settings_changed(self, settings: Settings, fields: frozenset[str]) -> None:
        if "theme" in fields:
            apply_theme(self._app, settings.theme)
        if "language" in fields:
            self._language.apply(settings.language)

    def _catch_errors(self, studio: Studio) -> None:
        """Whatever nobody caught becomes a banner and a line in the log, never a dialog."""

        def unexpected(
            kind: type[BaseException], error: BaseException, trace: TracebackType | None
        ) -> None:
            logger.error("Unexpected error", exc_info=(kind, error, trace))
            studio.commands.report(error)

        def in_loop(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            error = context.get("exception")
            logger.error("Unexpected error in a task: %s", context.get("message"), exc_info=error)
            if error is not None:
                studio.commands.report(error)

        sys.excepthook = unexpected
        self._loop.set_exception_handler(in_loop)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(
            lambda _scheme: apply_theme(self._app, studio.settings.value.theme),
            Qt.ConnectionType.QueuedConnection,
        )

    def _catch_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                self._loop.add_signal_handler(number, self._closing.set)
            except NotImplementedError:  # Windows
                signal.signal(number, lambda *_: self._loop.call_soon_threadsafe(self._closing.set))


async def _restore(studio: Studio, saver: Saver) -> None:
    try:
        pictures = await saver.recent(KEPT)
    except LibraryError as error:
        studio.notices.report(error)
        pictures = []
    await studio.restore(pictures)
    studio.library.upkeep.look_soon()


async def _restore_recent(studio: Studio, saver: Saver) -> None:
    """After the index was made anew, which there was none to read at first."""
    studio.results.restore(await saver.recent(KEPT), studio.layout.value.shown)


def _built_in() -> tuple[ModelInfo | None, str]:
    """(the built-in model, "") or (None, a sentence)."""
    try:
        return built_in_model()[1], ""
    except ModelError as error:
        return None, error.message


def _start_log() -> None:
    """One file, rotating, at warnings and above."""
    try:
        log_dir().mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            log_dir() / "maquette.log",
            maxBytes=1 << 20,
            backupCount=3,
            encoding="utf-8",
            delay=True,
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
