"""How far a batch export is: a bar on a terminal, a line per file elsewhere."""

from contextlib import AbstractContextManager, nullcontext
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from maquette.cli.terminal import printable, progress_console, say
from maquette.core.export_run import ExportProgress


class ExportView:
    """Shows on standard error which file was just finished, and how long the rest will take."""

    def __init__(self, title: str) -> None:
        """`title` names the export."""
        console = progress_console()
        self._bar = (
            Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.fields[left]}", markup=False),
                console=console,
                transient=True,
            )
            if console
            else None
        )
        self._task = (
            self._bar.add_task(printable(title), total=None, left="") if self._bar else None
        )

    def __enter__(self) -> Self:
        self._context.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._context.__exit__(None, None, None)

    @property
    def _context(self) -> AbstractContextManager[object]:
        return self._bar if self._bar is not None else nullcontext()

    def show(self, progress: ExportProgress) -> None:
        """Show how far it is."""
        if self._bar is not None and self._task is not None:
            left = progress.seconds_left
            self._bar.update(
                self._task,
                total=progress.total,
                completed=progress.ended,
                left="" if left is None else f"{round(left)} s left",
            )
        elif progress.last is not None:
            say(f"{progress.ended} of {progress.total}: {progress.last.name}")
