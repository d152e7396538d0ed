"""Reading a new file back: which of its marks hold, and what the user is told of those that do not.

Whoever makes a file asks this of the bytes that will be saved, not of what was meant to be in them.
"""

from collections.abc import Iterable, Iterator

import msgspec
import numpy as np

from maquette.core.errors import FailureCode, JobFailed
from maquette.core.marking import ExtraMark, Marking, VisibleLabel
from maquette.core.pixels import Pixels
from maquette.core.recipe import MIN_SIDE
from maquette.core.record import Mark, MarkKind, Record
from maquette.provenance.aigc import own_label
from maquette.provenance.extra_mark import reads_extra
from maquette.provenance.metadata import Metadata
from maquette.provenance.parameters import write_parameters
from maquette.provenance.pixel_marks import MarkedPixels, find_mark
from maquette.provenance.profiles import writes_aigc
from maquette.provenance.texts import embedded
from maquette.provenance.visible_label import carries_label, words_of

_MOST_CHANGE = 24.0  # mean difference that lossy encoding may make; noise at quality 1 makes half


class Expected(msgspec.Struct, frozen=True):
    """What is to be found: in the pixels, and in the texts of `record` by `marking`.

    `digest` is that of the pixels where the format keeps them exactly, else "".
    """

    marked: MarkedPixels
    record: Record
    marking: Marking
    digest: str


def require_same(decoded: Pixels, marked: Pixels, *, exact: bool) -> None:
    """Raise JobFailed unless the file's `decoded` pixels are what was encoded."""
    if exact:
        same = np.array_equal(decoded, marked[..., :3])
    elif marked.shape[2] == 4:  # laid over white
        same = decoded.shape[:2] == marked.shape[:2]
    else:
        same = decoded.shape == marked.shape and _difference(decoded, marked) <= _MOST_CHANGE
    if not same:
        raise JobFailed(
            "The picture changed while it was encoded; please make it again.", FailureCode.MARK
        )


def _difference(one: Pixels, other: Pixels) -> float:
    return float(np.abs(one.astype(np.int16) - other).mean())


def read_marks(expected: Expected, decoded: Pixels, metadata: Metadata) -> Iterator[Mark]:
    """The marks of the file that `decoded` and `metadata` were read from; the watermark first."""
    record, marking, marked = expected.record, expected.marking, expected.marked
    yield _watermark(marked, found=find_mark(decoded, record) is not None)
    label = metadata.xmp
    yield _told(
        MarkKind.XMP,
        label is not None
        and label.source_type == record.source_type
        and label.record_id == record.id,
        "The AI label did not read back.",
    )
    if marking.write_recipe:
        yield _told(
            MarkKind.RECIPE_TEXT,
            metadata.record == embedded(record, write_recipe=True)
            and metadata.parameters == write_parameters(record.recipe, record.tool),
            "The recipe did not read back.",
        )
    if writes_aigc(marking.profile):
        yield _told(
            MarkKind.AIGC,
            metadata.aigc == (own_label(record.id, expected.digest),) and metadata.aigc_copies == 1,
            "The AIGC label did not read back.",
        )
    if marked.label is not VisibleLabel.NONE:
        words = words_of(marked.label)
        shown = carries_label(decoded, marked.label)
        yield Mark(MarkKind.VISIBLE_LABEL, shown, words if shown else "The label cannot be seen.")
    if marked.extra is not ExtraMark.NONE:
        held = reads_extra(decoded, record.id, marked.extra)
        note = marked.extra.value if held else f"{marked.extra.value} did not read back."
        yield Mark(MarkKind.EXTRA, held, note)


def notices_of(marks: Iterable[Mark], pixels: Pixels) -> tuple[str, ...]:
    """A sentence for each mark of the picture `pixels` that does not hold."""
    said = {
        MarkKind.WATERMARK: "The picture was saved without a readable invisible watermark."
        if min(pixels.shape[:2]) >= MIN_SIDE
        else f"A picture smaller than {MIN_SIDE} x {MIN_SIDE} pixels cannot carry the invisible "
        "watermark.",
        MarkKind.XMP: "The picture was saved without a readable AI label.",
        MarkKind.RECIPE_TEXT: "The picture was saved without a readable recipe.",
        MarkKind.AIGC: "The picture was saved without a readable AIGC label.",
        MarkKind.VISIBLE_LABEL: "The picture was saved without a legible visible label.",
        MarkKind.EXTRA: "The picture was saved without a readable extra mark.",
        MarkKind.MANIFEST: "The picture was saved without a signed manifest.",
    }
    return tuple(said[mark.kind] for mark in marks if not mark.verified)


def _told(kind: MarkKind, verified: bool, otherwise: str) -> Mark:
    return Mark(kind, verified, "" if verified else otherwise)


def _watermark(marked: MarkedPixels, *, found: bool) -> Mark:
    if not found:
        return Mark(MarkKind.WATERMARK, False, "This picture holds no invisible watermark.")
    if marked.kept:
        return Mark(MarkKind.WATERMARK, True, "Kept as it was.")
    watermark = marked.watermark
    reach = "Robust" if watermark.robust else "May be lost in copies"
    return Mark(
        MarkKind.WATERMARK,
        True,
        f"{reach}; strength {watermark.strength:g}, {watermark.psnr:.1f} dB.",
    )
