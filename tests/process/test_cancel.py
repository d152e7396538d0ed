"""Cancelling through a real worker: soon, and without harm to the next job."""

import asyncio
import time
from typing import Any

import pytest

from maquette.core.errors import JobCancelled

LONG = 120  # steps


def test_cancel_while_denoising_ends_the_job_within_a_few_steps(engine: Any, recipe: Any) -> None:
    async def cancel_in_the_middle() -> int:
        running = asyncio.Event()
        steps: list[int] = []

        def progress(step: int, *_: object) -> None:
            steps.append(step)
            running.set()

        job = asyncio.create_task(
            engine.client.generate("long", "00000001", recipe(steps=LONG), on_progress=progress)
        )
        await running.wait()
        engine.client.cancel("long")
        with pytest.raises(JobCancelled):
            await job
        return steps[-1] - steps[0]

    worker = engine.worker().pid
    assert engine.run(cancel_in_the_middle()) < 20
    assert engine.run(engine.client.generate("next", "00000002", recipe())).file
    assert engine.worker().pid == worker  # it was asked, not killed


def test_a_waiting_job_is_cancelled_at_once(engine: Any, recipe: Any) -> None:
    async def cancel_the_second() -> bytes:
        first = asyncio.create_task(engine.client.generate("first", "00000001", recipe(steps=40)))
        second = asyncio.create_task(engine.client.generate("second", "00000002", recipe()))
        await asyncio.sleep(0.05)
        engine.client.cancel("second")
        with pytest.raises(JobCancelled):
            await second
        assert not first.done()
        return (await first).file

    assert engine.run(cancel_the_second())


def test_a_job_whose_waiter_goes_away_stops(engine: Any, recipe: Any) -> None:
    async def go_away() -> None:
        running = asyncio.Event()
        job = asyncio.create_task(
            engine.client.generate(
                "left", "00000001", recipe(steps=LONG), on_progress=lambda *_: running.set()
            )
        )
        await running.wait()
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job

    engine.run(go_away())
    started = time.monotonic()
    engine.run(engine.client.generate("next", "00000002", recipe()))
    # The 120 steps were not run to their end first: 4 steps of the next job take far less.
    assert engine.client.status.phase == "ready"
    assert time.monotonic() - started < 20


def test_closing_while_working_ends_the_job_and_the_worker(new_engine: Any, recipe: Any) -> None:
    engine = new_engine(device="cpu")

    async def close_in_the_middle() -> None:
        running = asyncio.Event()
        job = asyncio.create_task(
            engine.client.generate(
                "job", "00000001", recipe(steps=LONG), on_progress=lambda *_: running.set()
            )
        )
        await running.wait()
        await engine.client.close()
        with pytest.raises(JobCancelled):
            await job

    process = engine.worker()
    engine.run(close_in_the_middle())
    assert not process.is_running()
