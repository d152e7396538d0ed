"""ManifestClaim: what the signed manifest of one file says about its picture."""

import base64
from typing import Any

import msgspec

from maquette.core.ledger_entry import Ingredient
from maquette.core.record import SourceType

SOFT_BINDING_ALGORITHM = "io.github.maquette.spread.1"
"""Name of our watermark in soft bindings; free for anyone until it is on the C2PA list."""


class Parent(msgspec.Struct, frozen=True):
    """The file that was opened and edited: its bytes, and its media type ("image/png")."""

    file: bytes
    media_type: str


class KeptParent(msgspec.Struct, frozen=True):
    """A parent as another manifest keeps it.

    `ingredient` is its entry there, in c2pa's words; `store` its own manifest and those before.
    """

    ingredient: dict[str, Any]
    store: bytes


class ManifestClaim(msgspec.Struct, frozen=True, kw_only=True):
    """What is claimed about one picture. Digests are sha256 in hex, "" where unknown.

    `record_id` has 8 hex digits; `created` is ISO 8601 in UTC. `watermarked` only when the mark
    was read back from this very file. `ingredients` are told by role and digest, never by name.
    `parent` is the start image with its own manifest, which is kept; what is said of the ingredient
    "start" is said of it. `prompt_sha256` only with the recipe: the digest of a short prompt can be
    guessed. `perceptual_hash` is hex, for telling a changed picture from a manifest
    moved to another one. `may_be_mined` allows training and data mining; the default is that it is
    not allowed.
    """

    record_id: str
    created: str
    tool: str
    tool_version: str
    source_type: SourceType
    width: int
    height: int
    watermarked: bool
    ingredients: tuple[Ingredient, ...] = ()
    parent: Parent | KeptParent | None = None
    prompt_sha256: str = ""
    perceptual_hash: str = ""
    may_be_mined: bool = False


def soft_binding_value(record_id: str) -> str:
    """The value of our soft binding: the 4 bytes of `record_id`, base64."""
    return base64.b64encode(bytes.fromhex(record_id)).decode()
