"""Facts: what was found about one file, reduced to what the verdict depends on."""

from enum import StrEnum

import msgspec


class Signature(StrEnum):
    """What the signed manifest in the file is worth."""

    NONE = "none"
    OURS = "ours"  # intact, by this installation
    TRUSTED = "trusted"  # intact, by a signer whom the user trusts
    UNKNOWN = "unknown"  # intact, by anybody
    OUTDATED = "outdated"  # intact, by a certificate that is not valid now and has no timestamp
    BROKEN = "broken"


class Looks(StrEnum):
    """Whether the picture looks like what the ledger kept of the record that is named."""

    UNKNOWN = "unknown"  # no record of the ledger is named
    FORGOTTEN = "forgotten"  # what was kept of it was erased
    TOO_LITTLE = "too_little"  # only a small or plain part of it can be here
    SAME = "same"
    DIFFERENT = "different"


class Removed(StrEnum):
    """What the picture was saved with and this copy has not."""

    NOTHING = "nothing"
    MANIFEST = "manifest"
    LABELS = "labels"
    BOTH = "both"


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the verdict is made of.

    `breach` is a sentence that says what broke the signature. `marked` is the id that the
    watermark holds, `told` the ids that texts and manifest name; "" and empty where there is none.
    `known` is the id, marked or told, that the ledger has. `same_file` and `same_pixels` are ids
    of the ledger's files with these bytes or pixels, `similar` that of one that looks alike.
    `labelled`: it says that AI made it, `tool` by which program; `has_recipe`: it holds an image
    generator's recipe; `foreign` is whose invisible mark it bears.
    """

    signature: Signature = Signature.NONE
    signer: str = ""
    claims_maquette: bool = False
    breach: str = ""
    marked: str = ""
    told: frozenset[str] = frozenset()
    known: str = ""
    looks: Looks = Looks.UNKNOWN
    same_file: str = ""
    same_pixels: str = ""
    similar: str = ""
    removed: Removed = Removed.NOTHING
    labelled: bool = False
    has_recipe: bool = False
    tool: str = ""
    foreign: str = ""

    @property
    def ids(self) -> frozenset[str]:
        """Every id that the file names."""
        return self.told | {self.marked} if self.marked else self.told
