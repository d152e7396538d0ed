"""What the file of a start image says of itself, so that the picture made from it can keep that."""

from pathlib import Path

import msgspec

from maquette.core.errors import ImageError
from maquette.core.record import is_record_id
from maquette.provenance.metadata import MAX_FILE, read_image

MAX_SENT = 16 << 20
"""Bytes of a file that goes along with each job for the sake of its manifest."""

# Of every manifest store: the type of its outermost JUMBF box, ISO/IEC 19566-5 and C2PA 2.2, 11.1.
_STORE_TYPE = bytes.fromhex("6332706100110010800000aa00389b71")


class StartFile(msgspec.Struct, frozen=True):
    """What is kept of the file of a start image.

    `record` is the picture of ours that its texts name, "" for none. `file` is the whole file if
    it may carry a signed manifest, else b"". `notice` is a sentence for the user, "" for none.
    """

    record: str = ""
    file: bytes = b""
    notice: str = ""


def read_start_file(path: Path) -> StartFile:
    """Read the start image's file at `path` for its provenance. Blocking.

    Files that cannot be read have none: whoever decodes the pixels tells what is wrong with them.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            return StartFile(notice=_too_large(path))
        file = path.read_bytes()
    except (OSError, ValueError):
        return StartFile()
    record = _record_in(file)
    if _STORE_TYPE not in file:
        return StartFile(record)
    if len(file) > MAX_SENT:
        return StartFile(record, notice=_too_large(path))
    return StartFile(record, file)


def _record_in(file: bytes) -> str:
    try:
        record = read_image(file)[1].record
    except ImageError:  # a format without our texts
        return ""
    return record.id if record is not None and is_record_id(record.id) else ""


def _too_large(path: Path) -> str:
    return (
        f"{path.name} is larger than {MAX_SENT >> 20} MiB, so a signed manifest in it is not "
        "kept in pictures made from it; keep the file beside them."
    )
