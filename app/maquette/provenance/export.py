"""Exporting: a picture of ours becomes another file of ours, marked and signed anew."""

import msgspec
import numpy as np
from PIL import Image

from maquette.core.errors import ImageError
from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import FileFormat, Marking
from maquette.core.pixels import MAX_IMAGE_PIXELS, Pixels
from maquette.core.record import Record, spoken_id
from maquette.provenance.manifest.parents import kept_parent
from maquette.provenance.manifest.timestamps import Timestamps
from maquette.provenance.metadata import read_image
from maquette.provenance.seal import OpenSigner, Sealed, seal


class Original(msgspec.Struct, frozen=True):
    """What the ledger keeps of the picture that is exported.

    `mark` tells how the watermark in exactly these pixels came out, None where that is not known;
    `manifest` is the signed manifest that the picture was saved with, b"" without one.
    """

    mark: MarkResult | None = None
    manifest: bytes = b""


def export(
    file: bytes,
    record: Record,
    marking: Marking,
    *,
    open_signer: OpenSigner | None = None,
    timestamps: Timestamps | None = None,
    original: Original | None = None,
    file_format: FileFormat = FileFormat.PNG,
    quality: int | None = None,
    longest_side: int | None = None,
) -> Sealed:
    """The picture in `file` as a complete file of `file_format`, with all its marks.

    Whole pictures keep their watermark, unless the marking asks for a stronger one than is known to
    be there; scaled ones are marked again, at their new size. The manifest of the start image,
    which the original's manifest keeps, goes along.

    Args:
        file: a file of ours, or a copy of one that lost its texts.
        record: what is asserted about the picture.
        open_signer, timestamps, quality: see `seal`.
        original: what the ledger knows of the picture.
        longest_side: in pixels; None keeps the size.

    Raises:
        ImageError: the file cannot be read, is another record's, or the size or quality is out of
            range.
        JobFailed: the file does not hold the marked pixels.
    """
    pixels, metadata = read_image(file)
    if metadata.record is not None and metadata.record.id != record.id:
        raise ImageError(
            f"This file is the picture {spoken_id(metadata.record.id)}, not "
            f"{spoken_id(record.id)}; choose the picture again."
        )
    scaled = pixels if longest_side is None else _scaled(pixels, longest_side)
    height, width = scaled.shape[:2]
    original = original or Original()
    return seal(
        scaled,
        msgspec.structs.replace(record, width=width, height=height, marks=()),
        marking,
        open_signer=open_signer,
        timestamps=timestamps,
        file_format=file_format,
        quality=quality,
        parent=kept_parent(file, original.manifest) if original.manifest else None,
        is_ours=scaled is pixels,
        original=original.mark,
    )


def _scaled(pixels: Pixels, longest_side: int) -> Pixels:
    height, width = pixels.shape[:2]
    if longest_side == max(width, height):
        return pixels
    if longest_side < 1:
        raise ImageError("The longest side must be at least 1 pixel.")
    factor = longest_side / max(width, height)
    size = max(1, round(width * factor)), max(1, round(height * factor))
    if size[0] * size[1] > MAX_IMAGE_PIXELS:
        raise ImageError(
            f"A picture of {size[0]} x {size[1]} pixels is too large; choose a smaller size."
        )
    return np.array(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))
