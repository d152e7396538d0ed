"""How far the pictures are: a bar on a terminal, a line per picture elsewhere."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Self

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from maquette.cli.terminal import printable, progress_console, say
from maquette.core.job import Job, JobState
from maquette.engine.client import EngineStatus


class ProgressView:
    """Shows the engine's state and the steps of the running job on standard error."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._named: set[int] = set()
        self._said = ""
        console = progress_console()
        self._bar = (
            Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                TextColumn("{task.fields[steps]}", markup=False),
                TimeElapsedColumn(),
                console=console,
                transient=True,
            )
            if console
            else None
        )
        self._task = self._bar.add_task("Starting", total=None, steps="") if self._bar else None

    def __enter__(self) -> Self:
        self._context.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._context.__exit__(None, None, None)

    @property
    def _context(self) -> AbstractContextManager[object]:
        return self._bar if self._bar is not None else nullcontext()

    def number(self, jobs: Sequence[Job]) -> None:
        """Tell which jobs are counted, in their order."""
        self._places = {job.id: place for place, job in enumerate(jobs, 1)}

    def engine_changed(self, status: EngineStatus) -> None:
        """Show what the engine is doing while no picture is being made."""
        if status.message:
            self._show(status.message, status.fraction)

    def job_changed(self, job: Job) -> None:
        """Show the step of `job`."""
        place = self._places.get(job.id)
        if place is None or (self._bar is None and place in self._named):
            return  # not asked for, or said: one is saved while the next one is made already
        name = f"Picture {place} of {len(self._places)}"
        if job.state is JobState.RUNNING and job.step:
            self._named.add(place)
            self._show(name, job.step / job.total, f"{job.step}/{job.total}")
        elif job.state is JobState.SAVING:
            self._show(name, 1.0, "saving")

    def _show(self, text: str, fraction: float | None, steps: str = "") -> None:
        if self._bar is not None and self._task is not None:
            self._bar.update(
                self._task,
                description=printable(text),
                total=None if fraction is None else 1.0,
                completed=fraction or 0.0,
                steps=steps,
            )
        elif text != self._said:
            self._said = text
            say(text)
