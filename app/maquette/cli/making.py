"""What every command that makes pictures does: engine, queue, save path, report."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import msgspec
from msgspec import UNSET, UnsetType

from maquette.cli.marking_options import (
    EncodingOptions,
    MarkingOptions,
    encoding_of,
    marking_of,
)
from maquette.cli.progress import ProgressView
from maquette.cli.terminal import ExitCode, complain, say
from maquette.core.errors import InputError, LibraryError
from maquette.core.job import ENDED, Destination, Job, JobState, Order
from maquette.core.job_change import Role
from maquette.core.paths import (
    absolute_path,
    ledger_file,
    library_file,
    pictures_folder,
    queue_file,
    settings_file,
)
from maquette.core.settings import Settings, load_settings
from maquette.core.tries import best_of
from maquette.engine.client import EngineClient
from maquette.engine.pending import MadeImage
from maquette.engine.queue import JobQueue
from maquette.library.archive import Archive
from maquette.library.queue.saved import SavedPictures
from maquette.library.queue.store import QueueStore
from maquette.library.writer import Writer

_DEVICES = ("auto", "cpu", "cuda", "mps")
_PRECISIONS = ("auto", "fp32", "bf16", "fp16")

Pick = Callable[[JobQueue], Awaitable[Sequence[Job]]]
"""Queues jobs, or finds those that are to be made; jobs that have ended count as made already."""

Stop = Callable[[JobQueue], Awaitable[None]]
"""What becomes of the jobs that are not made when the command ends; none is on its way then."""


Finish = Callable[[Sequence[Job]], None]
"""What is done with the jobs when all have ended, before they are told."""


class MakingOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The options as typed; None and "" mean: as in the settings."""

    out: Path | None
    marks: MarkingOptions
    encoding: EncodingOptions
    device: str
    precision: str
    as_json: bool


class Bench(msgspec.Struct, frozen=True):
    """What pictures are made with and how they are saved."""

    settings: Settings
    order: Order
    device: str
    precision: str
    as_json: bool


class MadePicture(msgspec.Struct, frozen=True):
    """A saved picture, as `--json` tells it.

    Those three are there where it follows a sketch with lines; of several tries one is the `best`.
    """

    path: str
    record: str
    seed: int
    width: int
    height: int
    seconds: float
    notices: tuple[str, ...]
    fidelity: float | UnsetType = UNSET
    recall: float | UnsetType = UNSET
    precision: float | UnsetType = UNSET
    attempt: int | UnsetType = UNSET
    best: bool | UnsetType = UNSET


class MissedPicture(msgspec.Struct, frozen=True):
    """A picture that was not made, and why, in one sentence."""

    seed: int
    message: str


class Outcome(msgspec.Struct, frozen=True):
    """What became of all pictures."""

    pictures: list[MadePicture]
    failed: list[MissedPicture]


def set_up(options: MakingOptions) -> Bench:
    """Settings and options together. Raises InputError: an option cannot be used."""
    settings, notice = load_settings(settings_file())
    if notice:
        say(notice)
    return Bench(
        settings=settings,
        order=Order(
            marking=marking_of(options.marks, settings.marking),
            encoding=encoding_of(options.encoding, settings.encoding),
            destination=_destination(settings, options.out),
            preview=False,
        ),
        device=_one_of("device", options.device or settings.device, _DEVICES),
        precision=_one_of("precision", options.precision or settings.precision, _PRECISIONS),
        as_json=options.as_json,
    )


def make_pictures(bench: Bench, pick: Pick, stop: Stop, finish: Finish = lambda _: None) -> int:
    """Make what `pick` picks, print the paths, and return the exit code.

    Raises:
        MaquetteError: the library or the engine could not be opened.
    """
    destination = bench.order.destination
    folder = Path(destination.folder)
    with Archive.open(library_file(), ledger_file()) as archive:
        writer = Writer(archive, folder, destination.template)
        writer.check()
        store = QueueStore(queue_file(), SavedPictures(library_file(), lambda: folder).find)
        client = EngineClient(device=bench.device, precision=bench.precision)
        jobs: dict[str, Job] = {}
        try:
            asyncio.run(_make(pick, stop, client, store, archive, writer, jobs))
        except KeyboardInterrupt:
            kept = [job for job in jobs.values() if job.state is JobState.FINISHED]
            _report(kept, as_json=bench.as_json)  # what was saved before Ctrl+C is there
            raise
    finish(list(jobs.values()))
    return _report(list(jobs.values()), as_json=bench.as_json)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise InputError(f"There is no {name} {value!r}; use {', '.join(known)}.")
    return value


def _destination(settings: Settings, out: Path | None) -> Destination:
    """Absolute, since a window may retry the job that stands somewhere else."""
    template = settings.file_name_template
    if out is not None:
        return Destination(str(absolute_path(out)), template.rpartition("/")[2])
    return Destination(str(absolute_path(pictures_folder(settings.pictures_folder))), template)


async def _make(
    pick: Pick,
    stop: Stop,
    client: EngineClient,
    store: QueueStore,
    archive: Archive,
    writer: Writer,
    jobs: dict[str, Job],
) -> None:
    """Make what `pick` picks to its end, keeping in `jobs` how each is.

    When cancelled, the worker is gone before this returns.
    """

    async def save(made: MadeImage, job: Job) -> Path:
        return await asyncio.to_thread(
            writer.save,
            made.record,
            made.file,
            made.mark,
            made.manifest,
            job.id,
            made.images,
        )

    with ProgressView() as view:

        def note(changed: tuple[Job, ...]) -> None:
            for job in changed:
                view.job_changed(job)
                if job.id in jobs or job.first in jobs:
                    jobs[job.id] = job

        queue = JobQueue(client, save, store, archive.record_id_for, Role.COMMAND)
        client.subscribe(view.engine_changed)
        queue.subscribe(note)
        running: list[asyncio.Task[None]] = []
        try:
            jobs.update((job.id, job) for job in await pick(queue))
            to_make = [job for job in jobs.values() if job.state not in ENDED]
            view.number(to_make)
            if to_make:
                await client.start()
                running.append(asyncio.create_task(queue.run()))
            waited = await queue.wait([job.id for job in to_make])
            jobs.update((job.id, job) for job in waited)
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)  # a save under way ends
            with contextlib.suppress(LibraryError):
                await stop(queue)
            await client.close()
            await queue.close()


def _report(jobs: Sequence[Job], *, as_json: bool) -> int:
    finished = [job for job in jobs if job.state is JobState.FINISHED]
    missed = [job for job in jobs if job.state is not JobState.FINISHED]
    best = {job.id for job in _best_tries(finished)}
    for notice in dict.fromkeys(notice for job in finished for notice in job.notices):
        say(notice)
    for job in finished:
        _say_fidelity(job)
    for job in finished:
        if job.id in best:
            _say_if_short(job)
    if as_json:
        outcome = Outcome(
            [_made(job, is_best=job.id in best) for job in finished],
            [MissedPicture(job.recipe.seed, job.message) for job in missed],
        )
        print(msgspec.json.encode(outcome).decode())
    else:
        for job in finished:
            if job.id in best:
                print(job.path)
    for message in dict.fromkeys(job.message for job in missed):
        complain(message or "A picture was cancelled before it was made.")
    return ExitCode.FAILED if missed else ExitCode.DONE


def _best_tries(finished: Sequence[Job]) -> list[Job]:
    """Of each picture the try that follows its sketch best, in the order of the first tries."""
    tries: dict[str, list[Job]] = {}
    for job in finished:
        tries.setdefault(job.first or job.id, []).append(job)
    return [best for best in map(best_of, tries.values()) if best is not None]


def _say_fidelity(job: Job) -> None:
    fidelity, until = job.fidelity, job.order.until
    if fidelity is None:
        return
    told = (
        f"Fidelity {fidelity.score:.2f}: {fidelity.recall:.0%} of the sketch's lines are there, "
        f"{fidelity.precision:.0%} of the picture's lines were drawn."
    )
    if until is not None:
        told = f"Try {job.attempt} of {until.tries}, seed {job.recipe.seed}: {told}"
    say(told)


def _say_if_short(best: Job) -> None:
    fidelity, until = best.fidelity, best.order.until
    if fidelity is not None and until is not None and fidelity.score < until.fidelity:
        say(f"No try reached {until.fidelity:g}; the best one has {fidelity.score:.2f}.")


def _made(job: Job, *, is_best: bool) -> MadePicture:
    fidelity = job.fidelity
    is_tried = job.order.until is not None
    return MadePicture(
        path=job.path,
        record=job.record_id,
        seed=job.recipe.seed,
        width=job.recipe.width,
        height=job.recipe.height,
        seconds=round(job.seconds, 3),
        notices=job.notices,
        fidelity=fidelity.score if fidelity else UNSET,
        recall=fidelity.recall if fidelity else UNSET,
        precision=fidelity.precision if fidelity else UNSET,
        attempt=job.attempt if is_tried else UNSET,
        best=is_best if is_tried else UNSET,
    )
