"""Programs that share one queue, and end in the middle: nothing is lost and nothing made twice.

Real processes, each with a fake worker whose pictures are real files, saved by the real writer.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import psutil
import pytest

from maquette.core.job import JobState
from maquette.core.job_change import Role
from maquette.library.queue.owners import Owner, Roll, this_program
from maquette.library.queue.store import QueueStore

# Pictures without a watermark; the worker waits in the middle of each while there is no `go` file.
WORKER = """
import os, time
from pathlib import Path
import numpy as np
from maquette.core.marking import DEFAULT_MARKING, FileFormat
from maquette.provenance.encoding import encode as encode_picture
from maquette.provenance.texts import texts_of

home, parent = Path(os.environ["MAQUETTE_HOME"]), os.getppid()

def answer(request):
    if not isinstance(request, Generate):
        return
    send(Started(job=request.job))
    with (home / "made.txt").open("a") as made:
        made.write(request.job + "\\n")
    while not (home / "go").exists() and os.getppid() == parent:
        time.sleep(0.01)
    recipe = request.recipe
    record = Record(id=request.record_id, recipe=recipe, created="2026-11-22T04:00:00+00:00",
                    tool="fake", source_type=SourceType.GENERATED, width=256, height=256)
    pixels = np.full((256, 256, 3), recipe.seed % 256, np.uint8)
    texts = texts_of(record, DEFAULT_MARKING, FileFormat.PNG)
    file = encode_picture(pixels, texts, FileFormat.PNG, None)
    mark = MarkResult(preset="standard", verified=True, robust=True, psnr=46.0, strength=1.0)
    send(Finished(job=request.job, record=record, file=Blob(0), mark=mark), file)
"""

PROGRAM = """
import asyncio, json, os, sys, time
from pathlib import Path
from maquette.core.job import JobState
from maquette.core.job_change import Role
from maquette.core.recipe import ModelRef, Recipe
from maquette.engine.client import EngineClient
from maquette.engine.queue import JobQueue
from maquette.library import disk, writer
from maquette.library.archive import Archive
from maquette.library.queue.saved import SavedPictures
from maquette.library.queue.store import QueueStore

home = Path(os.environ["MAQUETTE_HOME"])
command, role, first_seed, count, point = json.loads(sys.argv[1])
data, pictures = home / "data", home / "pictures"

def stop(*_):
    print("here", flush=True)
    time.sleep(60)

def around(owner, name, before):
    real = getattr(owner, name)
    def stopped(*arguments):
        if before:
            stop()
        result = real(*arguments)
        stop()
        return result
    setattr(owner, name, stopped)

name, _, when = point.partition(" ")
if when:
    owner = QueueStore if hasattr(QueueStore, name) else disk.os if name == "link" else writer
    around(owner, name, when == "before")

def recipe(seed):
    return Recipe(prompt="a mug", seed=seed, width=256, height=256, steps=4, guidance_scale=3.0,
                  model=ModelRef("model"))

async def main():
    with Archive.open(data / "library.sqlite3", data / "ledger.sqlite3") as archive:
        saver = writer.Writer(archive, pictures, "{seed}", home / "thumbnails")
        in_turn = asyncio.Lock()  # else the second picture may be at the point before the first
        async def save(made, job):
            async with in_turn:
                return await asyncio.to_thread(
                    saver.save, made.record, made.file, made.mark, made.manifest, job.id)
        saved = SavedPictures(data / "library.sqlite3", lambda: pictures, home / "thumbnails")
        client = EngineClient(command=command)
        queue = JobQueue(client, save, QueueStore(data / "queue.sqlite3", saved.find),
                         archive.record_id_for, Role(role))
        await queue.open()
        found = [(job.recipe.seed, job.state, job.deaths) for job in queue.jobs]
        print(json.dumps([queue.paused, found]), flush=True)
        ids = [job.id for job in queue.jobs] if role == "window" else []
        if count:
            jobs = await queue.submit([recipe(first_seed + number) for number in range(count)])
            ids += [job.id for job in jobs]
            print("submitted", flush=True)
        if point == "queued":
            stop()
        if point == "close":
            await queue.close()
            return
        await client.start()
        running = asyncio.create_task(queue.run())
        if role == "window":
            await queue.retry(job.id for job in queue.jobs)
            await queue.resume()
        ended = await queue.wait(ids)
        print(json.dumps([(job.recipe.seed, job.state, job.path) for job in ended]), flush=True)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await client.close()
        await queue.close()

asyncio.run(main())
"""

Line = list[Any]


class Programs:
    """Starts programs over one home folder, and looks at what they left."""

    def __init__(self, home: Path, worker: Sequence[str]) -> None:
        self.home = home
        self._worker = worker
        self._running: list[subprocess.Popen[str]] = []

    def start(
        self, role: str, count: int = 0, point: str = "", first_seed: int = 1
    ) -> "subprocess.Popen[str]":
        """A program that submits `count` jobs and runs until all are done, or until `point`."""
        arguments = json.dumps([self._worker, role, first_seed, count, point])
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, arguments],
            stdout=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "MAQUETTE_HOME": str(self.home),
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
        )
        self._running.append(process)
        return process

    def kill_at(self, point: str, count: int, role: str = "window") -> None:
        """Start a program and kill it when it is at `point`."""
        process = self.start(role, count, point)
        while (line := tell(process)) != "here\n":
            assert line, "the program ended before"
        process.kill()
        process.wait()

    def let_go(self) -> None:
        """From now on no worker waits."""
        (self.home / "go").touch()

    def close(self) -> None:
        for process in self._running:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()

    @property
    def made(self) -> Counter[str]:
        """How often a worker began with each job."""
        return Counter((self.home / "made.txt").read_text().split())

    @property
    def files(self) -> list[str]:
        """The names of the pictures that are there."""
        pictures = self.home / "pictures"
        return sorted(path.name for path in pictures.iterdir() if path.name[0] != ".")

    def filed(self) -> list[tuple[str, int]]:
        """Which jobs the library has pictures of, and how many."""
        with closing(sqlite3.connect(self.home / "data" / "library.sqlite3")) as library:
            rows = library.execute("SELECT job, count(*) FROM pictures GROUP BY job").fetchall()
            assert library.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        with closing(sqlite3.connect(self.home / "data" / "queue.sqlite3")) as queue:
            assert queue.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return rows


def tell(process: "subprocess.Popen[str]") -> str:
    """The next line that a program says."""
    assert process.stdout is not None
    return process.stdout.readline()


@pytest.fixture
def programs(tmp_path: Path, fake_worker: Callable[[str], list[str]]) -> Iterator[Programs]:
    programs = Programs(tmp_path, fake_worker(WORKER))
    yield programs
    programs.close()


FIRST_IS = {
    "queued": [JobState.QUEUED, 0],
    "claim after": [JobState.QUEUED, 0],
    "note_started before": [JobState.QUEUED, 0],
    "note_started after": [JobState.INTERRUPTED, 1],
    "note_saving before": [JobState.INTERRUPTED, 1],
    "note_saving after": [JobState.INTERRUPTED, 1],
    "link before": [JobState.INTERRUPTED, 1],
    "link after": [JobState.FINISHED, 0],
    "read_back before": [JobState.FINISHED, 0],
    "end before": [JobState.FINISHED, 0],
    "end after": [JobState.FINISHED, 0],
}


@pytest.mark.parametrize("point", FIRST_IS)
def test_a_window_that_is_killed_loses_nothing_and_nothing_is_made_twice(
    programs: Programs, point: str
) -> None:
    if not point.startswith("note_started"):
        programs.let_go()
    programs.kill_at(point, count=3)
    programs.let_go()
    next_one = programs.start("window")
    paused, found = json.loads(tell(next_one))
    assert paused  # until somebody says to go on
    assert found[0][1:] == FIRST_IS[point]
    assert [seed for seed, _state, _deaths in found] == [1, 2, 3]
    ended = json.loads(tell(next_one))
    assert [(seed, state) for seed, state, _path in ended] == [
        (seed, JobState.FINISHED) for seed in (1, 2, 3)
    ]
    assert all(Path(path).is_file() for _seed, _state, path in ended)
    assert next_one.wait(30) == 0
    assert programs.files == ["1.png", "2.png", "3.png"]
    assert [count for _job, count in programs.filed()] == [1, 1, 1]


def test_what_ended_its_program_twice_is_set_aside(programs: Programs) -> None:
    programs.kill_at("note_started after", count=1)
    programs.kill_at("note_started after", count=0)
    third = programs.start("window", point="queued")
    assert json.loads(tell(third)) == [True, [[1, JobState.QUARANTINED, 2]]]


def test_a_window_that_was_closed_leaves_its_jobs_to_the_next_which_goes_on(
    programs: Programs,
) -> None:
    programs.let_go()
    first = programs.start("window", count=2, point="close")
    assert first.wait(30) == 0
    second = programs.start("window")
    paused, found = json.loads(tell(second))
    assert not paused
    assert [state for _seed, state, _deaths in found] == [JobState.QUEUED] * 2
    assert len(json.loads(tell(second))) == 2
    assert programs.files == ["1.png", "2.png"]


def test_two_windows_and_two_commands_run_each_job_once(programs: Programs) -> None:
    programs.let_go()
    several = [
        programs.start(role, count=8, first_seed=100 * number)
        for number, role in enumerate(("window", "command", "window", "command"))
    ]
    for process in several:
        process.communicate(timeout=120)
        assert process.returncode == 0
    assert len(programs.made) == 32
    assert set(programs.made.values()) == {1}
    assert len(programs.files) == 32
    assert [count for _job, count in programs.filed()] == [1] * 32


def test_a_window_notices_what_others_leave_and_a_command_does_not_touch_it(
    programs: Programs,
) -> None:
    programs.let_go()
    programs.kill_at("queued", count=2, role="command")
    command = programs.start("command", count=1, first_seed=50)
    paused, _found = json.loads(tell(command))
    assert paused
    assert tell(command) == "submitted\n"
    assert [seed for seed, *_rest in json.loads(tell(command))] == [50]
    assert command.wait(30) == 0
    assert programs.files == ["50.png"]
    window = programs.start("window")
    assert json.loads(tell(window)) == [True, [[1, "queued", 0], [2, "queued", 0]]]
    assert len(json.loads(tell(window))) == 2
    assert programs.files == ["1.png", "2.png", "50.png"]


def test_a_live_program_is_not_taken_for_a_dead_one() -> None:
    clock = [0.0]
    roll = Roll(lambda: clock[0])
    me = this_program(Role.WINDOW)
    for _look in range(3):
        assert not roll.is_gone(me)
        clock[0] += 1e6  # it slept with its laptop, and gave no sign of life


def other(**changes: Any) -> Owner:
    return msgspec.structs.replace(this_program(Role.WINDOW), id="other", **changes)


def test_a_program_elsewhere_is_gone_when_it_is_silent_for_long() -> None:
    clock = [0.0]
    roll = Roll(lambda: clock[0])
    for beats in range(5):
        assert not roll.is_gone(other(host="elsewhere", beats=beats))
        clock[0] += 50.0
    assert not roll.is_gone(other(host="elsewhere", beats=4))
    clock[0] += 11.0
    assert roll.is_gone(other(host="elsewhere", beats=4))


def test_a_process_id_that_was_given_away_does_not_keep_a_program_alive() -> None:
    clock = [0.0]
    roll = Roll(lambda: clock[0])
    began = psutil.Process().create_time()
    later = other(began=began - 1000.0)
    assert not roll.is_gone(later)  # the machine's clock may have been set
    clock[0] += 61.0
    assert roll.is_gone(later)
    assert roll.is_gone(other(boot="another start of the machine"))


def test_a_process_that_ended_is_gone_at_once() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    assert Roll().is_gone(other(pid=process.pid))


def test_a_queue_file_of_another_version_or_damaged_is_told(tmp_path: Path) -> None:
    path = tmp_path / "queue.sqlite3"
    store = QueueStore(path)
    store.enter(Role.WINDOW)
    store.leave()
    content = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(Exception, match="newer version of Maquette"):
        QueueStore(path).enter(Role.WINDOW)
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(Exception, match=r"The queue .* cannot be read"):
        QueueStore(path).enter(Role.WINDOW)
    assert path.exists()
