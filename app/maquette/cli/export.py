"""`maquette export`: pictures of the library go out as a preset says, as the window does it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import msgspec

from maquette.cli.export_progress import ExportView
from maquette.cli.export_sources import found_pictures, named_pictures
from maquette.cli.terminal import ExitCode, complain, say
from maquette.core.errors import InputError, SaveError
from maquette.core.export_preset import ExportPreset
from maquette.core.export_run import ExportItem, ExportRun, ItemState, RunState
from maquette.core.gallery import GalleryPicture
from maquette.core.paths import (
    absolute_path,
    export_presets_dir,
    exports_file,
    ledger_file,
    library_file,
    settings_file,
)
from maquette.core.settings import load_settings
from maquette.engine.marker_pool import MarkerPool
from maquette.library.archive import Archive
from maquette.library.exports.planning import planned
from maquette.library.exports.presets import find_preset
from maquette.library.exports.running import prepare, run_export
from maquette.library.exports.runs import ExportRuns
from maquette.library.gallery import Gallery


class ExportWishes(msgspec.Struct, frozen=True, kw_only=True):
    """The options as typed; "" and None where nothing was."""

    preset: str = ""
    query: str | None = None
    files: tuple[Path, ...] = ()
    out: Path | None = None
    dry_run: bool = False
    resume: bool = False
    as_json: bool = False


class WrittenFile(msgspec.Struct, frozen=True):
    """An exported file, as `--json` tells it."""

    path: str
    sha256: str
    bytes: int
    width: int
    height: int
    record: str
    source: str
    marks: dict[str, bool]
    notices: tuple[str, ...]


class UnwrittenFile(msgspec.Struct, frozen=True):
    """A file that there is not, and why, in one sentence. `name` is "" for whole pictures."""

    state: ItemState
    source: str
    name: str
    message: str


class ExportOutcome(msgspec.Struct, frozen=True):
    """What became of one export. `papers` are its contact sheets and lists."""

    run: int
    state: RunState
    folder: str
    files: list[WrittenFile]
    papers: list[str]
    missed: list[UnwrittenFile]


def run_exports(wishes: ExportWishes) -> int:
    """Export what `wishes` ask for and print the paths of the files.

    Raises:
        InputError: an option cannot be used; nothing was started.
        MaquetteError: the library cannot be opened, or the folder not be made.
    """
    _check(wishes)
    settings, notice = load_settings(settings_file())
    if notice:
        say(notice)
    with (
        Archive.open(library_file(), ledger_file()) as archive,
        Gallery.open(library_file()) as gallery,
        ExportRuns.open(exports_file()) as runs,
    ):
        if wishes.resume:
            chosen = _unfinished(runs, wishes.out)
        else:
            preset = find_preset(wishes.preset, export_presets_dir())
            pictures = _pictures(wishes, archive, gallery)
            boards = {board.id: board.name for board in gallery.boards()}
            if wishes.dry_run:
                return _rehearse(preset, pictures, boards)
            assert wishes.out is not None
            folder = absolute_path(wishes.out)
            prepare(folder)  # or else a mistyped one would be left over to be resumed
            chosen = [runs.plan(preset, pictures, folder, settings.marking, boards)]
        codes = [_run(run, archive, gallery, runs, as_json=wishes.as_json) for run in chosen]
    return max(codes, default=ExitCode.DONE)


def _check(wishes: ExportWishes) -> None:
    if wishes.resume:
        if wishes.preset or wishes.query is not None or wishes.files or wishes.dry_run:
            raise InputError("--resume goes on with what was begun; leave the other options out.")
        return
    if not wishes.preset:
        raise InputError("Name what the pictures shall become with --preset NAME or FILE.")
    if bool(wishes.files) == (wishes.query is not None):
        raise InputError("Name the pictures either as files or with --query TEXT.")
    if wishes.out is None and not wishes.dry_run:
        raise InputError("Name the folder for the files with --out DIR.")


def _unfinished(runs: ExportRuns, out: Path | None) -> list[ExportRun]:
    """The exports that were cut off, oldest first, only those into `out` if that is given."""
    folder = absolute_path(out) if out else None
    found = [run for run in reversed(runs.unfinished()) if folder in (None, run.folder)]
    if not found:
        say("There is no unfinished export.")
    return found


def _pictures(wishes: ExportWishes, archive: Archive, gallery: Gallery) -> list[GalleryPicture]:
    if wishes.query is not None:
        return found_pictures(wishes.query, gallery)
    return list(named_pictures(wishes.files, archive))


def _rehearse(
    preset: ExportPreset, pictures: Sequence[GalleryPicture], boards: dict[int, str]
) -> int:
    """Print what would be made, and what would be left out."""
    code = ExitCode.DONE
    for item in planned(preset, pictures, boards):
        if item.state is ItemState.LEFT_OUT:
            complain(item.message)
            code = ExitCode.FAILED
        else:
            print(item.name)
    return code


def _run(
    run: ExportRun, archive: Archive, gallery: Gallery, runs: ExportRuns, *, as_json: bool
) -> ExitCode:
    try:
        ended = asyncio.run(_make(run, archive, gallery, runs))
    except BaseException as error:
        _report(runs.get(run.id), runs, as_json=as_json)  # what there is by now is told
        say("The export is not finished; maquette export --resume goes on with it.")
        if not isinstance(error, SaveError):
            raise
        complain(error.message)  # other exports go to other folders, which may be there
        return ExitCode.FAILED
    return _report(ended, runs, as_json=as_json)


async def _make(run: ExportRun, archive: Archive, gallery: Gallery, runs: ExportRuns) -> ExportRun:
    pool = MarkerPool()
    try:
        with ExportView(run.preset.name) as view:
            return await run_export(run.id, runs, pool, archive, gallery, view.show)
    finally:
        await pool.close()


def _report(run: ExportRun, runs: ExportRuns, *, as_json: bool) -> ExitCode:
    items = runs.items(run.id)
    written = [item for item in items if item.state is ItemState.DONE]
    missed = [item for item in items if item.state is not ItemState.DONE]
    if as_json:
        outcome = ExportOutcome(
            run=run.id,
            state=run.state,
            folder=str(run.folder),
            files=[_written(item) for item in written],
            papers=[str(path) for path in run.papers],
            missed=[
                UnwrittenFile(item.state, str(item.source), item.name, item.message)
                for item in missed
            ],
        )
        print(msgspec.json.encode(outcome).decode())
    else:
        for path in (*(item.path for item in written), *run.papers):
            print(path)
    for notice in dict.fromkeys(notice for item in written for notice in item.notices):
        say(notice)
    for message in dict.fromkeys(item.message for item in missed if item.message):
        complain(message)
    failed = {ItemState.FAILED, ItemState.LEFT_OUT} & {item.state for item in missed}
    return ExitCode.FAILED if failed else ExitCode.DONE


def _written(item: ExportItem) -> WrittenFile:
    record = item.record
    return WrittenFile(
        path=str(item.path),
        sha256=item.sha256,
        bytes=item.file_bytes,
        width=item.width,
        height=item.height,
        record=record.id if record else "",
        source=str(item.source),
        marks={mark.kind.value: mark.verified for mark in record.marks} if record else {},
        notices=item.notices,
    )
