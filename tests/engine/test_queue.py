"""The queue: order, failures, cancelling, retrying, saving; with a fake client."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from maquette.core.errors import FailureCode, JobCancelled, JobFailed, SaveError, WorkerDied
from maquette.core.ledger_entry import MarkResult
from maquette.core.record import Record, SourceType, record_id_for
from maquette.engine.client import MadeImage
from maquette.engine.queue import Job, JobQueue, JobState


class FakeClient:
    """Makes one image at a time; the prompt says what becomes of it."""

    def __init__(self) -> None:
        self.running: list[str] = []
        self.cancelled: set[str] = set()
        self.hold = asyncio.Event()
        self.hold.set()
        self._turn = asyncio.Lock()

    def cancel(self, job: str) -> None:
        self.cancelled.add(job)

    async def generate(self, job: str, record_id: str, recipe: Any, **options: Any) -> MadeImage:
        async with self._turn:
            options["on_started"]()
            self.running.append(recipe.prompt)
            for step in range(1, recipe.steps + 1):
                await asyncio.sleep(0)
                await self.hold.wait()
                if job in self.cancelled:
                    raise JobCancelled("")
                options["on_progress"](step, recipe.steps, np.zeros((1, 1, 3), np.uint8))
        if recipe.prompt == "fails":
            raise JobFailed("It failed.", FailureCode.INTERNAL, "why")
        if recipe.prompt == "dies":
            raise WorkerDied("It died.")
        if recipe.prompt == "bug":
            raise ZeroDivisionError
        record = Record(
            id=record_id,
            recipe=recipe,
            created="",
            tool="",
            source_type=SourceType.GENERATED,
            width=1,
            height=1,
        )
        mark = MarkResult(preset="standard", verified=True, robust=True, psnr=46.0, strength=1.0)
        return MadeImage(record, b"file", mark, b"manifest", ("Note.",))


class Bench:
    """A queue with a fake client, whose `save` keeps what it was given."""

    def __init__(self) -> None:
        self.client = FakeClient()
        self.saved: list[str] = []
        self.changes: list[Job] = []
        self.previews: list[str] = []
        self.queue = JobQueue(self.client, self.save)  # pyright: ignore[reportArgumentType]
        self.queue.subscribe(self.changes.append, lambda job, _pixels: self.previews.append(job))

    async def save(self, made: MadeImage) -> Path:
        assert (made.file, made.manifest, made.mark.psnr) == (b"file", b"manifest", 46.0)
        prompt = made.record.recipe.prompt
        if prompt == "unsaved":
            raise SaveError("The disk is full.")
        self.saved.append(prompt)
        return Path(f"/{prompt}.png")

    def states(self, job: str) -> list[JobState]:
        seen = [change.state for change in self.changes if change.id == job]
        return list(dict.fromkeys(seen))


def drive(run: Any, test: Callable[[Bench], Coroutine[Any, Any, None]]) -> Bench:
    """Run `test` beside a running queue."""

    async def both() -> Bench:
        bench = Bench()
        running = asyncio.create_task(bench.queue.run())
        await test(bench)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        return bench

    return run(both())


def test_jobs_run_in_order_and_are_saved(run: Any, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        jobs = bench.queue.submit([recipe(prompt=name) for name in "abc"])
        assert len({job.group for job in jobs}) == 1
        ended = await bench.queue.wait(job.id for job in jobs)
        assert [job.state for job in ended] == [JobState.FINISHED] * 3
        assert [job.path for job in ended] == ["/a.png", "/b.png", "/c.png"]
        assert ended[0].notices == ("Note.",)
        assert ended[0].step == ended[0].total == 4
        assert ended[0].record_id == record_id_for(jobs[0].recipe)
        assert bench.states(jobs[0].id) == [
            JobState.QUEUED,
            JobState.RUNNING,
            JobState.SAVING,
            JobState.FINISHED,
        ]

    bench = drive(run, test)
    assert bench.client.running == bench.saved == ["a", "b", "c"]
    assert len(bench.previews) == 12


@pytest.mark.parametrize(
    ("prompt", "message"),
    [
        ("fails", "It failed."),
        ("dies", "It died."),
        ("unsaved", "The disk is full."),
        ("bug", "The picture could not be saved; please try again."),
    ],
)
def test_a_failure_is_told_and_the_queue_goes_on(
    run: Any, recipe: Any, prompt: str, message: str
) -> None:
    async def test(bench: Bench) -> None:
        jobs = bench.queue.submit([recipe(prompt=prompt), recipe(prompt="next")])
        first, second = await bench.queue.wait(job.id for job in jobs)
        assert (first.state, first.message) == (JobState.FAILED, message)
        assert second.state == JobState.FINISHED

    drive(run, test)


def test_cancelling_running_and_waiting_jobs(run: Any, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        bench.client.hold.clear()
        jobs = bench.queue.submit([recipe(prompt=str(i)) for i in range(4)])
        while not bench.client.running:
            await asyncio.sleep(0)
        bench.queue.cancel(jobs[3].id)
        bench.queue.cancel(jobs[0].id)
        bench.queue.cancel("nobody")
        bench.client.hold.set()
        ended = await bench.queue.wait(job.id for job in jobs)
        cancelled, finished = JobState.CANCELLED, JobState.FINISHED
        assert [job.state for job in ended] == [cancelled, finished, finished, cancelled]

    assert drive(run, test).saved == ["1", "2"]


def test_cancelling_everything(run: Any, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        bench.client.hold.clear()
        jobs = bench.queue.submit([recipe(prompt=str(i)) for i in range(5)])
        while not bench.client.running:
            await asyncio.sleep(0)
        bench.queue.cancel_all()
        bench.client.hold.set()
        ended = await bench.queue.wait(job.id for job in jobs)
        assert {job.state for job in ended} == {JobState.CANCELLED}

    bench = drive(run, test)
    assert bench.client.running[0] == "0"
    assert bench.saved == []


def test_a_retry_runs_the_same_recipe(run: Any, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        (job,) = bench.queue.submit([recipe(prompt="fails")])
        await bench.queue.wait([job.id])
        again = bench.queue.retry(job.id)
        assert again
        assert (again.recipe, again.record_id, again.message) == (job.recipe, job.record_id, "")
        (ended,) = await bench.queue.wait([again.id])
        assert ended.state == JobState.FAILED
        assert bench.queue.retry("nobody") is None

    assert drive(run, test).client.running == ["fails", "fails"]


def test_clearing_leaves_what_has_not_ended(run: Any, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        (done,) = bench.queue.submit([recipe(prompt="done")])
        await bench.queue.wait([done.id])
        bench.client.hold.clear()
        bench.queue.submit([recipe(prompt="waiting")])
        bench.queue.clear_finished()
        assert [job.recipe.prompt for job in bench.queue.jobs] == ["waiting"]
        assert await bench.queue.wait([done.id]) == ()
        bench.client.hold.set()

    drive(run, test)


def test_jobs_wait_until_the_queue_runs_and_stop_when_it_stops(run: Any, recipe: Any) -> None:
    async def test() -> None:
        bench = Bench()
        bench.client.hold.clear()
        jobs = bench.queue.submit([recipe(), recipe(), recipe()])
        assert {job.state for job in bench.queue.jobs} == {JobState.QUEUED}
        running = asyncio.create_task(bench.queue.run())
        while not bench.client.running:
            await asyncio.sleep(0)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        states = [job.state for job in bench.queue.jobs]
        assert states == [JobState.CANCELLED, JobState.CANCELLED, JobState.QUEUED]
        assert len(jobs) == 3

    run(test())


def test_a_save_that_has_begun_ends_and_is_told_when_the_queue_stops(run: Any, recipe: Any) -> None:
    async def test() -> None:
        bench = Bench()
        writing, written = asyncio.Event(), asyncio.Event()

        async def save(made: MadeImage) -> Path:
            writing.set()
            await written.wait()
            return await bench.save(made)

        queue = JobQueue(bench.client, save)  # pyright: ignore[reportArgumentType]
        (job,) = queue.submit([recipe(prompt="kept")])
        running = asyncio.create_task(queue.run())
        await writing.wait()
        queue.cancel_all()
        running.cancel()
        asyncio.get_running_loop().call_later(0.05, written.set)
        with pytest.raises(asyncio.CancelledError):
            await running
        assert bench.saved == ["kept"]
        (ended,) = await queue.wait([job.id])
        assert (ended.state, ended.path) == (JobState.FINISHED, "/kept.png")

    run(test())


def test_prompts_are_cleaned_once(run: Any, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        (job,) = bench.queue.submit([recipe(prompt=" a\nmug\x00\ud800")])
        assert job.recipe.prompt == "a mug"
        await bench.queue.wait([job.id])

    drive(run, test)
