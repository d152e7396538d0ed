"""The queue: order, failures, cancelling, retrying, saving; with a fake client, on a real file."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from maquette.core.errors import FailureCode, JobCancelled, JobFailed, SaveError, WorkerDied
from maquette.core.job import ENDED, Job, JobState, Order
from maquette.core.job_change import Role
from maquette.core.ledger_entry import MarkResult
from maquette.core.recipe import StartImage
from maquette.core.record import Record, SourceType, record_id_for
from maquette.core.start import Start
from maquette.engine.client import MadeImage
from maquette.engine.queue import JobQueue
from maquette.library.queue.store import QueueStore


class FakeClient:
    """Makes one image at a time; the prompt says what becomes of it."""

    def __init__(self) -> None:
        self.running: list[str] = []
        self.starts: list[Start | None] = []
        self.cancelled: set[str] = set()
        self.hold = asyncio.Event()
        self.hold.set()
        self._turn = asyncio.Lock()

    def cancel(self, job: str) -> None:
        self.cancelled.add(job)

    async def generate(self, job: str, record_id: str, recipe: Any, **options: Any) -> MadeImage:
        self.cancelled.discard(job)
        async with self._turn:
            self._check(job)
            options["on_started"]()
            self.running.append(recipe.prompt)
            self.starts.append(options["start"])
            for step in range(1, recipe.steps + 1):
                await asyncio.sleep(0)
                while not self.hold.is_set():
                    self._check(job)
                    await asyncio.sleep(0.001)
                self._check(job)
                options["on_progress"](step, recipe.steps, np.zeros((1, 1, 3), np.uint8))
        if recipe.prompt == "fails":
            raise JobFailed("It failed.", FailureCode.INTERNAL, "why")
        if recipe.prompt == "dies":
            raise WorkerDied("It died; it is started again.")
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

    def _check(self, job: str) -> None:
        if job in self.cancelled:
            raise JobCancelled("")


class Bench:
    """A queue with a fake client, whose `save` keeps what it was given."""

    def __init__(self, path: Path, role: Role = Role.WINDOW) -> None:
        self.client = FakeClient()
        self.saved: list[str] = []
        self.changes: list[Job] = []
        self.previews: list[str] = []
        self.queue = JobQueue(
            self.client,  # pyright: ignore[reportArgumentType]
            self.save,
            QueueStore(path),
            role=role,
        )
        self.queue.subscribe(self.changes.extend, lambda job, _pixels: self.previews.append(job))

    async def save(self, made: MadeImage, job: Job) -> Path:
        assert (made.file, made.manifest, made.mark.psnr) == (b"file", b"manifest", 46.0)
        assert job.record_id == made.record.id
        prompt = made.record.recipe.prompt
        if prompt == "unsaved":
            raise SaveError("The disk is full.")
        self.saved.append(prompt)
        return Path(f"/{prompt}.png")

    def states(self, job: str) -> list[JobState]:
        seen = [change.state for change in self.changes if change.id == job]
        return list(dict.fromkeys(seen))

    @property
    def prompts(self) -> list[str]:
        return [job.recipe.prompt for job in self.queue.jobs]

    async def until(self, reached: Callable[[], object]) -> None:
        while not reached():
            await asyncio.sleep(0.002)

    async def hold_first(self, prompts: str, recipe: Any) -> tuple[Job, ...]:
        """Submit a job per letter and wait until the first one runs and is held there."""
        self.client.hold.clear()
        jobs = await self.queue.submit([recipe(prompt=name) for name in prompts])
        await self.until(lambda: self.client.running)
        return jobs


Test = Callable[[Bench], Coroutine[Any, Any, None]]
Drive = Callable[..., Bench]


@pytest.fixture
def drive(run: Any, tmp_path: Path) -> Drive:
    """Runs a test beside a running queue, whose file is the same every time."""

    def both(test: Test, role: Role = Role.WINDOW) -> Bench:
        async def work() -> Bench:
            bench = Bench(tmp_path / "queue.sqlite3", role)
            running = asyncio.create_task(bench.queue.run())
            await test(bench)
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
            await bench.queue.close()
            return bench

        return run(work())

    return both


def test_jobs_run_in_order_and_are_saved(drive: Drive, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        jobs = await bench.queue.submit([recipe(prompt=name) for name in "abc"])
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

    bench = drive(test)
    assert bench.client.running == bench.saved == ["a", "b", "c"]
    assert len(bench.previews) == 12
