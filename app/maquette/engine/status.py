"""What is told of the engine in one value."""

from enum import StrEnum

import msgspec

from maquette.core.model_info import ModelInfo
from maquette.protocol.messages import Device


class EnginePhase(StrEnum):
    """What the worker is doing."""

    STARTING = "starting"  # the process is being spawned
    IMPORTING = "importing"  # it runs and imports torch
    LOADING = "loading"  # a model becomes resident
    READY = "ready"
    BUSY = "busy"
    RESTARTING = "restarting"  # it ended and is started again
    RESTING = "resting"  # it ended to free the device, and is started again when that is over
    FAILED = "failed"  # it ended and waits for the next request
    CLOSED = "closed"


class EngineStatus(msgspec.Struct, frozen=True):
    """One value for the status bar and the doctor.

    `message` is a sentence or a stage in words, or "". `fraction` is 0 to 1 while a stage is
    measured. Memory is in bytes, as of the last heartbeat.
    """

    phase: EnginePhase
    message: str = ""
    fraction: float | None = None
    device: Device | None = None
    model: ModelInfo | None = None
    resident: int = 0
    device_used: int = 0
