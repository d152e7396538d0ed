"""What C2PA's validation codes come to: the kinds of problems, in plain words."""

from collections.abc import Iterable
from enum import StrEnum


class Problem(StrEnum):
    """What is wrong with an invalid manifest."""

    DATA_CHANGED = "data_changed"  # the file is not the one that was signed
    CLAIM_CHANGED = "claim_changed"  # a statement of the manifest was edited
    SIGNATURE = "signature"  # the signature does not fit
    EXPIRED = "expired"  # the certificate ran out; no trusted timestamp is older than that
    NOT_YET_VALID = "not_yet_valid"  # the certificate begins later than this clock
    CERTIFICATE = "certificate"  # the certificate is not fit for signing
    INGREDIENT = "ingredient"  # the manifest of something that went in does not hold
    DAMAGED = "damaged"  # the manifest cannot be parsed
    OTHER = "other"


SENTENCES = {
    Problem.DATA_CHANGED: "The picture or its texts were changed after signing, or the manifest "
    "was moved here from another file.",
    Problem.CLAIM_CHANGED: "A statement in the manifest was changed after signing.",
    Problem.SIGNATURE: "The signature does not fit the manifest.",
    Problem.EXPIRED: "The signing certificate has run out, and no trusted timestamp shows "
    "that it was valid when the picture was signed.",
    Problem.NOT_YET_VALID: "The signing certificate begins later than this computer's date; "
    "check the clock.",
    Problem.CERTIFICATE: "The signing certificate is not fit for signing pictures.",
    Problem.INGREDIENT: "The manifest of something that went into the picture does not hold.",
    Problem.DAMAGED: "The manifest is damaged and cannot be read.",
    Problem.OTHER: "The manifest breaks a rule of C2PA.",
}

# Listed among the failures, but says only that nobody vouches for the signer.
_UNTRUSTED = "signingCredential.untrusted"
# Codes by their beginning, C2PA specification 2.2, "Standard status codes".
_BEGINNINGS = (
    ("assertion.dataHash.", Problem.DATA_CHANGED),
    ("assertion.bmffHash.", Problem.DATA_CHANGED),
    ("assertion.boxesHash.", Problem.DATA_CHANGED),
    ("assertion.collectionHash.", Problem.DATA_CHANGED),
    ("claimSignature.outsideValidity", Problem.EXPIRED),
    ("signingCredential.expired", Problem.EXPIRED),
    ("claimSignature.", Problem.SIGNATURE),
    ("signingCredential.", Problem.CERTIFICATE),
    ("ingredient.", Problem.INGREDIENT),
    ("assertion.ingredient.", Problem.INGREDIENT),
    ("assertion.", Problem.CLAIM_CHANGED),
    ("claim.", Problem.CLAIM_CHANGED),
)


def problems_of(codes: Iterable[str]) -> tuple[Problem, ...]:
    """The kinds of problems that failure `codes` stand for, each once, in a fixed order."""
    found = {_problem(code) for code in codes if code != _UNTRUSTED}
    return tuple(problem for problem in Problem if problem in found)


def _problem(code: str) -> Problem:
    for beginning, problem in _BEGINNINGS:
        if code.startswith(beginning):
            return problem
    return Problem.OTHER
