"""Checking a file: what it says of itself, what its watermark says, and whether they agree."""

import warnings
from enum import StrEnum
from pathlib import Path

import msgspec

from maquette.core.record import SourceType, spoken_id
from maquette.provenance.metadata import EmbeddedRecord, Metadata, read_image
from maquette.provenance.parameters import Parameters, read_parameters
from maquette.provenance.watermark.embedding import detect
from maquette.provenance.xmp import XmpLabel


class Verdict(StrEnum):
    """What the marks of a file come to, taken together."""

    OURS = "ours"  # watermark and texts name the same record
    TEXT_REMOVED = "text-removed"  # watermark only
    WATERMARK_MISSING = "watermark-missing"  # texts only
    CONTRADICTORY = "contradictory"  # marks name different records
    OTHER_TOOL = "other-tool"  # an AI label or recipe that is not ours
    NOTHING = "nothing"


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """What one image file carries. `watermark` is a record id; `summary` is one sentence."""

    format: str
    width: int
    height: int
    file_bytes: int
    verdict: Verdict
    summary: str
    record: EmbeddedRecord | None
    parameters: Parameters | None
    label: XmpLabel | None
    watermark: str | None
    problems: tuple[str, ...]


def read_picture(path: Path) -> Findings:
    """Read everything that the image file at `path` carries.

    Raises:
        ImageError: missing, too large, not a PNG, JPEG, WebP or AVIF image, or damaged.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the decoder's remarks on odd files; errors still raise
        pixels, metadata = read_image(path)
    watermark = detect(pixels)
    verdict, summary = _judge(metadata, watermark)
    return Findings(
        format=metadata.format,
        width=metadata.width,
        height=metadata.height,
        file_bytes=path.stat().st_size,
        verdict=verdict,
        summary=summary,
        record=metadata.record,
        parameters=read_parameters(metadata.parameters) if metadata.parameters else None,
        label=metadata.xmp,
        watermark=watermark,
        problems=metadata.problems,
    )


def _judge(metadata: Metadata, watermark: str | None) -> tuple[Verdict, str]:
    label = metadata.xmp or XmpLabel()
    said = {text for text in (metadata.record and metadata.record.id, label.record_id) if text}
    named = said | ({watermark} if watermark else set())
    if len(named) > 1:
        return Verdict.CONTRADICTORY, (
            "The marks of this file name different records "
            f"({', '.join(sorted(map(spoken_id, named)))}): they are not all its own."
        )
    if watermark and said:
        return Verdict.OURS, (
            f"Made with Maquette: watermark and texts name record {spoken_id(watermark)}."
        )
    if watermark:
        return Verdict.TEXT_REMOVED, (
            f"Made with Maquette: the watermark names record {spoken_id(watermark)}; "
            "the texts were removed."
        )
    if said:
        return Verdict.WATERMARK_MISSING, (
            f"The texts name Maquette's record {spoken_id(said.pop())}, but there is no watermark: "
            "the picture was changed, or the texts are another's."
        )
    if label.source_type in tuple(SourceType):
        maker = f" by {label.tool}" if label.tool else ""
        return Verdict.OTHER_TOOL, f"Labelled as made with AI{maker}; no mark of Maquette."
    if metadata.parameters:
        return Verdict.OTHER_TOOL, "Carries the recipe of an image generator; no mark of Maquette."
    return Verdict.NOTHING, "No marks were found, which does not prove that no AI made it."
