"""Giving recipes their record ids, so that one id never stands for two recipes."""

from typing import Protocol

from maquette.core.recipe import Recipe
from maquette.core.record import as_asked, record_id_for


class Register(Protocol):
    """What remembers which ids were given: the library's index, the ledger."""

    def taken(self, record_id: str, recipe: Recipe) -> bool:
        """Whether a picture of another recipe than `recipe` bears the id. Raises LibraryError."""
        ...


def free_record_id(recipe: Recipe, *registers: Register) -> str:
    """The id for `recipe`: its own (see core.record), unless another recipe has it somewhere.

    Both registers are asked: the ledger knows of files that left the library, and the library of
    pictures that are older than the ledger.
    """
    attempt = 0
    while any(register.taken(record_id_for(recipe, attempt), recipe) for register in registers):
        attempt += 1
    return record_id_for(recipe, attempt)


def same_recipe(one: Recipe, other: Recipe) -> bool:
    """Whether both are one recipe, whatever was learned when its picture was made."""
    return as_asked(one) == as_asked(other)
