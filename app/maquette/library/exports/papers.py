"""What goes with a delivery: its lists."""

from pathlib import Path

import maquette
from maquette.core.export_run import ExportItem, ExportRun, ItemState
from maquette.library.exports.lists import ListedFile, write_lists
from maquette.library.exports.runs import ExportRuns


def write_run_lists(run: ExportRun, runs: ExportRuns) -> tuple[Path, ...]:
    """Write the lists that the run's preset asks for; returns their paths.

    Raises:
        SaveError: the disk did not take a list.
        LibraryError: the list of exports cannot be read.
    """
    if not run.preset.lists:
        return ()
    files = [listed(run, item) for item in runs.items(run.id, (ItemState.DONE,))]
    tool = f"Maquette {maquette.__version__}"
    return write_lists(run.folder, files, run.preset.lists, tool=tool)


def listed(run: ExportRun, item: ExportItem) -> ListedFile:
    """The line of a finished file in the lists."""
    assert item.path is not None
    assert item.record is not None
    return ListedFile(
        name=item.path.relative_to(run.folder).as_posix(),
        sha256=item.sha256,
        bytes=item.file_bytes,
        width=item.width,
        height=item.height,
        format=run.preset.format,
        record_id=item.record.id,
        prompt=item.record.recipe.prompt if run.marking.write_recipe else "",
        marks=item.record.marks,
        source=item.source.name,
        created=item.record.created,
    )
