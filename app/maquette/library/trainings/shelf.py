"""The shelf of trainings: a folder each, what a list tells of them, and their trash."""

import re
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
import psutil

from maquette.core.errors import TrainingError
from maquette.core.training import (
    TrainingPlan,
    TrainingSource,
    TrainingStage,
    TrainingStatus,
    check_plan,
)
from maquette.core.training_files import TrainingFolder

_ID = re.compile(r"[0-9a-f]{16}")
_TRASH = "trash"
_SAME_START = 2.0  # seconds between two readings of when a process began


class ShelvedTraining(msgspec.Struct, frozen=True):
    """A training on the shelf. `is_wanted` says that it was to run when it was last heard of."""

    plan: TrainingPlan
    status: TrainingStatus
    folder: Path
    is_wanted: bool = False


class TrainingShelf:
    """The folder of trainings. Everything blocks and belongs in a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, plan: TrainingPlan, sources: Sequence[TrainingSource]) -> Path:
        """Put a plan on the shelf, with where its pictures lie; returns its folder.

        Raises:
            InputError: the plan is out of range.
            TrainingError: it cannot be written.
        """
        check_plan(plan)
        folder = TrainingFolder(self._place(plan.id))
        folder.write_plan(plan, tuple(sources))
        return folder.path

    def list(self) -> list[ShelvedTraining]:
        """All trainings that can be read but those in the trash, the newest first."""
        found = []
        for path in _folders(self._folder):
            with suppress(TrainingError):
                found.append(self._look(path))
        return sorted(found, key=lambda one: one.plan.created, reverse=True)

    def find(self, name: str) -> ShelvedTraining:
        """The newest training of a style called `name`, or of that id. Raises TrainingError."""
        for one in self.list():
            if name.casefold() in (one.plan.name.casefold(), one.plan.id):
                return one
        raise TrainingError(f"There is no training called {name}; please check the name.")

    def trash(self, training_id: str) -> None:
        """Put a training into the trash. Raises TrainingError, also while it runs."""
        place = self._place(training_id)
        if self._look(place).status.stage == TrainingStage.RUNNING:
            raise TrainingError("This training is running; please pause it before deleting it.")
        with suppress(OSError):
            (place / "trashed").write_text(str(time.time()), encoding="ascii")
        self._move(place, self._folder / _TRASH / training_id)

    def restore(self, training_id: str) -> None:
        """Take a training out of the trash. Raises TrainingError."""
        place = self._place(training_id)
        self._move(self._folder / _TRASH / training_id, place)
        with suppress(OSError):
            (place / "trashed").unlink()

    def purge(self, days: int) -> None:
        """Delete for good what has been in the trash for more than `days` days."""
        for folder in _folders(self._folder / _TRASH):
            with suppress(OSError, ValueError):
                trashed = float((folder / "trashed").read_text(encoding="ascii"))
                if trashed < time.time() - days * 86400:
                    shutil.rmtree(folder)

    def _look(self, path: Path) -> ShelvedTraining:
        folder = TrainingFolder(path)
        status = _as_it_is(folder.status())
        return ShelvedTraining(folder.plan(), status, path, folder.is_wanted)

    def _place(self, training_id: str) -> Path:
        if not _ID.fullmatch(training_id):
            raise TrainingError("There is no such training; choose another one.")
        return self._folder / training_id

    def _move(self, source: Path, target: Path) -> None:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
        except OSError as error:
            raise TrainingError(
                "The training could not be moved; it may be running in another window of Maquette.",
                str(error),
            ) from error


def _as_it_is(status: TrainingStatus) -> TrainingStatus:
    """`status`, whose trainer may have been killed since it was written: then it is paused."""
    if status.stage != TrainingStage.RUNNING or _lives(status.process, status.began):
        return status
    return msgspec.structs.replace(status, stage=TrainingStage.PAUSED)


def _lives(process: int, began: float) -> bool:
    try:
        return abs(psutil.Process(process).create_time() - began) < _SAME_START
    except (psutil.Error, ValueError):
        return False


def _folders(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if _ID.fullmatch(path.name) and path.is_dir()]
    except OSError:
        return []
