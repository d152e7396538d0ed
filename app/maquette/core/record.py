"""Record: what we assert about one saved image. A plain value, since it crosses the wire."""

import secrets
from enum import StrEnum

import msgspec

from maquette.core.recipe import Recipe


class SourceType(StrEnum):
    """IPTC DigitalSourceType, the last part of http://cv.iptc.org/newscodes/digitalsourcetype/."""

    GENERATED = "trainedAlgorithmicMedia"
    COMPOSITE = "compositeWithTrainedAlgorithmicMedia"


class MarkKind(StrEnum):
    """One way a file carries its provenance."""

    WATERMARK = "watermark"
    RECIPE_TEXT = "recipe-text"
    XMP = "xmp"


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One mark of a saved image: whether it was read back after encoding, and a note in words."""

    kind: MarkKind
    verified: bool
    note: str = ""


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What we assert about one saved image.

    `id` is 32 random bits as 8 upper-case hex digits, drawn before the job starts and carried by
    the watermark. `created` is ISO 8601 in UTC with seconds.
    """

    id: str
    recipe: Recipe
    created: str
    tool: str
    source_type: SourceType
    width: int
    height: int
    marks: tuple[Mark, ...] = ()


def draw_record_id() -> str:
    """32 random bits as 8 upper-case hex digits."""
    return f"{secrets.randbits(32):08X}"


def spoken_id(record_id: str) -> str:
    """The id as people read it: "7F3A91C2" becomes "7F3A-91C2"."""
    return f"{record_id[:4]}-{record_id[4:]}"
