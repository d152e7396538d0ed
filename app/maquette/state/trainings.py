"""Trainings of styles: one runs at a time, others wait; what was left unfinished is offered."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, Signal

from maquette.core.errors import (
    FailureCode,
    JobCancelled,
    JobFailed,
    MaquetteError,
    TrainingError,
)
from maquette.core.settings import Settings
from maquette.core.training import (
    TrainingPlan,
    TrainingReport,
    TrainingSource,
    TrainingStage,
    TrainingStatus,
)
from maquette.core.training_files import TrainingFolder
from maquette.engine.trainer import OnNews
from maquette.library.trainings.progress import (
    newest_state,
    report_or_none,
    sample_steps,
)
from maquette.library.trainings.shelf import ShelvedTraining, TrainingShelf
from maquette.protocol.messages import DeviceChosen, Heartbeat
from maquette.protocol.trainer_messages import (
    Curves,
    Preparing,
    Samples,
    TrainerNews,
    TrainingProgress,
)
from maquette.state.notices import NextStep, Notices
from maquette.state.settings import SettingsStore
from maquette.state.store import Store
from maquette.state.tasks import Tasks
from maquette.state.training_view import ShownTraining, TrainingList

TRASH_DAYS = 30


class Trainer(Protocol):
    """What trains: `engine.trainer.TrainerClient`."""

    async def train(
        self, folder: Path, on_news: OnNews, *, keep: bool = False
    ) -> TrainingReport | None: ...

    def pause(self, folder: Path) -> None: ...

    def stop_and_keep(self, folder: Path) -> None: ...

    def use(self, device: str, precision: str) -> None: ...

    async def close(self) -> None: ...


class Lender(Protocol):
    """Frees the device of the worker for a training and gives it back; see `state.device_loan`."""

    async def lend(self, plan: TrainingPlan, *, must: bool) -> None: ...

    async def take_back(self) -> None: ...


class Trainings(Store[TrainingList]):
    """Every command returns at once, and its outcome is the next value; failures are notices.

    Signals:
        moved(str): only the training of this id has changed, and the list's order has not.
        show_wanted(str): the training of this id, which may just have begun, is to be shown.
        finished(str): the LoRA of this training is made.
    """

    moved = Signal(str)
    show_wanted = Signal(str)
    finished = Signal(str)

    def __init__(
        self,
        *,
        folder: Path,
        trainer: Trainer,
        lender: Lender,
        settings: SettingsStore,
        notices: Notices,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """`folder` has the trainings, a folder each; it is made at first need."""
        super().__init__(TrainingList(), parent)
        self._shelf = TrainingShelf(folder)
        self._trainer = trainer
        self._lender = lender
        self._notices = notices
        self._tasks = tasks
        self._turn = asyncio.Lock()
        self._runs: dict[str, asyncio.Task[None]] = {}
        self._hungry: set[str] = set()  # those that ran out of memory beside the worker
        self._is_closing = False
        settings.changed.connect(self._settings_changed)

    # --- commands -------------------------------------------------------------------------------

    def begin(self, plan: TrainingPlan, sources: Sequence[TrainingSource]) -> asyncio.Task[None]:
        """Put a training on the shelf and run it when its turn comes.

        The task ends once it lies there; it raises TrainingError, or InputError, if it does not.
        """
        return self._tasks.start(self._begin(plan, tuple(sources)))

    def pause(self, training_id: str) -> None:
        """Have a training save what it learned and end; one that waits leaves the queue."""
        self._end(training_id, "pause")

    def stop_and_keep(self, training_id: str) -> None:
        """Have a training learn no more and make a style of the best so far; one that is paused
        does so when its turn comes."""
        one = self.value.find(training_id)
        if one is not None and one.can_resume and one.can_keep and training_id not in self._runs:
            self._run(one, keep=True)
        else:
            self._end(training_id, "stop")

    def resume(self, training_id: str) -> None:
        """Go on with a training when its turn comes."""
        one = self.value.find(training_id)
        if one is not None and one.can_resume and training_id not in self._runs:
            self._run(one)

    def show(self, training_id: str) -> None:
        """Somebody wants to see this training; "" for any."""
        self.show_wanted.emit(training_id)

    async def note_card(self, training_id: str) -> None:
        """The style's card was made of this training, so it is not made again."""
        one = self.value.find(training_id)
        if one is not None:
            await asyncio.to_thread(TrainingFolder(one.folder).note_card)
            self._change(training_id, has_card=True)

    def delete(self, training_id: str) -> None:
        """Put a training into the trash, with a notice that takes it back."""
        self._tasks.start(self._delete(training_id))

    def restore(self, training_id: str) -> None:
        """Take a training out of the trash."""
        self._tasks.start(self._restore(training_id))

    async def load(self) -> None:
        """Look at all trainings, and offer to go on with what an earlier program left."""
        await asyncio.to_thread(self._shelf.purge, TRASH_DAYS)
        found = await self._look()
        left = [one for one in found if one.is_wanted and one.plan.id not in self._runs]
        paused = [one for one in left if one.status.stage != TrainingStage.RUNNING]
        if paused:
            self._offer(paused)

    @property
    def running(self) -> ShownTraining | None:
        """The training that this program is at."""
        return next((one for one in self.value.trainings if one.is_here and one.is_running), None)

    async def close(self) -> None:
        """Pause what runs; it is offered again the next time."""
        self._is_closing = True
        await self._trainer.close()
        await asyncio.gather(*self._runs.values(), return_exceptions=True)

    # --- running --------------------------------------------------------------------------------

    async def _begin(self, plan: TrainingPlan, sources: tuple[TrainingSource, ...]) -> None:
        folder = await asyncio.to_thread(self._shelf.add, plan, sources)
        one = ShownTraining(plan=plan, folder=folder)
        self.update(trainings=(one, *self.value.trainings))
        self._run(one)
        self.show_wanted.emit(plan.id)

    def _run(self, one: ShownTraining, *, keep: bool = False) -> None:
        self._change(one.id, is_here=True, stage=TrainingStage.WAITING, message="", ending=None)
        task = self._runs[one.id] = self._tasks.start(self._train_in_turn(one, keep))
        task.add_done_callback(lambda task: self._left(one.id, task))

    def _left(self, training_id: str, task: asyncio.Task[None]) -> None:
        if self._runs.get(training_id) is not task:
            return  # it ended, and may go on already
        self._runs.pop(training_id)
        one = self.value.find(training_id)
        if one is not None and one.is_here:  # it waited, and was cancelled
            self._change(training_id, is_here=False, ending=None)

    async def _train_in_turn(self, one: ShownTraining, keep: bool) -> None:
        await asyncio.to_thread(_want, one.folder, True)
        async with self._turn:
            if not self._is_closing:
                await self._train(one, keep)

    async def _train(self, one: ShownTraining, keep: bool) -> None:
        self._change(one.id, stage=TrainingStage.RUNNING, doing="Starting", fraction=0.0)
        report, failure = None, None
        try:
            await self._lender.lend(one.plan, must=one.id in self._hungry)
            if not (self._is_closing or self._was_ended(one.id)):
                if keep:
                    self._change(one.id, ending="stop")
                report = await self._trainer.train(one.folder, self._hearer(one.id), keep=keep)
        except JobCancelled:
            pass  # paused by closing
        except MaquetteError as error:
            failure = error
        finally:
            await self._lender.take_back()
        await self._ended(one, report, failure)

    async def _ended(
        self, one: ShownTraining, report: TrainingReport | None, failure: MaquetteError | None
    ) -> None:
        if not self._is_closing:
            await asyncio.to_thread(_want, one.folder, False)
        if isinstance(failure, JobFailed) and failure.code is FailureCode.OUT_OF_MEMORY:
            self._hungry.add(one.id)
        if failure is not None:
            step = (self.value.find(one.id) or one).step
            status = TrainingStatus(TrainingStage.FAILED, step, failure.message)
            await asyncio.to_thread(_note, one.folder, status)
            self._notices.fail(
                failure.message,
                failure.detail,
                step=NextStep.RESUME_TRAINING,
                subject=one.id,
            )
        await self._look(ended=one.id)
        if report is not None:
            self.finished.emit(one.id)

    def _was_ended(self, training_id: str) -> bool:
        """Whether it was asked to end before there was a process to ask."""
        one = self.value.find(training_id)
        return one is None or one.ending is not None

    def _end(self, training_id: str, wish: str) -> None:
        one = self.value.find(training_id)
        if one is None or not one.is_here:
            return
        if one.is_running:
            self._change(training_id, ending=wish)
            end = self._trainer.pause if wish == "pause" else self._trainer.stop_and_keep
            end(one.folder)
        else:
            self._runs[training_id].cancel()
            self._tasks.start(asyncio.to_thread(_want, one.folder, False))

    # --- news -----------------------------------------------------------------------------------

    def _hearer(self, training_id: str) -> OnNews:
        def hear(news: TrainerNews, _blobs: Sequence[bytearray]) -> None:
            self._hear(training_id, news)

        return hear

    def _hear(self, training_id: str, news: TrainerNews) -> None:
        one = self.value.find(training_id)
        if one is None:
            return
        match news:
            case DeviceChosen():
                self._change(training_id, device=news.device.name)
            case Preparing():
                self._change(training_id, doing=news.stage, fraction=news.fraction)
            case TrainingProgress():
                self._change(
                    training_id,
                    doing="",
                    step=news.step,
                    seconds_left=news.seconds_left or None,
                )
            case Curves():
                self._change(
                    training_id,
                    losses=news.losses,
                    validation=news.validation,
                    best_step=news.best_step,
                )
            case Samples():
                steps = sorted({*one.samples, news.step})
                self._change(training_id, samples=tuple(steps))
            case Heartbeat():
                self._change(training_id, resident=news.resident)
            case _:
                pass

    # --- the shelf ------------------------------------------------------------------------------

    async def _look(self, ended: str = "") -> list[ShelvedTraining]:
        """Show what lies on the shelf; the training `ended` runs here no more from then on."""
        found = await asyncio.to_thread(self._shelf.list)
        read = await asyncio.to_thread(lambda: [_shown(each) for each in found])
        self._runs.pop(ended, None)
        here = {one.id: one for one in self.value.trainings if one.is_here and one.id != ended}
        begun = [one for one in here.values() if all(one.id != each.id for each in read)]
        shown = [here.get(each.id) or self._with_device(each) for each in read]
        self.replace(TrainingList((*begun, *shown), loaded=True))
        return found

    def _with_device(self, one: ShownTraining) -> ShownTraining:
        known = self.value.find(one.id)
        return msgspec.structs.replace(one, device=known.device) if known else one

    async def _delete(self, training_id: str) -> None:
        one = self.value.find(training_id)
        if one is None:
            return
        if one.is_queued:
            self._end(training_id, "pause")
        await asyncio.to_thread(self._shelf.trash, training_id)
        await self._look()
        self._notices.inform(
            f"The training of “{one.plan.name}” was deleted; its style stays.",
            step=NextStep.UNDO_TRAINING,
            subject=training_id,
        )

    async def _restore(self, training_id: str) -> None:
        await asyncio.to_thread(self._shelf.restore, training_id)
        await self._look()

    def _offer(self, left: Sequence[ShelvedTraining]) -> None:
        first = left[0]
        if len(left) == 1:
            text = (
                f"The training of “{first.plan.name}” is paused at step {first.status.step} of "
                f"{first.plan.settings.steps}."
            )
        else:
            text = f"{len(left)} trainings are paused; resume them in the Styles place."
        self._notices.inform(text, step=NextStep.RESUME_TRAINING, subject=first.plan.id)

    # --- inside ---------------------------------------------------------------------------------

    def _change(self, training_id: str, **changes: object) -> None:
        before = self.value.trainings
        after = tuple(
            msgspec.structs.replace(one, **changes) if one.id == training_id else one
            for one in before
        )
        if after != before:
            self.replace(TrainingList(after, self.value.loaded))
            self.moved.emit(training_id)

    def _settings_changed(self, settings: Settings, fields: frozenset[str]) -> None:
        if {"device", "precision"} & fields:
            self._trainer.use(settings.device, settings.precision)


def _shown(shelved: ShelvedTraining) -> ShownTraining:
    """A training as it lies on the shelf. Blocks."""
    state = newest_state(shelved.folder)
    status = shelved.status
    return ShownTraining(
        plan=shelved.plan,
        folder=shelved.folder,
        stage=status.stage,
        step=max(status.step, state.step),
        message=status.message,
        losses=state.losses,
        validation=state.validation,
        best_step=state.best_step,
        seconds=state.seconds,
        samples=sample_steps(shelved.folder),
        report=report_or_none(shelved.folder),
        has_card=TrainingFolder(shelved.folder).has_card,
    )


def _note(folder: Path, status: TrainingStatus) -> None:
    """The trainer may be gone without having said what happened; a full disk may stay silent."""
    with suppress(TrainingError):
        TrainingFolder(folder).write_status(status)


def _want(folder: Path, is_wanted: bool) -> None:
    """Note that it is to run; where the disk is full the training itself will say so."""
    with suppress(TrainingError):
        TrainingFolder(folder).want(is_wanted)
