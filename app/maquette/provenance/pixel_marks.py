"""The marks that are in the pixels: visible label, extra mark and watermark, in this order.

The label comes first, so that the watermark's self-check sees the pixels as they will be; the extra
mark before our own, which is the weaker change of the two and must not be disturbed.
"""

import math

import msgspec

from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import ExtraMark, Marking, Preset, VisibleLabel
from maquette.core.pixels import Pixels
from maquette.core.record import Record
from maquette.provenance.extra_mark import ExtraMarkMissing, embed_extra, reads_extra
from maquette.provenance.profiles import label_of
from maquette.provenance.visible_label import carries_label, draw_label
from maquette.provenance.watermark.arrays import Arrays
from maquette.provenance.watermark.detection import detect
from maquette.provenance.watermark.embedding import embed
from maquette.provenance.watermark.marked import Detection
from maquette.provenance.watermark.payload import EDITED, LABELLED


class MarkedPixels(msgspec.Struct, frozen=True):
    """Pixels with every mark that is in pixels, and what is to be found there again.

    `watermark` tells how our mark came out; `kept` says that it was there before. `notices` are
    sentences for the user.
    """

    pixels: Pixels
    watermark: MarkResult
    kept: bool
    label: VisibleLabel
    extra: ExtraMark
    notices: tuple[str, ...]


def mark_pixels(
    pixels: Pixels,
    record: Record,
    marking: Marking,
    *,
    is_ours: bool = False,
    renew: bool = False,
    original: MarkResult | None = None,
    arrays: Arrays | None = None,
) -> MarkedPixels:
    """Mark `pixels` (height, width, 3 or 4) as `marking` says; see `seal` for the arguments."""
    notices: list[str] = []
    label, drawn = _with_label(pixels, label_of(marking), notices, is_ours=is_ours)
    there = find_mark(drawn, record) if is_ours else None
    extra, carrying = _with_extra(drawn, record, marking.extra_mark, notices, is_ours=is_ours)
    if there and carrying is not drawn and not find_mark(carrying, record):
        notices.append("The extra mark was left out, since it would have covered the watermark.")
        extra, carrying = ExtraMark.NONE, drawn
    if there and not renew and _suffices(original, marking.preset):
        untouched = original if carrying is pixels else None
        return MarkedPixels(
            carrying, untouched or _unmeasured(original), True, label, extra, tuple(notices)
        )
    flags = there.flags if there else _flags(record, label)  # equal marks add up, others disturb
    embedded = embed(carrying, record.id, preset=marking.preset, flags=flags, arrays=arrays)
    watermark = MarkResult(
        preset=marking.preset,
        verified=embedded.verified,
        robust=embedded.robust,
        psnr=embedded.psnr if math.isfinite(embedded.psnr) else 0.0,
        strength=embedded.strength,
    )
    return MarkedPixels(embedded.pixels, watermark, False, label, extra, tuple(notices))


def find_mark(pixels: Pixels, record: Record) -> Detection | None:
    """The watermark of `record` in `pixels`, None if there is none or another's."""
    found = detect(pixels, thorough=False)
    return found if found is not None and found.record_id == record.id else None


def _suffices(original: MarkResult | None, preset: Preset) -> bool:
    """Whether a mark that is there is what `preset` asks for."""
    return preset is Preset.STANDARD or (original is not None and original.preset == preset)


def _unmeasured(original: MarkResult | None) -> MarkResult:
    """Of a mark that is there and was not tried on these pixels: nothing is promised."""
    preset = original.preset if original else Preset.STANDARD
    return MarkResult(preset=preset, verified=True, robust=False, psnr=0.0, strength=0.0)


def _flags(record: Record, label: VisibleLabel) -> int:
    edited = EDITED if record.recipe.start else 0
    return edited | (0 if label is VisibleLabel.NONE else LABELLED)


def _with_label(
    pixels: Pixels, label: VisibleLabel, notices: list[str], *, is_ours: bool
) -> tuple[VisibleLabel, Pixels]:
    """The label that is there in the end, and the pixels with it."""
    if label is VisibleLabel.NONE or (is_ours and carries_label(pixels, label)):
        return label, pixels
    labelled = draw_label(pixels, label)
    if labelled is None:
        notices.append("The picture is too small for the visible label.")
        return VisibleLabel.NONE, pixels
    return label, labelled


def _with_extra(
    pixels: Pixels, record: Record, extra: ExtraMark, notices: list[str], *, is_ours: bool
) -> tuple[ExtraMark, Pixels]:
    """The extra mark that is there in the end, and the pixels with it."""
    if extra is ExtraMark.NONE:
        return extra, pixels
    try:
        if is_ours and reads_extra(pixels, record.id, extra):
            return extra, pixels
        with_extra = embed_extra(pixels, record.id, extra)
    except ExtraMarkMissing as error:
        notices.append(error.message)
        return ExtraMark.NONE, pixels
    if with_extra is None:
        return ExtraMark.NONE, pixels
    return extra, with_extra
