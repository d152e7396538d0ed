"""Lending the worker's device to a training, where there is no room for both."""

import psutil

from maquette.core.training import TrainingPlan
from maquette.core.training_presets import needs_of
from maquette.engine.client import EngineClient
from maquette.engine.status import EngineStatus

_GIB = 1 << 30
_MARGIN = 2 * _GIB  # bytes of a GPU that a picture may take beside the training


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
            await self._client.rest(
                f"The device is training “{plan.name}”; pictures are made when that is paused or "
                "done."
            )

    async def take_back(self) -> None:
        """Have the worker back, if it rests."""
        await self._client.wake()


def has_room(status: EngineStatus, plan: TrainingPlan, available: int) -> bool:
    """Whether `plan` fits beside the worker, with `available` bytes of main memory."""
    needed, device = needs_of(plan).memory, status.device
    if device is None or device.kind != "cuda":
        return needed <= available
    return needed + _MARGIN <= device.memory_total - status.device_used
