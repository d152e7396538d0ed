"""What checking asks of the ledger; the library has it, tests and other stores may."""

from collections.abc import Sequence
from typing import Protocol

from maquette.core.ledger_entry import LedgerEntry
from maquette.core.recipe import Recipe


class LedgerView(Protocol):
    """The ledger, for reading. Every method may raise LibraryError."""

    def by_record(self, record_id: str) -> Sequence[LedgerEntry]:
        """The files that were saved and exported of one record, in order."""
        ...

    def by_file(self, sha256: str) -> LedgerEntry | None:
        """The file with exactly these bytes."""
        ...

    def by_pixels(self, sha256: str) -> LedgerEntry | None:
        """A file with exactly these pixels."""
        ...

    def similar(self, perceptual_hash: str, distance: int) -> Sequence[LedgerEntry]:
        """Files whose hash differs in at most `distance` bits, the nearest first."""
        ...

    def manifest(self, entry: LedgerEntry) -> bytes | None:
        """The signed manifest that the file had; None if it had none or it was erased."""
        ...

    def recipe(self, entry: LedgerEntry) -> Recipe | None:
        """The recipe of the picture; None if it was erased."""
        ...
