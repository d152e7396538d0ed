"""How far the pictures are: a bar on a terminal, a line per picture elsewhere."""

from collections.abc import Sequence
from typing import Self

from rich.progress import TextColumn, TimeElapsedColumn

from maquette.cli.bar import TerminalBar
from maquette.cli.terminal import say
from maquette.core.job import Job, JobState
from maquette.engine.client import EngineStatus


class ProgressView:
    """Shows the engine's state and the steps of the running job on standard error."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._named: set[int] = set()
        self._said = ""
        steps = TextColumn("{task.fields[steps]}", markup=False)
        self._bar = TerminalBar("Starting", steps, TimeElapsedColumn(), steps="")

    def __enter__(self) -> Self:
        self._bar.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.__exit__()

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
        if place is None or (not self._bar.is_drawn and place in self._named):
            return  # not asked for, or said: one is saved while the next one is made already
        name = f"Picture {place} of {len(self._places)}"
        if job.state is JobState.RUNNING and job.step:
            self._named.add(place)
            self._show(name, job.step / job.total, f"{job.step}/{job.total}")
        elif job.state is JobState.SAVING:
            self._show(name, 1.0, "saving")

    def _show(self, text: str, fraction: float | None, steps: str = "") -> None:
        if self._bar.is_drawn:
            total = None if fraction is None else 1.0
            self._bar.show(total, fraction or 0.0, description=text, steps=steps)
        elif text != self._said:
            self._said = text
            say(text)
