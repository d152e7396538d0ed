"""Requests become events: no streams here, so that tests can drive it without a process."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path

from maquette.core.errors import FailureCode, ImageError, JobFailed, MaquetteError
from maquette.library.ledger_row import sha256
from maquette.marker.checker import check, read_file
from maquette.marker.comparing import compare_sketch
from maquette.marker.originals import original_of
from maquette.marker.signer import signer_after
from maquette.marker.sketches import SketchDesk
from maquette.protocol.framing import Bytes
from maquette.protocol.marker_messages import (
    Check,
    Checked,
    CleanSketch,
    CompareSketch,
    Export,
    Exported,
    IdentityRequest,
    MakePage,
    MarkerAnswer,
    MarkerWork,
    PageMade,
    Signing,
)
from maquette.protocol.messages import Blob, Failed
from maquette.provenance.colour import Colours
from maquette.provenance.export import export
from maquette.provenance.identity.opening import identity_folder
from maquette.provenance.manifest.timestamps import Timestamps
from maquette.provenance.sheets.sealing import seal_page
from maquette.provenance.signer_once import SignerOnce

_log = logging.getLogger(__name__)

Answer = tuple[MarkerAnswer, Sequence[Bytes]]


class MarkerLoop:
    """Answers one request after the other."""

    def __init__(self) -> None:
        self._open_signer = SignerOnce(identity_folder())
        self._timestamps = Timestamps()
        self._colours = Colours()
        self._sketches = SketchDesk()

    def answer(self, request: MarkerWork, blobs: Sequence[bytearray]) -> Answer:
        """The event that concludes `request`, with its blobs. Never raises."""
        try:
            if isinstance(request, IdentityRequest):
                return Signing(job=request.job, signer=signer_after(request)), ()
            if isinstance(request, MakePage):
                return self._page_made(request)
            if isinstance(request, CompareSketch):
                return compare_sketch(request, blobs)
            if isinstance(request, CleanSketch):
                return self._sketches.cleaned(request, blobs)
            file = _file_of(request, blobs)
            if isinstance(request, Check):
                report = check(file, request.name, thorough=request.thorough)
                return Checked(job=request.job, report=report), ()
            return self._exported(request, file)
        except JobFailed as error:
            return _failed(request, error.code, error.message, error.detail)
        except ImageError as error:
            return _failed(request, FailureCode.BAD_INPUT, error.message, error.detail)
        except MaquetteError as error:
            return _failed(request, FailureCode.INTERNAL, error.message, error.detail)
        except MemoryError as error:
            message = "There is not enough memory to read this picture; close other programs first."
            return _failed(request, FailureCode.OUT_OF_MEMORY, message, repr(error))
        except Exception as error:  # what no part foresaw must not end the process
            _log.exception("a request failed")
            message = "Something unexpected went wrong with this picture; the log has the details."
            return _failed(request, FailureCode.INTERNAL, message, repr(error))

    def _exported(self, request: Export, file: bytes) -> Answer:
        if request.source_sha256 and sha256(file) != request.source_sha256:
            name = os.fsdecode(os.path.basename(request.path)) or "The picture"
            raise ImageError(
                f"{name} was changed by another program after it was saved, so its record does "
                "not hold for it any more."
            )
        sealed = export(
            file,
            request.record,
            request.marking,
            request.rendition,
            open_signer=self._open_signer,
            timestamps=self._timestamps,
            original=original_of(file, request.record.id),
            colours=self._colours,
        )
        event = Exported(
            job=request.job,
            file=Blob(0),
            record=sealed.record,
            mark=sealed.mark,
            manifest=Blob(1) if sealed.manifest else None,
            notices=sealed.notices,
        )
        return event, (sealed.file, sealed.manifest) if sealed.manifest else (sealed.file,)

    def _page_made(self, request: MakePage) -> Answer:
        made = seal_page(
            request.page,
            request.kind,
            request.marking,
            open_signer=self._open_signer,
            timestamps=self._timestamps,
        )
        event = PageMade(
            job=request.job,
            file=Blob(0),
            width=made.width,
            height=made.height,
            notices=made.notices,
        )
        return event, (made.file,)


def _file_of(request: Check | Export, blobs: Sequence[bytearray]) -> bytes:
    if request.file is None:
        return read_file(Path(os.fsdecode(request.path)))
    if not 0 <= request.file.index < len(blobs):
        raise ImageError("No file was sent; please try again.")
    return bytes(blobs[request.file.index])


def _failed(request: MarkerWork, code: FailureCode, message: str, detail: str) -> Answer:
    return Failed(job=request.job, code=code, message=message, detail=detail), ()
