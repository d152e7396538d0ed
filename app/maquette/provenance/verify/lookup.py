"""Asking the ledger about a picture, and comparing the picture with what the ledger kept of it."""

import hashlib

import msgspec

from maquette.core.errors import LibraryError
from maquette.core.ledger_entry import LedgerEntry
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.report import Geometry
from maquette.provenance.identity.signer import KnownSigners
from maquette.provenance.likeness import Likeness, hash_of, same_picture
from maquette.provenance.manifest.reading import read_detached
from maquette.provenance.verify.findings import LedgerFindings
from maquette.provenance.verify.ledger_view import LedgerView
from maquette.provenance.watermark.marked import Detection

_NEAR = 10  # bits of 64 by which the hashes of a picture and its copy may differ
_CANDIDATES = 8  # of the nearest that are compared in full
_EXPORTS = 16  # files of one record that are compared in full
_EQUAL = Likeness(True, 0, 1.0)


def look_up(
    ledger: LedgerView | None,
    file: bytes,
    pixels: Pixels,
    detection: Detection | None,
    told: frozenset[str],
    known_signers: KnownSigners,
) -> LedgerFindings:
    """What `ledger` knows of `file`, whose `pixels` are (height, width, 3)."""
    if ledger is None:
        return LedgerFindings()
    try:
        return _look_up(ledger, file, pixels, detection, told, known_signers)
    except LibraryError as error:
        return LedgerFindings(problem=error.message)


def _look_up(
    ledger: LedgerView,
    file: bytes,
    pixels: Pixels,
    detection: Detection | None,
    told: frozenset[str],
    known_signers: KnownSigners,
) -> LedgerFindings:
    same_file = ledger.by_file(hashlib.sha256(file).hexdigest())
    same_pixels = same_file or ledger.by_pixels(pixel_digest(pixels))
    named = _named(ledger, pixels, detection, told, same_pixels)
    similar, similar_looks = None, None
    if named.entry is None and same_pixels is None:
        similar, similar_looks = _similar(ledger, pixels)
    found = msgspec.structs.replace(
        named,
        asked=True,
        same_file=same_file,
        same_pixels=same_pixels,
        similar=similar,
        similar_looks=similar_looks,
    )
    if found.original is None:
        return found
    manifest = ledger.manifest(found.original)
    return msgspec.structs.replace(
        found,
        recipe=ledger.recipe(found.original),
        kept=read_detached(manifest, file, known=known_signers) if manifest else None,
    )


def _named(
    ledger: LedgerView,
    pixels: Pixels,
    detection: Detection | None,
    told: frozenset[str],
    same_pixels: LedgerEntry | None,
) -> LedgerFindings:
    """The file of the record that is named which is most like this one, and how it compares."""
    ids = [detection.record_id] if detection else sorted(told)
    if same_pixels and same_pixels.record_id in ids:
        return LedgerFindings(entry=same_pixels, looks=_EQUAL)
    nearest = LedgerFindings()
    for entry in (entry for record_id in ids for entry in ledger.by_record(record_id)[:_EXPORTS]):
        geometry = _geometry(detection, pixels, entry)
        looks = same_picture(pixels, entry.perceptual_hash, entry.likeness, geometry)
        found = LedgerFindings(entry=entry, looks=looks, geometry=geometry)
        if looks.confirms:
            return found
        if nearest.looks is None or (nearest.looks.denies and not looks.conclusive):
            nearest = found
    return nearest


def _geometry(detection: Detection | None, pixels: Pixels, entry: LedgerEntry) -> Geometry | None:
    height, width = pixels.shape[:2]
    return detection and detection.geometry((width, height), (entry.width, entry.height))


def _similar(
    ledger: LedgerView, pixels: Pixels
) -> tuple[LedgerEntry, Likeness] | tuple[None, None]:
    for entry in ledger.similar(hash_of(pixels), _NEAR)[:_CANDIDATES]:
        looks = same_picture(pixels, entry.perceptual_hash, entry.likeness)
        if looks.confirms:
            return entry, looks
    return None, None
