"""The client of the marker: pictures are checked, exported and cleaned in another process."""

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from maquette.core.cleanup import Cleanup, CleanupFound
from maquette.core.contact_sheet import MadePage, SheetPage
from maquette.core.errors import FailureCode, ImageError, JobFailed
from maquette.core.export_preset import Rendition, SheetKind
from maquette.core.fidelity import Fidelity
from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import Marking
from maquette.core.pixels import Pixels
from maquette.core.record import Record
from maquette.core.report import Report
from maquette.core.signer_info import SignerInfo
from maquette.engine.marker_process import marker_command
from maquette.engine.marker_queue import Answer, MarkerQueue
from maquette.protocol.marker_messages import (
    AskSigner,
    Check,
    Checked,
    CleanSketch,
    CompareSketch,
    Export,
    Exported,
    ForgetCertificate,
    IdentityRequest,
    MakePage,
    MarkerAnswer,
    MarkerWork,
    PageMade,
    Signing,
    SketchCleaned,
    SketchCompared,
    UseCertificate,
)
from maquette.protocol.messages import Blob, Failed

IDLE = 120.0  # seconds without a request after which the process is ended
TIME_LIMIT = 120.0  # seconds for one request; only a file that was made to take long needs more


class ExportedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A finished file of ours and what the ledger keeps of it; `manifest` is b"" for none."""

    file: bytes
    record: Record
    mark: MarkResult
    manifest: bytes = b""
    notices: tuple[str, ...] = ()


class CleanedSketch(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A sketch, dark lines on white; `before` is the image that it is of, if that was asked for."""

    sketch: Pixels
    found: CleanupFound
    before: Pixels | None = None


class ComparedSketch(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """How well a picture follows its sketch; `overlay` is uint8 (H, W), a LineClass each."""

    fidelity: Fidelity
    overlay: npt.NDArray[np.uint8]


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
        self._queue = MarkerQueue(command or marker_command(), idle=idle, time_limit=time_limit)
        self._count = 0

    @property
    def pid(self) -> int | None:
        """The marker's process id; None while there is no process."""
        return self._queue.pid

    @property
    def was_ready(self) -> bool:
        """Whether a marker of this client was ever ready, so that another one may be, too."""
        return self._queue.was_ready

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
        event, _blobs = await self._ask(request, blobs)
        assert isinstance(event, Checked)
        return event.report

    async def export(
        self,
        source: Path | bytes,
        record: Record,
        rendition: Rendition,
        marking: Marking,
        *,
        source_sha256: str = "",
    ) -> ExportedFile:
        """The picture of ours in `source` as a complete, marked and signed file.

        Args:
            record: what is asserted about the picture.
            rendition: format, size and colours of the new file.
            source_sha256: what the picture's file must have, "" for whatever it has.

        Raises:
            As `check`.
        """
        path, file, blobs = _sent_as(source)
        request = Export(
            job=self._next_job(),
            record=record,
            marking=marking,
            rendition=rendition,
            path=path,
            file=file,
            source_sha256=source_sha256,
        )
        return _exported(*await self._ask(request, blobs))

    async def make_page(self, page: SheetPage, kind: SheetKind, marking: Marking) -> MadePage:
        """One page of a contact sheet, labelled and signed. Raises as `check`."""
        request = MakePage(job=self._next_job(), page=page, kind=kind, marking=marking)
        event, blobs = await self._ask(request)
        assert isinstance(event, PageMade)
        if not 0 <= event.file.index < len(blobs):
            raise JobFailed("No file was sent; please try again.", FailureCode.INTERNAL)
        return MadePage(
            file=bytes(blobs[event.file.index]),
            width=event.width,
            height=event.height,
            notices=event.notices,
        )

    async def clean_sketch(
        self,
        source: Path | bytes | Pixels,
        cleanup: Cleanup,
        width: int,
        height: int,
        *,
        before: bool = True,
    ) -> CleanedSketch:
        """The lines in `source` (a path, a file's bytes, or RGB pixels) as a sketch of that size.

        Asking again for the same source is quicker than the first time.

        Args:
            before: also bring the image as it was read, which `cleanup.corners` are measured in.

        Raises:
            As `check`.
        """
        if isinstance(source, np.ndarray):
            shape = (*source.shape[:2], 3)
            path, file = b"", Blob(0, shape)
            blobs: Sequence[bytes] = (np.ascontiguousarray(source[..., :3]).tobytes(),)
        else:
            path, file, blobs = _sent_as(source)
        request = CleanSketch(
            job=self._next_job(),
            cleanup=cleanup,
            width=width,
            height=height,
            path=path,
            file=file,
            before=before,
        )
        event, received = await self._ask(request, blobs)
        assert isinstance(event, SketchCleaned)
        return CleanedSketch(
            sketch=_pixels(event.sketch, received),
            found=event.found,
            before=_pixels(event.before, received) if event.before else None,
        )

    async def compare_sketch(
        self, picture: Path | Pixels, sketch: Pixels, weights: Pixels | None = None
    ) -> ComparedSketch | None:
        """How well `picture` (a path, or RGB pixels) follows `sketch`; None if that has no lines.

        Args:
            sketch: RGB of the picture's size, dark lines on white.
            weights: grey map as RGB of that size, white where lines must be kept.

        Raises:
            As `check`.
        """
        images = {"sketch": sketch}
        if isinstance(picture, np.ndarray):
            images["picture"] = picture
        if weights is not None:
            images["weights"] = weights
        blobs = [np.ascontiguousarray(each[..., :3]) for each in images.values()]
        named = {n: Blob(i, b.shape) for i, (n, b) in enumerate(zip(images, blobs, strict=True))}
        request = CompareSketch(
            job=self._next_job(),
            sketch=named["sketch"],
            path=b"" if isinstance(picture, np.ndarray) else _sent_path(picture),
            picture=named.get("picture"),
            weights=named.get("weights"),
        )
        event, received = await self._ask(request, [each.tobytes() for each in blobs])
        assert isinstance(event, SketchCompared)
        if event.fidelity is None or event.overlay is None:
            return None
        overlay = _pixels(event.overlay, received)[..., 0]
        return ComparedSketch(fidelity=event.fidelity, overlay=overlay)

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
        event, _blobs = await self._ask(request)
        assert isinstance(event, Signing)
        return event.signer

    async def close(self) -> None:
        """Cancel everything and end the process; leaves none behind."""
        await self._queue.close()

    def _next_job(self) -> str:
        self._count += 1
        return str(self._count)

    async def _ask(self, request: MarkerWork, blobs: Sequence[bytes] = ()) -> Answer:
        """What the marker answers, unless that is a failure: then it is raised."""
        event, received = await self._queue.ask(request, blobs)
        if isinstance(event, Failed):
            if event.code is FailureCode.BAD_INPUT:
                raise ImageError(event.message, event.detail)
            raise JobFailed(event.message, event.code, event.detail)
        return event, received


def _sent_as(source: Path | bytes) -> tuple[bytes, Blob | None, Sequence[bytes]]:
    """`source` as a request names it: (path, blob, the frame's blobs)."""
    if isinstance(source, bytes):
        return b"", Blob(0), (source,)
    return _sent_path(source), None, ()


def _pixels(blob: Blob, blobs: Sequence[bytearray]) -> Pixels:
    """Raises JobFailed if the answer holds no such pixels."""
    if 0 <= blob.index < len(blobs) and len(blob.shape) == 3:
        pixels = np.frombuffer(blobs[blob.index], dtype=np.uint8)
        if pixels.size == np.prod(blob.shape):
            return pixels.reshape(blob.shape)
    raise JobFailed("No picture was sent; please try again.", FailureCode.INTERNAL)


def _sent_path(path: Path) -> bytes:
    return os.fsencode(path.absolute())


def _exported(event: MarkerAnswer, blobs: Sequence[bytearray]) -> ExportedFile:
    assert isinstance(event, Exported)
    parts = [blob.index for blob in (event.file, event.manifest) if blob]
    if any(not 0 <= index < len(blobs) for index in parts):
        raise JobFailed("No file was sent; please try again.", FailureCode.INTERNAL)
    return ExportedFile(
        file=bytes(blobs[event.file.index]),
        record=event.record,
        mark=event.mark,
        manifest=bytes(blobs[event.manifest.index]) if event.manifest else b"",
        notices=event.notices,
    )
