"""From findings to the few facts that the verdict depends on."""

from maquette.core.ledger_entry import LedgerEntry
from maquette.provenance.likeness import Likeness
from maquette.provenance.manifest.reading import ManifestReading, ManifestState, Problem
from maquette.provenance.verify.facts import Facts, Looks, Removed, Signature
from maquette.provenance.verify.findings import Findings
from maquette.provenance.verify.strangers import plain

_SIGNATURES = {
    ManifestState.OURS: Signature.OURS,
    ManifestState.TRUSTED: Signature.TRUSTED,
    ManifestState.UNKNOWN_SIGNER: Signature.UNKNOWN,
    ManifestState.ELSEWHERE: Signature.NONE,
}
_BREACHES = {
    Problem.DATA_CHANGED: "This file was changed after it was signed.",
    Problem.CLAIM_CHANGED: "The signed statements of this file were changed.",
    Problem.SIGNATURE: "The signature of this file does not fit what it signs.",
    Problem.DAMAGED: "The signed manifest of this file is damaged.",
}
"""The gravest first."""
_OUTDATED = {Problem.EXPIRED, Problem.NOT_YET_VALID}


def facts_of(findings: Findings) -> Facts:
    """What `findings` come to."""
    reading, ledger, marked = findings.manifest, findings.ledger, findings.marked
    entry, compared = ledger.entry, ledger.looks
    if entry is None and ledger.similar is not None and ledger.similar.record_id == marked:
        entry, compared = ledger.similar, ledger.similar_looks  # named by a second mark only
    signature = _signature(reading)
    return Facts(
        signature=signature,
        signer=plain(_signer(reading), 80),
        claims_maquette=reading is not None and "maquette" in reading.generator.lower(),
        breach=_breach(reading) if signature is Signature.BROKEN else "",
        marked=marked,
        told=findings.told,
        known=entry.record_id if entry else "",
        looks=_looks(entry, compared),
        same_file=ledger.same_file.record_id if ledger.same_file else "",
        same_pixels=ledger.same_pixels.record_id if ledger.same_pixels else "",
        similar=ledger.similar.record_id if ledger.similar else "",
        removed=_removed(findings),
        labelled=findings.is_labelled,
        has_recipe=bool(findings.metadata.parameters or findings.container.recipe_of),
        tool=findings.labelling_tool,
        foreign=_foreign(findings),
    )


def _looks(entry: LedgerEntry | None, compared: Likeness | None) -> Looks:
    if entry is None or compared is None:
        return Looks.UNKNOWN
    if compared.conclusive:
        return Looks.SAME if compared.agrees else Looks.DIFFERENT
    return Looks.TOO_LITTLE if entry.likeness else Looks.FORGOTTEN


def _signature(reading: ManifestReading | None) -> Signature:
    if reading is None:
        return Signature.NONE
    if reading.state in _SIGNATURES:
        return _SIGNATURES[reading.state]
    outdated = bool(reading.problems) and set(reading.problems) <= _OUTDATED
    return Signature.OUTDATED if outdated else Signature.BROKEN


def _signer(reading: ManifestReading | None) -> str:
    return (reading.organisation or reading.signer_name) if reading else ""


def _breach(reading: ManifestReading | None) -> str:
    problems = reading.problems if reading else ()
    return next(
        (sentence for problem, sentence in _BREACHES.items() if problem in problems),
        "The signed manifest of this file does not hold.",
    )


def _removed(findings: Findings) -> Removed:
    if not findings.recognised:
        return Removed.NOTHING
    labels = not findings.is_labelled
    if findings.manifest is None and findings.had_manifest:
        return Removed.BOTH if labels else Removed.MANIFEST
    return Removed.LABELS if labels else Removed.NOTHING


def _foreign(findings: Findings) -> str:
    return next((mark.writer for mark in findings.foreign if not mark.record_id), "")
