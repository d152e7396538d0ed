"""A worker that rests, so that its device is free for a training: nothing asked for is lost."""

import asyncio
from typing import Any

import psutil

from maquette.engine.client import EngineClient
from maquette.engine.status import EnginePhase

SLOW = """
def answer(request):
    if isinstance(request, Load):
        loaded(request)
    elif isinstance(request, Generate):
        send(Started(job=request.job))
        time.sleep(0.3)
        finished(request)
"""


def test_what_is_being_made_is_finished_and_the_rest_waits(
    run: Any, fake_worker: Any, recipe: Any
) -> None:
    async def act() -> None:
        client = EngineClient(command=fake_worker(SLOW))
        await client.start()
        await client.load("model")
        begun = asyncio.Event()
        first = asyncio.ensure_future(
            client.generate("a", "12345678", recipe(), on_started=begun.set)
        )
        await begun.wait()
        worker = psutil.Process(client.worker_pid)
        resting = asyncio.ensure_future(client.rest("The device learns."))
        await asyncio.sleep(0)
        later = asyncio.ensure_future(client.generate("b", "87654321", recipe()))
        dropped = asyncio.ensure_future(client.generate("c", "87654322", recipe()))
        await resting
        assert (await first).file == b"file"
        assert not worker.is_running()
        assert client.worker_pid is None
        assert client.status.phase is EnginePhase.RESTING
        assert client.status.message == "The device learns."
        client.cancel("c")
        assert isinstance((await asyncio.gather(dropped, return_exceptions=True))[0], Exception)
        assert not later.done()
        await client.wake()
        assert (await later).file == b"file"
        # The model that was resident is so again.
        while client.status.phase is not EnginePhase.READY or client.status.model is None:
            await asyncio.sleep(0.01)
        assert client.status.model.id == "model"
        await client.wake()  # awake already: nothing happens
        assert client.worker_pid is not None
        await client.close()

    run(act())


def test_a_client_that_rests_can_be_closed(run: Any, fake_worker: Any, recipe: Any) -> None:
    async def act() -> None:
        client = EngineClient(command=fake_worker())
        await client.start()
        await client.load("model")
        await client.rest("The device learns.")
        waiting = asyncio.ensure_future(client.generate("a", "12345678", recipe()))
        await asyncio.sleep(0)
        await client.close()
        assert isinstance((await asyncio.gather(waiting, return_exceptions=True))[0], Exception)
        await client.wake()  # too late
        assert client.status.phase is EnginePhase.CLOSED
        assert client.worker_pid is None

    run(act())
