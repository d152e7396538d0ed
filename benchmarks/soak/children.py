"""The programs that the soak kills: window, command line, batch export, migration.

Usage: python -m benchmarks.soak.children ROLE [ARGUMENT ...], with MAQUETTE_HOME set. Each says on
standard output, line by line and before it goes on, what it was promised: "ready", "queued JOB",
"cancelling JOB", "finished JOB PATH", "idle".
"""

import asyncio
import functools
import random
import secrets
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from maquette import app
from maquette.cli import generate
from maquette.cli.main import main as command_line
from maquette.core.errors import LibraryError
from maquette.core.export_preset import ExportPreset, ExportSize
from maquette.core.job import ENDED, Job, JobState
from maquette.core.marking import DEFAULT_MARKING
from maquette.core.paths import exports_file, ledger_file, library_file
from maquette.core.recipe import ModelRef, Recipe, draw_seed
from maquette.engine.client import EngineClient
from maquette.engine.marker_pool import MarkerPool
from maquette.engine.queue import JobQueue
from maquette.library.archive import Archive
from maquette.library.exports.running import run_export
from maquette.library.exports.runs import ExportRuns
from maquette.library.gallery import Gallery
from maquette.library.query import Query
from maquette.library.store import Library

BACKLOG = 8  # jobs that may wait before no more are queued
EXPORTED = 5  # pictures of one batch export

_WORKER = (sys.executable, "-m", "benchmarks.soak.worker")
_AGAIN = (JobState.INTERRUPTED, JobState.QUARANTINED, JobState.FAILED)

_Client = functools.partial(EngineClient, command=_WORKER)


def say(*words: object) -> None:
    """One line, written before this returns."""
    print(*words, flush=True)


class RestlessQueue(JobQueue):
    """The window's queue, at which somebody works without a pause for breath."""

    drains = False  # queue nothing, only finish what is there

    async def run(self) -> None:
        """Run jobs, and queue, move, cancel and clear others meanwhile."""
        self.subscribe(_tell)
        person = asyncio.ensure_future(self._work())
        try:
            await super().run()
        finally:
            person.cancel()

    async def _work(self) -> None:
        await self.open()
        say("ready")
        while True:
            try:
                await self._act()
            except LibraryError as error:
                say("trouble", error.message)
            await asyncio.sleep(random.uniform(0.01, 0.08))

    async def _act(self) -> None:
        again = [job.id for job in self.jobs if job.state in _AGAIN]
        if again:
            await self.retry(again, release=True)
        if self.paused:
            await self.resume()
        waiting = [job.id for job in self.jobs if job.state is JobState.QUEUED]
        if self.drains:
            if all(job.state in ENDED for job in self.jobs):
                say("idle")
            return
        if len(waiting) < BACKLOG and random.random() < 0.5:
            count = random.randint(1, 3)
            await self._queue(count, first=random.random() < 0.2)
            return
        match random.randrange(12):
            case 0 if waiting:
                await self.move(random.sample(waiting, 1), random.choice((*waiting, None)))
            case 1 if waiting:
                await self.run_next(random.sample(waiting, 1))
            case 2 if waiting:
                job = random.choice(waiting)
                say("cancelling", job)
                await self.cancel([job])
            case 3:
                await self.clear(frozenset({JobState.FINISHED, JobState.CANCELLED}))
            case 4:
                await self.pause()
            case _:
                pass

    async def _queue(self, count: int, *, first: bool) -> None:
        recipes = [
            Recipe(
                prompt=f"a mug, soak {secrets.token_hex(3)}",
                seed=draw_seed(),
                width=256,
                height=256,
                steps=4,
                guidance_scale=3.0,
                model=ModelRef("maquette-mini"),
            )
            for _ in range(count)
        ]
        for job in await self.submit(recipes, group_name="soak", first=first):
            say("queued", job.id)


def _tell(jobs: tuple[Job, ...]) -> None:
    for job in jobs:
        if job.state is JobState.FINISHED:
            say("finished", job.id, job.path)


def window(*how: str) -> int:
    """The real window, with nobody before it; "drain" finishes what is there."""
    app.EngineClient = _Client  # pyright: ignore[reportPrivateImportUsage,reportAttributeAccessIssue]
    app.JobQueue = RestlessQueue  # pyright: ignore[reportPrivateImportUsage]
    RestlessQueue.drains = "drain" in how
    return app.main()


def command() -> int:
    """The real command line."""
    generate.EngineClient = _Client  # pyright: ignore[reportPrivateImportUsage,reportAttributeAccessIssue]
    say("ready")
    seed = str(draw_seed() // 2)
    return command_line(
        ["generate", "a bowl, soak", "--count", "3", "--seed", seed, "--steps", "4"]
    )


def export() -> int:
    """A batch export: an earlier one that was killed, else a new one."""
    return asyncio.run(_export())


async def _export() -> int:
    with (
        Archive.open(library_file(), ledger_file()) as archive,
        closing(Gallery.open(library_file())) as gallery,
        ExportRuns.open(exports_file()) as runs,
    ):
        unfinished = [run.id for run in runs.unfinished()]
        if not unfinished:
            found = gallery.find(Query())
            chosen = random.sample(list(found), min(EXPORTED, len(found)))
            preset = ExportPreset(
                name="soak", sizes=(ExportSize(), ExportSize(name="half", width=256, height=192))
            )
            folder = library_file().parent.parent / "out" / secrets.token_hex(4)
            pictures = gallery.pictures(chosen)
            unfinished = [runs.plan(preset, pictures, folder, DEFAULT_MARKING).id]
        say("ready")
        pool = MarkerPool()
        try:
            for run in unfinished:
                await run_export(run, runs, pool, archive, gallery)
        finally:
            await pool.close()
    say("idle")
    return 0


def migrate(path: str) -> int:
    """The library of an older version, opened for the first time."""
    say("ready")
    with Library.open(Path(path)):
        say("idle")
    return 0


def main(arguments: Sequence[str]) -> int:
    """Become one of the programs."""
    role, *rest = arguments
    return {"window": window, "command": command, "export": export, "migrate": migrate}[role](*rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
