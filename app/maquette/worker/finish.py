"""Finishing: watermark, encoding and self-check, in a thread beside the next job's denoising."""

import datetime
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence

import msgspec

import maquette
from maquette.core.errors import FailureCode, ImageError, JobCancelled, JobFailed
from maquette.core.record import Record, SourceType
from maquette.protocol.framing import Bytes
from maquette.protocol.messages import Blob, Cancelled, Event, Failed, Finished, Generate
from maquette.provenance.manifest.parents import parent_in
from maquette.provenance.seal import Sealed
from maquette.worker.cancel import CancelToken
from maquette.worker.following import fidelity_of
from maquette.worker.made import Made
from maquette.worker.received import Sources
from maquette.worker.start_marks import StartMarks

Conclude = Callable[[str, Event, Sequence[Bytes]], None]
"""Sends a job's conclusion: job, event, blobs."""

Seal = Callable[..., Sealed]
"""provenance.seal.seal"""

_WAITING = 2  # finished pictures that may wait for the thread before denoising waits for it

_log = logging.getLogger(__name__)


class Unsealed(msgspec.Struct, frozen=True, eq=False):
    """A picture that was made, and what it was asked for and made from."""

    request: Generate
    made: Made
    sources: Sources
    token: CancelToken


class Finisher:
    """Seals pictures in the order in which they come, and concludes their jobs."""

    def __init__(self, seal: Seal, conclude: Conclude) -> None:
        self._seal = seal
        self._conclude = conclude
        self._start_marks = StartMarks()
        self._queue: queue.Queue[Unsealed | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._run, name="finish", daemon=True)
        self._thread.start()

    def finish(self, picture: Unsealed) -> None:
        """Hand a picture over; its job is concluded from the thread."""
        self._queue.put(picture)

    def close(self) -> None:
        """Finish what was handed over, then stop."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (picture := self._queue.get()) is not None:
            event, blobs = self._sealed(picture)
            self._conclude(picture.request.job, event, blobs)

    def _sealed(self, picture: Unsealed) -> tuple[Event, Sequence[Bytes]]:
        request, made, start = picture.request, picture.made, picture.sources.start
        job, began = request.job, time.perf_counter()
        try:
            picture.token.check()
            sealed = self._seal(
                made.pixels,
                self._record(picture),
                request.marking,
                file_format=request.encoding.format,
                quality=request.encoding.quality,
                parent=parent_in(start.file) if start and start.file else None,
            )
            picture.token.check()
        except JobCancelled:
            return Cancelled(job=job), ()
        except JobFailed as error:
            return Failed(job=job, code=error.code, message=error.message, detail=error.detail), ()
        except ImageError as error:
            code = FailureCode.BAD_INPUT
            return Failed(job=job, code=code, message=error.message, detail=error.detail), ()
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
            seconds=made.seconds | {"finish": time.perf_counter() - began},
        )
        return event, (sealed.file, sealed.manifest) if sealed.manifest else (sealed.file,)

    def _record(self, picture: Unsealed) -> Record:
        made, start = picture.made, picture.sources.start
        height, width, _channels = made.pixels.shape
        return Record(
            id=picture.request.record_id,
            recipe=self._start_marks.named(made.recipe, start.pixels) if start else made.recipe,
            created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            tool=f"Maquette {maquette.__version__}",
            source_type=SourceType.COMPOSITE if start else SourceType.GENERATED,
            width=width,
            height=height,
            fidelity=fidelity_of(made, picture.sources),
        )
