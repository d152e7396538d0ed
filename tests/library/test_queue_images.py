"""Sketches in the queue: there while a job names them, through clearing, kills and old files."""

import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from pathlib import Path

import msgspec
import numpy as np
import pytest

from maquette.core.control import Control, ControlKind, Kept
from maquette.core.errors import ImageError, RecipeError
from maquette.core.job import Job, JobState, Order
from maquette.core.job_change import Claim, Role
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import ModelRef, Recipe, StartImage
from maquette.library.migrations import Schema, migrate
from maquette.library.queue.schema import QUEUE
from maquette.library.queue.store import QueueStore

SIZE = (256, 320)  # height, width


def picture(seed: int) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (*SIZE, 3), dtype=np.uint8)


SKETCH, WEIGHTS, LOCK = picture(1), picture(2), picture(3)
IMAGES = {pixel_digest(pixels): pixels for pixels in (SKETCH, WEIGHTS, LOCK)}


def job(name: str, width: int = SIZE[1], group: str = "") -> Job:
    """A job with a sketch, its weights and a locked region."""
    recipe = Recipe(
        prompt=name,
        seed=1,
        width=width,
        height=SIZE[0],
        steps=1,
        guidance_scale=1.0,
        model=ModelRef("maquette-mini"),
        start=StartImage("start"),
        controls=(
            Control(ControlKind.SKETCH, pixel_digest(SKETCH), weights=pixel_digest(WEIGHTS)),
        ),
        kept=Kept(pixel_digest(LOCK)),
    )
    return Job(name, "12AB34CD", group or name, recipe, total=1, order=Order(), created=1.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "queue.sqlite3"


def entered(path: Path) -> QueueStore:
    store = QueueStore(path)
    store.enter(Role.WINDOW)
    return store


def claimed(store: QueueStore) -> Claim:
    claim = store.claim()
    assert claim is not None
    return claim


def is_complete(claim: Claim) -> bool:
    return claim.images.keys() == IMAGES.keys() and all(
        np.array_equal(pixels, IMAGES[digest]) for digest, pixels in claim.images.items()
    )


def names(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT count(*) FROM images").fetchone()[0]


def damage(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def test_what_a_job_needs_is_kept_once_for_all_that_name_it(path: Path) -> None:
    store = entered(path)
    store.add([job("a"), job("b", group="a")], None, IMAGES, first=False)
    store.add([job("c")], None, first=False)  # one in the queue has them
    assert names(path) == 3
    assert all(is_complete(claimed(store)) for _ in "abc")
    store.leave()


def test_a_sketch_outlives_clearing_that_is_taken_back_and_goes_with_its_last_job(
    path: Path,
) -> None:
    store = entered(path)
    store.add([job("a")], None, IMAGES, first=False)
    store.cancel(["a"])
    cleared, _change = store.clear(frozenset({JobState.CANCELLED}))
    store.leave()
    store = entered(path)
    store.restore(cleared)
    store.retry(["a"], release=False)
    assert is_complete(claimed(store))
    store.leave()
    damage(path, "UPDATE jobs SET state = 'cancelled', cleared = 1, owner = ''")  # long ago
    entered(path).leave()
    assert names(path) == 0


def test_a_killed_program_leaves_its_sketches_to_the_next(path: Path) -> None:
    script = (
        "import os, signal, sys; sys.path.insert(0, sys.argv[2]); from pathlib import Path;"
        "from test_queue_images import *;"
        "entered(Path(sys.argv[1])).add([job('a')], None, IMAGES, first=False);"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    here = str(Path(__file__).parent)
    subprocess.run([sys.executable, "-c", script, path, here], timeout=60, check=False)
    store = entered(path)
    store.pause(False)
    assert is_complete(claimed(store))
    store.leave()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE images SET pixels = substr(pixels, 1, 1000)",
        "UPDATE images SET pixels = x'00'",
        "UPDATE images SET pixels = (SELECT pixels FROM images ORDER BY digest LIMIT 1)",
    ],
)
def test_a_damaged_sketch_fails_its_job_alone_and_can_be_put_in_again(
    path: Path, statement: str
) -> None:
    store = entered(path)
    store.add([job("a")], None, IMAGES, first=False)
    plain = msgspec.structs.replace(job("b").recipe, controls=(), kept=None, start=None)
    store.add([msgspec.structs.replace(job("b"), recipe=plain)], None, first=False)
    damage(path, statement)
    assert claimed(store).problem == (
        "The sketch of a job is damaged in the queue; make that job anew."
    )
    assert claimed(store).problem == ""
    with pytest.raises(ImageError):
        store.images_of("a")
    store.add([job("c")], None, IMAGES, first=False)
    assert is_complete(claimed(store))
    store.leave()


def test_a_row_that_unpacks_to_more_than_its_picture_is_refused(path: Path) -> None:
    store = entered(path)
    store.add([job("a")], None, IMAGES, first=False)
    with closing(sqlite3.connect(path)) as connection, connection:
        bomb = zlib.compress(bytes(100_000_000))
        connection.execute("UPDATE images SET pixels = ?", (bomb,))
    assert "damaged" in claimed(store).problem
    store.leave()


def test_a_job_whose_sketch_is_missing_or_of_another_size_is_not_queued(path: Path) -> None:
    store = entered(path)
    with pytest.raises(RecipeError, match="not at hand any more"):
        store.add([job("a")], None, {pixel_digest(SKETCH): SKETCH}, first=False)
    with pytest.raises(RecipeError, match="not of the picture's size"):
        store.add([job("b", width=640)], None, IMAGES, first=False)
    with pytest.raises(RecipeError, match="was changed"):
        store.add([job("c")], None, dict.fromkeys(IMAGES, SKETCH), first=False)
    assert store.claim() is None
    store.leave()
    assert names(path) == 0


def test_a_queue_of_an_older_version_learns_to_hold_sketches(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, path, Schema("queue", QUEUE.steps[:2]))
    store = entered(path)
    store.add([job("a")], None, IMAGES, first=False)
    assert is_complete(claimed(store))
    store.leave()
