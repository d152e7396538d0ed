"""What the ledger keeps of a picture that is exported."""

from collections.abc import Iterable

from maquette.core.errors import LibraryError
from maquette.core.ledger_entry import LedgerEntry
from maquette.core.paths import ledger_file
from maquette.core.pixels import pixel_digest
from maquette.library.ledger import Ledger
from maquette.library.ledger_row import sha256
from maquette.provenance.export import Original
from maquette.provenance.metadata import read_image


def original_of(file: bytes, record_id: str) -> Original:
    """What the ledger knows of `file`, a picture of the record; nothing where it cannot be read.

    Raises:
        ImageError: it is no picture that can be read.
    """
    path = ledger_file()
    if not path.exists():
        return Original()
    try:
        with Ledger.open_read_only(path) as ledger:
            same = ledger.by_file(sha256(file)) or ledger.by_pixels(
                pixel_digest(read_image(file)[0])
            )
            if same is not None and same.record_id != record_id:
                same = None
            mark = same.mark if same else None
            return Original(
                mark, _manifest(ledger, [same] if same else ledger.by_record(record_id))
            )
    except LibraryError:
        return Original()


def _manifest(ledger: Ledger, entries: Iterable[LedgerEntry]) -> bytes:
    """The first manifest that the ledger has of `entries`, b"" for none."""
    manifests = (ledger.manifest(entry) for entry in entries)
    return next((manifest for manifest in manifests if manifest), b"")
