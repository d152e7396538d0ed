"""Live pictures through the client, with fake workers in real processes."""

import asyncio
from typing import Any

import numpy as np
import pytest

from maquette.core.control import Control, ControlKind
from maquette.core.errors import JobCancelled, JobFailed, WorkerDied
from maquette.core.pixels import pixel_digest
from maquette.engine.client import EngineClient
from maquette.engine.live_calls import LiveMade

# A worker that keeps one live picture in hand until the next request comes.
LIVE = """
def picture(request, blobs):
    shape = (request.recipe.height, request.recipe.width, 3)
    ink = bytes(blobs[0][:1]) if blobs else b"\\x07"
    send(LivePicture(sequence=request.sequence, recipe=request.recipe, picture=Blob(0, shape),
                     seconds={"total": 0.1}), ink * (shape[0] * shape[1] * 3))

held = []
def answer(request):
    if isinstance(request, Generate):
        send(Started(job=request.job)); finished(request)
    elif isinstance(request, (Live, StopLive)):
        for old in held:
            send(LiveSkipped(sequence=old.sequence))
        held.clear()
        if isinstance(request, StopLive):
            return
        prompt = request.recipe.prompt
        if prompt == "hold":
            held.append(request)
        elif prompt == "fail":
            send(LiveFailed(sequence=request.sequence, code=FailureCode.MODEL, message="Not now."))
        elif prompt == "die":
            sys.exit(3)
        else:
            picture(request, blobs)
"""


async def with_client(command: list[str], use: Any) -> Any:
    client = EngineClient(command=command)
    await client.start()
    try:
        return await use(client)
    finally:
        await client.close()


async def soon(client: EngineClient, recipe: Any) -> asyncio.Task[LiveMade | None]:
    """A call that has reached the worker."""
    call = asyncio.create_task(client.live(recipe))
    while not client.status.device:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0)
    return call


def test_a_live_picture_comes_with_its_pixels(run: Any, fake_worker: Any, recipe: Any) -> None:
    lines = np.full((256, 256, 3), 9, np.uint8)
    digest = pixel_digest(lines)
    steered = recipe(controls=(Control(ControlKind.SKETCH, digest),))

    async def use(client: EngineClient) -> Any:
        return await client.live(steered, images={digest: lines})

    made = run(with_client(fake_worker(LIVE), use))
    assert np.array_equal(made.pixels, lines)
    assert made.recipe == steered
    assert made.seconds == {"total": 0.1}


def test_a_newer_call_overtakes_an_older_one(run: Any, fake_worker: Any, recipe: Any) -> None:
    async def use(client: EngineClient) -> Any:
        first = await soon(client, recipe(prompt="hold"))
        second = asyncio.create_task(client.live(recipe()))
        return await first, await second

    older, newer = run(with_client(fake_worker(LIVE), use))
    assert older is None
    assert newer.pixels.shape == (256, 256, 3)


def test_calls_before_the_worker_is_there_wait_and_the_newest_wins(
    run: Any, fake_worker: Any, recipe: Any
) -> None:
    async def use(client: EngineClient) -> Any:
        calls = [client.live(recipe(prompt=prompt)) for prompt in ("one", "two", "three")]
        return await asyncio.gather(*calls)

    made = run(with_client(fake_worker(LIVE), use))
    assert made[:2] == [None, None]
    assert made[2].recipe.prompt == "three"


def test_who_stops_looking_gets_nothing(run: Any, fake_worker: Any, recipe: Any) -> None:
    async def use(client: EngineClient) -> Any:
        waiting = asyncio.create_task(client.live(recipe(prompt="hold")))
        await asyncio.sleep(0)
        client.stop_live()  # not sent yet
        held = await soon(client, recipe(prompt="hold"))
        client.stop_live()
        cancelled = await soon(client, recipe(prompt="hold"))
        cancelled.cancel()
        with pytest.raises(asyncio.CancelledError):
            await cancelled
        return await waiting, await held, await client.live(recipe())

    first, second, third = run(with_client(fake_worker(LIVE), use))
    assert (first, second) == (None, None)
    assert third is not None


def test_failures_are_told_and_the_next_call_works(run: Any, fake_worker: Any, recipe: Any) -> None:
    lost = recipe(controls=(Control(ControlKind.SKETCH, "ab" * 32),))

    async def use(client: EngineClient) -> Any:
        with pytest.raises(JobFailed, match="Not now"):
            await client.live(recipe(prompt="fail"))
        with pytest.raises(JobFailed, match="missing"):
            await client.live(lost)
        with pytest.raises(JobFailed, match="width"):
            await client.live(recipe(width=1))
        return await client.live(recipe())

    assert run(with_client(fake_worker(LIVE), use)) is not None


def test_a_worker_that_dies_ends_the_call_and_the_next_one_works(
    run: Any, fake_worker: Any, recipe: Any
) -> None:
    async def use(client: EngineClient) -> Any:
        with pytest.raises(WorkerDied):
            await client.live(recipe(prompt="die"))
        return await client.live(recipe())

    assert run(with_client(fake_worker(LIVE), use)) is not None


def test_a_picture_that_is_not_there_fails_the_call(
    run: Any, fake_worker: Any, recipe: Any
) -> None:
    script = """
def answer(request):
    send(LivePicture(sequence=request.sequence, recipe=request.recipe, picture=Blob(0, (9, 9, 3))))
"""

    async def use(client: EngineClient) -> None:
        with pytest.raises(JobFailed, match="no picture"):
            await client.live(recipe())

    run(with_client(fake_worker(script), use))


def test_closing_ends_the_call(run: Any, fake_worker: Any, recipe: Any) -> None:
    async def use(client: EngineClient) -> None:
        call = await soon(client, recipe(prompt="hold"))
        await client.close()
        with pytest.raises(JobCancelled):
            await call

    run(with_client(fake_worker(LIVE), use))
