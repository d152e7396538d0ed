"""A bar on standard error, where that is a terminal."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any, Self

from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn

from maquette.cli.terminal import printable, progress_console


class TerminalBar:
    """A description, a bar, and further columns; it disappears when it ends."""

    def __init__(self, description: str, *columns: ProgressColumn, **fields: Any) -> None:
        """`columns` stand behind the bar; `fields` are what those of them show at first."""
        console = progress_console()
        self._progress: Progress | None = None
        if console is not None:
            named = TextColumn("{task.description}", markup=False)
            self._progress = Progress(named, BarColumn(), *columns, console=console, transient=True)
            self._task = self._progress.add_task(printable(description), total=None, **fields)

    @property
    def is_drawn(self) -> bool:
        """Whether there is a terminal; else nothing is shown, and lines are better."""
        return self._progress is not None

    def __enter__(self) -> Self:
        self._context.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._context.__exit__(None, None, None)

    @property
    def _context(self) -> AbstractContextManager[object]:
        return self._progress if self._progress is not None else nullcontext()

    def show(
        self,
        total: float | None,
        completed: float,
        description: str | None = None,
        **fields: Any,
    ) -> None:
        """Show how far it is; `total` is None where nobody knows, `description` where it stays."""
        if self._progress is not None:
            self._progress.update(
                self._task,
                total=total,
                completed=completed,
                description=None if description is None else printable(description),
                **fields,
            )
