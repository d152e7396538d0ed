"""Giving recipes their record ids, so that one id never stands for two recipes."""

from typing import Protocol

from maquette.core.recipe import Recipe
from maquette.core.record import record_id_for


class Register(Protocol):
    """What remembers which ids were given: the library's index, the ledger, the queue."""

    def taken(self, record_id: str, recipe: Recipe) -> bool:
        """Whether a picture of another recipe than `recipe` bears the id. Raises LibraryError."""
        ...


def free_record_id(recipe: Recipe, *registers: Register) -> str:
    """The id for `recipe`: its own (see core.record), unless another recipe has it somewhere.

    All registers are asked: the ledger knows of files that left the library, the library of
    pictures that are older than the ledger, and the queue of those that are still to be made.
    """
    attempt = 0
    while any(register.taken(record_id_for(recipe, attempt), recipe) for register in registers):
        attempt += 1
    return record_id_for(recipe, attempt)
