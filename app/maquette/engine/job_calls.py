"""Jobs between request and answer, as the client sees them."""

from collections.abc import Callable, Sequence

from maquette.core.errors import JobCancelled, MaquetteError
from maquette.engine.pending import (
    MadeImage,
    PendingJob,
    error_of,
    made_of,
    preview_of,
    send_unsent,
)
from maquette.protocol.framing import Bytes
from maquette.protocol.messages import Cancelled, Failed, Finished, Generate, Progress, Started

Send = Callable[[Generate, Sequence[Bytes]], None]


class JobCalls:
    """All jobs that have no conclusion yet, in the order they were asked for."""

    def __init__(self) -> None:
        self._calls: dict[str, PendingJob] = {}

    @property
    def waiting(self) -> bool:
        """Whether a job has no conclusion yet."""
        return bool(self._calls)

    @property
    def running(self) -> bool:
        """Whether a worker has begun with one of them."""
        return any(call.started for call in self._calls.values())

    @property
    def sent(self) -> bool:
        """Whether a worker has one of them."""
        return any(call.sent for call in self._calls.values())

    def begin(self, call: PendingJob) -> None:
        """Wait for the conclusion of `call` from now on."""
        self._calls[call.request.job] = call

    def find(self, job: str) -> PendingJob | None:
        """The job of that id, if it has no conclusion yet."""
        return self._calls.get(job)

    def send(self, send: Send) -> None:
        """Send those that wait for a worker."""
        send_unsent(self._calls.values(), send, self.settle)

    def hear(
        self, event: Started | Progress | Finished | Cancelled | Failed, blobs: list[bytearray]
    ) -> None:
        """Tell whoever waits for the job what the worker says of it."""
        call = self._calls.get(event.job)
        if call is None:
            return  # it was concluded here already
        match event:
            case Started():
                call.started = True
                if call.on_started:
                    call.on_started()
            case Progress():
                if call.on_progress and not call.made.done() and not call.cancelled:
                    call.on_progress(event.step, event.total, preview_of(event, blobs))
            case Finished():
                self.settle(call, made_of(event, blobs))
            case Cancelled():
                self.settle(call, JobCancelled("The job was cancelled."))
            case Failed():
                self.settle(call, error_of(event))

    def settle(self, call: PendingJob, result: MadeImage | MaquetteError) -> None:
        """Conclude a job; one that was to be cancelled has not failed."""
        self._calls.pop(call.request.job, None)
        if call.made.done():
            return  # whoever waited for it was cancelled
        if isinstance(result, MadeImage):
            call.made.set_result(result)
        elif call.cancelled:
            call.made.set_exception(JobCancelled("The job was cancelled."))
        else:
            call.made.set_exception(result)

    def fail(self, error: MaquetteError) -> None:
        """Conclude all jobs with `error`."""
        for call in list(self._calls.values()):
            self.settle(call, error)

    def worker_died(self, error: MaquetteError, *, restarts: bool) -> None:
        """Conclude those that went down with the worker; the next one gets the others.

        Args:
            restarts: whether there will be a next one.
        """
        for call in list(self._calls.values()):
            if call.started or call.cancelled or not restarts:
                self.settle(call, error)
            call.sent = False
