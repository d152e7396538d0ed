"""Sealing: pixels and their record become one file of ours, whose every mark was read back.

This is the only way to a picture for the user. The order matters: the visible label first, so that
the watermark's self-check sees the pixels as they will be; the extra mark before our own, which is
the weaker change of the two and must not be disturbed; the signed manifest last, because it covers
every byte of the file.
"""

import hashlib
import math
from collections.abc import Callable, Iterator

import msgspec
import numpy as np

from maquette.core.errors import FailureCode, JobFailed, SigningError
from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import ExtraMark, FileFormat, Marking, VisibleLabel
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import MIN_SIDE
from maquette.core.record import Mark, MarkKind, Record
from maquette.provenance.aigc import own_label
from maquette.provenance.encoding import encode, is_exact
from maquette.provenance.extra_mark import ExtraMarkMissing, embed_extra, reads_extra
from maquette.provenance.identity.signer import Signer
from maquette.provenance.ingredients import ingredients_of
from maquette.provenance.likeness import hash_of
from maquette.provenance.manifest.claim import ManifestClaim
from maquette.provenance.manifest.signing import Signed, sign
from maquette.provenance.metadata import Metadata, read_image
from maquette.provenance.parameters import write_parameters
from maquette.provenance.profiles import label_of, writes_aigc
from maquette.provenance.texts import embedded, texts_of
from maquette.provenance.visible_label import carries_label, draw_label, words_of
from maquette.provenance.watermark.arrays import Arrays
from maquette.provenance.watermark.detection import detect
from maquette.provenance.watermark.embedding import embed
from maquette.provenance.watermark.marked import Watermarked

OpenSigner = Callable[[], Signer]
"""Opens the identity that signs. Raises SigningError."""

FLAG_EDITED, FLAG_LABELLED = 1, 2
"""Bits of the watermark's flags: made from another picture; drawn on with a visible label."""

_MOST_CHANGE = 24.0  # mean difference that lossy encoding may make; noise at quality 1 makes half


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


class _Marked(msgspec.Struct, frozen=True):
    """Pixels with every mark that is in pixels, and what is to be found there again."""

    pixels: Pixels
    watermark: Watermarked
    kept: bool
    label: VisibleLabel
    extra: ExtraMark
    notices: tuple[str, ...]


def seal(
    pixels: Pixels,
    record: Record,
    marking: Marking,
    *,
    open_signer: OpenSigner | None = None,
    file_format: FileFormat = FileFormat.PNG,
    quality: int | None = None,
    is_ours: bool = False,
    arrays: Arrays | None = None,
) -> Sealed:
    """Mark `pixels` (height, width, 3 or 4), encode and sign them, and read everything back.

    A mark that does not hold is told in the record and in a notice; the picture is delivered.

    Args:
        record: `width` and `height` are those of `pixels`.
        open_signer: the identity; without one nothing is signed.
        quality: see `encoding.encode`.
        is_ours: the pixels are those of a file of ours as it was: a watermark and a label that
            are there are kept, not written twice.
        arrays: what computes the watermark, the CPU unless given.

    Raises:
        JobFailed: the encoded file does not hold the marked pixels.
        ImageError: the format cannot hold them.
    """
    marked = _mark(pixels, record, marking, is_ours=is_ours, arrays=arrays)
    exact = is_exact(file_format, quality)
    digest = pixel_digest(marked.pixels) if exact else ""
    texts = texts_of(record, marking, file_format, digest)
    file = encode(marked.pixels, texts, file_format, quality)
    decoded, metadata = read_image(file)
    _require_same(decoded, marked.pixels, exact=exact)
    marks = list(_read_back(marked, decoded, metadata, record, marking, digest))
    signed, refusal = None, ""
    if marking.sign and open_signer is not None:
        claim = _claim(record, marked.pixels, marking, watermarked=marks[0].verified)
        try:
            signed = _signed(file, file_format, claim, open_signer(), marking)
        except SigningError as error:
            refusal = error.message
        marks.append(Mark(MarkKind.MANIFEST, signed is not None, refusal))
    return Sealed(
        file=signed.file if signed else file,
        record=msgspec.structs.replace(record, marks=tuple(marks)),
        mark=_result(marking, marked.watermark, found=marks[0].verified),
        manifest=signed.manifest if signed else b"",
        notices=_notices(marked, marks, signed, refusal),
    )


def _mark(
    pixels: Pixels, record: Record, marking: Marking, *, is_ours: bool, arrays: Arrays | None
) -> _Marked:
    notices: list[str] = []
    label, drawn = _with_label(pixels, label_of(marking), notices, is_ours=is_ours)
    keeps = is_ours and _names(drawn, record)
    extra, carrying = _with_extra(drawn, record, marking.extra_mark, notices, is_ours=is_ours)
    if keeps and carrying is not drawn and not _names(carrying, record):
        notices.append("The extra mark was left out, since it would have covered the watermark.")
        extra, carrying = ExtraMark.NONE, drawn
    if keeps:
        watermark = Watermarked(carrying, True, False, math.inf, 0.0)
    else:
        flags = FLAG_EDITED if record.recipe.start else 0
        flags |= 0 if label is VisibleLabel.NONE else FLAG_LABELLED
        watermark = embed(carrying, record.id, preset=marking.preset, flags=flags, arrays=arrays)
    return _Marked(watermark.pixels, watermark, keeps, label, extra, tuple(notices))


def _with_label(
    pixels: Pixels, label: VisibleLabel, notices: list[str], *, is_ours: bool
) -> tuple[VisibleLabel, Pixels]:
    """The label that is there in the end, and the pixels with it."""
    if label is VisibleLabel.NONE or (is_ours and carries_label(pixels, label)):
        return label, pixels
    labelled = draw_label(pixels, label)
    if labelled is None:
        notices.append("The picture is too small for the visible label.")
        return VisibleLabel.NONE, pixels
    return label, labelled


def _with_extra(
    pixels: Pixels, record: Record, extra: ExtraMark, notices: list[str], *, is_ours: bool
) -> tuple[ExtraMark, Pixels]:
    """The extra mark that is there in the end, and the pixels with it."""
    if extra is ExtraMark.NONE:
        return extra, pixels
    try:
        if is_ours and reads_extra(pixels, record.id, extra):
            return extra, pixels
        with_extra = embed_extra(pixels, record.id, extra)
    except ExtraMarkMissing as error:
        notices.append(error.message)
        return ExtraMark.NONE, pixels
    if with_extra is None:
        return ExtraMark.NONE, pixels
    return extra, with_extra


def _names(pixels: Pixels, record: Record) -> bool:
    found = detect(pixels, thorough=False)
    return found is not None and found.record_id == record.id


def _require_same(decoded: Pixels, marked: Pixels, *, exact: bool) -> None:
    """Raise JobFailed unless the file holds what was encoded."""
    if exact:
        same = np.array_equal(decoded, marked[..., :3])
    elif marked.shape[2] == 4:  # laid over white
        same = decoded.shape[:2] == marked.shape[:2]
    else:
        same = decoded.shape == marked.shape and _difference(decoded, marked) <= _MOST_CHANGE
    if not same:
        raise JobFailed(
            "The picture changed while it was encoded; please make it again.", FailureCode.MARK
        )


def _difference(one: Pixels, other: Pixels) -> float:
    return float(np.abs(one.astype(np.int16) - other).mean())


def _read_back(
    marked: _Marked,
    decoded: Pixels,
    metadata: Metadata,
    record: Record,
    marking: Marking,
    digest: str,
) -> Iterator[Mark]:
    """The marks of the file that `decoded` and `metadata` were read from; the watermark first."""
    yield _watermark(marked, _names(decoded, record))
    label = metadata.xmp
    yield _told(
        MarkKind.XMP,
        label is not None
        and label.source_type == record.source_type
        and label.record_id == record.id,
        "The AI label did not read back.",
    )
    if marking.write_recipe:
        yield _told(
            MarkKind.RECIPE_TEXT,
            metadata.record == embedded(record, write_recipe=True)
            and metadata.parameters == write_parameters(record.recipe, record.tool),
            "The recipe did not read back.",
        )
    if writes_aigc(marking.profile):
        yield _told(
            MarkKind.AIGC,
            metadata.aigc == (own_label(record.id, digest),) and metadata.aigc_copies == 1,
            "The AIGC label did not read back.",
        )
    if marked.label is not VisibleLabel.NONE:
        words = words_of(marked.label)
        shown = carries_label(decoded, marked.label)
        yield Mark(MarkKind.VISIBLE_LABEL, shown, words if shown else "The label cannot be seen.")
    if marked.extra is not ExtraMark.NONE:
        held = reads_extra(decoded, record.id, marked.extra)
        note = marked.extra.value if held else f"{marked.extra.value} did not read back."
        yield Mark(MarkKind.EXTRA, held, note)


def _told(kind: MarkKind, verified: bool, otherwise: str) -> Mark:
    return Mark(kind, verified, "" if verified else otherwise)


def _watermark(marked: _Marked, found: bool) -> Mark:
    if not found:
        return Mark(MarkKind.WATERMARK, False, "This picture holds no invisible watermark.")
    if marked.kept:
        return Mark(MarkKind.WATERMARK, True, "Kept as it was.")
    watermark = marked.watermark
    reach = "Robust" if watermark.robust else "May be lost in copies"
    return Mark(
        MarkKind.WATERMARK,
        True,
        f"{reach}; strength {watermark.strength:g}, {watermark.psnr:.1f} dB.",
    )


def _result(marking: Marking, watermark: Watermarked, *, found: bool) -> MarkResult:
    return MarkResult(
        preset=marking.preset,
        verified=found,
        robust=found and watermark.robust,
        psnr=watermark.psnr if math.isfinite(watermark.psnr) else 0.0,
        strength=watermark.strength,
    )


def _claim(record: Record, pixels: Pixels, marking: Marking, *, watermarked: bool) -> ManifestClaim:
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
        prompt_sha256=hashlib.sha256(prompt).hexdigest() if marking.write_recipe else "",
        perceptual_hash=hash_of(pixels),
    )


def _signed(
    file: bytes, file_format: FileFormat, claim: ManifestClaim, signer: Signer, marking: Marking
) -> Signed:
    """`file` with its manifest, and what the signer has to tell. Raises SigningError."""
    signed = sign(file, file_format, claim, signer, timestamp_url=marking.timestamp_url)
    told = (signer.notice,) if signer.notice else ()
    return msgspec.structs.replace(signed, notices=told + signed.notices)


def _notices(
    marked: _Marked, marks: list[Mark], signed: Signed | None, refusal: str
) -> tuple[str, ...]:
    height, width = marked.pixels.shape[:2]
    said = {
        MarkKind.WATERMARK: "The picture was saved without a readable invisible watermark."
        if min(height, width) >= MIN_SIDE
        else f"A picture smaller than {MIN_SIDE} x {MIN_SIDE} pixels cannot carry the invisible "
        "watermark.",
        MarkKind.XMP: "The picture was saved without a readable AI label.",
        MarkKind.RECIPE_TEXT: "The picture was saved without a readable recipe.",
        MarkKind.AIGC: "The picture was saved without a readable AIGC label.",
        MarkKind.VISIBLE_LABEL: "The picture was saved without a legible visible label.",
        MarkKind.EXTRA: "The picture was saved without a readable extra mark.",
        MarkKind.MANIFEST: "The picture was saved without a signed manifest.",
    }
    missing = tuple(said[mark.kind] for mark in marks if not mark.verified)
    why = (refusal,) if refusal else ()
    return marked.notices + missing + why + (signed.notices if signed else ())
