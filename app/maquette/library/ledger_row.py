"""How a row of the ledger is written down, hashed and read; docs/ledger.md is its specification."""

import hashlib
import secrets
from enum import StrEnum

import msgspec

from maquette.core.ledger_entry import Ingredient, LedgerEntry, MarkResult
from maquette.core.recipe import Recipe
from maquette.core.record import SourceType

FIRST = ""
"""What the first row names as the hash before it."""


class Kind(StrEnum):
    """Contents that a row names by digest and that can be erased."""

    LIKENESS = "likeness"
    MANIFEST = "manifest"
    RECIPE = "recipe"


class NewEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be told of a file; the fields are those of LedgerEntry. `manifest` b"" = none."""

    record_id: str
    created: str
    tool: str
    source_type: SourceType
    width: int
    height: int
    file_sha256: str
    pixel_sha256: str
    perceptual_hash: str
    likeness: bytes
    mark: MarkResult
    recipe: Recipe
    manifest: bytes = b""
    ingredients: tuple[Ingredient, ...] = ()


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row as it is hashed; its fields are those of LedgerEntry that it has."""

    number: int
    record_id: str
    created: str
    tool: str
    source_type: SourceType
    width: int
    height: int
    file_sha256: str
    pixel_sha256: str
    perceptual_hash: str
    mark: MarkResult
    ingredients: tuple[Ingredient, ...]
    likeness_sha256: str
    manifest_sha256: str
    recipe_sha256: str
    previous: str

    def named(self) -> dict[Kind, str]:
        """The digests of the contents that the row has."""
        digests = {
            Kind.LIKENESS: self.likeness_sha256,
            Kind.MANIFEST: self.manifest_sha256,
            Kind.RECIPE: self.recipe_sha256,
        }
        return {kind: digest for kind, digest in digests.items() if digest}


class _KeptRecipe(msgspec.Struct, frozen=True):
    """The recipe with 128 random bits, so that nobody who has the digest can guess the prompt."""

    recipe: Recipe
    salt: str


def sha256(data: bytes) -> str:
    """The digest in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def write_row(new: NewEntry, number: int, previous: str) -> tuple[str, dict[Kind, bytes]]:
    """The text of the row that follows `previous`, and the contents that it names.

    Raises:
        ValueError: a number of the mark is not finite, which JSON cannot hold.
    """
    kept = _KeptRecipe(new.recipe, secrets.token_hex(16))
    contents = {
        Kind.LIKENESS: new.likeness,
        Kind.MANIFEST: new.manifest,
        Kind.RECIPE: msgspec.json.encode(kept),
    }
    contents = {kind: content for kind, content in contents.items() if content}
    digests = {kind: sha256(content) for kind, content in contents.items()}
    row = Row(
        number=number,
        record_id=new.record_id,
        created=new.created,
        tool=new.tool,
        source_type=new.source_type,
        width=new.width,
        height=new.height,
        file_sha256=new.file_sha256,
        pixel_sha256=new.pixel_sha256,
        perceptual_hash=new.perceptual_hash,
        mark=new.mark,
        ingredients=new.ingredients,
        likeness_sha256=digests.get(Kind.LIKENESS, ""),
        manifest_sha256=digests.get(Kind.MANIFEST, ""),
        recipe_sha256=digests.get(Kind.RECIPE, ""),
        previous=previous,
    )
    text = msgspec.json.encode(row, order="sorted").decode()
    if read_row(text) != row:
        raise ValueError(f"a row that cannot be read again: {text}")
    return text, contents


def read_row(text: str | bytes) -> Row:
    """The row of a text.

    Raises:
        msgspec.DecodeError: it is no row, or one of a newer version.
        UnicodeDecodeError: it is no text at all.
    """
    return msgspec.json.decode(text, type=Row)


def read_recipe(content: bytes) -> Recipe:
    """The recipe of a content of that kind. Raises msgspec.DecodeError."""
    return msgspec.json.decode(content, type=_KeptRecipe).recipe


def entry_of(text: str, chained: str, likeness: bytes) -> LedgerEntry:
    """The entry of a row's text. Raises msgspec.DecodeError."""
    row = msgspec.structs.asdict(read_row(text))
    return LedgerEntry(**row, likeness=likeness, chained=chained)
