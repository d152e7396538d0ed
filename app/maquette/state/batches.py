"""Batches in the window: a file is read and checked beside the window, then queued as a group."""

import asyncio
from pathlib import Path

from maquette.core.batch.plan import plan_batch
from maquette.core.batch.readers import SUFFIXES
from maquette.core.job import Order
from maquette.engine.queue import JobQueue
from maquette.library.styles.opening import style_finder
from maquette.state.batch_starts import BatchOrder, complete_order
from maquette.state.jobs import Jobs
from maquette.state.settings import SettingsStore


class Batches:
    """What the batch dialog asks for."""

    def __init__(
        self, *, jobs: Jobs, queue: JobQueue, settings: SettingsStore, styles: Path
    ) -> None:
        """`styles` is the folder of the user's own."""
        self._styles = styles
        self._jobs = jobs
        self._queue = queue
        self._settings = settings

    async def read(self, path: str) -> BatchOrder:
        """Read the batch file at `path`, with the model of the settings where it names none.

        Raises:
            InputError: it cannot be read, or is no batch file.
        """
        return await asyncio.to_thread(_read, Path(path), self._settings.value.model, self._styles)

    def seconds_for(self, order: BatchOrder) -> float | None:
        """How long `order` takes at the pace of the last pictures; None while there is none."""
        pace = self._jobs.activity.value.seconds_per_image
        return None if pace is None else pace * len(order.recipes)

    async def queue_up(self, order: BatchOrder) -> None:
        """Queue everything as one group. Raises LibraryError; nothing is queued then."""
        settings = self._settings.value
        await self._queue.submit(
            order.recipes,
            start=order.starts,
            order=Order(
                marking=settings.marking, encoding=settings.encoding, preview=settings.live_preview
            ),
            group_name=order.name,
        )


def is_batch_file(path: str) -> bool:
    """Whether `path` is named like a batch file."""
    return path.lower().endswith(SUFFIXES)


def _read(path: Path, model: str, styles: Path) -> BatchOrder:
    return complete_order(plan_batch(path, model=model, find_style=style_finder(styles)))
