"""The studio's memory as one: the index of its pictures and the ledger of all its files."""

from pathlib import Path
from typing import Self

import msgspec

from maquette.core.recipe import Recipe
from maquette.core.record_ids import Register, free_record_id
from maquette.library.ledger import Ledger
from maquette.library.store import Library


class Archive(msgspec.Struct, frozen=True):
    """An open library with its ledger."""

    library: Library
    ledger: Ledger

    @classmethod
    def open(cls, library_file: Path, ledger_file: Path) -> Self:
        """Open both files, made or migrated if need be.

        Raises:
            LibraryError: one of them cannot be opened, is damaged, or is of a newer version.
        """
        library = Library.open(library_file)
        try:
            return cls(library, Ledger.open(ledger_file))
        except BaseException:
            library.close()
            raise

    def close(self) -> None:
        """Close both files."""
        self.library.close()
        self.ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def record_id_for(self, recipe: Recipe, *others: Register) -> str:
        """The id for `recipe`: its own, unless another recipe has it. Raises LibraryError.

        `others` are asked as well, such as a queue.
        """
        return free_record_id(recipe, self.library, self.ledger, *others)
