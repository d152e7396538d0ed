"""LedgerEntry: one row of the ledger, what was asserted when a picture was saved or exported."""

import msgspec

from maquette.core.record import SourceType


class Ingredient(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What went into a picture, by digest.

    `role` is model, start, sketch, control, style-image, control-model or lora.
    """

    role: str
    digest: str  # sha256, hex
    name: str = ""
    record_id: str = ""  # when it is a picture of ours


class MarkResult(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the invisible watermark came out.

    `verified`: read back from the file. `robust`: it survived the preset's list of attacks.
    `psnr` in dB (0 when nothing was written), `strength` is the carrier's own unit.
    """

    preset: str
    verified: bool
    robust: bool
    psnr: float
    strength: float


class LedgerEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One saved or exported file. `number` counts from 1; digests are sha256 in hex.

    `likeness` is what `provenance.likeness` keeps of the picture, b"" once it is erased.
    `likeness_sha256`, `manifest_sha256` and `recipe_sha256` name contents that can be erased
    without breaking the chain; "" = none. `previous` and `chained` are the hashes of the row before
    and of this row.
    """

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
    likeness: bytes
    mark: MarkResult
    ingredients: tuple[Ingredient, ...] = ()
    likeness_sha256: str = ""
    manifest_sha256: str = ""
    recipe_sha256: str = ""
    previous: str = ""
    chained: str = ""
