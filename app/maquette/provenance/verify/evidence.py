"""The evidence: what was looked at, in the order of reading, each in one plain sentence."""

import math
from collections.abc import Iterable, Iterator

from maquette.core.record import spoken_id
from maquette.core.report import Evidence, Outcome, Source
from maquette.provenance.manifest.contents import SignedIngredient
from maquette.provenance.manifest.reading import ManifestReading, ManifestState
from maquette.provenance.verify.findings import AI_TYPES, Findings
from maquette.provenance.verify.ledger_evidence import ledger_evidence, likeness_evidence
from maquette.provenance.verify.strangers import plain

_TOO_SMALL = 256  # pixels of a side below which our watermark is not written
_MOVED = 20  # bits of the hash from which a picture is hardly the one that was signed


def evidence(findings: Findings) -> Iterator[Evidence]:
    """All of it; a source about which there is nothing to say has no line."""
    yield from _manifest(findings)
    yield from _label(findings)
    yield from _recipe(findings)
    yield from _watermark(findings)
    yield from ledger_evidence(findings)
    yield from _kept_manifest(findings)
    yield from likeness_evidence(findings)
    yield from _other_marks(findings)


def _manifest(findings: Findings) -> Iterator[Evidence]:
    reading = findings.manifest
    if reading is None:
        if findings.had_manifest:
            yield Evidence(Source.MANIFEST, Outcome.BAD, "The signed manifest was removed.")
        else:
            yield Evidence(Source.MANIFEST, Outcome.ABSENT, "There is no signed manifest.")
        return
    outcome = {
        ManifestState.OURS: Outcome.GOOD,
        ManifestState.TRUSTED: Outcome.GOOD,
        ManifestState.INVALID: Outcome.BAD,
    }.get(reading.state, Outcome.WARNING)
    detail = _signed_as(reading, reading.codes)
    yield Evidence(Source.MANIFEST, outcome, plain(reading.sentence, 300), detail)
    for sentence in reading.problem_sentences:
        yield Evidence(Source.MANIFEST, Outcome.BAD, plain(sentence, 300))
    if reading.state is ManifestState.INVALID and findings.moved >= _MOVED:
        yield Evidence(
            Source.MANIFEST,
            Outcome.BAD,
            f"The picture looks different from the one that was signed ({findings.moved} of 64 "
            "bits differ): the manifest was probably moved here from another file.",
        )
    if reading.source_type in AI_TYPES and reading.state is not ManifestState.INVALID:
        yield Evidence(
            Source.MANIFEST, Outcome.GOOD, "It states that AI made the picture.", reading.generator
        )
    if reading.state is not ManifestState.INVALID:
        yield from map(_parent, reading.parents)


def _parent(parent: SignedIngredient) -> Evidence:
    """What the picture was made from, and whether that was signed."""
    record = spoken_id(parent.record_id) if parent.record_id else ""
    detail = plain(" · ".join(part for part in (record, parent.generator) if part), 200)
    if parent.has_manifest:
        signer = plain(parent.signer, 60) or "?"
        if parent.holds:
            sentence = f"It was made from a picture that was signed as {signer}."
            return Evidence(Source.MANIFEST, Outcome.GOOD, sentence, detail)
        sentence = (
            f"It was made from a picture signed as {signer}, but its signature does not hold."
        )
        return Evidence(Source.MANIFEST, Outcome.WARNING, sentence, detail)
    if record:
        return Evidence(Source.MANIFEST, Outcome.GOOD, f"It was made from picture {record}.")
    return Evidence(Source.MANIFEST, Outcome.GOOD, "It was made from another picture.")


def _signed_as(reading: ManifestReading, codes: Iterable[str] = ()) -> str:
    """Signer, time, and program, for experts; and the validation `codes`."""
    stamp = " (timestamped)" if reading.timestamped else ""
    parts = (
        reading.signer_name,
        reading.organisation,
        f"{reading.signed_at}{stamp}" if reading.signed_at else "",
        reading.generator,
        *codes,
    )
    return plain(" · ".join(part for part in parts if part), 400)


def _label(findings: Findings) -> Iterator[Evidence]:
    said = findings.said_source_type
    tool = findings.labelling_tool
    if findings.is_labelled:
        kinds = [said] if said else []
        kinds += [f"AIGC {label.label}: {label.produce_id}" for label in findings.metadata.aigc]
        detail = plain(" · ".join(kinds), 200)
        sentence = f"Labelled as made with AI by {tool}." if tool else "Labelled as made with AI."
        yield Evidence(Source.LABEL, Outcome.GOOD, sentence, detail)
    elif said:
        yield Evidence(
            Source.LABEL, Outcome.WARNING, f"The label says that its origin is {plain(said, 60)}."
        )
    elif findings.recognised:
        yield Evidence(Source.LABEL, Outcome.BAD, "The AI label was removed.")
    else:
        yield Evidence(Source.LABEL, Outcome.ABSENT, "There is no AI label.")
    for problem in findings.metadata.problems:
        yield Evidence(Source.LABEL, Outcome.WARNING, plain(problem, 300))
    if findings.metadata.frames > 1:
        yield Evidence(
            Source.LABEL,
            Outcome.WARNING,
            "This file holds more than one picture; only the first was checked.",
        )


def _recipe(findings: Findings) -> Iterator[Evidence]:
    metadata = findings.metadata
    if metadata.record is not None:
        record = spoken_id(metadata.record.id)
        sentence = (
            f"Maquette's text of picture {record} is there, with its recipe."
            if metadata.record.recipe
            else f"Maquette's text of picture {record} is there, without its recipe."
        )
        yield Evidence(Source.RECIPE, Outcome.GOOD, sentence)
    elif findings.container.recipe_of:
        program = findings.container.recipe_of
        yield Evidence(Source.RECIPE, Outcome.GOOD, f"It carries a text of {program}.")
    elif metadata.parameters:
        yield Evidence(Source.RECIPE, Outcome.GOOD, "It carries the recipe of an image generator.")
    elif findings.recognised:
        yield Evidence(Source.RECIPE, Outcome.ABSENT, "There is no recipe in this file.")
    else:
        yield Evidence(Source.RECIPE, Outcome.ABSENT, "There is no recipe.")


def _watermark(findings: Findings) -> Iterator[Evidence]:
    detection = findings.detection
    if detection is not None:
        record = spoken_id(detection.record_id)
        exponent = -math.ceil(math.log10(min(max(detection.chance, 1e-30), 1.0)))
        yield Evidence(
            Source.WATERMARK,
            Outcome.GOOD,
            f"The watermark names picture {record}; by chance that happens in less than one of "
            f"10^{exponent} pictures.",
        )
        others = sorted(findings.told - {detection.record_id})
        if others:
            names = ", ".join(map(spoken_id, others))
            yield Evidence(
                Source.WATERMARK, Outcome.BAD, f"The texts name another picture: {names}."
            )
        return
    entry = findings.ledger.entry
    if entry is not None and entry.mark.verified:
        yield Evidence(
            Source.WATERMARK, Outcome.BAD, "The watermark that this picture had was not found."
        )
    elif min(findings.metadata.width, findings.metadata.height) < _TOO_SMALL:
        yield Evidence(
            Source.WATERMARK,
            Outcome.ABSENT,
            "No watermark was found; pictures below 256 pixels have none.",
        )
    else:
        yield Evidence(Source.WATERMARK, Outcome.ABSENT, "No watermark of Maquette was found.")
    if len(findings.told) > 1:
        names = ", ".join(map(spoken_id, sorted(findings.told)))
        yield Evidence(
            Source.WATERMARK, Outcome.BAD, f"The texts name different pictures: {names}."
        )


def _kept_manifest(findings: Findings) -> Iterator[Evidence]:
    kept = findings.ledger.kept
    if kept is None or findings.manifest is not None:
        return
    if kept.state is ManifestState.INVALID:
        yield Evidence(
            Source.KEPT_MANIFEST,
            Outcome.WARNING,
            "The ledger has kept the original's signed manifest, but it does not hold now.",
            _signed_as(kept, kept.codes),
        )
        return
    day = plain(kept.signed_at[:10])
    sentence = (
        f"The ledger has kept the manifest that was signed with the original on {day}."
        if day
        else "The ledger has kept the signed manifest that the original had."
    )
    # Without C2PA's codes: they say that it was not made for this file, which is no failure.
    yield Evidence(Source.KEPT_MANIFEST, Outcome.GOOD, sentence, _signed_as(kept))


def _other_marks(findings: Findings) -> Iterator[Evidence]:
    for mark in findings.foreign:
        sentence = (
            f"A second invisible mark ({mark.method}) names picture {spoken_id(mark.record_id)}."
            if mark.record_id
            else f"It bears the invisible mark ({mark.method}) that {mark.writer} writes."
        )
        yield Evidence(Source.OTHER_MARKS, Outcome.GOOD, sentence)
    if findings.foreign_looked and not findings.foreign:
        yield Evidence(
            Source.OTHER_MARKS, Outcome.ABSENT, "No invisible mark of another program was found."
        )
