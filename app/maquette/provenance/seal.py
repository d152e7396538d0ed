"""Sealing: pixels and their record become one PNG file whose every mark was read back."""

import math

import msgspec
import numpy as np

from maquette.core.errors import FailureCode, JobFailed
from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import Marking
from maquette.core.pixels import Pixels
from maquette.core.record import Mark, MarkKind, Record
from maquette.provenance.metadata import Metadata, embedded, encode_png, read_image
from maquette.provenance.parameters import write_parameters
from maquette.provenance.watermark.embedding import SELF_CHECK_QUALITY, detect, embed
from maquette.provenance.watermark.marked import Watermarked


class Sealed(msgspec.Struct, frozen=True):
    """A finished file.

    `record` has its marks filled in, `mark` tells how the watermark came out, `manifest` is the
    signed manifest as the file carries it, b"" without one. `notices` are sentences for the user.
    """

    file: bytes
    record: Record
    mark: MarkResult
    manifest: bytes = b""
    notices: tuple[str, ...] = ()


def seal(pixels: Pixels, record: Record, marking: Marking) -> Sealed:
    """Watermark `pixels` (height, width, 3), encode them with the texts of `record`, read it back.

    A mark that does not hold is told in the record and in a notice; the picture is delivered.

    Raises:
        JobFailed: the encoded file does not hold the marked pixels.
    """
    marked = embed(pixels, record.id, preset=marking.preset)
    file = encode_png(marked.pixels, record, write_recipe=marking.write_recipe)
    decoded, metadata = read_image(file)
    if not np.array_equal(decoded, marked.pixels[..., :3]):
        raise JobFailed(
            "The picture changed while it was encoded; please make it again.", FailureCode.MARK
        )
    marks = [_watermark(marked, detect(decoded) == record.id), _label(record, metadata)]
    if marking.write_recipe:
        marks.append(_recipe_text(record, metadata))
    return Sealed(
        file=file,
        record=msgspec.structs.replace(record, marks=tuple(marks)),
        mark=mark_result(marking, marked),
        notices=_notices(marks),
    )


def mark_result(marking: Marking, marked: Watermarked) -> MarkResult:
    """How the watermark came out, for the ledger."""
    return MarkResult(
        preset=marking.preset,
        verified=marked.verified,
        robust=marked.robust,
        psnr=marked.psnr if math.isfinite(marked.psnr) else 0.0,
        strength=marked.strength,
    )


def _watermark(marked: Watermarked, found: bool) -> Mark:
    if not found:
        return Mark(MarkKind.WATERMARK, False, "This picture holds no invisible watermark.")
    reach = f"Outlives JPEG {SELF_CHECK_QUALITY}" if marked.robust else "May be lost in JPEG copies"
    note = f"{reach}; strength {marked.strength:g}, {marked.psnr:.1f} dB."
    return Mark(MarkKind.WATERMARK, True, note)


def _label(record: Record, metadata: Metadata) -> Mark:
    label = metadata.xmp
    verified = (
        label is not None
        and label.source_type == record.source_type
        and label.record_id == record.id
    )
    return Mark(MarkKind.XMP, verified, "" if verified else "The AI label did not read back.")


def _recipe_text(record: Record, metadata: Metadata) -> Mark:
    verified = metadata.record == embedded(
        record, write_recipe=True
    ) and metadata.parameters == write_parameters(record.recipe, record.tool)
    return Mark(MarkKind.RECIPE_TEXT, verified, "" if verified else "The recipe did not read back.")


def _notices(marks: list[Mark]) -> tuple[str, ...]:
    said = {
        MarkKind.WATERMARK: "The picture was saved without a readable invisible watermark.",
        MarkKind.XMP: "The picture was saved without a readable AI label.",
        MarkKind.RECIPE_TEXT: "The picture was saved without a readable recipe.",
    }
    return tuple(said[mark.kind] for mark in marks if not mark.verified)
