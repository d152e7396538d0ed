"""An engine, a library and a writer in a temporary home: what benchmarks run headless."""

import asyncio
import contextlib
import os
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.prompts import default_recipe
from maquette.core.job import Job, JobState, Order
from maquette.core.job_change import Role
from maquette.core.model_info import BUILT_IN, ModelInfo
from maquette.core.recipe import Recipe
from maquette.engine.client import EngineClient
from maquette.engine.pending import MadeImage
from maquette.engine.queue import JobQueue
from maquette.library.archive import Archive
from maquette.library.queue.store import QueueStore
from maquette.library.writer import Writer
from maquette.protocol.messages import Device

WARM_UP = 2  # pictures made before anything is measured


@dataclass(frozen=True)
class Studio:
    """A worker with the built-in model resident and warm, and a queue that saves."""

    model: ModelInfo
    device: Device
    queue: JobQueue

    async def make(self, recipes: list[Recipe], *, preview: bool = True) -> tuple[Job, ...]:
        """Make and save a picture of each recipe, through the queue."""
        jobs = await self.queue.submit(recipes, order=Order(preview=preview))
        made = await self.queue.wait([job.id for job in jobs])
        broken = [job.message for job in made if job.state is not JobState.FINISHED]
        if broken:
            raise RuntimeError(f"a benchmark's picture was not made: {broken[0]}")
        return made


@contextlib.asynccontextmanager
async def open_studio() -> AsyncIterator[Studio]:
    """Start a worker whose folders are temporary; end it and remove them afterwards."""
    with tempfile.TemporaryDirectory(prefix="maquette-benchmark-") as home:
        os.environ["MAQUETTE_HOME"] = home
        archive = Archive.open(Path(home) / "library.sqlite3", Path(home) / "ledger.sqlite3")
        writer = Writer(archive, Path(home) / "pictures")

        async def save(made: MadeImage, _job: Job) -> Path:
            return await asyncio.to_thread(
                writer.save, made.record, made.file, made.mark, made.manifest
            )

        client = EngineClient()
        store = QueueStore(Path(home) / "queue.sqlite3")
        queue = JobQueue(client, save, store, role=Role.COMMAND)
        running = asyncio.create_task(queue.run())
        try:
            await client.start()
            model = await client.load(BUILT_IN)
            device = client.status.device
            if device is None:
                raise RuntimeError("the worker named no device")
            studio = Studio(model, device, queue)
            await studio.make([default_recipe(model, 900 + n) for n in range(WARM_UP)])
            yield studio
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await client.close()
            await queue.close()
            archive.close()
