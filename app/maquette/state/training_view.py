"""What the window shows of trainings, in frozen values."""

from pathlib import Path

import msgspec

from maquette.core.training import (
    LossPoint,
    TrainingPlan,
    TrainingReport,
    TrainingStage,
)
from maquette.protocol.trainer_messages import EndingWish


class ShownTraining(msgspec.Struct, frozen=True, kw_only=True):
    """One training.

    `message` is the sentence of a failure. `doing` is an English stage before or after the steps,
    "" while it learns, of which `fraction` is done. `losses` are means over some steps each;
    `best_step` is that of the weights that are kept. `seconds` are those worked as of the newest
    checkpoint, `seconds_left` an estimate, None for none. `resident` are the trainer's bytes of
    memory. `samples` are the steps after which sample pictures were made. `ending` is what it was
    asked for and has not done yet. `is_here` is whether it runs, or waits for its turn, in this
    program; `has_card` whether its style's card was made.
    """

    plan: TrainingPlan
    folder: Path
    stage: TrainingStage = TrainingStage.WAITING
    step: int = 0
    message: str = ""
    doing: str = ""
    fraction: float = 0.0
    losses: tuple[LossPoint, ...] = ()
    validation: tuple[LossPoint, ...] = ()
    best_step: int = 0
    seconds: float = 0.0
    seconds_left: float | None = None
    resident: int = 0
    device: str = ""
    samples: tuple[int, ...] = ()
    report: TrainingReport | None = None
    ending: EndingWish | None = None
    is_here: bool = False
    has_card: bool = False

    @property
    def id(self) -> str:
        """That of its plan and its folder."""
        return self.plan.id

    @property
    def is_running(self) -> bool:
        """Whether it learns now, here or in another program."""
        return self.stage is TrainingStage.RUNNING

    @property
    def is_queued(self) -> bool:
        """Whether it waits here for another one to end."""
        return self.is_here and not self.is_running

    @property
    def can_resume(self) -> bool:
        """Whether somebody may have it go on."""
        return not (self.is_here or self.is_running or self.stage is TrainingStage.DONE)

    @property
    def can_keep(self) -> bool:
        """Whether somebody may have what it learned so far made a style."""
        is_free = self.ending is None if self.is_here and self.is_running else self.can_resume
        return is_free and self.step > 0

    @property
    def total(self) -> int:
        """How many steps there are at most."""
        return self.plan.settings.steps


class TrainingList(msgspec.Struct, frozen=True):
    """All trainings, the newest first. `loaded` is whether anybody has looked yet."""

    trainings: tuple[ShownTraining, ...] = ()
    loaded: bool = False

    def find(self, training_id: str) -> ShownTraining | None:
        """The training of this id."""
        return next((one for one in self.trainings if one.id == training_id), None)
