"""Whether a file is marked as a profile asks, row by row of its table.

It looks at the file alone, whoever made it: nothing of how our own files are written is assumed,
beyond the place where the visible label is looked for.
"""

import datetime
from collections.abc import Callable

import msgspec

from maquette.core.marking import Profile, VisibleLabel
from maquette.core.pixels import Pixels
from maquette.core.record import SourceType, spoken_id
from maquette.provenance.aigc import GENERATED
from maquette.provenance.manifest.reading import ManifestReading, ManifestState, read
from maquette.provenance.metadata import Metadata, read_image
from maquette.provenance.profiles import Requirement, Rule, requirements
from maquette.provenance.visible_label import HEIGHT, carries_label, plan_label, words_of
from maquette.provenance.watermark.detection import detect
from maquette.provenance.xmp import XmpLabel

_LAWFUL_LABELS = (VisibleLabel.CHINESE,)
_HOLDS = (ManifestState.OURS, ManifestState.TRUSTED, ManifestState.UNKNOWN_SIGNER)


class RowResult(msgspec.Struct, frozen=True):
    """One row of a table: whether the file does what is asked, and a sentence that says so."""

    requirement: Requirement
    passed: bool
    sentence: str


class _File(msgspec.Struct, frozen=True):
    """What the checks look at. `ledger_id` is the record that the ledger has, "" for none."""

    pixels: Pixels
    metadata: Metadata
    label: XmpLabel
    manifest: ManifestReading | None
    watermark: str
    ledger_id: str

    @property
    def named(self) -> str:
        """The record that the file is held against: the ledger's, else the watermark's."""
        return self.ledger_id or self.watermark or self.label.record_id


def check_profile(file: bytes, profile: Profile, ledger_id: str | None) -> tuple[RowResult, ...]:
    """Every row of `profile`, checked on `file`.

    Args:
        ledger_id: the record that the ledger has for this picture; None where it has none.

    Raises:
        ImageError: the file cannot be read.
    """
    pixels, metadata = read_image(file)
    found = detect(pixels, thorough=False)
    looked_at = _File(
        pixels,
        metadata,
        metadata.xmp or XmpLabel(),
        read(file),
        found.record_id if found else "",
        ledger_id or "",
    )
    return tuple(RowResult(row, *_CHECKS[row.rule](looked_at)) for row in requirements(profile))


_Answer = tuple[bool, str]


def _watermark(file: _File) -> _Answer:
    if not file.watermark:
        return False, "No invisible watermark was found."
    if file.watermark != file.named:
        return False, f"The watermark names another record, {spoken_id(file.watermark)}."
    return True, f"The watermark names record {spoken_id(file.watermark)}."


def _source_type(file: _File) -> _Answer:
    term = file.label.source_type
    if term in tuple(SourceType):
        return True, f"The XMP says {term}."
    return False, "The XMP does not say that AI made the picture."


def _record_id(file: _File) -> _Answer:
    said = file.label.record_id
    if not said:
        return False, "The XMP holds no identifier."
    if said != file.named:
        return False, f"The identifier {spoken_id(said)} is another record's."
    return True, f"The identifier is {spoken_id(said)}."


def _system(file: _File) -> _Answer:
    name, version = file.label.ai_system, file.label.ai_system_version
    if name and version:
        return True, f"The system is {name}, version {version}."
    return False, "The XMP names no system or no version of it."


def _provider(file: _File) -> _Answer:
    if file.label.credit:
        return True, f"The credit line is {file.label.credit}."
    return False, "The XMP names no provider."


def _time(file: _File) -> _Answer:
    if _is_time(file.label.created):
        return True, f"It was made at {file.label.created}."
    return False, "The XMP does not tell when the picture was made."


def _manifest(file: _File) -> _Answer:
    reading = file.manifest
    if reading is None:
        return False, "The file has no signed manifest."
    if reading.state not in _HOLDS:
        return False, reading.sentence
    if reading.source_type is None:
        return False, "The manifest does not say that AI made the picture."
    return True, f"The manifest is intact and says {reading.source_type.value}."


def _signed_time(file: _File) -> _Answer:
    reading = file.manifest
    if reading is None or reading.state not in _HOLDS:
        return False, "There is no signed manifest that could tell a time."
    if not _is_time(reading.signed_at):
        return False, "The manifest does not tell a time."
    by = "a timestamp authority" if reading.timestamped else "this computer's clock"
    return True, f"It was signed at {reading.signed_at}, by {by}."


def _aigc_once(file: _File) -> _Answer:
    copies = file.metadata.aigc_copies
    if copies == 1:
        return True, "The file has one AIGC label."
    return False, f"The file has {copies} AIGC labels instead of one."


def _aigc_content(file: _File) -> _Answer:
    if len(file.metadata.aigc) != 1:
        return False, "There is no one AIGC label that could be read."
    [label] = file.metadata.aigc
    if label.label != GENERATED:
        return False, f"The AIGC label has the kind {label.label} instead of {GENERATED}."
    if not label.content_producer:
        return False, "The AIGC label names no producer."
    if label.produce_id != file.named:
        return False, "The AIGC label has the number of another picture."
    return True, f"The AIGC label names {label.content_producer} and {label.produce_id}."


def _visible_label(file: _File) -> _Answer:
    height, width = file.pixels.shape[:2]
    for label in _LAWFUL_LABELS:
        plan = plan_label(width, height, label)
        if plan is not None and carries_label(file.pixels, label):
            share = plan.capital / min(width, height)
            words = words_of(label)
            sentence = f"It says {words}, {100 * share:.1f} % of the shortest side high."
            return share >= HEIGHT, sentence
    return False, "No visible label was found in the lower right corner."


def _log(file: _File) -> _Answer:
    if file.ledger_id:
        return True, f"The ledger has record {spoken_id(file.ledger_id)}."
    return False, "The ledger of this installation does not have this picture."


def _is_time(text: str) -> bool:
    try:
        datetime.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


_CHECKS: dict[Rule, Callable[[_File], _Answer]] = {
    Rule.WATERMARK: _watermark,
    Rule.SOURCE_TYPE: _source_type,
    Rule.RECORD_ID: _record_id,
    Rule.SYSTEM: _system,
    Rule.PROVIDER: _provider,
    Rule.TIME: _time,
    Rule.MANIFEST: _manifest,
    Rule.SIGNED_TIME: _signed_time,
    Rule.AIGC_ONCE: _aigc_once,
    Rule.AIGC_CONTENT: _aigc_content,
    Rule.VISIBLE_LABEL: _visible_label,
    Rule.LOG: _log,
}
