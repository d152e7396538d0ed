"""What leaves the queue by itself, and when."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from maquette.core.job import Job, JobState, Order
from maquette.core.job_change import Role
from maquette.core.recipe import ModelRef, Recipe
from maquette.library.queue.store import QueueStore

DAY = 86_400


def job(name: str) -> Job:
    """A job that waits."""
    recipe = Recipe(
        prompt=name,
        seed=1,
        width=64,
        height=64,
        steps=1,
        guidance_scale=1.0,
        model=ModelRef("maquette-mini"),
    )
    return Job(
        id=name,
        record_id="12AB34CD",
        group=name,
        recipe=recipe,
        total=1,
        order=Order(),
        created=1.0,
    )


def fail(path: Path, name: str, role: Role) -> None:
    """A program of `role` takes a job, fails at it and goes."""
    store = QueueStore(path)
    store.enter(role)
    store.add([job(name)], None, first=False)
    claim = store.claim()
    assert claim is not None
    store.note_started(name)
    store.end(Job(**{**_fields(claim.job), "state": JobState.FAILED, "message": "No."}))
    store.leave()


def _fields(job: Job) -> dict[str, object]:
    return {name: getattr(job, name) for name in job.__struct_fields__}


def later(path: Path, seconds: float) -> None:
    """Everything in the queue is so much older."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE jobs SET ended = ended - ?", (seconds,))
        connection.execute("UPDATE jobs SET cleared = cleared - ? WHERE cleared > 0", (seconds,))


def listed(path: Path) -> list[str]:
    """What the next window shows."""
    store = QueueStore(path)
    try:
        return [job.id for job in store.enter(Role.WINDOW).jobs]
    finally:
        store.leave()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the queue is."""
    return tmp_path / "queue.sqlite3"


def test_what_a_command_failed_at_is_listed_for_a_day(path: Path) -> None:
    fail(path, "a mug", Role.COMMAND)
    fail(path, "a vase", Role.WINDOW)
    assert listed(path) == ["a mug", "a vase"]
    later(path, DAY - 60)
    assert listed(path) == ["a mug", "a vase"]
    later(path, 120)
    assert listed(path) == ["a vase"]
    later(path, 100 * DAY)
    assert listed(path) == ["a vase"]


def test_what_a_command_failed_at_is_known_to_its_batch_for_a_month(path: Path) -> None:
    fail(path, "a mug", Role.COMMAND)
    later(path, 2 * DAY)
    assert listed(path) == []
    store = QueueStore(path)
    store.enter(Role.COMMAND)
    later(path, 28 * DAY)
    assert [job.state for job in store.of_group("a mug")] == [JobState.FAILED]
    store.leave()
    later(path, 3 * DAY)
    assert listed(path) == []
    store.enter(Role.COMMAND)
    assert store.of_group("a mug") == ()
    store.leave()


def test_what_a_window_queued_again_stays(path: Path) -> None:
    fail(path, "a mug", Role.COMMAND)
    store = QueueStore(path)
    store.enter(Role.WINDOW)
    store.retry(["a mug"], release=False)
    store.leave()
    later(path, 2 * DAY)
    assert listed(path) == ["a mug"]
