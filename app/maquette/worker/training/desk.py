"""A training from the outside: its turn, its status in the folder, and events for who listens."""

import contextlib
import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence

import msgspec
import psutil
import torch
from filelock import FileLock, Timeout

from maquette.core.errors import FailureCode, MaquetteError, TrainingError
from maquette.core.training import TrainingStage, TrainingState, TrainingStatus
from maquette.core.training_files import TURN_LOCK, TrainingFolder
from maquette.protocol.framing import Bytes
from maquette.protocol.messages import Blob, Device, Failed, Message
from maquette.protocol.trainer_messages import (
    Checkpointed,
    Curves,
    EndingWish,
    PausedTraining,
    Preparing,
    Samples,
    Trained,
    TrainingProgress,
)
from maquette.worker.loop import failure
from maquette.worker.memory import is_out_of_memory
from maquette.worker.training.samples import Sample
from maquette.worker.training.trainer import StyleTrainer, TrainingPaused

Send = Callable[..., None]
"""Sends a message and its blobs, as `Channel.send`."""

_TELL_EVERY = 0.2  # seconds between two words about progress
_LOOK_EVERY = 0.5  # seconds between two looks whether the other training has ended

_log = logging.getLogger(__name__)


def train(
    job: str,
    folder: TrainingFolder,
    device: Device,
    send: Send,
    wish: Callable[[], EndingWish | None],
) -> Message:
    """Train what is planned in `folder` when its turn comes; returns the conclusion.

    News go out by `send`. Never raises for what goes wrong.
    """
    events = Events(job, folder, send)
    turn = its_turn(folder, events, wish) if _leads() else contextlib.nullcontext()
    try:
        with turn:
            return _train_now(job, folder, device, events, wish)
    except TrainingPaused as paused:
        return PausedTraining(job=job, step=paused.step)
    except Exception as error:
        return failed(job, error)


def _train_now(
    job: str,
    folder: TrainingFolder,
    device: Device,
    events: "Events",
    wish: Callable[[], EndingWish | None],
) -> Message:
    before = folder.status()
    if before.stage == TrainingStage.DONE:
        return Trained(job=job, report=folder.report())
    events.step = before.step
    own = psutil.Process()
    running = TrainingStatus(
        TrainingStage.RUNNING, before.step, process=own.pid, began=own.create_time()
    )
    _note(folder, running)
    folder.log(f"started on {device.name}, {device.precision}")
    try:
        report = StyleTrainer(folder, device, events, wish).run()
    except TrainingPaused as paused:
        step = max(paused.step, before.step)
        _note(folder, TrainingStatus(TrainingStage.PAUSED, step))
        return PausedTraining(job=job, step=step)
    except Exception as error:
        told = failed(job, error)
        _note(folder, TrainingStatus(TrainingStage.FAILED, events.step, told.message))
        return told
    _note(folder, TrainingStatus(TrainingStage.DONE, report.steps))
    return Trained(job=job, report=report)


@contextlib.contextmanager
def its_turn(
    folder: TrainingFolder, events: "Events", wish: Callable[[], EndingWish | None]
) -> Iterator[None]:
    """Within the block no other training runs, of whatever program of this user.

    The lock goes with the process that holds it, however that ends.

    Raises:
        TrainingPaused: an end was wished for while another training ran.
        TrainingError: the folder cannot be written.
    """
    lock = FileLock(folder.path.parent / TURN_LOCK)
    while True:
        try:
            lock.acquire(timeout=_LOOK_EVERY)
            break
        except Timeout:
            events.preparing("Waiting for another training to end", 0.0)
        except OSError as error:
            raise folder.write_error(error) from error
        if wish() is not None:
            raise TrainingPaused(folder.status().step)
    try:
        yield
    finally:
        lock.release()


class Events:
    """Tells a training's news in messages, and its folder's log of some."""

    def __init__(self, job: str, folder: TrainingFolder, send: Send) -> None:
        self._job = job
        self._folder = folder
        self._send = send
        self._told = 0.0
        self.step = 0  # of the newest checkpoint

    def preparing(self, stage: str, fraction: float) -> None:
        self._send(Preparing(job=self._job, stage=stage, fraction=fraction))

    def progress(self, step: int, total: int, loss: float, seconds_left: float) -> None:
        now = time.monotonic()
        if now - self._told < _TELL_EVERY and step < total:
            return
        self._told = now
        self._send(
            TrainingProgress(
                job=self._job, step=step, total=total, loss=loss, seconds_left=seconds_left
            )
        )

    def curves(self, state: TrainingState) -> None:
        if state.validation:
            loss = state.validation[-1].loss
            self._folder.log(f"step {state.step}: validation {loss:.5f}, best {state.best_step}")
        self._send(
            Curves(
                job=self._job,
                losses=state.losses,
                validation=state.validation,
                best_step=state.best_step,
            )
        )

    def checkpointed(self, step: int) -> None:
        self.step = step
        self._send(Checkpointed(job=self._job, step=step))

    def sampled(self, step: int, samples: Sequence[Sample]) -> None:
        pictures = tuple(Blob(i, each.pixels.shape) for i, each in enumerate(samples))
        blobs: tuple[Bytes, ...] = tuple(each.pixels.data for each in samples)
        prompts = tuple(each.prompt for each in samples)
        self._send(Samples(job=self._job, step=step, prompts=prompts, pictures=pictures), blobs)


def failed(job: str, error: Exception) -> Failed:
    """`error` as the one sentence that the user reads."""
    if is_out_of_memory(error):
        return Failed(
            job=job,
            code=FailureCode.OUT_OF_MEMORY,
            message="Memory ran out while the style was trained; please close other programs and "
            "resume the training.",
            detail=repr(error),
        )
    if isinstance(error, TrainingError):
        code = FailureCode.INTERNAL
        return Failed(job=job, code=code, message=error.message, detail=error.detail)
    return failure(job, error)


def for_training(device: Device) -> Device:
    """`device` with a precision that learning stands: bf16 for fp16 where the device has it.

    The gradients of fp16 need scaling, and Apple's GPUs have no mixed precision for it.
    """
    if device.kind == "mps":
        return msgspec.structs.replace(device, precision="fp32")
    if device.precision == "fp16" and device.kind == "cuda" and torch.cuda.is_bf16_supported():
        return msgspec.structs.replace(device, precision="bf16")
    return device


def _leads() -> bool:
    """Whether this is the first of the processes that train together, or the only one."""
    return os.environ.get("RANK", "0") == "0"


def _note(folder: TrainingFolder, status: TrainingStatus) -> None:
    if not _leads():
        return
    folder.log(f"{status.stage} at step {status.step} {status.message}".rstrip())
    try:
        folder.write_status(status)
    except MaquetteError as error:
        _log.warning("the training's status cannot be written: %s", error.detail)
