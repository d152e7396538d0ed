"""Requests to events: what the worker does with each request, without any input or output.

Every Generate ends in exactly one of Finished, Cancelled, Failed; every Load in Loaded or Failed;
every Live in LivePicture, LiveSkipped or LiveFailed.
"""

import logging
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from maquette.core.errors import (
    FailureCode,
    InputError,
    JobCancelled,
    JobFailed,
    ModelError,
)
from maquette.core.model_info import ModelInfo
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.protocol.framing import Bytes
from maquette.protocol.messages import (
    Blob,
    Cancelled,
    Event,
    Failed,
    Generate,
    Live,
    LiveFailed,
    LiveSkipped,
    Load,
    Loaded,
    Loading,
    Progress,
    Started,
)
from maquette.worker.cancel import CancelToken
from maquette.worker.finish import Finisher, Seal, Unsealed
from maquette.worker.following import fidelity_of
from maquette.worker.live import live_picture
from maquette.worker.made import Made
from maquette.worker.received import sources_of

_QUICKLY_MEASURED = 2**17  # pixels; how well a larger picture follows is told when the pen rests

_log = logging.getLogger(__name__)


class Maker(Protocol):
    """What makes images; see studio.Studio."""

    def load(
        self, model: str, token: CancelToken, report: Callable[[str, float], None]
    ) -> ModelInfo: ...

    def make(
        self,
        recipe: Recipe,
        start: Pixels | None,
        token: CancelToken,
        on_step: Callable[[int, int, Callable[[], Pixels | None]], None],
        images: Mapping[str, Pixels],
    ) -> Made: ...


class Outlet(Protocol):
    """Where events go; see channel.Channel."""

    def send(self, event: Event, blobs: Sequence[Bytes] = ()) -> None: ...

    def wants_progress(self) -> bool: ...


class WorkerLoop:
    """Handles one request after the other; pictures are finished beside the next one."""

    def __init__(
        self, maker: Maker, outlet: Outlet, seal: Seal, concluded: Callable[[str], None]
    ) -> None:
        """`concluded` is told each job whose conclusion was sent."""
        self._maker = maker
        self._outlet = outlet
        self._concluded = concluded
        self._resident = ""
        self.device_lost = False  # nothing more can be made in this process
        self._finisher = Finisher(seal, self._conclude)

    def handle(
        self, request: Load | Generate | Live, blobs: Sequence[Bytes], token: CancelToken
    ) -> None:
        """Do what `request` asks. Never raises, except what ends the process."""
        match request:
            case Load():
                self._load(request, token)
            case Generate():
                self._generate(request, blobs, token)
            case Live():
                self._live(request, blobs, token)

    def close(self) -> None:
        """Finish the pictures that are made."""
        self._finisher.close()

    def _load(self, request: Load, token: CancelToken) -> None:
        try:
            self._make_resident(request.model, token)
        except Exception as error:
            failed = failure("", error)
            self.device_lost = failed.code == FailureCode.DEVICE
            self._outlet.send(failed)
        self._concluded("")

    def _make_resident(self, model: str, token: CancelToken) -> None:
        start = time.perf_counter()

        def report(stage: str, fraction: float) -> None:
            self._outlet.send(Loading(model=model, stage=stage, fraction=fraction))

        self._resident = ""
        info = self._maker.load(model, token, report)
        self._resident = model
        self._outlet.send(Loaded(info=info, seconds=time.perf_counter() - start))

    def _generate(self, request: Generate, blobs: Sequence[Bytes], token: CancelToken) -> None:
        job, recipe = request.job, request.recipe
        try:
            token.check()
            self._outlet.send(Started(job=job))
            sources = sources_of(request, blobs)
            if recipe.model.id != self._resident:
                self._make_resident(recipe.model.id, token)
            pixels = sources.start.pixels if sources.start else None
            on_step = self._on_step(request)
            made = self._maker.make(recipe, pixels, token, on_step, sources.images)
        except JobCancelled:
            self._conclude(job, Cancelled(job=job), ())
        except Exception as error:
            failed = failure(job, error)
            self.device_lost = failed.code == FailureCode.DEVICE
            self._conclude(job, failed, ())
        else:
            self._finisher.finish(Unsealed(request, made, sources, token))

    def _live(self, request: Live, blobs: Sequence[Bytes], token: CancelToken) -> None:
        recipe, began = request.recipe, time.perf_counter()
        try:
            token.check()
            sources = sources_of(request, blobs)
            if recipe.model.id != self._resident:
                self._make_resident(recipe.model.id, token)
            pixels = sources.start.pixels if sources.start else None
            made = self._maker.make(recipe, pixels, token, lambda *_: None, sources.images)
            is_quick = recipe.width * recipe.height <= _QUICKLY_MEASURED
            fidelity = fidelity_of(made, sources) if request.refine or is_quick else None
            event, picture = live_picture(request, made, fidelity, began)
        except JobCancelled:
            self._outlet.send(LiveSkipped(sequence=request.sequence))
        except Exception as error:
            told = failure("", error)
            self.device_lost = told.code == FailureCode.DEVICE
            self._outlet.send(
                LiveFailed(
                    sequence=request.sequence,
                    code=told.code,
                    message=told.message,
                    detail=told.detail,
                )
            )
        else:
            self._outlet.send(event, picture)

    def _on_step(
        self, request: Generate
    ) -> Callable[[int, int, Callable[[], Pixels | None]], None]:
        def on_step(step: int, total: int, preview: Callable[[], Pixels | None]) -> None:
            # A preview that would be dropped anyway is not computed: it would wait for the GPU.
            due = self._outlet.wants_progress()
            pixels = preview() if request.preview and due else None
            if pixels is None:
                self._outlet.send(Progress(job=request.job, step=step, total=total))
            else:
                blob = Blob(0, pixels.shape)
                event = Progress(job=request.job, step=step, total=total, preview=blob)
                self._outlet.send(event, (pixels.data,))

        return on_step

    def _conclude(self, job: str, event: Event, blobs: Sequence[Bytes]) -> None:
        self._outlet.send(event, blobs)
        self._concluded(job)


def failure(job: str, error: Exception) -> Failed:
    """`error` as the one sentence that the user reads."""
    if isinstance(error, JobCancelled):
        code, message = FailureCode.INTERNAL, "Loading was stopped."
        return Failed(job=job, code=code, message=message)
    if isinstance(error, JobFailed):
        return Failed(job=job, code=error.code, message=error.message, detail=error.detail)
    if isinstance(error, InputError):
        is_model = isinstance(error, ModelError)
        code = FailureCode.MODEL if is_model else FailureCode.BAD_INPUT
        return Failed(job=job, code=code, message=error.message, detail=error.detail)
    _log.error("request failed", exc_info=error)
    words = str(error).strip().splitlines()
    reason = words[0][:200] if words else type(error).__name__
    return Failed(
        job=job,
        code=FailureCode.INTERNAL,
        message=f"Something inside Maquette went wrong ({reason}); please try again.",
        detail="".join(traceback.format_exception(error)),
    )
