"""Exporting: a picture of ours becomes another file of ours, marked and signed anew."""

import msgspec

from maquette.core.errors import ImageError
from maquette.core.export_preset import Rendition
from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import Marking
from maquette.core.record import Record, spoken_id
from maquette.provenance.colour import Colours
from maquette.provenance.colour_sources import NOT_USED, is_usable
from maquette.provenance.framing_pixels import framed
from maquette.provenance.manifest.parents import kept_parent
from maquette.provenance.manifest.timestamps import Timestamps
from maquette.provenance.metadata import read_image, read_profile
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
    rendition: Rendition,
    *,
    open_signer: OpenSigner | None = None,
    timestamps: Timestamps | None = None,
    original: Original | None = None,
    colours: Colours | None = None,
) -> Sealed:
    """The picture in `file` as a complete file as `rendition` says, with all its marks.

    Size first, then colours, then the marks: visible label and watermark see the pixels as they
    will be. Whole pictures keep their watermark, unless the marking asks for a stronger one than
    is known to be there; scaled, cut and padded ones are marked again, at their new size, and so
    are those whose colours change. What the numbers of the file mean its own colour profile says,
    if it has one. The manifest of the start image, which the original's manifest
    keeps, goes along.

    Args:
        file: a file of ours, or a copy of one that lost its texts.
        record: what is asserted about the picture.
        open_signer, timestamps: see `seal`.
        original: what the ledger knows of the picture.
        colours: keeps colour transforms from one picture to the next.

    Raises:
        ImageError: the file cannot be read, is another record's, or size, quality, target or ICC
            profile cannot be used.
        JobFailed: the file does not hold the marked pixels.
    """
    pixels, metadata = read_image(file)
    if metadata.record is not None and metadata.record.id != record.id:
        raise ImageError(
            f"This file is the picture {spoken_id(metadata.record.id)}, not "
            f"{spoken_id(record.id)}; choose the picture again."
        )
    profile = read_profile(file)
    sized = framed(pixels, rendition.size)
    coloured = (colours or Colours()).changed(
        sized, rendition.colour, rendition.proof_profile, profile
    )
    height, width = coloured.shape[:2]
    original = original or Original()
    sealed = seal(
        coloured,
        msgspec.structs.replace(record, width=width, height=height, marks=()),
        marking,
        open_signer=open_signer,
        timestamps=timestamps,
        file_format=rendition.format,
        quality=rendition.quality,
        colour=rendition.colour,
        dpi=rendition.dpi,
        target_bytes=rendition.target_bytes,
        parent=kept_parent(file, original.manifest) if original.manifest else None,
        is_ours=sized is pixels,
        renew=coloured is not sized,
        original=original.mark if coloured is pixels else None,
    )
    if profile and not is_usable(profile):
        return msgspec.structs.replace(sealed, notices=(NOT_USED, *sealed.notices))
    return sealed
