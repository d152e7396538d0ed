"""Background tasks of the window: kept alive, and never failing silently."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from maquette.core.errors import MaquetteError

logger = logging.getLogger(__name__)


class Tasks:
    """Starts coroutines and hands what they raise to `on_error`."""

    def __init__(self, on_error: Callable[[BaseException], None]) -> None:
        self._on_error = on_error
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_event_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def stop(self) -> None:
        """Cancel what still runs and wait for it."""
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            return
        if not isinstance(error, MaquetteError):
            logger.error("A background task failed", exc_info=error)
        self._on_error(error)
