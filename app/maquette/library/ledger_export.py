"""The ledger as a file of JSON lines, which can be verified without its database.

docs/ledger.md is the specification for whoever wants to verify one without this program.
"""

import datetime
from typing import BinaryIO

import msgspec

from maquette.core.errors import InputError
from maquette.library.ledger import Ledger
from maquette.library.ledger_audit import Audit, Auditor
from maquette.library.ledger_row import Kind, Row

FORMAT = 1
_LONGEST_LINE = 64 << 20  # bytes


class _Opening(msgspec.Struct, frozen=True, kw_only=True):
    """The first line."""

    ledger: str
    format: int
    contents: bool


class _Content(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line after the row it belongs to; `base64` is None for what was erased."""

    content: Kind
    number: int
    base64: bytes | None = None


class _Closing(msgspec.Struct, frozen=True, kw_only=True):
    """The last line; `head` is the hash of the last row."""

    head: str
    rows: int
    exported: str


def export_ledger(ledger: Ledger, stream: BinaryIO, *, with_contents: bool) -> Audit:
    """Write all rows to `stream` and say what an audit of them finds.

    Args:
        with_contents: also write recipes, manifests and likenesses, which may be private.

    Raises:
        LibraryError: the ledger cannot be read.
        OSError: the stream cannot be written to.
    """
    auditor = Auditor()
    _write(stream, _Opening(ledger="Maquette", format=FORMAT, contents=with_contents))
    for text, chained, contents in ledger.rows():
        stream.write(text + b"\n")
        row = auditor.row(text, chained)
        if row is None:
            continue
        auditor.contents(row, contents)
        for kind, content in contents.items() if with_contents else ():
            _write(stream, _Content(content=kind, number=row.number, base64=content))
    audit = auditor.result()
    exported = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    _write(stream, _Closing(head=audit.head, rows=audit.rows, exported=exported))
    return audit


def verify_export(stream: BinaryIO, known_head: str = "") -> Audit:
    """Audit a file that `export_ledger` wrote; `known_head` is a hash noted earlier, "" for none.

    Raises:
        InputError: it is no such file, or one of a newer version.
        OSError: the stream cannot be read.
    """
    opening = _opening(stream)
    auditor = Auditor(known_head)
    row: Row | None = None
    contents: dict[Kind, bytes | None] = {}
    closing: _Closing | None = None
    while (line := stream.readline(_LONGEST_LINE)) and closing is None:
        match _line(line.rstrip(b"\n")):
            case _Content() as content:
                if row is None or content.number != row.number:
                    auditor.problem(f"A content of row {content.number} is out of place.")
                else:
                    contents[content.content] = content.base64
            case _Closing() as closing:
                pass
            case bytes() as text:
                if row is not None and opening.contents:
                    auditor.contents(row, contents)
                row, contents = auditor.row(text), {}
    if row is not None and opening.contents:
        auditor.contents(row, contents)
    audit = auditor.result()
    problems = list(audit.problems)
    if closing is None:
        problems.append("The file ends too early: its last line is missing; please export again.")
    elif (closing.rows, closing.head) != (audit.rows, audit.head):
        problems.append("The file has other rows than its last line says; please export again.")
    if line:
        problems.append("The file goes on after its last line; what follows was added later.")
    return msgspec.structs.replace(audit, problems=tuple(problems))


def _opening(stream: BinaryIO) -> _Opening:
    try:
        opening = msgspec.json.decode(stream.readline(1024), type=_Opening)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            "This file is no exported ledger; name one that maquette ledger export wrote."
        ) from error
    if opening.format > FORMAT:
        raise InputError(
            "This ledger was exported by a newer version of Maquette; please update Maquette."
        )
    return opening


def _line(line: bytes) -> _Content | _Closing | bytes:
    """What a line is: a row (as its bytes) unless it reads as one of the others."""
    for kind in (_Content, _Closing):
        try:
            return msgspec.json.decode(line, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
    return line


def _write(stream: BinaryIO, line: msgspec.Struct) -> None:
    stream.write(msgspec.json.encode(line) + b"\n")
