"""The client of one worker: load models, make images, cancel; asyncio, on any event loop."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from maquette.core.errors import (
    JobCancelled,
    WorkerDied,
)
from maquette.core.marking import DEFAULT_ENCODING, DEFAULT_MARKING, FileEncoding, Marking
from maquette.core.model_info import ModelInfo
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.core.start import Start
from maquette.engine.job_calls import JobCalls
from maquette.engine.link import worker_command
from maquette.engine.live_calls import LiveCalls, LiveMade
from maquette.engine.model_calls import ModelCalls
from maquette.engine.pending import (
    MadeImage,
    OnProgress,
    PendingJob,
    error_of,
    request_for,
)
from maquette.engine.status import EnginePhase, EngineStatus
from maquette.engine.status_board import StatusBoard
from maquette.engine.supervise import Death, Supervisor
from maquette.protocol.messages import (
    Cancel,
    Cancelled,
    DeviceChosen,
    Event,
    Failed,
    Finished,
    Heartbeat,
    LiveFailed,
    LivePicture,
    LiveSkipped,
    Load,
    Loaded,
    Loading,
    Progress,
    Ready,
    Started,
    StopLive,
)

CANCEL_TIMEOUT = 5.0  # seconds after which a worker that does not stop a job is killed


class EngineClient:
    """Talks to one local worker, which is started again when it ends.

    All methods belong to the thread of the event loop.
    """

    def __init__(
        self,
        *,
        device: str = "auto",
        precision: str = "auto",
        command: Sequence[str] | None = None,
    ) -> None:
        """`command` replaces the command line of the local worker (tests, remote workers)."""
        self._command = list(command) if command else worker_command(device, precision)
        self._board = StatusBoard(EngineStatus(EnginePhase.CLOSED))
        self._jobs = JobCalls()
        self._models = ModelCalls()
        self._live = LiveCalls()
        self._supervisor: Supervisor | None = None
        self._listening = False  # the worker has said Ready and takes requests
        self._ending = asyncio.Lock()
        self._restarting = False  # between two workers: what is asked for now goes to the next
        self._resting = False  # no worker until `wake`, or none soon: requests wait
        self._idle = asyncio.Event()  # no worker has a job

    @property
    def status(self) -> EngineStatus:
        """What the engine is doing now."""
        return self._board.value

    @property
    def worker_pid(self) -> int | None:
        """The worker's process id; None while there is no process."""
        return self._supervisor.pid if self._supervisor else None

    def subscribe(self, listener: Callable[[EngineStatus], None]) -> Callable[[], None]:
        """Call `listener` with every new status; the returned function ends that."""
        return self._board.subscribe(listener)

    async def start(self) -> None:
        """Spawn the worker and keep one running until `close`."""
        if self._supervisor is None:
            self._supervisor = Supervisor(
                self._command, self._on_event, self._on_death, self._on_spawn
            )
            self._supervisor.ensure_running()

    async def restart(self, *, device: str, precision: str) -> None:
        """End the worker and start one on another device; jobs on their way are cancelled.

        Of several calls at once the last one's device is used.
        """
        self._command = worker_command(device, precision)
        if self._resting:
            return  # the worker that comes after is the new one
        self._restarting = True
        await self._end_worker(EnginePhase.RESTARTING)
        if self._restarting:  # neither closed nor started meanwhile
            self._restarting = False
            await self.start()

    async def rest(self, message: str) -> None:
        """End the worker once it has made what it is at, so that all of its memory is free.

        What is asked for from now on waits until `wake`. Does nothing if it rests already.

        Args:
            message: one sentence about what the device is free for.
        """
        if self._resting or self._supervisor is None:
            return
        self._resting = True
        self._board.show(message=message)
        self._look_whether_idle()
        await self._idle.wait()
        supervisor = self._supervisor
        if supervisor is None or not self._resting:
            return  # closed meanwhile, or woken
        self._supervisor = None
        supervisor.part()
        self._listening = False
        self._live.fail(JobCancelled("The engine was closed."), only_sent=True)
        async with self._ending:
            await supervisor.close()
        self._board.show(
            phase=EnginePhase.RESTING,
            message=message,
            fraction=None,
            device=None,
            resident=0,
            device_used=0,
        )

    async def wake(self) -> None:
        """Start a worker again, which gets what waited. Does nothing if it does not rest."""
        if not self._resting:
            return
        self._resting = False
        self._idle.set()
        async with self._ending:  # the one before is gone
            if self._supervisor is None:
                await self.start()
            else:
                self._send_what_waits()

    async def load(self, model: str) -> ModelInfo:
        """Make `model` ("maquette-mini" or a path) resident.

        Raises:
            ModelError: it cannot be used.
            JobFailed: memory or the device failed.
            JobCancelled: the client was closed or restarted.
            WorkerDied: the worker ended meanwhile.
        """
        self._require_open()
        future = self._models.begin(model)
        if self._supervisor:
            self._supervisor.ensure_running()
            if self._takes_requests:
                self._supervisor.send(Load(model=model))
        return await future

    async def generate(
        self,
        job: str,
        record_id: str,
        recipe: Recipe,
        *,
        start: Start | None = None,
        images: Mapping[str, Pixels] | None = None,
        marking: Marking = DEFAULT_MARKING,
        encoding: FileEncoding = DEFAULT_ENCODING,
        preview: bool = True,
        on_started: Callable[[], None] | None = None,
        on_progress: OnProgress | None = None,
    ) -> MadeImage:
        """Make the image of `recipe`; waits for the worker, which loads the recipe's model.

        Args:
            job: any id that no other job on its way has.
            start: the start image, when the recipe has one.
            images: what the recipe names beside, by digest, RGB of the recipe's size.
            marking: which marks the file gets.
            encoding: what it is saved as.
            on_started: called when the worker begins with this job.

        Raises:
            JobCancelled: `cancel` was called, or the client was closed.
            JobFailed: with one sentence.
            WorkerDied: the worker ended while it made this image.
        """
        self._require_open()
        request, blobs = request_for(
            job,
            record_id,
            recipe,
            start,
            images or {},
            marking=marking,
            encoding=encoding,
            preview=preview,
        )
        waiting = PendingJob(request, blobs, on_started, on_progress)
        self._jobs.begin(waiting)
        if self._supervisor:
            self._supervisor.ensure_running()
            if self._takes_requests:
                self._jobs.send(self._supervisor.send)
        try:
            return await waiting.made
        except asyncio.CancelledError:
            self.cancel(job)
            raise

    def cancel(self, job: str) -> None:
        """Stop `job`. If the worker does not answer in 5 s, it is killed and started again."""
        waiting = self._jobs.find(job)
        if waiting is None or waiting.cancelled:
            return
        waiting.cancelled = True
        if not waiting.sent or self._supervisor is None:
            self._jobs.settle(waiting, JobCancelled("The job was cancelled."))
            return
        self._supervisor.send(Cancel(job=job))
        asyncio.get_running_loop().call_later(CANCEL_TIMEOUT, self._insist, waiting)

    async def live(
        self,
        recipe: Recipe,
        *,
        start: Start | None = None,
        images: Mapping[str, Pixels] | None = None,
        refine: bool = False,
    ) -> LiveMade | None:
        """Make a picture to look at, before those that wait; None if a newer call overtook it.

        A newer call stops an older one at its next step, so whoever wants to see pictures during
        a long stroke asks for the next one when the last is there.

        Args:
            start: the start image, when the recipe has one.
            images: what the recipe names beside, by digest, RGB of the recipe's size.
            refine: the pen rests; how well a large picture follows the sketch is measured too.

        Raises:
            JobFailed: with one sentence.
            JobCancelled: the client was closed or restarted.
            WorkerDied: the worker ended while it made this picture.
        """
        self._require_open()
        call = self._live.begin(recipe, start, images or {}, refine)
        if self._supervisor:
            self._supervisor.ensure_running()
            if self._takes_requests:
                self._live.send(self._supervisor.send)
        try:
            return await call.made
        except asyncio.CancelledError:
            if self._live.forget(call):
                self.stop_live()
            raise

    def stop_live(self) -> None:
        """Nobody looks at live pictures any more: calls that have no answer yet give None."""
        self._live.stop()
        if self._supervisor and self._listening:
            self._supervisor.send(StopLive())

    async def close(self) -> None:
        """Cancel everything and end the worker; leaves no process behind."""
        self._restarting = self._resting = False
        self._idle.set()
        await self._end_worker(EnginePhase.CLOSED)

    async def _end_worker(self, phase: EnginePhase) -> None:
        supervisor, self._supervisor = self._supervisor, None
        self._jobs.fail(JobCancelled("The job was cancelled."))
        self._models.fail(JobCancelled("The engine was closed."))
        self._live.fail(JobCancelled("The engine was closed."))
        self._listening = False
        async with self._ending:  # whoever closes waits for a restart to have ended its worker
            if supervisor:
                await supervisor.close()
            if self._supervisor is None:  # else another restart has started one already
                self._board.show(phase=phase, message="", fraction=None, device=None, model=None)

    @property
    def _takes_requests(self) -> bool:
        return self._listening and not self._resting

    def _send_what_waits(self) -> None:
        if self._supervisor and self._takes_requests:
            for name in self._models.models:
                self._supervisor.send(Load(model=name))
            self._jobs.send(self._supervisor.send)
            self._live.send(self._supervisor.send)

    def _look_whether_idle(self) -> None:
        if self._jobs.sent:
            self._idle.clear()
        else:
            self._idle.set()

    def _require_open(self) -> None:
        if self._supervisor is None and not (self._restarting or self._resting):
            raise WorkerDied("The engine is closed.")

    def _insist(self, waiting: PendingJob) -> None:
        if self._jobs.find(waiting.request.job) is waiting and self._supervisor:
            self._supervisor.kill("The worker did not stop the job, so it is started again.")

    # --- what the worker says -------------------------------------------------------------------

    def _on_spawn(self) -> None:
        self._board.show(phase=EnginePhase.STARTING, message="", fraction=None)

    def _on_event(self, event: Event, blobs: list[bytearray]) -> None:
        match event:
            case Ready():
                self._on_ready()
            case DeviceChosen():
                self._board.show(message="", fraction=None, device=event.device)
                self._show_activity()
            case Loading():
                self._board.show(
                    phase=EnginePhase.LOADING, message=event.stage, fraction=event.fraction
                )
            case Loaded():
                self._on_loaded(event)
            case Heartbeat():
                self._board.show(resident=event.resident, device_used=event.device_used)
            case Failed(job=""):
                self._on_load_failed(event)
            case LivePicture() | LiveSkipped() | LiveFailed():
                self._on_live(event, blobs)
            case Started() | Progress() | Finished() | Cancelled() | Failed():
                self._on_job(event, blobs)

    def _on_ready(self) -> None:
        """Send what waits; the worker reads weights from disk while it imports torch."""
        model = self.status.model
        self._board.show(phase=EnginePhase.IMPORTING, message="", fraction=None)
        if self._supervisor is None:
            return
        self._listening = True
        self._send_what_waits()
        has_work = self._models.models or self._jobs.waiting or self._live.waiting
        if model and not has_work and not self._resting:
            self._supervisor.send(Load(model=model.id))  # warm again after a restart

    def _on_loaded(self, event: Loaded) -> None:
        self._board.show(model=event.info)
        self._show_activity()
        if self._supervisor:
            self._supervisor.succeeded()
        self._models.loaded(event.info)

    def _on_load_failed(self, event: Failed) -> None:
        if self._supervisor and self.status.device is None:
            # Without a device it can do nothing, and it would find none next time either.
            self._supervisor.give_up(event.message)
            return
        self._board.show(model=None)
        self._show_activity(event.message)
        self._models.fail_oldest(error_of(event))

    def _on_job(
        self, event: Started | Progress | Finished | Cancelled | Failed, blobs: list[bytearray]
    ) -> None:
        is_known = self._jobs.find(event.job) is not None
        self._jobs.hear(event, blobs)
        if self._supervisor and is_known and isinstance(event, Finished):
            self._supervisor.succeeded()
        if is_known and not isinstance(event, Progress):
            self._show_activity()
            self._look_whether_idle()

    def _on_live(
        self, event: LivePicture | LiveSkipped | LiveFailed, blobs: list[bytearray]
    ) -> None:
        if self._supervisor and isinstance(event, LivePicture):
            self._supervisor.succeeded()
        self._live.hear(event, blobs)
        if self.status.phase == EnginePhase.LOADING:  # a model that it needed
            self._show_activity()

    def _on_death(self, death: Death) -> None:
        self._listening = False
        error = WorkerDied(death.message, death.detail)
        loading = self.status.phase == EnginePhase.LOADING
        self._models.fail(error)
        self._live.fail(error, only_sent=death.restarts)
        self._jobs.worker_died(error, restarts=death.restarts)
        self._look_whether_idle()
        self._board.show(
            phase=EnginePhase.RESTARTING if death.restarts else EnginePhase.FAILED,
            message=death.message,
            fraction=None,
            device=None,
            # A model that may have brought the worker down is not loaded again unasked.
            model=None if loading else self.status.model,
            resident=0,
            device_used=0,
        )

    # --- the status -----------------------------------------------------------------------------

    def _show_activity(self, message: str = "") -> None:
        """READY or BUSY, by whether a job is running."""
        if self.status.device and self._supervisor:
            phase = EnginePhase.BUSY if self._jobs.running else EnginePhase.READY
            self._board.show(phase=phase, message=message, fraction=None)
