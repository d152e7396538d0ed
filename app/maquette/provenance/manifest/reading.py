"""Reading a signed manifest: who signed, what is claimed, and whether it still holds."""

from enum import StrEnum

import msgspec

from maquette.core.record import SourceType
from maquette.provenance.identity.signer import KnownSigners


class ManifestState(StrEnum):
    """What a manifest is worth."""

    OURS = "ours"  # intact, signed by this installation, now or earlier
    TRUSTED = "trusted"  # intact, signed under an anchor that the caller trusts
    UNKNOWN_SIGNER = "unknown_signer"  # intact, but anybody may have signed it
    INVALID = "invalid"  # `problems` says what is wrong
    ELSEWHERE = "elsewhere"  # the file names a manifest on a server, which is not fetched


class Problem(StrEnum):
    """What is wrong with an invalid manifest."""

    DATA_CHANGED = "data_changed"  # the file is not the one that was signed
    CLAIM_CHANGED = "claim_changed"  # a statement of the manifest was edited
    SIGNATURE = "signature"  # the signature does not fit
    EXPIRED = "expired"  # the certificate ran out, and no timestamp says it was signed before
    NOT_YET_VALID = "not_yet_valid"  # the certificate begins later than this clock
    CERTIFICATE = "certificate"  # the certificate is not fit for signing
    DAMAGED = "damaged"  # the manifest cannot be parsed
    INGREDIENT = "ingredient"  # the manifest of an ingredient does not hold
    OTHER = "other"


class SignedAction(msgspec.Struct, frozen=True, kw_only=True):
    """One action: "c2pa.created", when it was done, with which program."""

    action: str
    when: str = ""
    software: str = ""
    source_type: str = ""


class SignedIngredient(msgspec.Struct, frozen=True, kw_only=True):
    """What went in: `relation` is parentOf, componentOf or inputTo; `digest` is sha256 or ""."""

    relation: str
    title: str = ""
    digest: str = ""
    has_manifest: bool = False


class ManifestReading(msgspec.Struct, frozen=True, kw_only=True):
    """What the manifest of a file says. All texts are a stranger's: plain text, bounded.

    `sentence` says the state in plain words, `problem_sentences` what is wrong. `record_id` is
    from our soft binding or our own assertion, "" where there is none. `width`, `height` and
    `perceptual_hash` describe the picture that was signed, where our assertion tells them.
    `mining` holds the entries of training-mining: {"cawg.ai_training": "notAllowed", ...}.
    `codes` are C2PA validation codes of failures, for experts.
    """

    state: ManifestState
    sentence: str
    problems: tuple[Problem, ...] = ()
    problem_sentences: tuple[str, ...] = ()
    signer_name: str = ""
    organisation: str = ""
    signed_at: str = ""
    timestamped: bool = False
    generator: str = ""
    source_type: SourceType | None = None
    actions: tuple[SignedAction, ...] = ()
    ingredients: tuple[SignedIngredient, ...] = ()
    record_id: str = ""
    prompt_sha256: str = ""
    width: int = 0
    height: int = 0
    perceptual_hash: str = ""
    mining: dict[str, str] = {}
    codes: tuple[str, ...] = ()
    manifest_bytes: int = 0


def read(
    file: bytes, *, known: KnownSigners = KnownSigners(), trust_anchors: str = ""
) -> ManifestReading | None:
    """What the manifest inside `file` says, None if it has none. Never raises on hostile input.

    Args:
        known: who counts as this installation (`identity.opening.known_signers`).
        trust_anchors: PEM of further roots whose signers are trusted.
    """
    raise NotImplementedError


def read_detached(
    manifest: bytes,
    file: bytes,
    *,
    known: KnownSigners = KnownSigners(),
    trust_anchors: str = "",
) -> ManifestReading | None:
    """The same for `manifest`, kept elsewhere, held against `file`."""
    raise NotImplementedError
