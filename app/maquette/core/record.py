"""Record: what we assert about one saved image. A plain value, since it crosses the wire."""

import hashlib
from enum import StrEnum

import msgspec

from maquette.core.recipe import ModelRef, Recipe


class SourceType(StrEnum):
    """IPTC DigitalSourceType, the last part of http://cv.iptc.org/newscodes/digitalsourcetype/."""

    GENERATED = "trainedAlgorithmicMedia"
    COMPOSITE = "compositeWithTrainedAlgorithmicMedia"


class MarkKind(StrEnum):
    """One way a file carries its provenance."""

    WATERMARK = "watermark"
    RECIPE_TEXT = "recipe-text"
    XMP = "xmp"
    AIGC = "aigc"  # the implicit label of GB 45438-2025
    VISIBLE_LABEL = "visible-label"
    EXTRA = "extra"  # a second invisible mark, by invisible-watermark
    MANIFEST = "manifest"


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One mark of a saved image: whether it was read back after encoding, and a note in words."""

    kind: MarkKind
    verified: bool
    note: str = ""


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What we assert about one saved image.

    `id` is 32 bits as 8 upper-case hex digits (see `record_id_for`), known before the job starts
    and carried by the watermark. `created` is ISO 8601 in UTC with seconds.
    """

    id: str
    recipe: Recipe
    created: str
    tool: str
    source_type: SourceType
    width: int
    height: int
    marks: tuple[Mark, ...] = ()


def record_id_for(recipe: Recipe, attempt: int = 0) -> str:
    """The id that the picture of `recipe` carries: 32 bits as 8 upper-case hex digits.

    It is a digest of the recipe, so that the same recipe gives the same pixels, mark included. The
    model's name and digest stay out of it, because they may be unknown before the model is loaded.
    Raise `attempt` when another recipe already has the id (one chance in 4 billion per pair).
    """
    named = msgspec.structs.replace(
        recipe, model=ModelRef(recipe.model.id), guidance_scale=float(recipe.guidance_scale)
    )
    content = msgspec.msgpack.encode((named, attempt), order="deterministic")
    return hashlib.sha256(content).hexdigest()[:8].upper()


def spoken_id(record_id: str) -> str:
    """The id as people read it: "7F3A91C2" becomes "7F3A-91C2"."""
    return f"{record_id[:4]}-{record_id[4:]}"
