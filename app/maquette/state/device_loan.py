"""Lending the worker's device to a training, where there is no room for both."""

import psutil
from PySide6.QtCore import QObject

from maquette.core.job import ACTIVE, JobState
from maquette.core.training import TrainingPlan
from maquette.core.training_presets import needs_of
from maquette.engine.client import EngineClient
from maquette.engine.status import EnginePhase, EngineStatus
from maquette.state.engine_status import EngineStatusStore
from maquette.state.jobs import Jobs
from maquette.state.notices import NextStep, Notices
from maquette.state.trainings import Trainings

_GIB = 1 << 30
_MARGIN = 2 * _GIB  # bytes of a GPU that a picture may take beside the training


class LoanNotices(QObject):
    """Tells who asks for a picture meanwhile what it waits for, once for each training."""

    def __init__(
        self,
        jobs: Jobs,
        engine: EngineStatusStore,
        trainings: Trainings,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._engine = engine
        self._trainings = trainings
        self._notices = notices
        self._told = False
        jobs.list.changed.connect(lambda *_: self._tell())
        engine.changed.connect(lambda *_: self._tell())

    def _tell(self) -> None:
        if self._engine.value.phase is not EnginePhase.RESTING:
            self._told = False
            return
        running = self._trainings.running
        queue = self._jobs.list.value
        awaited = ACTIVE if queue.paused else ACTIVE | {JobState.QUEUED}
        waits = any(job.state in awaited for job in queue.jobs)
        if waits and running is not None and not self._told:
            self._told = True
            self._notices.inform(
                lent_to(running.plan), step=NextStep.PAUSE_TRAINING, subject=running.id
            )


class DeviceLoan:
    """The worker ends for a training that needs its memory, and is there again afterwards.

    What is asked for meanwhile waits.
    """

    def __init__(self, client: EngineClient) -> None:
        self._client = client

    async def lend(self, plan: TrainingPlan, *, must: bool) -> None:
        """Free the device if `plan` does not fit beside the worker, or it `must` be free.

        What is being made comes to its end before.
        """
        if must or not has_room(self._client.status, plan, psutil.virtual_memory().available):
            await self._client.rest(lent_to(plan))

    async def take_back(self) -> None:
        """Have the worker back, if it rests."""
        await self._client.wake()


def lent_to(plan: TrainingPlan) -> str:
    """What the device does instead of making pictures, in a sentence."""
    return f"The device is training “{plan.name}”; pictures are made when that is paused or done."


def has_room(status: EngineStatus, plan: TrainingPlan, available: int) -> bool:
    """Whether `plan` fits beside the worker, with `available` bytes of main memory."""
    needed, device = needs_of(plan).memory, status.device
    if device is None or device.kind != "cuda":
        return needed <= available
    return needed + _MARGIN <= device.memory_total - status.device_used
