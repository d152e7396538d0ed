"""Finishing: watermark, encoding and self-check, in a thread beside the next job's denoising."""

import datetime
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence

import maquette
from maquette.core.errors import FailureCode, JobCancelled, JobFailed
from maquette.core.record import Record, SourceType
from maquette.protocol.framing import Bytes
from maquette.protocol.messages import Blob, Cancelled, Event, Failed, Finished, Generate
from maquette.provenance.seal import Sealed
from maquette.worker.cancel import CancelToken
from maquette.worker.made import Made

Conclude = Callable[[str, Event, Sequence[Bytes]], None]
"""Sends a job's conclusion: job, event, blobs."""

Seal = Callable[..., Sealed]
"""provenance.seal.seal"""

_WAITING = 2  # finished pictures that may wait for the thread before denoising waits for it

_log = logging.getLogger(__name__)


class Finisher:
    """Seals pictures in the order in which they come, and concludes their jobs."""

    def __init__(self, seal: Seal, conclude: Conclude) -> None:
        self._seal = seal
        self._conclude = conclude
        self._queue: queue.Queue[tuple[Generate, Made, CancelToken] | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._run, name="finish", daemon=True)
        self._thread.start()

    def finish(self, request: Generate, made: Made, token: CancelToken) -> None:
        """Hand a picture over; its job is concluded from the thread."""
        self._queue.put((request, made, token))

    def close(self) -> None:
        """Finish what was handed over, then stop."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (item := self._queue.get()) is not None:
            request, made, token = item
            event, blobs = self._sealed(request, made, token)
            self._conclude(request.job, event, blobs)

    def _sealed(
        self, request: Generate, made: Made, token: CancelToken
    ) -> tuple[Event, Sequence[Bytes]]:
        job, start = request.job, time.perf_counter()
        try:
            token.check()
            sealed = self._seal(made.pixels, _record(request, made), request.marking)
            token.check()
        except JobCancelled:
            return Cancelled(job=job), ()
        except JobFailed as error:
            return Failed(job=job, code=error.code, message=error.message, detail=error.detail), ()
        except Exception as error:  # whatever it is, the job must be concluded
            _log.exception("sealing %s failed", job)
            message = "The picture could not be marked and encoded; please try again."
            return Failed(job=job, code=FailureCode.MARK, message=message, detail=repr(error)), ()
        event = Finished(
            job=job,
            record=sealed.record,
            file=Blob(0),
            mark=sealed.mark,
            manifest=Blob(1) if sealed.manifest else None,
            notices=made.notices + sealed.notices,
            seconds=made.seconds | {"finish": time.perf_counter() - start},
        )
        return event, (sealed.file, sealed.manifest) if sealed.manifest else (sealed.file,)


def _record(request: Generate, made: Made) -> Record:
    height, width, _channels = made.pixels.shape
    composite = made.recipe.start is not None
    return Record(
        id=request.record_id,
        recipe=made.recipe,
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        tool=f"Maquette {maquette.__version__}",
        source_type=SourceType.COMPOSITE if composite else SourceType.GENERATED,
        width=width,
        height=height,
    )
