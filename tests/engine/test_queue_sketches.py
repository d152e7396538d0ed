"""Sketches on their way through the queue: to the worker, to the one who saves, or not at all."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from maquette.core.control import Control, ControlKind
from maquette.core.job import Job, JobState
from maquette.core.pixels import pixel_digest
from maquette.engine.client import EngineClient, MadeImage
from maquette.engine.queue import JobQueue
from maquette.library.queue.store import QueueStore

SKETCH = np.random.default_rng(7).integers(0, 256, (256, 256, 3), dtype=np.uint8)
NAME = pixel_digest(SKETCH)
STEERED = (Control(ControlKind.SKETCH, NAME),)

# A worker that makes a picture only of what came whole.
CHECKING = """
import hashlib
def answer(request):
    if isinstance(request, Generate):
        send(Started(job=request.job))
        wanted = [control.digest for control in request.recipe.controls]
        came = [hashlib.sha256(blobs[blob.index]).hexdigest() for blob in request.images]
        if wanted == came:
            finished(request)
        else:
            send(Failed(job=request.job, code=FailureCode.BAD_INPUT, message="other images"))
"""


def test_a_sketch_reaches_the_worker_and_the_one_who_saves(
    run: Any, recipe: Any, tmp_path: Path, fake_worker: Callable[[str], list[str]]
) -> None:
    saved: dict[str, MadeImage] = {}

    async def save(made: MadeImage, job: Job) -> Path:
        saved[job.recipe.prompt] = made
        return Path(f"/{job.recipe.prompt}.png")

    async def test() -> None:
        client = EngineClient(command=fake_worker(CHECKING))
        queue = JobQueue(client, save, QueueStore(tmp_path / "queue.sqlite3"))
        await client.start()
        running = asyncio.create_task(queue.run())
        recipes = [recipe(prompt="drawn", controls=STEERED), recipe(prompt="plain")]
        jobs = await queue.submit(recipes, images={NAME: SKETCH})
        ended = await queue.wait(job.id for job in jobs)
        assert [(job.state, job.message) for job in ended] == [(JobState.FINISHED, "")] * 2
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await client.close()
        await queue.close()

    run(test())
    assert list(saved["drawn"].images) == [NAME]
    assert np.array_equal(saved["drawn"].images[NAME], SKETCH)
    assert not saved["plain"].images


def test_a_damaged_sketch_fails_its_job_and_no_other(
    run: Any, recipe: Any, tmp_path: Path, fake_worker: Callable[[str], list[str]]
) -> None:
    path = tmp_path / "queue.sqlite3"

    async def save(_made: MadeImage, job: Job) -> Path:
        return Path(f"/{job.recipe.prompt}.png")

    async def test() -> None:
        client = EngineClient(command=fake_worker(CHECKING))
        queue = JobQueue(client, save, QueueStore(path))
        await queue.pause()
        recipes = [recipe(prompt="drawn", controls=STEERED), recipe(prompt="plain")]
        jobs = await queue.submit(recipes, images={NAME: SKETCH})
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE images SET pixels = x'00'")
        await client.start()
        running = asyncio.create_task(queue.run())
        await queue.resume()
        drawn, plain = await queue.wait(job.id for job in jobs)
        assert drawn.state is JobState.FAILED
        assert drawn.message == "The sketch of a job is damaged in the queue; make that job anew."
        assert (plain.state, plain.path) == (JobState.FINISHED, "/plain.png")
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await client.close()
        await queue.close()

    run(test())
