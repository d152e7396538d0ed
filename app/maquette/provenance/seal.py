"""Sealing: pixels and their record become one file of ours, whose every mark was read back.

This is the only way to a picture for the user. The order matters: the marks in the pixels first,
then the texts, and the signed manifest last, because it covers every byte of the file.
"""

import hashlib
from collections.abc import Callable

import msgspec

from maquette.core.errors import ImageError, SigningError
from maquette.core.export_preset import ColourSpace
from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import FileFormat, Marking
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.record import Mark, MarkKind, Record, tool_and_version
from maquette.provenance.encoding import QUALITY, encode, is_exact
from maquette.provenance.identity.signer import Signer
from maquette.provenance.ingredients import ingredients_of
from maquette.provenance.likeness import hash_of
from maquette.provenance.manifest.claim import KeptParent, ManifestClaim, Parent
from maquette.provenance.manifest.signing import sign
from maquette.provenance.manifest.timestamps import Timestamps
from maquette.provenance.metadata import read_image
from maquette.provenance.pixel_marks import MarkedPixels, mark_pixels
from maquette.provenance.read_back import Expected, notices_of, read_marks, require_same
from maquette.provenance.target_size import highest_quality
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
    colour: ColourSpace = ColourSpace.SRGB,
    dpi: int | None = None,
    target_bytes: int | None = None,
    parent: Parent | KeptParent | None = None,
    is_ours: bool = False,
    renew: bool = False,
    original: MarkResult | None = None,
    arrays: Arrays | None = None,
) -> Sealed:
    """Mark `pixels` (height, width, 3 or 4), encode and sign them, and read everything back.

    A mark that does not hold is told in the record and in a notice; the picture is delivered.

    Args:
        record: `width` and `height` are those of `pixels`.
        open_signer: the identity; without one nothing is signed.
        timestamps: knows which timestamp authorities fail, from one picture to the next.
        quality, colour, dpi: see `encoding.encode`.
        target_bytes: the most that the file may have, texts and manifest included; the quality is
            lowered until it has.
        parent: the start image with its own manifest, which the new manifest keeps.
        is_ours: the pixels are those of a file of ours as it was: a watermark and a label that
            are there are kept, not written twice. Only if *strong* is asked for and the watermark
            is not known to be that, it is written again, with the same content.
        renew: with `is_ours`, write the watermark again in any case: the colours were changed.
        original: how that watermark came out when it was written, None where nobody knows.
        arrays: what computes the watermark, the CPU unless given.

    Raises:
        JobFailed: the encoded file does not hold the marked pixels.
        ImageError: the format cannot hold them, or not within `target_bytes`.
    """
    marked = mark_pixels(
        pixels, record, marking, is_ours=is_ours, renew=renew, original=original, arrays=arrays
    )
    maker = _Maker(marked, record, marking, file_format, colour, dpi)
    maker.signs_with(open_signer, timestamps, parent)
    made = maker.make(quality)
    if target_bytes is not None and len(made.file) > target_bytes:
        made = maker.make_within(target_bytes, made, quality)
    found = made.marks[0].verified
    watermark = msgspec.structs.replace(
        marked.watermark, verified=found, robust=found and marked.watermark.robust
    )
    return Sealed(
        file=made.file,
        record=msgspec.structs.replace(record, marks=made.marks),
        mark=watermark,
        manifest=made.manifest,
        notices=marked.notices + notices_of(made.marks, marked.pixels) + made.told,
    )


class _Made(msgspec.Struct, frozen=True):
    """A file of one quality, signed and read back; `told` is what signing has to tell."""

    file: bytes
    marks: tuple[Mark, ...]
    manifest: bytes
    told: tuple[str, ...]


class _Maker:
    """Makes files of one picture's marked pixels."""

    def __init__(
        self,
        marked: MarkedPixels,
        record: Record,
        marking: Marking,
        file_format: FileFormat,
        colour: ColourSpace,
        dpi: int | None,
    ) -> None:
        self._marked = marked
        self._record = record
        self._marking = marking
        self._format = file_format
        self._colour = colour
        self._dpi = dpi
        self._open_signer: OpenSigner | None = None
        self._timestamps: Timestamps | None = None
        self._parent: Parent | KeptParent | None = None

    def signs_with(
        self,
        open_signer: OpenSigner | None,
        timestamps: Timestamps | None,
        parent: Parent | KeptParent | None,
    ) -> None:
        """See `seal` for the arguments."""
        self._open_signer, self._timestamps, self._parent = open_signer, timestamps, parent

    def make(self, quality: int | None) -> _Made:
        """The file at this quality. Raises JobFailed, ImageError."""
        marked, record, marking = self._marked, self._record, self._marking
        exact = is_exact(self._format, quality)
        digest = pixel_digest(marked.pixels) if exact else ""
        file = self._encoded(quality, digest)
        decoded, metadata = read_image(file)
        require_same(decoded, marked.pixels, exact=exact)
        marks = list(read_marks(Expected(marked, record, marking, digest), decoded, metadata))
        if not marking.sign or self._open_signer is None:
            return _Made(file, tuple(marks), b"", ())
        claim = _claim(record, marked.pixels, marking, self._parent, watermarked=marks[0].verified)
        try:
            signed = sign(
                file,
                self._format,
                claim,
                self._open_signer(),
                timestamp_url=marking.timestamp_url,
                timestamps=self._timestamps,
            )
        except SigningError as error:
            marks.append(Mark(MarkKind.MANIFEST, False, error.message))
            return _Made(file, tuple(marks), b"", (error.message,))
        marks.append(Mark(MarkKind.MANIFEST, True))
        return _Made(signed.file, tuple(marks), signed.manifest, signed.notices)

    def make_within(self, limit: int, first: _Made, quality: int | None) -> _Made:
        """The best file of at most `limit` bytes, where `first`, of `quality`, is larger.

        Raises:
            ImageError: there is none.
        """
        highest = quality or QUALITY.get(self._format)
        if highest is not None:
            around = len(first.file) - self._size(highest)  # the manifest
            lower = highest_quality(self._size, limit - around, highest - 1)
            while lower:
                made = self.make(lower)
                if len(made.file) <= limit:
                    return msgspec.structs.replace(
                        made, told=tuple(dict.fromkeys(first.told + made.told))
                    )
                lower -= 1  # its manifest was a little longer
        height, width = self._marked.pixels.shape[:2]
        raise ImageError(
            f"This picture of {width} x {height} pixels cannot be made as small as "
            f"{limit // 1024} KiB as {self._format.upper()}; "
            "allow a larger file, or choose a smaller size or another format."
        )

    def _size(self, quality: int) -> int:
        return len(self._encoded(quality, ""))

    def _encoded(self, quality: int | None, digest: str) -> bytes:
        texts = texts_of(self._record, self._marking, self._format, digest)
        return encode(
            self._marked.pixels,
            texts,
            self._format,
            quality,
            colour=self._colour,
            dpi=self._dpi,
        )


def _claim(
    record: Record,
    pixels: Pixels,
    marking: Marking,
    parent: Parent | KeptParent | None,
    *,
    watermarked: bool,
) -> ManifestClaim:
    tool, version = tool_and_version(record.tool)
    prompt = record.recipe.prompt.encode()
    return ManifestClaim(
        record_id=record.id,
        created=record.created,
        tool=tool,
        tool_version=version,
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
