"""Looking after the library's files: what changed outside is noticed, a broken index made anew."""

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from maquette.core.errors import LibraryError
from maquette.library.gallery import Gallery
from maquette.library.ledger import Ledger
from maquette.library.pictures.connections import Connections
from maquette.library.rebuild import Rebuilt, rebuild
from maquette.library.reconcile import Reconciled, Reconciler, not_there
from maquette.state.gallery import GalleryBrowser
from maquette.state.notices import Notices
from maquette.state.tasks import Tasks

CALM = 4000  # milliseconds after the window came to the front, in which it has better things to do
GAP = 60.0  # seconds between two looks
TOLD = 200  # files that could not be read and are named in the notice's details
STEP = 0.5  # seconds between two notices of how far it is


class Upkeep(QObject):
    """Compares the files with the index now and then; rebuilds it on request.

    Signals:
        rebuilt: the index is another one now.
    """

    rebuilt = Signal()

    def __init__(
        self,
        *,
        index: Path,
        ledger: Path,
        home: Callable[[], Path],
        trash_days: Callable[[], int],
        browser: GalleryBrowser,
        notices: Notices,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """`home` tells the folder where pictures go, `trash_days` how long the trash keeps them."""
        super().__init__(parent)
        self._index = index
        self._ledger = ledger
        self._home = home
        self._trash_days = trash_days
        self._browser = browser
        self._notices = notices
        self._tasks = tasks
        self._reconciler = Reconciler()
        self._cancelled = threading.Event()
        self._turn = asyncio.Lock()
        self._looked = -GAP
        self._told: set[Path] = set()  # folders that are not there, once each
        self._complained: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(CALM)
        self._soon.timeout.connect(lambda: self._tasks.start(self.look()))

    def look_soon(self) -> None:
        """Compare files and index in a moment, unless that was done within the last minute."""
        if time.monotonic() - self._looked >= GAP and not self._soon.isActive():
            self._soon.start()

    async def look(self) -> None:
        """Compare files and index now."""
        async with self._turn:
            self._looked = time.monotonic()
            try:
                done, notices = await asyncio.to_thread(self._look_after)
            except LibraryError:
                return  # whoever needs the library says so
            if done.changes:
                self._browser.changed()
            self._tell_look(done, notices)

    def start_rebuild(self) -> None:
        """Make the index anew from the files."""
        self._tasks.start(self._rebuild())

    async def close(self) -> None:
        """End soon what is under way, and wait for it."""
        self._soon.stop()
        self._reconciler.cancel()
        self._cancelled.set()
        async with self._turn:
            pass

    def _look_after(self) -> tuple[Reconciled, tuple[str, ...]]:
        """What became of the files outside, and sentences about what is due and could not be."""
        with (
            closing(Connections.open(self._index)) as connections,
            Ledger.open_read_only(self._ledger) as ledger,
        ):
            done = self._reconciler.run(connections, ledger, self._home())
            return done, Gallery(connections).look_after(self._trash_days())

    def _tell_look(self, done: Reconciled, notices: tuple[str, ...]) -> None:
        away = [folder for folder in done.unreachable if folder not in self._told]
        self._told = set(done.unreachable)
        sentences = [not_there(folder) for folder in away]
        sentences += [notice for notice in notices if notice not in self._complained]
        self._complained = set(notices)
        if done.missing == 1:
            sentences.append(
                "1 picture is missing, its file was moved or removed; import the folder where it "
                "is now to find it again."
            )
        elif done.missing:
            sentences.append(
                f"{done.missing} pictures are missing, their files were moved or removed; import "
                "the folder where they are now to find them again."
            )
        if sentences:
            self._notices.inform("\n".join(sentences))

    async def _rebuild(self) -> None:
        async with self._turn:
            loop = asyncio.get_running_loop()
            said = 0.0

            def on_progress(done: int, total: int) -> None:
                nonlocal said
                if time.monotonic() - said >= STEP:
                    said = time.monotonic()
                    loop.call_soon_threadsafe(self._tell_progress, done, total)

            self._tell_progress(0, 0)
            done = await asyncio.to_thread(self._work, on_progress)
        if done is not None:
            self._tell_rebuilt(done)
            self._browser.changed()
            self.rebuilt.emit()

    def _work(self, on_progress: Callable[[int, int], None]) -> Rebuilt | None:
        with Ledger.open_read_only(self._ledger) as ledger:
            return rebuild(self._index, ledger, [self._home()], on_progress, self._cancelled)

    def _tell_progress(self, done: int, total: int) -> None:
        if not self._cancelled.is_set():
            self._notices.inform(
                f"The library's index is being made anew: {done} of {total} files."
            )

    def _tell_rebuilt(self, done: Rebuilt) -> None:
        count = done.pictures + done.imported
        sentences = [f"The library's index was made anew; pictures in it: {count}."]
        if done.carried is None:
            sentences.append(
                "Ratings, tags, boards, notes and trash could not be read from the old index, "
                "which is kept beside the new one."
            )
        if done.failed:
            sentences.append(f"Files that are no pictures, or cannot be read: {done.failed}.")
        detail = "\n".join(f"{each.path}: {each.reason}" for each in done.unread[:TOLD])
        if done.failed or done.carried is None:
            self._notices.fail("\n".join(sentences), detail)
        else:
            self._notices.inform("\n".join(sentences))
