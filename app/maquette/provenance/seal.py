"""Sealing: pixels and their record become one file of ours, whose every mark was read back.

This is the only way to a picture for the user. The order matters: the marks in the pixels first,
then the texts, and the signed manifest last, because it covers every byte of the file.
"""

import hashlib
from collections.abc import Callable

import msgspec

from maquette.core.errors import SigningError
from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import FileFormat, Marking
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.record import Mark, MarkKind, Record
from maquette.provenance.encoding import encode, is_exact
from maquette.provenance.identity.signer import Signer
from maquette.provenance.ingredients import ingredients_of
from maquette.provenance.likeness import hash_of
from maquette.provenance.manifest.claim import KeptParent, ManifestClaim, Parent
from maquette.provenance.manifest.signing import Signed, sign
from maquette.provenance.manifest.timestamps import Timestamps
from maquette.provenance.metadata import read_image
from maquette.provenance.pixel_marks import mark_pixels
from maquette.provenance.read_back import Expected, notices_of, read_marks, require_same
from maquette.provenance.texts import texts_of
from maquette.provenance.watermark.arrays import Arrays

OpenSigner = Callable[[], Signer]
"""Opens the identity that signs. Raises SigningError."""


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


def seal(
    pixels: Pixels,
    record: Record,
    marking: Marking,
    *,
    open_signer: OpenSigner | None = None,
    timestamps: Timestamps | None = None,
    file_format: FileFormat = FileFormat.PNG,
    quality: int | None = None,
    parent: Parent | KeptParent | None = None,
    is_ours: bool = False,
    original: MarkResult | None = None,
    arrays: Arrays | None = None,
) -> Sealed:
    """Mark `pixels` (height, width, 3 or 4), encode and sign them, and read everything back.

    A mark that does not hold is told in the record and in a notice; the picture is delivered.

    Args:
        record: `width` and `height` are those of `pixels`.
        open_signer: the identity; without one nothing is signed.
        timestamps: knows which timestamp authorities fail, from one picture to the next.
        quality: see `encoding.encode`.
        parent: the start image with its own manifest, which the new manifest keeps.
        is_ours: the pixels are those of a file of ours as it was: a watermark and a label that
            are there are kept, not written twice. Only if *strong* is asked for and the watermark
            is not known to be that, it is written again, with the same content.
        original: how that watermark came out when it was written, None where nobody knows.
        arrays: what computes the watermark, the CPU unless given.

    Raises:
        JobFailed: the encoded file does not hold the marked pixels.
        ImageError: the format cannot hold them.
    """
    marked = mark_pixels(pixels, record, marking, is_ours=is_ours, original=original, arrays=arrays)
    exact = is_exact(file_format, quality)
    digest = pixel_digest(marked.pixels) if exact else ""
    texts = texts_of(record, marking, file_format, digest)
    file = encode(marked.pixels, texts, file_format, quality)
    decoded, metadata = read_image(file)
    require_same(decoded, marked.pixels, exact=exact)
    marks = list(read_marks(Expected(marked, record, marking, digest), decoded, metadata))
    found = marks[0].verified
    manifest, told = b"", ()
    if marking.sign and open_signer is not None:
        claim = _claim(record, marked.pixels, marking, parent, watermarked=found)
        try:
            signed = _signed(file, file_format, claim, open_signer(), marking, timestamps)
        except SigningError as error:
            told = (error.message,)
            marks.append(Mark(MarkKind.MANIFEST, False, error.message))
        else:
            file, manifest, told = signed.file, signed.manifest, signed.notices
            marks.append(Mark(MarkKind.MANIFEST, True))
    watermark = msgspec.structs.replace(
        marked.watermark, verified=found, robust=found and marked.watermark.robust
    )
    return Sealed(
        file=file,
        record=msgspec.structs.replace(record, marks=tuple(marks)),
        mark=watermark,
        manifest=manifest,
        notices=marked.notices + notices_of(marks, marked.pixels) + told,
    )


def _claim(
    record: Record,
    pixels: Pixels,
    marking: Marking,
    parent: Parent | KeptParent | None,
    *,
    watermarked: bool,
) -> ManifestClaim:
    name, _, version = record.tool.rpartition(" ")
    prompt = record.recipe.prompt.encode()
    return ManifestClaim(
        record_id=record.id,
        created=record.created,
        tool=name or record.tool,
        tool_version=version if name else "",
        source_type=record.source_type,
        width=record.width,
        height=record.height,
        watermarked=watermarked,
        ingredients=ingredients_of(record.recipe),
        parent=parent,
        prompt_sha256=hashlib.sha256(prompt).hexdigest() if marking.write_recipe else "",
        perceptual_hash=hash_of(pixels),
        may_be_mined=marking.may_be_mined,
    )


def _signed(
    file: bytes,
    file_format: FileFormat,
    claim: ManifestClaim,
    signer: Signer,
    marking: Marking,
    timestamps: Timestamps | None,
) -> Signed:
    """`file` with its manifest, and what the signer has to tell. Raises SigningError."""
    signed = sign(
        file,
        file_format,
        claim,
        signer,
        timestamp_url=marking.timestamp_url,
        timestamps=timestamps,
    )
    told = (signer.notice,) if signer.notice else ()
    return msgspec.structs.replace(signed, notices=told + signed.notices)
