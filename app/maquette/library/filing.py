"""What the ledger is told of a finished file, read from the file itself."""

from maquette.core.errors import ImageError, SaveError
from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import FileFormat
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.record import Record, spoken_id
from maquette.library.ledger_row import NewEntry, sha256
from maquette.provenance.ingredients import ingredients_of
from maquette.provenance.likeness import hash_of, likeness_of
from maquette.provenance.metadata import read_image

SUFFIXES = {
    FileFormat.PNG: ".png",
    FileFormat.JPEG: ".jpg",
    FileFormat.WEBP: ".webp",
    FileFormat.AVIF: ".avif",
    FileFormat.TIFF: ".tif",
}


def open_sealed(record: Record, file: bytes) -> tuple[Pixels, FileFormat]:
    """The pixels and the format of `file`, if it is a file of `record`. Raises SaveError."""
    try:
        pixels, metadata = read_image(file)
        kind = FileFormat(metadata.format.lower())
    except (ImageError, ValueError) as error:
        raise SaveError(
            "The picture came damaged from the engine and was not saved; please make it again.",
            str(error),
        ) from error
    if metadata.record is None or metadata.record.id != record.id:
        raise SaveError(
            f"The picture does not carry its record {spoken_id(record.id)} and was not saved; "
            "please make it again."
        )
    return pixels, kind


def entry_for(
    record: Record, file: bytes, pixels: Pixels, mark: MarkResult, manifest: bytes
) -> NewEntry:
    """The ledger's entry for `file`, whose decoded pixels are `pixels`."""
    height, width = pixels.shape[:2]
    return NewEntry(
        record_id=record.id,
        created=record.created,
        tool=record.tool,
        source_type=record.source_type,
        width=width,
        height=height,
        file_sha256=sha256(file),
        pixel_sha256=pixel_digest(pixels),
        perceptual_hash=hash_of(pixels),
        likeness=likeness_of(pixels),
        mark=mark,
        recipe=record.recipe,
        manifest=manifest,
        ingredients=ingredients_of(record.recipe),
    )
