"""The client of the marker: check and export picture files in a process of their own.

The process is started by the first request and ends when nothing was asked for a while. A file
that brings it down costs that one request; what waits goes to a new process.
"""

import asyncio
import contextlib
import os
import signal
import sys
from collections import deque
from collections.abc import Sequence
from pathlib import Path

import msgspec

import maquette
from maquette.core.errors import (
    FailureCode,
    ImageError,
    JobCancelled,
    JobFailed,
    MaquetteError,
    ProtocolError,
    WorkerDied,
)
from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import FileFormat, Marking
from maquette.core.record import Record
from maquette.core.report import Report
from maquette.core.signer_info import SignerInfo
from maquette.engine.link import Link
from maquette.protocol.marker_messages import (
    MARKER_PROTOCOL,
    AskSigner,
    Check,
    Checked,
    Export,
    Exported,
    ForgetCertificate,
    IdentityRequest,
    MarkerAnswer,
    MarkerEvent,
    MarkerWork,
    Signing,
    UseCertificate,
)
from maquette.protocol.messages import Blob, Failed, Ready, Shutdown

IDLE = 120.0  # seconds without a request after which the process is ended
TIME_LIMIT = 120.0  # seconds for one request; only a file that was made to take long needs more
_GRACE = 0.8  # seconds for each stage of ending: asked, terminated, killed


class ExportedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A finished file of ours and what the ledger keeps of it; `manifest` is b"" for none."""

    file: bytes
    record: Record
    mark: MarkResult
    manifest: bytes = b""
    notices: tuple[str, ...] = ()


_Given = Report | ExportedFile | SignerInfo


class _Asked:
    """A request between being made and being answered."""

    def __init__(self, request: MarkerWork, blobs: Sequence[bytes]) -> None:
        self.request = request
        self.blobs = blobs
        self.answer: asyncio.Future[_Given] = asyncio.get_running_loop().create_future()

    def settle(self, result: _Given | MaquetteError) -> None:
        if self.answer.done():
            return  # whoever waited for it was cancelled
        if isinstance(result, MaquetteError):
            self.answer.set_exception(result)
        else:
            self.answer.set_result(result)


class MarkerClient:
    """Checks and exports files, one after the other. All methods belong to the event loop's thread.

    Cancelling a task that waits in `check` or `export` takes its request out of the queue; what
    the marker is already at is finished and dropped.
    """

    def __init__(
        self,
        *,
        command: Sequence[str] | None = None,
        idle: float = IDLE,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        """`command` replaces the command line of the marker (tests); times are in seconds."""
        self._command = list(command) if command else marker_command()
        self._idle = idle
        self._time_limit = time_limit
        self._waiting: deque[_Asked] = deque()
        self._current: _Asked | None = None
        self._link: Link | None = None
        self._ready = self._sent = self._retiring = self._closed = False
        self._ended = asyncio.Event()
        self._reason = ""  # why we ended it ourselves
        self._count = 0
        self._timer: asyncio.TimerHandle | None = None  # of the request or of idling

    @property
    def pid(self) -> int | None:
        """The marker's process id; None while there is no process."""
        return self._link.pid if self._link else None

    async def check(self, source: Path | bytes, name: str = "", *, thorough: bool = True) -> Report:
        """What the picture file `source` (a path, or its bytes) carries.

        Args:
            name: what the report calls it; the file's own name if empty.
            thorough: also search for a mark in cropped, turned and squeezed pictures (seconds).

        Raises:
            ImageError: it is no picture that can be read.
            JobFailed: something went wrong that is not the file's fault.
            JobCancelled: the client was closed.
            WorkerDied: the process ended over this file, or cannot be started.
        """
        path, file, blobs = _sent_as(source)
        name = name or (source.name if isinstance(source, Path) else "")
        name = name.encode(errors="replace").decode()  # a file's name need not be valid text
        request = Check(job=self._next_job(), name=name, path=path, file=file, thorough=thorough)
        report = await self._ask(request, blobs)
        assert isinstance(report, Report)
        return report

    async def export(
        self,
        source: Path | bytes,
        record: Record,
        *,
        file_format: FileFormat,
        marking: Marking,
        quality: int | None = None,
        longest_side: int | None = None,
    ) -> ExportedFile:
        """The picture of ours in `source` as a complete, marked and signed file of `file_format`.

        Args:
            record: what is asserted about the picture.
            quality: 1 to 100; None is the format's own.
            longest_side: in pixels; None keeps the size.

        Raises:
            As `check`.
        """
        path, file, blobs = _sent_as(source)
        request = Export(
            job=self._next_job(),
            record=record,
            marking=marking,
            format=file_format,
            path=path,
            file=file,
            quality=quality,
            longest_side=longest_side,
        )
        exported = await self._ask(request, blobs)
        assert isinstance(exported, ExportedFile)
        return exported

    async def signer(self) -> SignerInfo:
        """Who signs on this machine; a certificate is made at first need. Raises JobFailed."""
        return await self._identity(AskSigner(job=self._next_job()))

    async def use_certificate(self, chain: Path, key: Path, password: str) -> SignerInfo:
        """Sign with the user's own certificate from now on, after it was tried.

        Args:
            chain: PEM file, the signer first.
            key: PEM file, encrypted with `password` unless that is "".

        Raises:
            JobFailed: it cannot be used, and nothing was changed.
        """
        request = UseCertificate(
            job=self._next_job(), chain=_sent_path(chain), key=_sent_path(key), password=password
        )
        return await self._identity(request)

    async def forget_certificate(self) -> SignerInfo:
        """Sign with the installation's certificate again. Raises JobFailed."""
        return await self._identity(ForgetCertificate(job=self._next_job()))

    async def _identity(self, request: IdentityRequest) -> SignerInfo:
        signer = await self._ask(request, ())
        assert isinstance(signer, SignerInfo)
        return signer

    async def close(self) -> None:
        """Cancel everything and end the process; leaves none behind."""
        self._closed = True
        self._stop_timer()
        for asked in (self._current, *self._waiting):
            if asked:
                asked.settle(JobCancelled("The check was cancelled."))
        self._current = None
        self._waiting.clear()
        link = self._link
        if link is None:
            return
        link.send(Shutdown())
        link.hang_up()
        for stronger in (link.terminate, link.kill):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), _GRACE)
                return
            stronger()
        await self._ended.wait()

    def _next_job(self) -> str:
        self._count += 1
        return str(self._count)

    async def _ask(self, request: MarkerWork, blobs: Sequence[bytes]) -> _Given:
        if self._closed:
            raise JobCancelled("The check was cancelled.")
        asked = _Asked(request, blobs)
        self._waiting.append(asked)
        self._go_on()
        try:
            return await asked.answer
        except asyncio.CancelledError:
            with contextlib.suppress(ValueError):
                self._waiting.remove(asked)
            raise

    def _go_on(self) -> None:
        """Send what is next, through a new process if there is none."""
        if self._closed or self._current is not None:
            return
        self._stop_timer()
        loop = asyncio.get_running_loop()
        if not self._waiting:
            if self._link is not None:
                self._timer = loop.call_later(self._idle, self._retire)
            return
        self._current, self._sent = self._waiting.popleft(), False
        self._timer = loop.call_later(self._time_limit, self._lose_patience)
        if self._link is None:
            self._spawn()
        elif self._ready:
            self._send()

    def _spawn(self) -> None:
        self._ready = self._retiring = False
        self._reason = ""
        self._ended.clear()
        loop = asyncio.get_running_loop()
        try:
            self._link = Link(self._command, self._hear, self._end, loop, MarkerEvent)
        except OSError as error:
            self._fail_all(
                WorkerDied(
                    "The process that checks pictures cannot be started; please run the set-up "
                    "again.",
                    str(error),
                )
            )

    def _send(self) -> None:
        asked = self._current
        if asked is None or self._link is None or self._sent:
            return
        self._sent = True
        try:
            self._link.send(asked.request, asked.blobs)
        except ProtocolError as error:
            self._settle(JobFailed(error.message, FailureCode.BAD_INPUT, error.detail))

    def _settle(self, result: _Given | MaquetteError) -> None:
        """Answer the request that is on its way, and go on."""
        asked, self._current = self._current, None
        if asked:
            asked.settle(result)
        self._go_on()

    def _fail_all(self, error: MaquetteError) -> None:
        asked = [self._current, *self._waiting]
        self._current = None
        self._waiting.clear()
        self._stop_timer()
        for one in asked:
            if one:
                one.settle(error)

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _lose_patience(self) -> None:
        """End a marker that a file keeps busy for too long."""
        if self._link:
            self._reason = (
                f"Reading this file took longer than {self._time_limit:g} seconds and was given "
                "up; the file may be damaged."
            )
            self._link.kill()

    def _retire(self) -> None:
        """End a process that nobody needs; the next request starts another."""
        if self._link:
            self._retiring, self._ready = True, False
            self._link.send(Shutdown())
            self._link.hang_up()

    # --- what the marker says -------------------------------------------------------------------

    def _hear(self, event: MarkerEvent, blobs: list[bytearray]) -> None:
        if self._closed or self._retiring or self._link is None:
            return
        if isinstance(event, Ready):
            if (event.protocol, event.build) != (MARKER_PROTOCOL, maquette.__version__):
                self._reason = (
                    f"The process that checks pictures is of another version ({event.build}) than "
                    f"the window ({maquette.__version__}); please close Maquette and start it "
                    "again."
                )
                self._link.kill()
                return
            self._ready = True
            self._send()
        elif self._current and event.job == self._current.request.job:
            self._settle(_result(event, blobs))

    def _end(self, status: int, problem: ProtocolError | None) -> None:
        link, self._link = self._link, None
        self._ended.set()
        if self._closed or link is None:
            return
        if self._retiring:
            if self._current:
                self._spawn()  # for what was asked while it was leaving
            return
        message = self._reason or (problem.message if problem else _last_words(status))
        error = WorkerDied(message, "\n".join(link.last_lines))
        if not self._ready:
            self._fail_all(error)  # the next process would not start either
        else:
            self._settle(error)


def marker_command() -> list[str]:
    """The command line of the marker, in the interpreter that runs now, without other paths."""
    return [sys.executable, "-P", "-m", "maquette", "marker"]


def _sent_as(source: Path | bytes) -> tuple[bytes, Blob | None, Sequence[bytes]]:
    """`source` as a request names it: (path, blob, the frame's blobs)."""
    if isinstance(source, bytes):
        return b"", Blob(0), (source,)
    return _sent_path(source), None, ()


def _sent_path(path: Path) -> bytes:
    return os.fsencode(path.absolute())


def _result(event: MarkerAnswer, blobs: Sequence[bytearray]) -> _Given | MaquetteError:
    match event:
        case Checked():
            return event.report
        case Signing():
            return event.signer
        case Exported():
            parts = [blob.index for blob in (event.file, event.manifest) if blob]
            if any(not 0 <= index < len(blobs) for index in parts):
                return JobFailed("No file was sent; please try again.", FailureCode.INTERNAL)
            return ExportedFile(
                file=bytes(blobs[event.file.index]),
                record=event.record,
                mark=event.mark,
                manifest=bytes(blobs[event.manifest.index]) if event.manifest else b"",
                notices=event.notices,
            )
        case Failed(code=FailureCode.BAD_INPUT):
            return ImageError(event.message, event.detail)
        case Failed():
            return JobFailed(event.message, event.code, event.detail)


def _last_words(status: int) -> str:
    """One sentence for a marker that ended with `status` (negative: the signal's number)."""
    if status == -getattr(signal, "SIGKILL", 9):
        return (
            "Reading this file was ended by the system, most likely because memory ran out; "
            "other files can be read as before."
        )
    return (
        f"Reading this file ended unexpectedly (exit status {status}); "
        "other files can be read as before."
    )
