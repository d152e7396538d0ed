"""Findings: everything that was read of one file and looked up for it, before it is judged."""

import msgspec

from maquette.core.ledger_entry import LedgerEntry
from maquette.core.recipe import Recipe
from maquette.core.record import SourceType
from maquette.core.report import Geometry
from maquette.provenance.likeness import Likeness
from maquette.provenance.manifest.reading import ManifestReading
from maquette.provenance.metadata import Metadata
from maquette.provenance.verify.container import Container
from maquette.provenance.verify.foreign_marks import ForeignMark
from maquette.provenance.verify.strangers import plain
from maquette.provenance.watermark.marked import Detection

AI_TYPES = frozenset(SourceType)
"""The IPTC digital source types that say that AI made it."""


class LedgerFindings(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger says.

    `entry` is the file of the record that the marks, else the texts, name, and `looks` how this
    picture compares with it, `geometry` what happened to it since. `same_file` and `same_pixels`
    have exactly these bytes or pixels; `similar` looks alike. `recipe` and `kept` (the signed
    manifest) are `original`'s. `problem` is a sentence if the ledger could not be asked.
    """

    asked: bool = False
    entry: LedgerEntry | None = None
    looks: Likeness | None = None
    geometry: Geometry | None = None
    same_file: LedgerEntry | None = None
    same_pixels: LedgerEntry | None = None
    similar: LedgerEntry | None = None
    similar_looks: Likeness | None = None
    recipe: Recipe | None = None
    kept: ManifestReading | None = None
    problem: str = ""

    @property
    def original(self) -> LedgerEntry | None:
        """The file of ours that this one is or comes from, None if it only claims to."""
        known = None if self.looks and self.looks.denies else self.entry
        return self.same_file or known or self.same_pixels or self.similar

    @property
    def likeness(self) -> Likeness | None:
        """How this picture compares with `original`, None where there is none."""
        return self.looks or self.similar_looks if self.original else None


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """What one file carries and what is known of it.

    `told` are the ids that its texts and its manifest name. `foreign_looked` says whether marks of
    other programs were looked for. `moved` is in how many of 64 bits the perceptual hash differs
    from that of the picture that was signed, 0 where that is not known.
    """

    metadata: Metadata
    container: Container
    manifest: ManifestReading | None
    detection: Detection | None
    told: frozenset[str]
    ledger: LedgerFindings
    foreign: tuple[ForeignMark, ...]
    foreign_looked: bool
    moved: int = 0

    @property
    def marked(self) -> str:
        """The record that an invisible mark names, our own or a second one; "" for none."""
        if self.detection is not None:
            return self.detection.record_id
        return next((mark.record_id for mark in self.foreign if mark.record_id), "")

    @property
    def recognised(self) -> bool:
        """Whether it is ours by mark and looks, so that what it lacks was removed."""
        original, looks = self.ledger.original, self.ledger.likeness
        if original is None or original.record_id != self.marked:
            return False
        return self.ledger.same_file is not None or (looks is not None and looks.confirms)

    @property
    def had_manifest(self) -> bool:
        """Whether it was saved with a signed manifest, as far as it is recognised."""
        original = self.ledger.original
        return self.recognised and original is not None and bool(original.manifest_sha256)

    @property
    def said_source_type(self) -> str:
        """The IPTC digital source type that the XMP tells, "" for none; any text."""
        label = self.metadata.xmp
        return plain(label.source_type, 60) if label else ""

    @property
    def is_labelled(self) -> bool:
        """Whether IPTC's or China's label says that AI made it."""
        return self.said_source_type in AI_TYPES or bool(self.metadata.aigc)

    @property
    def labelling_tool(self) -> str:
        """The program that the AI label names, "" for none."""
        label = self.metadata.xmp
        producers = [aigc.content_producer for aigc in self.metadata.aigc]
        names = [*([label.tool] if label else []), *producers]
        return plain(next((name for name in names if name), ""), 60)
