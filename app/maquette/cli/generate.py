"""`maquette generate`: pictures from a prompt, saved as the window saves them."""

import asyncio
import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from maquette.cli.marking_options import (
    EncodingOptions,
    MarkingOptions,
    encoding_of,
    marking_of,
)
from maquette.cli.progress import ProgressView
from maquette.cli.terminal import ExitCode, complain, say
from maquette.cli.wishes import DrawnUp, Wishes, draw_up
from maquette.core.errors import InputError, LibraryError
from maquette.core.job import ENDED, Destination, Job, JobState, Order
from maquette.core.job_change import Role
from maquette.core.paths import (
    ledger_file,
    library_file,
    pictures_folder,
    queue_file,
    settings_file,
)
from maquette.core.settings import Settings, load_settings
from maquette.engine.client import EngineClient
from maquette.engine.pending import MadeImage
from maquette.engine.queue import JobQueue
from maquette.library.archive import Archive
from maquette.library.queue.saved import SavedPictures
from maquette.library.queue.store import QueueStore
from maquette.library.writer import Writer

_DEVICES = ("auto", "cpu", "cuda", "mps")
_PRECISIONS = ("auto", "fp32", "bf16", "fp16")


class MadePicture(msgspec.Struct, frozen=True):
    """A saved picture, as `--json` tells it."""

    path: str
    record: str
    seed: int
    width: int
    height: int
    seconds: float
    notices: tuple[str, ...]


class MissedPicture(msgspec.Struct, frozen=True):
    """A picture that was not made, and why, in one sentence."""

    seed: int
    message: str


class Outcome(msgspec.Struct, frozen=True):
    """What became of all pictures."""

    pictures: list[MadePicture]
    failed: list[MissedPicture]


def run_generate(
    wishes: Wishes,
    *,
    out: Path | None,
    marks: MarkingOptions,
    encoding: EncodingOptions,
    device: str,
    precision: str,
    as_json: bool,
) -> int:
    """Make what `wishes` ask for and print the paths. None and "" mean: as in the settings.

    Raises:
        InputError: a value cannot be used; nothing was started.
        MaquetteError: the library or the engine could not be opened.
    """
    settings, notice = load_settings(settings_file())
    if notice:
        say(notice)
    device = _one_of("device", device or settings.device, _DEVICES)
    precision = _one_of("precision", precision or settings.precision, _PRECISIONS)
    drawn_up = draw_up(wishes, settings.model)
    for remark in drawn_up.remarks:
        say(remark)
    order = Order(
        marking=marking_of(marks, settings.marking),
        encoding=encoding_of(encoding, settings.encoding),
        destination=_destination(settings, out),
        preview=False,
    )
    with Archive.open(library_file(), ledger_file()) as archive:
        writer = Writer(archive, Path(order.destination.folder), order.destination.template)
        writer.check()
        client = EngineClient(device=device, precision=precision)
        saved = SavedPictures(library_file(), lambda: pictures_folder(settings.pictures_folder))
        store = QueueStore(queue_file(), saved.find)
        ended: dict[str, Job] = {}
        try:
            asyncio.run(_make(drawn_up, order, client, store, archive, writer, ended))
        except KeyboardInterrupt:
            kept = [job for job in ended.values() if job.state is JobState.FINISHED]
            _report(kept, as_json=as_json)  # what was saved before Ctrl+C is there and is told
            raise
    return _report(list(ended.values()), as_json=as_json)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise InputError(f"There is no {name} {value!r}; use {', '.join(known)}.")
    return value


def _destination(settings: Settings, out: Path | None) -> Destination:
    """Absolute, since a window may retry the job that stands somewhere else."""
    template = settings.file_name_template
    if out is not None:
        return Destination(os.path.abspath(out.expanduser()), template.rpartition("/")[2])
    return Destination(os.path.abspath(pictures_folder(settings.pictures_folder)), template)


async def _make(
    drawn_up: DrawnUp,
    order: Order,
    client: EngineClient,
    store: QueueStore,
    archive: Archive,
    writer: Writer,
    ended: dict[str, Job],
) -> None:
    """Make what was drawn up to its end, noting each job in `ended` as it ends.

    When cancelled, the worker is gone before this returns.
    """

    async def save(made: MadeImage, job: Job) -> Path:
        return await asyncio.to_thread(
            writer.save, made.record, made.file, made.mark, made.manifest, job.id
        )

    with ProgressView(len(drawn_up.recipes)) as view:

        def note(jobs: tuple[Job, ...]) -> None:
            for job in jobs:
                view.job_changed(job)
                if job.state in ENDED and job.owner == queue.owner:
                    ended[job.id] = job

        queue = JobQueue(client, save, store, archive.record_id_for, Role.COMMAND)
        client.subscribe(view.engine_changed)
        queue.subscribe(note)
        runner = asyncio.create_task(queue.run())
        try:
            await client.start()
            jobs = await queue.submit(drawn_up.recipes, start=drawn_up.start, order=order)
            view.number(jobs)
            await queue.wait([job.id for job in jobs])
        finally:
            with contextlib.suppress(LibraryError):
                await queue.cancel_all()
            runner.cancel()
            await asyncio.gather(runner, return_exceptions=True)  # a save under way ends
            await client.close()
            await queue.close()


def _report(jobs: Sequence[Job], *, as_json: bool) -> int:
    finished = [job for job in jobs if job.state is JobState.FINISHED]
    missed = [job for job in jobs if job.state is not JobState.FINISHED]
    for job in finished:
        for notice in job.notices:
            say(notice)
    if as_json:
        outcome = Outcome(
            [_made(job) for job in finished],
            [MissedPicture(job.recipe.seed, job.message) for job in missed],
        )
        print(msgspec.json.encode(outcome).decode())
    else:
        for job in finished:
            print(job.path)
    for message in dict.fromkeys(job.message for job in missed):
        complain(message)
    return ExitCode.FAILED if missed else ExitCode.DONE


def _made(job: Job) -> MadePicture:
    return MadePicture(
        path=job.path,
        record=job.record_id,
        seed=job.recipe.seed,
        width=job.recipe.width,
        height=job.recipe.height,
        seconds=round(job.seconds, 3),
        notices=job.notices,
    )
