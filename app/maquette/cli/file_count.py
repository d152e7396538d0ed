"""How many files are done: a bar on a terminal, a line every few seconds elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from maquette.cli.terminal import progress_console, say
from maquette.library.reading import Progress as OnProgress

_EVERY = 5.0  # seconds between two lines


@contextmanager
def counting_files(what: str) -> Iterator[OnProgress]:
    """Yield what is to be told of (files done, files in all); `what` says what is done with them.

    On standard error, as all that is no result.
    """
    console = progress_console()
    if console is None:
        yield _Lines(what)
        return
    columns = TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class _Lines:
    def __init__(self, what: str) -> None:
        self._what = what
        self._next = time.monotonic() + _EVERY

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY
            say(f"{self._what}: {done} of {total}")
