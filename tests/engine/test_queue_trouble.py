"""The queue when its file, its worker or its neighbours misbehave."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from maquette.core.errors import LibraryError
from maquette.core.job import Destination, Job, JobState
from maquette.core.job_change import Change, Role
from maquette.core.record import Record, SourceType
from maquette.engine.client import EngineClient, MadeImage
from maquette.engine.queue import JobQueue
from maquette.library.queue.owners import Owner, Roll
from maquette.library.queue.rows import Saving
from maquette.library.queue.store import QueueStore


class Hasty(Roll):
    """Takes everybody else for dead."""

    def is_gone(self, owner: Owner) -> bool:
        return True


class Forgetful(QueueStore):
    """Cannot be told how jobs end, as on a full disk, until it is mended."""

    mended = False

    def end(self, job: Job) -> Change:
        if not self.mended:
            raise LibraryError("The queue could not be written.")
        return super().end(job)


async def save(_made: MadeImage, job: Job) -> Path:
    return Path(f"/{job.recipe.prompt}.png")


async def until(reached: Callable[[], object]) -> None:
    while not reached():
        await asyncio.sleep(0.01)


class Desk:
    """A client with a fake worker, and a running queue."""

    def __init__(self, store: QueueStore, command: list[str], role: Role = Role.WINDOW) -> None:
        self.client = EngineClient(command=command)
        self.queue = JobQueue(self.client, save, store, role=role)

    async def __aenter__(self) -> JobQueue:
        await self.queue.open()
        await self.client.start()
        self._running = asyncio.create_task(self.queue.run())
        return self.queue

    async def __aexit__(self, *_: object) -> None:
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)
        await self.client.close()
        await self.queue.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "queue.sqlite3"


@pytest.fixture
def record() -> Callable[[Job], Record]:
    def of(job: Job) -> Record:
        return Record(
            id=job.record_id,
            recipe=job.recipe,
            created="2026-11-22T04:00:00+00:00",
            tool="test",
            source_type=SourceType.GENERATED,
            width=256,
            height=256,
        )

    return of


def job_of(recipe: Any) -> Job:
    return Job(id="job", record_id="0000000A", group="group", recipe=recipe)


def test_a_job_whose_worker_is_killed_twice_is_set_aside_and_the_next_one_is_made(
    run: Any, recipe: Any, path: Path, fake_worker: Callable[[str], list[str]]
) -> None:
    deadly = """
def answer(request):
    if isinstance(request, Generate):
        send(Started(job=request.job))
        if request.recipe.prompt == "deadly":
            os.kill(os.getpid(), 9)
        finished(request)
"""

    async def test() -> None:
        async with Desk(QueueStore(path), fake_worker(deadly)) as queue:
            recipes = [recipe(prompt="deadly"), recipe(prompt="harmless")]
            deadly_job, harmless = await queue.submit(recipes)
            (first,) = await queue.wait([deadly_job.id])
            assert (first.state, first.deaths) == (JobState.FAILED, 1)
            await queue.retry([deadly_job.id])
            second, other = await queue.wait([deadly_job.id, harmless.id])
            assert (second.state, second.deaths) == (JobState.QUARANTINED, 2)
            sentence, reason = second.message.split("\n")
            assert "set aside" in sentence
            assert "The worker was killed" in reason
            assert (other.state, other.deaths) == (JobState.FINISHED, 0)

    run(test())


def test_another_program_cancels_what_waits_and_what_runs_here(
    run: Any, recipe: Any, path: Path, fake_worker: Callable[[str], list[str]]
) -> None:
    endless = """
def answer(request):
    if isinstance(request, Generate):
        send(Started(job=request.job))
    elif isinstance(request, Cancel):
        send(Cancelled(job=request.job))
"""

    async def test() -> None:
        one = Desk(QueueStore(path), fake_worker(endless), Role.COMMAND)
        other = Desk(QueueStore(path), fake_worker(""))
        async with one as here, other as there:
            jobs = await here.submit([recipe(), recipe(), recipe()])
            await until(lambda: len(there.jobs) == 3)
            await until(lambda: there.jobs[0].state is JobState.RUNNING)
            assert {job.owner for job in there.jobs} == {here.owner}
            await there.cancel(job.id for job in jobs)
            assert there.jobs[2].state is JobState.CANCELLED
            ended = await here.wait(job.id for job in jobs)
            assert {job.state for job in ended} == {JobState.CANCELLED}
            await until(lambda: all(job.state is JobState.CANCELLED for job in there.jobs))

    run(test())


HANGS = """
import sys, time
from pathlib import Path
import msgspec
from maquette.core.job import Job
from maquette.core.job_change import Role
from maquette.library.queue.store import QueueStore

store = QueueStore(Path(sys.argv[1]))
store.enter(Role.WINDOW)
store.add([msgspec.json.decode(sys.argv[2], type=Job)], None, first=False)
store.claim()
store.note_started("job")
print("here", flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGSTOP")
def test_a_program_that_hangs_keeps_its_jobs(recipe: Any, path: Path) -> None:
    job = msgspec.json.encode(job_of(recipe())).decode()
    command = [sys.executable, "-c", HANGS, str(path), job]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        process.send_signal(signal.SIGSTOP)
        store = QueueStore(path)
        change = store.enter(Role.WINDOW)
        assert [job.state for job in change.jobs] == [JobState.RUNNING]
        assert not change.paused
        assert store.tend() is None
        assert store.claim() is None
        process.kill()
        process.wait()
        left = store.tend()
        assert left is not None
        assert [job.state for job in left.jobs] == [JobState.INTERRUPTED]
        assert left.paused
        store.leave()


def test_who_was_taken_for_dead_does_not_save_what_others_make_now(
    recipe: Any, path: Path, record: Callable[[Job], Record]
) -> None:
    slow, hasty = QueueStore(path), QueueStore(path, roll=Hasty())
    slow.enter(Role.WINDOW)
    slow.add([job_of(recipe())], None, first=False)
    claim = slow.claim()
    assert claim is not None
    slow.note_started("job")
    hasty.enter(Role.WINDOW)
    (taken,) = hasty.retry(["job"], release=False).jobs
    assert taken.owner == hasty.owner
    assert not slow.note_saving("job", record(claim.job), "ab" * 32, 3)
    (kept,) = slow.end(claim.job).jobs
    assert (kept.state, kept.owner) == (JobState.QUEUED, hasty.owner)
    slow.tend()  # it is entered again
    slow.pause(False)
    assert slow.claim() is None
    slow.add([Job(id="more", record_id="", group="more", recipe=recipe())], None, first=False)
    assert slow.claim() is not None
    slow.leave()
    hasty.leave()


@pytest.mark.parametrize(
    ("found", "state", "words"),
    [
        (Path("/kept.png"), JobState.FINISHED, ""),
        (None, JobState.INTERRUPTED, "while it made this picture"),
        (LibraryError("The library cannot be read."), JobState.INTERRUPTED, "look for it"),
    ],
)
def test_what_becomes_of_a_picture_whose_saving_was_cut_off(
    recipe: Any,
    path: Path,
    record: Callable[[Job], Record],
    found: Path | LibraryError | None,
    state: JobState,
    words: str,
) -> None:
    asked: list[tuple[str, str, int]] = []

    def find(job_id: str, saving: Saving, destination: Destination) -> Path | None:
        assert destination == Destination()
        asked.append((job_id, saving.file_sha256, saving.file_bytes))
        if isinstance(found, LibraryError):
            raise found
        return found

    first = QueueStore(path)
    first.enter(Role.WINDOW)
    # The second of its group keeps the first listed, even when that is finished.
    jobs = [job_of(recipe()), Job(id="next", record_id="", group="group", recipe=recipe())]
    first.add(jobs, None, first=False)
    claim = first.claim()
    assert claim is not None
    first.note_saving("job", record(claim.job), "ab" * 32, 3)
    second = QueueStore(path, find, Hasty())
    job = second.enter(Role.WINDOW).jobs[0]
    assert asked == [("job", "ab" * 32, 3)]
    assert (job.state, job.path) == (state, str(found) if isinstance(found, Path) else "")
    assert words in job.message
    second.leave()
    first.leave()


def test_an_end_that_could_not_be_written_is_written_later(
    run: Any, recipe: Any, path: Path, fake_worker: Callable[[str], list[str]]
) -> None:
    store = Forgetful(path)

    async def test() -> None:
        async with Desk(store, fake_worker("")) as queue:
            (job,) = await queue.submit([recipe(prompt="kept")])
            (ended,) = await queue.wait([job.id])
            assert (ended.state, ended.path) == (JobState.FINISHED, "/kept.png")
            assert queue.problem == "The queue could not be written."
            store.mended = True
            (second,) = await queue.submit([recipe(prompt="more")])
            await queue.wait([second.id])
            assert queue.problem == ""
            await queue.pause()

    run(test())
    later = QueueStore(path)
    assert later.enter(Role.WINDOW).jobs == ()  # all are over, and nothing was interrupted
    later.leave()


def test_a_queue_that_cannot_be_opened_is_told_and_tried_again(
    run: Any, recipe: Any, path: Path, fake_worker: Callable[[str], list[str]]
) -> None:
    path.write_bytes(b"no database at all, " * 500)

    async def test() -> None:
        client = EngineClient(command=fake_worker(""))
        queue = JobQueue(client, save, QueueStore(path))
        with pytest.raises(LibraryError, match=r"The queue .* cannot be read"):
            await queue.submit([recipe()])
        assert "cannot be read" in queue.problem
        path.unlink()
        (job,) = await queue.submit([recipe()])
        assert job.state is JobState.QUEUED
        assert queue.problem == ""
        await queue.close()

    run(test())


def test_a_job_that_cannot_be_read_does_not_hold_up_the_others(
    run: Any, recipe: Any, path: Path, fake_worker: Callable[[str], list[str]]
) -> None:
    async def test() -> None:
        async with Desk(QueueStore(path), fake_worker("")) as queue:
            await queue.pause()
            first, second, third = await queue.submit([recipe(prompt=name) for name in "abc"])
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute("UPDATE jobs SET recipe = '{' WHERE id = ?", (first.id,))
            await queue.resume()
            ended = await queue.wait([second.id, third.id])
            assert [job.path for job in ended] == ["/b.png", "/c.png"]

    run(test())


def test_a_closed_queue_stays_closed(run: Any, recipe: Any, path: Path) -> None:
    async def test() -> None:
        queue = JobQueue(EngineClient(command=[]), save, QueueStore(path))
        await queue.open()
        await queue.close()
        with pytest.raises(LibraryError, match="The queue is closed"):
            await queue.submit([recipe()])
        assert queue.owner == ""

    run(test())
