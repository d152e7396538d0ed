"""The queue's file on disks that are full, read-only or in somebody else's hands."""

import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from maquette.core.errors import LibraryError
from maquette.core.job import Job, JobState
from maquette.core.job_change import Role
from maquette.core.recipe import ModelRef, Recipe
from maquette.library import database
from maquette.library.queue.store import QueueStore

Mount = Callable[[str], Path]


def job(name: str, prompt: str = "a mug") -> Job:
    """A job that waits."""
    recipe = Recipe(
        prompt=prompt,
        seed=1,
        width=64,
        height=64,
        steps=1,
        guidance_scale=1.0,
        model=ModelRef("maquette-mini"),
    )
    return Job(id=name, record_id="12AB34CD", group=name, recipe=recipe, total=1, created=1.0)


@contextmanager
def entered(path: Path) -> Iterator[QueueStore]:
    """A window at the queue."""
    store = QueueStore(path)
    store.enter(Role.WINDOW)
    try:
        yield store
    finally:
        store.leave()


def states(path: Path) -> dict[str, JobState]:
    """What the next program finds, in a file that is whole."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store = QueueStore(path)
    found = {each.id: each.state for each in store.enter(Role.COMMAND).jobs}
    store.leave()
    return found


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another program writes, and does not come to an end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_queue_that_another_program_holds_for_long_is_told_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "queue.sqlite3"
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.05)
    with entered(path) as store:
        store.add([job("first")], None, first=False)
        with held(path):
            for ask in (
                lambda: store.add([job("second")], None, first=False),
                lambda: store.cancel(["first"]),
                lambda: store.claim(),
                lambda: store.tend(),
            ):
                with pytest.raises(LibraryError, match="queue is in use by another program") as it:
                    ask()
                assert it.value.message.endswith("try again.")
            with pytest.raises(LibraryError, match="in use by another program"):
                QueueStore(path).enter(Role.WINDOW)
        store.add([job("second")], None, first=False)
        claim = store.claim()
        assert claim is not None
        assert claim.job.id == "first"
    assert states(path) == {"first": JobState.QUEUED, "second": JobState.QUEUED}


def test_a_queue_on_a_full_disk_keeps_what_it_has_and_goes_on_when_there_is_space(
    small_disk: Mount,
) -> None:
    disk = small_disk("size=1m")
    path = disk / "queue.sqlite3"
    with entered(path) as store:
        store.add([job("first")], None, first=False)
        ballast = disk / "ballast"
        with pytest.raises(OSError, match="space"):
            _fill(ballast)
        with pytest.raises(LibraryError, match=r"queue could not be written .* has space") as told:
            _add_many(store)
        assert told.value.message.endswith("try again.")
        ballast.unlink()
        claim = store.claim()
        assert claim is not None
        assert claim.job.id == "first"
        store.note_started("first")
        store.add([job("second")], None, first=False)
    found = states(path)
    assert {"first", "second"} <= found.keys()
    assert set(found.values()) == {JobState.QUEUED}


def test_a_queue_on_a_read_only_disk_is_told_and_goes_on_when_it_can_be_written(
    small_disk: Mount,
) -> None:
    disk = small_disk("size=4m")
    path = disk / "queue.sqlite3"
    with entered(path) as store:
        store.add([job("first")], None, first=False)
    _remount(disk, "ro")
    with pytest.raises(LibraryError, match="queue") as told:
        QueueStore(path).enter(Role.WINDOW)
    assert told.value.message.endswith(("try again.", "can be written to."))
    _remount(disk, "rw")
    assert states(path) == {"first": JobState.QUEUED}


def _remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True, capture_output=True)


def _fill(ballast: Path) -> None:
    """Write until the disk is full."""
    with ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def _add_many(store: QueueStore) -> None:
    """More than the file has in reserve."""
    for number in range(100):
        store.add([job(f"more {number}", "mug " * 2000)], None, first=False)
