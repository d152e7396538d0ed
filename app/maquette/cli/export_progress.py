"""How far a batch export is: a bar on a terminal, a line per file elsewhere."""

from typing import Self

from rich.progress import MofNCompleteColumn, TextColumn, TimeElapsedColumn

from maquette.cli.bar import TerminalBar
from maquette.cli.terminal import say
from maquette.core.export_run import ExportProgress


class ExportView:
    """Shows on standard error which file was just finished, and how long the rest will take."""

    def __init__(self, title: str) -> None:
        """`title` names the export."""
        left = TextColumn("{task.fields[left]}", markup=False)
        self._bar = TerminalBar(title, MofNCompleteColumn(), TimeElapsedColumn(), left, left="")

    def __enter__(self) -> Self:
        self._bar.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.__exit__()

    def show(self, progress: ExportProgress) -> None:
        """Show how far it is."""
        if self._bar.is_drawn:
            left = progress.seconds_left
            words = "" if left is None else f"{round(left)} s left"
            self._bar.show(progress.total, progress.ended, left=words)
        elif progress.last is not None:
            say(f"{progress.ended} of {progress.total}: {progress.last.name}")
