"""What a crash left: whether a file that was being written is there."""

from maquette.core.export_run import ExportItem
from maquette.library.ledger_row import sha256


def recovered(item: ExportItem) -> bool:
    """Whether the file of an item that was being written is there, whole, under its name."""
    if item.path is None:
        return False
    try:
        return item.path.is_file() and sha256(item.path.read_bytes()) == item.sha256
    except OSError:
        return False
