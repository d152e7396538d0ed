"""`maquette generate`: pictures from a prompt, saved as the window saves them."""

import asyncio
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
from maquette.cli.wishes import Order, Wishes, draw_up
from maquette.core.errors import InputError
from maquette.core.marking import FileEncoding, Marking
from maquette.core.paths import ledger_file, library_file, pictures_dir, settings_file
from maquette.core.settings import Settings, load_settings
from maquette.engine.client import EngineClient
from maquette.engine.pending import MadeImage
from maquette.engine.queue import ENDED, Job, JobQueue, JobState
from maquette.library.archive import Archive
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
    order = draw_up(wishes, settings.model)
    for remark in order.remarks:
        say(remark)
    marking = marking_of(marks, settings.marking)
    file_encoding = encoding_of(encoding, settings.encoding)
    with Archive.open(library_file(), ledger_file()) as archive:
        writer = _writer(archive, settings, out)
        writer.check()
        client = EngineClient(device=device, precision=precision)
        ended: dict[str, Job] = {}
        try:
            asyncio.run(_make(order, client, archive, writer, marking, file_encoding, ended))
        except KeyboardInterrupt:
            kept = [job for job in ended.values() if job.state is JobState.FINISHED]
            _report(kept, as_json=as_json)  # what was saved before Ctrl+C is there and is told
            raise
    return _report(list(ended.values()), as_json=as_json)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise InputError(f"There is no {name} {value!r}; use {', '.join(known)}.")
    return value


def _writer(archive: Archive, settings: Settings, out: Path | None) -> Writer:
    template = settings.file_name_template
    if out is not None:
        return Writer(archive, out, template.rpartition("/")[2])
    folder = Path(settings.pictures_folder) if settings.pictures_folder else pictures_dir()
    return Writer(archive, folder, template)


async def _make(
    order: Order,
    client: EngineClient,
    archive: Archive,
    writer: Writer,
    marking: Marking,
    encoding: FileEncoding,
    ended: dict[str, Job],
) -> None:
    """Run the order to its end, noting each job in `ended` as it ends.

    When cancelled, the worker is gone before this returns.
    """

    async def save(made: MadeImage) -> Path:
        return await asyncio.to_thread(
            writer.save, made.record, made.file, made.mark, made.manifest
        )

    def note(job: Job) -> None:
        if job.state in ENDED:
            ended[job.id] = job

    queue = JobQueue(client, save, archive.record_id_for)
    with ProgressView(len(order.recipes)) as view:
        client.subscribe(view.engine_changed)
        queue.subscribe(view.job_changed)
        queue.subscribe(note)
        runner = asyncio.create_task(queue.run())
        try:
            await client.start()
            jobs = queue.submit(
                order.recipes,
                start=order.start,
                marking=marking,
                encoding=encoding,
                preview=False,
            )
            view.number(jobs)
            await queue.wait([job.id for job in jobs])
        finally:
            queue.cancel_all()
            runner.cancel()
            await asyncio.gather(runner, return_exceptions=True)  # a save under way ends
            await client.close()


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
