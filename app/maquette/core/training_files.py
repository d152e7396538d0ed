"""The folder of a training: what its files are called, and reading and writing the small ones.

Large ones (safetensors) are written by the trainer. Each file is replaced as a whole, so that a
kill at any moment leaves the old one or the new one.
"""

import datetime
import errno
from pathlib import Path
from typing import Any

import msgspec

from maquette.core.errors import TrainingError
from maquette.core.files import write_atomically
from maquette.core.training import (
    TrainingPlan,
    TrainingReport,
    TrainingSource,
    TrainingStatus,
)
from maquette.core.training_captions import trigger_of

TURN_LOCK = ".turn.lock"  # beside the trainings' folders; held by the one that runs
_WANTED = "wanted"
_CARD = "card"
_MAX_FILE = 4 << 20  # bytes of a plan: 200 pictures with captions take 0.3 MB
_MAX_STEM = 120  # bytes of a file's name
_MAX_LOG = 1 << 20  # bytes after which the log is begun anew


class TrainingFolder:
    """One training's folder. Everything blocks and belongs in a thread."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def pictures(self) -> Path:
        """The crops, uint8 tensors (height, width, 3) by digest."""
        return self.path / "pictures.safetensors"

    @property
    def latents(self) -> Path:
        """Latents of the crops, their mirror images and captions; can be made again."""
        return self.path / "latents.safetensors"

    @property
    def prior(self) -> Path:
        """Latents of the base model's own pictures; can be made again."""
        return self.path / "prior.safetensors"

    @property
    def checkpoint(self) -> Path:
        """Weights, optimiser and state of the newest checkpoint."""
        return self.path / "checkpoint.safetensors"

    @property
    def best(self) -> Path:
        """The weights whose validation loss is the lowest."""
        return self.path / "best.safetensors"

    def result(self, name: str) -> Path:
        """The trained LoRA of a style called `name`, by which other programs tell it."""
        stem = "-".join(trigger_of(name).split()).encode()[:_MAX_STEM].decode(errors="ignore")
        return self.path / f"{stem}-style.safetensors"

    def samples(self, step: int) -> Path:
        """Sample pictures after `step` steps: marked pixels, uint8 (n, height, width, 3).

        They are of `training_captions.sample_prompts`, in that order.
        """
        return self.path / "samples" / f"{step:06d}.safetensors"

    def plan(self) -> TrainingPlan:
        """What was asked for. Raises TrainingError."""
        return self._read("plan.json", TrainingPlan)

    def write_plan(self, plan: TrainingPlan, sources: tuple[TrainingSource, ...]) -> None:
        """Write what is asked for, and where its pictures lie. Raises TrainingError."""
        self._write("sources.json", sources)
        self._write("plan.json", plan)  # last: with it the training is there

    def sources(self) -> tuple[TrainingSource, ...]:
        """Where the pictures lie that were not taken yet. Raises TrainingError."""
        return self._read("sources.json", tuple[TrainingSource, ...])

    def forget_sources(self) -> None:
        """The pictures are taken: where they were from is nobody's business any more."""
        (self.path / "sources.json").unlink(missing_ok=True)

    def status(self) -> TrainingStatus:
        """How far it is; that of one that never ran if nothing can be read."""
        try:
            return self._read("status.json", TrainingStatus)
        except TrainingError:
            return TrainingStatus()

    def write_status(self, status: TrainingStatus) -> None:
        """Raises TrainingError."""
        self._write("status.json", status)

    def report(self) -> TrainingReport:
        """What came of it. Raises TrainingError, also when there is none yet."""
        return self._read("report.json", TrainingReport)

    def write_report(self, report: TrainingReport) -> None:
        """Raises TrainingError."""
        self._write("report.json", report)

    @property
    def has_card(self) -> bool:
        """Whether the style's card was made of it, however long ago that was."""
        return (self.path / _CARD).exists()

    def note_card(self) -> None:
        """Note that the style's card was made. Raises TrainingError."""
        try:
            (self.path / _CARD).touch()
        except OSError as error:
            raise self.write_error(error) from error

    @property
    def is_wanted(self) -> bool:
        """Whether somebody wants it to run; after a crash it is offered to go on."""
        return (self.path / _WANTED).exists()

    def want(self, is_wanted: bool) -> None:
        """Note whether it is to run. Raises TrainingError."""
        try:
            if is_wanted:
                (self.path / _WANTED).touch()
            else:
                (self.path / _WANTED).unlink(missing_ok=True)
        except OSError as error:
            raise self.write_error(error) from error

    def log(self, line: str) -> None:
        """Add a line to the log, for people. What cannot be written is left out."""
        path = self.path / "log.txt"
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        try:
            is_long = path.exists() and path.stat().st_size > _MAX_LOG
            with path.open("w" if is_long else "a", encoding="utf-8") as file:
                file.write(f"{now} {line}\n")
        except OSError:
            return  # a log is no reason to stop

    def write_error(self, error: OSError) -> TrainingError:
        """One sentence for a file of the training that could not be written."""
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return TrainingError(
                f"The disk is full: free some space for {self.path} and resume the training, "
                "which goes on from its newest checkpoint.",
                str(error),
            )
        return TrainingError(
            f"The training cannot be kept in {self.path}; check that its disk is there and can be "
            "written to, then resume it.",
            str(error),
        )

    def _read(self, name: str, kind: Any) -> Any:
        try:
            with (self.path / name).open("rb") as file:
                return msgspec.json.decode(file.read(_MAX_FILE), type=kind)
        except (OSError, msgspec.DecodeError) as error:
            raise TrainingError(
                "This training's files are missing or damaged; please start it anew.", str(error)
            ) from error

    def _write(self, name: str, value: object) -> None:
        try:
            write_atomically(
                self.path / name, msgspec.json.format(msgspec.json.encode(value), indent=1)
            )
        except OSError as error:
            raise self.write_error(error) from error
