"""Which pictures `maquette export` exports: those that a query finds, or files by name."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from maquette.core.errors import InputError
from maquette.core.gallery import GalleryPicture
from maquette.core.record import Record
from maquette.library.archive import Archive
from maquette.library.gallery import Gallery
from maquette.library.ledger_row import sha256
from maquette.library.query import parse_query
from maquette.marker.checker import read_file
from maquette.provenance.metadata import read_metadata


def found_pictures(text: str, gallery: Gallery) -> list[GalleryPicture]:
    """The pictures that the query `text` finds, newest first.

    Raises:
        InputError: the query is not understood, or finds nothing.
        LibraryError: the library cannot be read.
    """
    query = parse_query(text)
    if query.problems:
        raise InputError(query.problems[0].sentence)
    while gallery.catch_up():
        pass  # what older versions filed is findable now
    pictures = gallery.pictures(gallery.find(query))
    if not pictures:
        raise InputError(f"The query {text!r} finds no pictures; try other words.")
    return pictures


def named_pictures(files: Sequence[Path], archive: Archive) -> Iterator[GalleryPicture]:
    """The pictures in `files`, with their records where this installation made exactly them.

    What a file says of itself is not believed: anybody can write a text. Only the ledger's digest,
    or the library's, tells that its bytes are ours.

    Raises:
        InputError: a file is missing or no picture.
        LibraryError: ledger or library cannot be read.
    """
    for number, path in enumerate(files, start=1):
        content = read_file(path)
        metadata = read_metadata(content)
        digest = sha256(content)
        record = _record_of(digest, metadata.record.id if metadata.record else "", archive)
        yield GalleryPicture(
            id=number,
            path=path.absolute(),
            record=record,
            created=record.created if record else "",
            width=metadata.width,
            height=metadata.height,
            file_bytes=len(content),
            file_sha256=digest,
        )


def _record_of(digest: str, record_id: str, archive: Archive) -> Record | None:
    """What we assert about the file with this digest, which says that it has the id."""
    entry = archive.ledger.by_file(digest)
    recipe = archive.ledger.recipe(entry) if entry else None
    if entry and recipe:
        return Record(
            id=entry.record_id,
            recipe=recipe,
            created=entry.created,
            tool=entry.tool,
            source_type=entry.source_type,
            width=entry.width,
            height=entry.height,
        )
    known = archive.library.find_record(entry.record_id if entry else record_id)
    return next((one.record for one in known if one.file_sha256 == digest), None)
