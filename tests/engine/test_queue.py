"""The queue: order, failures, cancelling, retrying, saving; with a fake client, on a real file."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from maquette.core.errors import FailureCode, JobCancelled, JobFailed, SaveError, WorkerDied
from maquette.core.fidelity import Fidelity
from maquette.core.job import ENDED, Job, JobState, Order, Until
from maquette.core.job_change import Role
from maquette.core.ledger_entry import MarkResult
from maquette.core.recipe import StartImage
from maquette.core.record import Record, SourceType, record_id_for
from maquette.core.start import Start
from maquette.core.tries import best_of
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


@pytest.mark.parametrize(
    ("prompt", "message"),
    [
        ("fails", "It failed."),
        ("dies", "It died; it is started again."),
        ("unsaved", "The disk is full."),
        ("bug", "The picture could not be saved; please try again."),
    ],
)
def test_a_failure_is_told_and_the_queue_goes_on(
    drive: Drive, recipe: Any, prompt: str, message: str
) -> None:
    async def test(bench: Bench) -> None:
        jobs = await bench.queue.submit([recipe(prompt=prompt), recipe(prompt="next")])
        first, second = await bench.queue.wait(job.id for job in jobs)
        assert (first.state, first.message) == (JobState.FAILED, message)
        assert second.state == JobState.FINISHED

    drive(test)


def test_cancelling_running_and_waiting_jobs(drive: Drive, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        jobs = await bench.hold_first("0123", recipe)
        await bench.queue.cancel([jobs[3].id, jobs[0].id, "nobody"])
        bench.client.hold.set()
        ended = await bench.queue.wait(job.id for job in jobs)
        cancelled, finished = JobState.CANCELLED, JobState.FINISHED
        assert [job.state for job in ended] == [cancelled, finished, finished, cancelled]

    assert drive(test).saved == ["1", "2"]


def test_cancelling_everything(drive: Drive, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        jobs = await bench.hold_first("01234", recipe)
        await bench.queue.cancel_all()
        bench.client.hold.set()
        ended = await bench.queue.wait(job.id for job in jobs)
        assert {job.state for job in ended} == {JobState.CANCELLED}

    bench = drive(test)
    assert bench.client.running == ["0"]
    assert bench.saved == []


def test_a_retry_runs_the_same_recipe(drive: Drive, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        (job,) = await bench.queue.submit([recipe(prompt="fails")])
        await bench.queue.wait([job.id])
        (again,) = await bench.queue.retry([job.id])
        assert (again.recipe, again.record_id, again.message) == (job.recipe, job.record_id, "")
        (ended,) = await bench.queue.wait([again.id])
        assert ended.state == JobState.FAILED
        assert await bench.queue.retry(["nobody"]) == ()

    assert drive(test).client.running == ["fails", "fails"]


def test_a_job_that_ends_its_worker_twice_is_set_aside(drive: Drive, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        (job,) = await bench.queue.submit([recipe(prompt="dies")])
        (first,) = await bench.queue.wait([job.id])
        assert (first.state, first.deaths) == (JobState.FAILED, 1)
        await bench.queue.retry([job.id])
        (second,) = await bench.queue.wait([job.id])
        assert (second.state, second.deaths) == (JobState.QUARANTINED, 2)
        assert second.message.endswith("\nIt died; it is started again.")
        assert await bench.queue.retry([job.id]) == ()
        (released,) = await bench.queue.retry([job.id], release=True)
        assert (released.state, released.deaths, released.message) == (JobState.QUEUED, 0, "")
        (third,) = await bench.queue.wait([job.id])
        assert (third.state, third.deaths) == (JobState.FAILED, 1)

    drive(test)


def test_a_failure_of_another_kind_is_no_death(drive: Drive, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        (job,) = await bench.queue.submit([recipe(prompt="fails")])
        for _attempt in range(3):
            (ended,) = await bench.queue.wait([job.id])
            assert (ended.state, ended.deaths) == (JobState.FAILED, 0)
            await bench.queue.retry([job.id])

    drive(test)


def test_clearing_takes_what_has_ended_and_can_be_undone(drive: Drive, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        (done,) = await bench.queue.submit([recipe(prompt="done")])
        await bench.queue.wait([done.id])
        await bench.hold_first("w", recipe)
        assert (await bench.queue.clear(frozenset({JobState.FAILED}))).jobs == ()
        told = len(bench.changes)
        cleared = await bench.queue.clear()
        assert cleared.jobs == (done.id,)
        assert bench.prompts == ["w"]
        assert len(bench.changes) == told
        assert await bench.queue.wait([done.id]) == ()
        await bench.queue.restore(cleared)
        assert bench.prompts == ["done", "w"]
        assert bench.queue.jobs[0].path == "/done.png"
        bench.client.hold.set()

    drive(test)


def test_what_waits_is_there_the_next_time_in_its_order(drive: Drive, recipe: Any) -> None:
    async def first(bench: Bench) -> None:
        jobs = {job.recipe.prompt: job.id for job in await bench.hold_first("abcdef", recipe)}
        await bench.queue.run_next([jobs["e"], jobs["d"]])
        await bench.queue.move([jobs["b"]], None)
        await bench.queue.move([jobs["f"]], jobs["c"])
        assert bench.prompts == ["a", "e", "d", "f", "c", "b"]

    async def second(bench: Bench) -> None:
        await bench.queue.open()
        assert not bench.queue.paused
        assert bench.prompts == ["a", "e", "d", "f", "c", "b"]
        assert {job.owner for job in bench.queue.jobs} <= {"", bench.queue.owner}
        await bench.queue.wait(job.id for job in bench.queue.jobs)

    assert drive(first).client.running == ["a"]
    assert drive(second).saved == ["a", "e", "d", "f", "c", "b"]


def test_moving_many_times_keeps_the_order(drive: Drive, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        await bench.queue.pause()
        jobs = await bench.queue.submit([recipe(prompt=name) for name in "abc"])
        a, b, c = (job.id for job in jobs)
        for _turn in range(40):  # each halves the room between two places
            await bench.queue.move([c], b)
            await bench.queue.move([b], c)
        assert [job.id for job in bench.queue.jobs] == [a, b, c]

    drive(test)


def test_what_is_moved_to_the_front_overtakes_what_waits_in_the_worker(
    drive: Drive, recipe: Any
) -> None:
    async def test(bench: Bench) -> None:
        jobs = await bench.hold_first("abc", recipe)
        await bench.queue.run_next([jobs[2].id])
        (urgent,) = await bench.queue.submit([recipe(prompt="urgent")], first=True)
        bench.client.hold.set()
        await bench.queue.wait([*(job.id for job in jobs), urgent.id])

    assert drive(test).saved == ["a", "urgent", "c", "b"]


def test_a_pause_lets_the_current_picture_come_to_its_end(drive: Drive, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        jobs = await bench.hold_first("abc", recipe)
        await bench.queue.pause()
        bench.client.hold.set()
        (first,) = await bench.queue.wait([jobs[0].id])
        assert first.state is JobState.FINISHED
        await asyncio.sleep(0.05)
        states = [job.state for job in bench.queue.jobs]
        assert states == [JobState.FINISHED, JobState.QUEUED, JobState.QUEUED]
        assert bench.queue.paused
        await bench.queue.resume()
        await bench.queue.wait(job.id for job in jobs)

    assert drive(test).saved == ["a", "b", "c"]


def test_a_pause_outlives_the_program_and_does_not_hold_up_a_command(
    drive: Drive, recipe: Any
) -> None:
    async def pausing(bench: Bench) -> None:
        await bench.queue.pause()
        await bench.queue.submit([recipe(prompt="waits")])

    async def command(bench: Bench) -> None:
        jobs = await bench.queue.submit([recipe(prompt="runs")])
        await bench.queue.wait(job.id for job in jobs)
        assert bench.queue.paused
        assert bench.prompts == ["waits", "runs"]

    async def window(bench: Bench) -> None:
        await bench.queue.open()
        assert bench.queue.paused
        await bench.queue.resume()
        await bench.queue.wait(job.id for job in bench.queue.jobs)

    assert drive(pausing).saved == []
    assert drive(command, Role.COMMAND).saved == ["runs"]
    assert drive(window).saved == ["waits"]


def test_what_is_over_is_not_listed_the_next_time_unless_its_group_goes_on(
    drive: Drive, recipe: Any
) -> None:
    async def first(bench: Bench) -> None:
        whole = await bench.queue.submit([recipe(prompt=name) for name in "ab"])
        half = await bench.queue.submit(
            [recipe(prompt=name) for name in ("c", "fails")], group_name="mugs"
        )
        await bench.queue.wait(job.id for job in (*whole, *half))

    async def second(bench: Bench) -> None:
        await bench.queue.open()
        assert bench.prompts == ["c", "fails"]
        assert {job.group_name for job in bench.queue.jobs} == {"mugs"}

    drive(first)
    drive(second)


def test_a_start_image_is_kept_until_no_job_needs_it(
    drive: Drive, recipe: Any, tmp_path: Path
) -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (256, 256, 3), dtype=np.uint8)
    start = Start(pixels, b"signed file")
    image = StartImage("digest")

    async def first(bench: Bench) -> None:
        await bench.queue.pause()
        recipes = [recipe(prompt="a", start=image), recipe(prompt="b"), recipe(start=image)]
        jobs = await bench.queue.submit(recipes, start=start)
        kept = await bench.queue.start_of(jobs[0].id)
        assert kept is not None
        assert np.array_equal(kept.pixels, pixels)
        assert await bench.queue.start_of(jobs[1].id) is None

    async def second(bench: Bench) -> None:
        await bench.queue.resume()
        await bench.queue.wait(job.id for job in bench.queue.jobs)

    drive(first)
    starts = drive(second).client.starts
    assert starts[1] is None
    for given in (starts[0], starts[2]):
        assert given is not None
        assert np.array_equal(given.pixels, pixels)
        assert given.file == b"signed file"


def test_jobs_wait_until_the_queue_runs_and_wait_again_when_it_stops(
    run: Any, recipe: Any, tmp_path: Path
) -> None:
    async def test() -> None:
        bench = Bench(tmp_path / "queue.sqlite3")
        bench.client.hold.clear()
        jobs = await bench.queue.submit([recipe(), recipe(), recipe()])
        assert {job.state for job in bench.queue.jobs} == {JobState.QUEUED}
        running = asyncio.create_task(bench.queue.run())
        await bench.until(lambda: bench.client.running)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert [job.state for job in bench.queue.jobs] == [JobState.QUEUED] * 3
        assert [job.id for job in bench.queue.jobs] == [job.id for job in jobs]
        await bench.queue.close()

    run(test())


def test_a_save_that_has_begun_ends_and_is_told_when_the_queue_stops(
    run: Any, recipe: Any, tmp_path: Path
) -> None:
    async def test() -> None:
        bench = Bench(tmp_path / "queue.sqlite3")
        writing, written = asyncio.Event(), asyncio.Event()

        async def save(made: MadeImage, job: Job) -> Path:
            writing.set()
            await written.wait()
            return await bench.save(made, job)

        store = QueueStore(tmp_path / "queue.sqlite3")
        queue = JobQueue(bench.client, save, store)  # pyright: ignore[reportArgumentType]
        (job,) = await queue.submit([recipe(prompt="kept")])
        running = asyncio.create_task(queue.run())
        await writing.wait()
        await queue.cancel_all()
        running.cancel()
        asyncio.get_running_loop().call_later(0.05, written.set)
        with pytest.raises(asyncio.CancelledError):
            await running
        assert bench.saved == ["kept"]
        (ended,) = await queue.wait([job.id])
        assert (ended.state, ended.path) == (JobState.FINISHED, "/kept.png")
        await queue.close()

    run(test())


def test_prompts_are_cleaned_once(drive: Drive, recipe: Any) -> None:
    async def test(bench: Bench) -> None:
        (job,) = await bench.queue.submit([recipe(prompt=" a\nmug\x00\ud800")])
        assert job.recipe.prompt == "a mug"
        await bench.queue.wait([job.id])

    drive(test)


def test_two_recipes_never_wait_under_one_record_id(
    run: Any, recipe: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def few_ids(recipe: Any, attempt: int = 0) -> str:
        return f"{(recipe.seed + attempt) % 5:08X}"

    monkeypatch.setattr("maquette.core.record_ids.record_id_for", few_ids)

    async def test() -> None:
        queue = Bench(tmp_path / "queue.sqlite3").queue
        jobs = await queue.submit([recipe(seed=seed) for seed in (1, 6, 1)])
        later = await queue.submit([recipe(seed=seed) for seed in (6, 11)])
        ids = [job.record_id[-1] for job in (*jobs, *later)]
        assert ids == ["1", "2", "1", "2", "3"]
        await queue.close()

    run(test())


def test_ten_thousand_jobs_are_one_group_that_can_be_cancelled(
    drive: Drive, run: Any, recipe: Any
) -> None:
    order = Order(preview=False)

    async def first(bench: Bench) -> None:
        await bench.queue.pause()
        recipes = [recipe(prompt=str(number), seed=number) for number in range(10_000)]
        jobs = await bench.queue.submit(recipes, order=order, group_name="many")
        assert len(jobs) == len(bench.queue.jobs) == 10_000

    async def second(bench: Bench) -> None:
        await bench.queue.open()
        assert bench.prompts == [str(number) for number in range(10_000)]
        assert {job.order for job in bench.queue.jobs} == {order}
        assert {job.group_name for job in bench.queue.jobs} == {"many"}
        await bench.queue.cancel_all()
        assert {job.state for job in bench.queue.jobs} <= ENDED
        assert len((await bench.queue.clear()).jobs) == 10_000

    drive(first)
    drive(second)


class Following(FakeClient):
    """Makes pictures that follow their sketch as `scores` tell, by seed; never those of `stuck`."""

    def __init__(self, scores: dict[int, float | None]) -> None:
        super().__init__()
        self.scores = scores
        self.stuck: set[int] = set()

    async def generate(self, job: str, record_id: str, recipe: Any, **options: Any) -> MadeImage:
        if recipe.seed in self.stuck:
            await asyncio.Event().wait()
        made = await super().generate(job, record_id, recipe, **options)
        score = self.scores.get(recipe.seed)
        fidelity = None if score is None else Fidelity(score, score, score)
        return msgspec.structs.replace(
            made, record=msgspec.structs.replace(made.record, fidelity=fidelity)
        )


class FollowingBench(Bench):
    """A queue whose pictures follow sketches; knows whom it was asked to make, by seed."""

    def __init__(self, path: Path, scores: dict[int, float | None]) -> None:
        super().__init__(path)
        self.client = Following(scores)
        self.queue = JobQueue(
            self.client,  # pyright: ignore[reportArgumentType]
            self.save,
            QueueStore(path),
        )

    def tried(self) -> list[tuple[int, int, JobState]]:
        return [(job.recipe.seed, job.attempt, job.state) for job in self.queue.jobs]


async def try_all(bench: FollowingBench, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    running = asyncio.create_task(bench.queue.run())
    try:
        await work()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await bench.queue.close()


UNTIL = Order(until=Until(0.8, 4))


@pytest.mark.parametrize(
    ("scores", "seeds"),
    [
        ({1: 0.5, 65: 0.7, 129: 0.9}, [1, 65, 129]),  # reached
        ({1: 0.8}, [1]),  # at once
        ({1: 0.7, 65: 0.6, 129: 0.5, 193: 0.4}, [1, 65, 129, 193]),  # never
        ({1: None}, [1]),  # nobody can tell
    ],
)
def test_a_picture_that_strays_is_tried_again_with_another_seed(
    run: Any, tmp_path: Path, recipe: Any, scores: dict[int, float | None], seeds: list[int]
) -> None:
    bench = FollowingBench(tmp_path / "queue.sqlite3", scores)

    async def work() -> None:
        (job,) = await bench.queue.submit([recipe(seed=1)], order=UNTIL)
        jobs = await bench.queue.wait([job.id])
        assert [(each.recipe.seed, each.attempt) for each in jobs] == [
            (seed, number) for number, seed in enumerate(seeds, 1)
        ]
        assert all(each.state is JobState.FINISHED for each in jobs)
        assert len({each.record_id for each in jobs}) == len(seeds)
        assert {each.group for each in jobs} == {job.group}
        best = best_of(jobs)
        assert best is not None
        assert best.recipe.seed == max(seeds, key=lambda seed: scores[seed] or 0)

    run(try_all(bench, work))


def test_neighbours_that_are_both_tried_again_never_come_to_the_same_seed(
    run: Any, tmp_path: Path, recipe: Any
) -> None:
    bench = FollowingBench(tmp_path / "queue.sqlite3", dict.fromkeys((1, 2, 65, 66), 0.5))

    async def work() -> None:
        order = Order(until=Until(0.8, 2))
        jobs = await bench.queue.submit([recipe(seed=1), recipe(seed=2)], order=order)
        made = await bench.queue.wait([job.id for job in jobs])
        assert sorted(job.recipe.seed for job in made) == [1, 2, 65, 66]

    run(try_all(bench, work))


def test_the_next_try_comes_before_what_waits_and_cancelling_it_ends_the_trying(
    run: Any, tmp_path: Path, recipe: Any
) -> None:
    bench = FollowingBench(tmp_path / "queue.sqlite3", {1: 0.5, 65: 0.5})

    async def work() -> None:
        bench.client.hold.clear()
        (first,) = await bench.queue.submit([recipe(seed=1)], order=UNTIL)
        await bench.until(lambda: bench.client.running)
        await bench.queue.pause()  # what waits stays where it is
        await bench.queue.submit([recipe(seed=9, prompt="other")])
        bench.client.hold.set()
        await bench.until(lambda: len(bench.queue.jobs) == 3)
        (second,) = (job for job in bench.queue.jobs if job.attempt == 2)
        assert second.best == 0.5
        assert second.position < bench.queue.jobs[-1].position
        assert bench.queue.jobs[-1].recipe.prompt == "other"
        await bench.queue.cancel([second.id])
        jobs = await bench.queue.wait([first.id])
        assert [job.state for job in jobs] == [JobState.FINISHED, JobState.CANCELLED]

    run(try_all(bench, work))


def test_trying_goes_on_where_the_program_ended(run: Any, tmp_path: Path, recipe: Any) -> None:
    path = tmp_path / "queue.sqlite3"
    bench = FollowingBench(path, {1: 0.5})
    bench.client.stuck = {65}  # the program ends before the second try does

    async def begin() -> None:
        await bench.queue.submit([recipe(seed=1)], order=UNTIL)
        await bench.until(lambda: len(bench.queue.jobs) == 2)

    run(try_all(bench, begin))
    again = FollowingBench(path, {65: 0.6, 129: 0.9})

    async def go_on() -> None:
        await again.queue.open()
        first = next(job for job in again.queue.jobs if job.attempt == 1)
        assert first.fidelity == Fidelity(0.5, 0.5, 0.5)
        jobs = await again.queue.wait([first.id])
        assert [job.recipe.seed for job in jobs] == [1, 65, 129]
        assert jobs[-1].best == 0.6

    run(try_all(again, go_on))
