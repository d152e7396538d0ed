"""Checking one file: everything is read and looked up in a fixed order, and then judged."""

import re
import time
import warnings

import msgspec

from maquette.core.pixels import Pixels
from maquette.core.record import is_record_id
from maquette.core.report import Geometry, Report
from maquette.provenance.aigc import PRODUCER
from maquette.provenance.identity.signer import KnownSigners
from maquette.provenance.likeness import distance, hash_of
from maquette.provenance.manifest.reading import ManifestReading, ManifestState, read
from maquette.provenance.metadata import Metadata, read_image
from maquette.provenance.verify.container import read_container
from maquette.provenance.verify.evidence import evidence
from maquette.provenance.verify.findings import Findings
from maquette.provenance.verify.foreign_marks import (
    ForeignMark,
    can_find_foreign_marks,
    find_foreign_marks,
    find_second_mark,
)
from maquette.provenance.verify.history import history
from maquette.provenance.verify.ledger_view import LedgerView
from maquette.provenance.verify.lookup import look_up
from maquette.provenance.verify.strangers import plain
from maquette.provenance.verify.verdicts import judge
from maquette.provenance.verify.weighing import facts_of
from maquette.provenance.watermark.detection import detect

_RECIPE_TEXT = 20_000  # characters of a recipe's text that go into a report

_NOBODY = KnownSigners()
_HASH = re.compile("[0-9a-f]{16}")


def verify(
    file: bytes,
    name: str,
    *,
    ledger: LedgerView | None = None,
    ledger_problem: str = "",
    known_signers: KnownSigners = _NOBODY,
    trust_anchors: str = "",
    thorough: bool = True,
) -> Report:
    """What the picture file `file` carries and what that means.

    Args:
        name: what the report calls the file; any text.
        ledger: None to judge by the file alone.
        ledger_problem: a sentence that says why there is no ledger, "" if none is expected.
        known_signers: whom this installation signed as.
        trust_anchors: PEM of root certificates whose signers are trusted.
        thorough: also search for marks in pictures that were cropped, turned or squeezed.

    Raises:
        ImageError: the file cannot be read as a PNG, JPEG, WebP, AVIF or TIFF picture.
    """
    began = time.monotonic()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the decoders' remarks on odd files; errors still raise
        findings = _gather(file, ledger, known_signers, trust_anchors, thorough)
    if ledger_problem:
        said = msgspec.structs.replace(findings.ledger, problem=ledger_problem)
        findings = msgspec.structs.replace(findings, ledger=said)
    verdict, sentence = judge(facts_of(findings))
    metadata, ledger_says = findings.metadata, findings.ledger
    original = ledger_says.original
    looks = ledger_says.likeness
    told = metadata.record
    label = metadata.xmp
    return Report(
        name=plain(name, 255),
        format=metadata.format,
        width=metadata.width,
        height=metadata.height,
        file_bytes=len(file),
        verdict=verdict,
        sentence=sentence,
        evidence=tuple(evidence(findings)),
        history=_history(findings),
        record_id=_record_id(findings),
        created=original.created if original else plain(told.created if told else "", 40),
        tool=original.tool if original else plain(label.tool if label else "", 60),
        source_type=original.source_type if original else (told.source_type if told else None),
        recipe=ledger_says.recipe or (told.recipe if told else None),
        recipe_text=metadata.parameters[:_RECIPE_TEXT],
        geometry=_geometry(findings),
        crop=looks.crop if looks else None,
        in_ledger=original is not None,
        kept_manifest=ledger_says.kept is not None,
        seconds=time.monotonic() - began,
    )


def _gather(
    file: bytes,
    ledger: LedgerView | None,
    known_signers: KnownSigners,
    trust_anchors: str,
    thorough: bool,
) -> Findings:
    pixels, metadata = read_image(file)
    manifest = read(file, known=known_signers, trust_anchors=trust_anchors)
    # A file that we signed is known already: what was not found by a short look is not there.
    signed_by_us = manifest is not None and manifest.state is ManifestState.OURS
    detection = detect(pixels, thorough=thorough and not signed_by_us)
    told = _told_ids(metadata, manifest)
    looked_up = look_up(ledger, file, pixels, detection, told, known_signers)
    may_have_foreign = not signed_by_us and looked_up.same_file is None
    foreign: tuple[ForeignMark, ...] = ()
    if may_have_foreign:
        foreign = find_foreign_marks(pixels)
        if detection is None:
            likely = {
                entry.record_id for entry in (looked_up.similar, looked_up.same_pixels) if entry
            }
            second = find_second_mark(pixels, sorted(told | likely), with_network=thorough)
            foreign += (second,) if second else ()
    return Findings(
        metadata=metadata,
        container=read_container(file),
        manifest=manifest,
        detection=detection,
        told=told,
        ledger=looked_up,
        foreign=foreign,
        foreign_looked=may_have_foreign and can_find_foreign_marks(),
        moved=_moved(pixels, manifest),
    )


def _told_ids(metadata: Metadata, manifest: ManifestReading | None) -> frozenset[str]:
    """The records that texts and manifest name; what is no id is not taken for one."""
    told = (
        metadata.record.id if metadata.record else "",
        metadata.xmp.record_id if metadata.xmp else "",
        manifest.record_id if manifest else "",
        *(label.produce_id for label in metadata.aigc if label.content_producer == PRODUCER),
    )
    return frozenset(text for text in told if is_record_id(text))


def _moved(pixels: Pixels, manifest: ManifestReading | None) -> int:
    """In how many bits the hash differs from the one that the manifest states; 0 without one."""
    if manifest is None or not _HASH.fullmatch(manifest.perceptual_hash):
        return 0
    return distance(hash_of(pixels), manifest.perceptual_hash)


def _record_id(findings: Findings) -> str:
    """The record that the picture belongs to, as far as it is known."""
    if findings.ledger.original is not None:
        return findings.ledger.original.record_id
    if findings.marked:
        return findings.marked
    return next(iter(findings.told)) if len(findings.told) == 1 else ""


def _geometry(findings: Findings) -> Geometry | None:
    """What the watermark tells of the picture's way; its scale only where the ledger has it."""
    if findings.detection is None:
        return None
    size = findings.metadata.width, findings.metadata.height
    return findings.ledger.geometry or findings.detection.geometry(size)


def _history(findings: Findings) -> tuple[str, ...]:
    """Nothing happened to a file that the ledger or its signature says is as it was saved."""
    signed = findings.manifest is not None and findings.manifest.state is ManifestState.OURS
    if signed or findings.ledger.same_file is not None or findings.ledger.original is None:
        return ()
    looks = findings.ledger.likeness
    return tuple(
        history(
            _geometry(findings),
            looks.crop if looks else None,
            findings.container.jpeg_quality,
        )
    )
