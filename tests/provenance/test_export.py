"""An exported file is a complete file of ours, and nothing is marked twice."""

import io
from collections.abc import Callable
from functools import partial

import msgspec
import numpy as np
import pytest
from PIL import Image

from maquette.core.errors import ImageError
from maquette.core.export_preset import ExportSize, Rendition
from maquette.core.marking import (
    ExtraMark,
    FileFormat,
    Marking,
    Preset,
    Profile,
    VisibleLabel,
)
from maquette.core.pixels import Pixels
from maquette.core.record import MarkKind, Record
from maquette.provenance.export import Original, export
from maquette.provenance.identity.opening import open_signer
from maquette.provenance.identity.signer import Signer
from maquette.provenance.manifest.parents import parent_in
from maquette.provenance.manifest.reading import ManifestState, read
from maquette.provenance.metadata import read_image
from maquette.provenance.seal import Sealed, seal
from maquette.provenance.signer_once import SignerOnce
from maquette.provenance.visible_label import carries_label
from maquette.provenance.watermark.detection import detect

SIDE = 512
AS_PNG = Rendition()


def scaled_to(side: int) -> Rendition:
    return Rendition(size=ExportSize(width=side, height=side, upscale=True))


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Signer]:
    open_quietly = partial(open_signer, find_keychain=lambda: None)
    return SignerOnce(tmp_path_factory.mktemp("identity"), open_quietly)


@pytest.fixture
def sized(record: Record) -> Record:
    return msgspec.structs.replace(record, width=SIDE, height=SIDE)


@pytest.fixture
def original(
    pictures: Callable[[int, int], dict[str, Pixels]],
    sized: Record,
    identity: Callable[[], Signer],
) -> Sealed:
    return seal(pictures(SIDE, SIDE)["shapes"], sized, Marking(), open_signer=identity)


def found_id(file: bytes) -> str:
    found = detect(read_image(file)[0])
    return found.record_id if found else ""


def marks(sealed: Sealed) -> set[MarkKind]:
    assert all(mark.verified for mark in sealed.record.marks), sealed.record.marks
    return {mark.kind for mark in sealed.record.marks}


@pytest.mark.parametrize("file_format", FileFormat)
def test_every_format_carries_every_mark(
    file_format: FileFormat, original: Sealed, sized: Record, identity: Callable[[], Signer]
) -> None:
    exported = export(
        original.file, sized, Marking(), Rendition(format=file_format), open_signer=identity
    )
    assert exported.notices == ()
    assert marks(exported) == {
        MarkKind.WATERMARK,
        MarkKind.XMP,
        MarkKind.RECIPE_TEXT,
        MarkKind.MANIFEST,
    }
    assert found_id(exported.file) == sized.id
    reading = read(exported.file)
    assert reading is not None
    assert reading.state is ManifestState.UNKNOWN_SIGNER  # no roots were given
    assert reading.record_id == sized.id


@pytest.mark.parametrize("file_format", [FileFormat.PNG, FileFormat.TIFF])
def test_a_whole_picture_is_not_marked_twice(
    file_format: FileFormat, original: Sealed, sized: Record
) -> None:
    exported = export(original.file, sized, Marking(), Rendition(format=file_format))
    assert np.array_equal(read_image(exported.file)[0], read_image(original.file)[0])
    assert exported.mark.verified
    assert exported.mark.psnr == 0.0  # nothing was written


@pytest.mark.parametrize("file_format", [FileFormat.PNG, FileFormat.JPEG])
def test_what_is_known_of_a_kept_mark_is_carried_over(
    file_format: FileFormat, original: Sealed, sized: Record
) -> None:
    known = Original(original.mark)
    exported = export(
        original.file, sized, Marking(), Rendition(format=file_format), original=known
    )
    assert original.mark.robust
    assert exported.mark == original.mark


def test_nothing_is_promised_of_a_kept_mark_that_was_drawn_on(
    original: Sealed, sized: Record
) -> None:
    labelled = Marking(visible_label=VisibleLabel.AI)
    exported = export(original.file, sized, labelled, AS_PNG, original=Original(original.mark))
    assert exported.mark.verified
    assert (exported.mark.robust, exported.mark.psnr) == (False, 0.0)


def test_a_standard_mark_is_made_strong_where_that_is_asked_for(
    original: Sealed, sized: Record
) -> None:
    strong = Marking(preset=Preset.STRONG)
    exported = export(original.file, sized, strong, AS_PNG, original=Original(original.mark))
    assert (exported.mark.preset, exported.mark.robust) == ("strong", True)
    assert exported.mark.psnr > 36
    assert found_id(exported.file) == sized.id
    again = export(exported.file, sized, strong, AS_PNG, original=Original(exported.mark))
    assert np.array_equal(read_image(again.file)[0], read_image(exported.file)[0])
    assert again.mark == exported.mark


def test_a_picture_made_from_a_signed_one_keeps_that_manifest_when_it_is_exported(
    original: Sealed,
    sized: Record,
    identity: Callable[[], Signer],
    pictures: Callable[[int, int], dict[str, Pixels]],
) -> None:
    made = seal(
        pictures(SIDE, SIDE)["colour ramps"],
        sized,
        Marking(),
        open_signer=identity,
        parent=parent_in(original.file),
    )
    known = Original(made.mark, made.manifest)
    stripped = io.BytesIO()
    Image.fromarray(read_image(made.file)[0]).save(stripped, "PNG")
    files = [
        export(
            file, sized, Marking(), Rendition(format=form), open_signer=identity, original=known
        ).file
        for file in (made.file, stripped.getvalue())
        for form in (FileFormat.JPEG, FileFormat.TIFF)
    ]
    expected = read(made.file)
    assert expected is not None
    assert expected.parents[0].signer.startswith("Maquette installation ")
    for file in files:
        reading = read(file)
        assert reading is not None
        assert reading.state is ManifestState.UNKNOWN_SIGNER
        assert reading.parents == expected.parents
        assert reading.actions[0].action == "c2pa.opened"


def test_a_kept_manifest_that_cannot_be_read_is_left_out(
    original: Sealed, sized: Record, identity: Callable[[], Signer]
) -> None:
    for manifest in (b"nonsense", original.manifest[:1000], original.manifest):
        known = Original(None, manifest)
        exported = export(
            original.file, sized, Marking(), AS_PNG, open_signer=identity, original=known
        )
        assert exported.notices == ()
        reading = read(exported.file)
        assert reading is not None
        assert not reading.parents[0].has_manifest  # told by its digest only


def test_a_scaled_picture_is_marked_again(original: Sealed, sized: Record) -> None:
    exported = export(original.file, sized, Marking(), scaled_to(300))
    pixels, metadata = read_image(exported.file)
    assert pixels.shape == (300, 300, 3)
    assert (exported.record.width, exported.record.height) == (300, 300)
    assert metadata.record is not None
    assert metadata.record.width == 300
    assert exported.mark.verified
    assert exported.mark.psnr > 30
    assert found_id(exported.file) == sized.id


def test_a_picture_scaled_below_what_can_be_marked_says_so(original: Sealed, sized: Record) -> None:
    exported = export(original.file, sized, Marking(), scaled_to(100))
    assert not exported.mark.verified
    assert exported.notices == (
        "A picture smaller than 256 x 256 pixels cannot carry the invisible watermark.",
    )
    label = read_image(exported.file)[1].xmp
    assert label is not None
    assert label.record_id == sized.id


def test_without_recipe_the_marks_go_along(original: Sealed, sized: Record) -> None:
    exported = export(original.file, sized, Marking(write_recipe=False), AS_PNG)
    assert marks(exported) == {MarkKind.WATERMARK, MarkKind.XMP}
    assert b"glossy" in original.file
    assert b"glossy" not in exported.file


def test_a_label_is_added_once(original: Sealed, sized: Record) -> None:
    china = Marking(profile=Profile.CHINA, write_recipe=False)
    first = export(original.file, sized, china, AS_PNG)
    assert marks(first) == {
        MarkKind.WATERMARK,
        MarkKind.XMP,
        MarkKind.AIGC,
        MarkKind.VISIBLE_LABEL,
    }
    again = export(first.file, first.record, china, AS_PNG)
    assert np.array_equal(read_image(first.file)[0], read_image(again.file)[0])
    assert read_image(again.file)[1].aigc_copies == 1
    from_profile = first.record.marks[-1].note
    assert from_profile == "AI生成"


def test_a_stripped_copy_gets_its_marks_back(original: Sealed, sized: Record) -> None:
    buffer = io.BytesIO()
    Image.fromarray(read_image(original.file)[0]).save(buffer, "JPEG", quality=92)
    restored = export(buffer.getvalue(), sized, Marking(), AS_PNG)
    assert found_id(restored.file) == sized.id
    assert read_image(restored.file)[1].record is not None


def test_another_records_file_is_refused(original: Sealed, sized: Record) -> None:
    other = msgspec.structs.replace(sized, id="0BADF00D")
    with pytest.raises(ImageError, match="not 0BAD-F00D"):
        export(original.file, other, Marking(), AS_PNG)


@pytest.mark.parametrize("longest_side", [0, -1, 10**6])
def test_a_size_out_of_range_is_refused(longest_side: int, original: Sealed, sized: Record) -> None:
    with pytest.raises(ImageError):
        export(original.file, sized, Marking(), scaled_to(longest_side))


def test_a_picture_of_one_pixel_is_exported(original: Sealed, sized: Record) -> None:
    exported = export(original.file, sized, Marking(profile=Profile.CHINA), scaled_to(1))
    assert read_image(exported.file)[0].shape == (1, 1, 3)
    assert "The picture is too small for the visible label." in exported.notices


def test_an_extra_mark_never_costs_our_own(original: Sealed, sized: Record) -> None:
    exported = export(original.file, sized, Marking(extra_mark=ExtraMark.DWT_DCT_SVD), AS_PNG)
    assert exported.mark.verified
    assert found_id(exported.file) == sized.id
    assert not carries_label(read_image(exported.file)[0], Marking().visible_label)
