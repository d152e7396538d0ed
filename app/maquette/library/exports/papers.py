"""What goes with a run's files at its end: contact sheets for people, lists for programs."""

import asyncio
import datetime
import os
from collections.abc import Sequence
from pathlib import Path

import maquette
from maquette.core.contact_sheet import SheetPicture
from maquette.core.export_run import ExportItem, ExportRun, ItemState
from maquette.library.exports.lists import LIST_NAME, ListedFile, write_lists
from maquette.library.exports.runs import ExportRuns
from maquette.library.exports.sheets import SHEET_NAME, PageMaker, write_sheets


async def write_papers(run: ExportRun, runs: ExportRuns, maker: PageMaker) -> tuple[Path, ...]:
    """Write the lists and sheets that the run's preset asks for; return their paths.

    Their names tell when the run was started, so that another delivery into the same folder
    replaces none of them, and a run that is resumed replaces its own.

    Raises:
        MaquetteError: a page could not be made.
        SaveError: the disk did not take a file.
        LibraryError: the list of the run's files cannot be read.
    """
    if not run.preset.lists and run.preset.sheet is None:
        return ()
    items = await asyncio.to_thread(runs.items, run.id, (ItemState.DONE,))
    started = datetime.datetime.fromisoformat(run.created).astimezone()
    when = started.strftime("%Y-%m-%d-%H%M%S")
    tool = f"Maquette {maquette.__version__}"
    papers = await asyncio.to_thread(
        write_lists,
        run.folder,
        [_listed(run, item) for item in items],
        run.preset.lists,
        name=f"{LIST_NAME}-{when}",
        tool=tool,
    )
    if run.preset.sheet is None:
        return papers
    sheets = await write_sheets(
        run.folder,
        run.preset.sheet,
        _on_sheet(run, items),
        maker,
        run.marking,
        created=run.created,
        tool=tool,
        name=f"{SHEET_NAME}-{when}",
    )
    return papers + sheets


def _listed(run: ExportRun, item: ExportItem) -> ListedFile:
    record = item.record
    return ListedFile(
        name=_name(run, item),
        sha256=item.sha256,
        bytes=item.file_bytes,
        width=item.width,
        height=item.height,
        format=run.preset.format,
        record_id=record.id if record else "",
        prompt=record.recipe.prompt if record and run.marking.write_recipe else "",
        marks=record.marks if record else (),
        source=item.source.name,
        created=record.created if record else "",
    )


def _on_sheet(run: ExportRun, items: Sequence[ExportItem]) -> list[SheetPicture]:
    """Each picture once, whatever the number of its sizes: by its smallest file, quickly read."""
    chosen: dict[int, ExportItem] = {}
    for item in items:
        known = chosen.get(item.picture_id)
        if known is None or item.width * item.height < known.width * known.height:
            chosen[item.picture_id] = item
    return [
        SheetPicture(
            path=os.fsencode(item.path or run.folder / item.name),
            name=_name(run, item),
            record_id=item.record.id if item.record else "",
        )
        for item in chosen.values()
    ]


def _name(run: ExportRun, item: ExportItem) -> str:
    """Where the file is, below the run's folder."""
    if item.path is None or not item.path.is_relative_to(run.folder):
        return item.name
    return item.path.relative_to(run.folder).as_posix()
