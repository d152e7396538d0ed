"""Live pictures through a real worker: the newest wins, jobs get through, a death is survived."""

import asyncio
from typing import Any

import pytest

from maquette.core.errors import WorkerDied
from maquette.provenance.watermark.detection import detect

LONG = 120  # steps


def test_the_newest_of_many_calls_is_shown(engine: Any, recipe: Any) -> None:
    async def draw() -> list[Any]:
        calls = []
        for seed in range(6):
            calls.append(asyncio.create_task(engine.client.live(recipe(seed=seed, steps=LONG))))
            await asyncio.sleep(0.05)
        last = await engine.client.live(recipe(seed=9))
        return [*(await asyncio.gather(*calls)), last]

    *older, newest = engine.run(draw())
    assert older == [None] * 6
    assert newest.recipe.seed == 9
    assert newest.pixels.shape == (256, 256, 3)
    found = detect(newest.pixels, thorough=False)
    assert found  # whoever copies it from the screen has the mark
    again = engine.run(engine.client.live(recipe(seed=9)))
    assert (again.pixels == newest.pixels).all()


def test_a_live_picture_goes_before_waiting_jobs(engine: Any, recipe: Any) -> None:
    async def draw_while_jobs_wait() -> list[str]:
        order: list[str] = []

        async def note(name: str, work: Any) -> None:
            await work
            order.append(name)

        started = asyncio.Event()
        first = engine.client.generate("a", "0000000A", recipe(), on_started=started.set)
        jobs = [asyncio.create_task(note("a", first))]
        await started.wait()
        for name in ("b", "c"):
            work = engine.client.generate(name, f"0000000{name.upper()}", recipe(steps=20))
            jobs.append(asyncio.create_task(note(name, work)))
        jobs.append(asyncio.create_task(note("live", engine.client.live(recipe()))))
        await asyncio.gather(*jobs)
        return order

    order = engine.run(draw_while_jobs_wait())
    assert order.index("live") < order.index("b") < order.index("c")


def test_who_stops_looking_frees_the_worker(engine: Any, recipe: Any) -> None:
    async def stop() -> Any:
        call = asyncio.create_task(engine.client.live(recipe(steps=LONG)))
        await asyncio.sleep(0.3)
        engine.client.stop_live()
        return await call

    assert engine.run(stop()) is None
    assert engine.run(engine.client.generate("job", "00000001", recipe())).file


def test_a_worker_killed_in_live_mode_is_replaced(engine: Any, recipe: Any) -> None:
    worker = engine.worker()

    async def kill() -> None:
        call = asyncio.create_task(engine.client.live(recipe(steps=LONG)))
        await asyncio.sleep(0.3)
        worker.kill()
        with pytest.raises(WorkerDied):
            await call

    engine.run(kill())
    made = engine.run(engine.client.live(recipe()))
    assert made is not None
    assert engine.worker().pid != worker.pid
