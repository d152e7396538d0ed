"""Report: what checking one file found, as a plain value, since it crosses the wire.

Sentences are English; the window translates them (see `state.sentences`).
"""

from enum import StrEnum

import msgspec

from maquette.core.recipe import Recipe
from maquette.core.record import SourceType


class Verdict(StrEnum):
    """What the evidence comes to, taken together."""

    SIGNED_INTACT = "signed_intact"  # signed by this installation or by a trusted signer
    SIGNED_UNKNOWN_SIGNER = "signed_unknown_signer"
    TAMPERED = "tampered"
    RECOVERED_BY_WATERMARK = "recovered_by_watermark"
    MARK_UNKNOWN_ID = "mark_unknown_id"
    METADATA_ONLY = "metadata_only"
    SIMILAR = "similar"
    NOTHING_FOUND = "nothing_found"  # which does not mean that no AI made it


class Source(StrEnum):
    """Where a piece of evidence comes from, in the order in which it is read."""

    MANIFEST = "manifest"
    LABEL = "label"
    RECIPE = "recipe"
    WATERMARK = "watermark"
    LEDGER = "ledger"
    KEPT_MANIFEST = "kept_manifest"
    LIKENESS = "likeness"
    OTHER_MARKS = "other_marks"


class Outcome(StrEnum):
    """What a piece of evidence says."""

    GOOD = "good"  # there, and agrees
    BAD = "bad"  # removed, broken, or contradicts the rest
    WARNING = "warning"  # there, but cannot be relied on
    ABSENT = "absent"  # not there, and nothing says that it was


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a report: what was looked at, what it says, and one sentence.

    `detail` is text for experts (validation codes, identifiers), untrusted and never rich text.
    """

    source: Source
    outcome: Outcome
    sentence: str
    detail: str = ""


class Geometry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What happened to a picture since it was marked, as the watermark tells it.

    `scale` is how much larger the picture is now than when it was marked, along each axis
    (1 = the same), `rotation` in degrees counter-clockwise, `quarter_turns` 0 to 3
    counter-clockwise, `mirrored` left for right before the turn. `cropped` says that it is a
    part of the picture.
    """

    scale_x: float = 1.0
    scale_y: float = 1.0
    rotation: float = 0.0
    quarter_turns: int = 0
    mirrored: bool = False
    cropped: bool = False


class Report(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one file carries and what that means.

    `sentence` says the verdict in plain words; `history` says what happened to the picture since
    it was saved. `record_id` is the record it belongs to, "" where none is known; `in_ledger` says
    that the ledger has it, and not only that the file names it. `recipe` comes from the ledger or,
    where that has none, from the file. `known_path` is where the library has the original, ""
    where it has none. `kept_manifest` says that the original's signed manifest is in the ledger.
    `recipe_text` is the recipe as the file tells it, in the form that image generators share: a
    stranger's text. `crop` is the part of the original that the picture shows, as (left, top,
    right, bottom) in fractions of the original's sides; None for all of it.
    """

    name: str
    format: str
    width: int
    height: int
    file_bytes: int
    verdict: Verdict
    sentence: str
    evidence: tuple[Evidence, ...]
    history: tuple[str, ...] = ()
    record_id: str = ""
    in_ledger: bool = False
    created: str = ""
    tool: str = ""
    source_type: SourceType | None = None
    recipe: Recipe | None = None
    recipe_text: str = ""
    geometry: Geometry | None = None
    crop: tuple[float, float, float, float] | None = None
    known_path: str = ""
    kept_manifest: bool = False
    seconds: float = 0.0
