"""A sealed file carries every mark, and its record says which of them hold."""

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pytest

from maquette.core.errors import JobFailed
from maquette.core.marking import FileFormat, Marking
from maquette.core.pixels import Pixels
from maquette.core.record import MarkKind, Record
from maquette.provenance import seal as seal_module
from maquette.provenance.metadata import read_image
from maquette.provenance.seal import seal
from maquette.provenance.texts import Texts, texts_of
from maquette.provenance.watermark.detection import detect


def test_every_mark_is_in_the_file_and_verified(scene: Pixels, record: Record) -> None:
    sealed = seal(scene, record, Marking())
    pixels, metadata = read_image(sealed.file)
    found = detect(pixels)
    assert found is not None
    assert found.record_id == record.id
    assert metadata.record is not None
    assert metadata.record.id == record.id
    assert metadata.xmp is not None
    assert metadata.xmp.record_id == record.id
    assert sealed.notices == ()
    assert [(mark.kind, mark.verified) for mark in sealed.record.marks] == [
        (MarkKind.WATERMARK, True),
        (MarkKind.XMP, True),
        (MarkKind.RECIPE_TEXT, True),
    ]
    assert msgspec.structs.replace(sealed.record, marks=()) == record


def test_without_recipe_the_marks_stay(scene: Pixels, record: Record) -> None:
    sealed = seal(scene, record, Marking(write_recipe=False))
    assert [mark.kind for mark in sealed.record.marks] == [MarkKind.WATERMARK, MarkKind.XMP]
    assert all(mark.verified for mark in sealed.record.marks)
    assert b"mug" not in sealed.file


def test_the_same_picture_and_record_give_the_same_file(scene: Pixels, record: Record) -> None:
    first, second = (seal(scene, record, Marking()).file for _ in range(2))
    assert first == second


def test_flat_pictures_are_marked_too(
    pictures: Callable[[int, int], dict[str, Pixels]], record: Record
) -> None:
    for name, pixels in pictures(256, 256).items():
        sealed = seal(pixels, record, Marking())
        assert all(mark.verified for mark in sealed.record.marks), name


def test_a_picture_that_holds_no_mark_is_delivered_and_says_so(record: Record) -> None:
    sealed = seal(np.full((64, 64, 3), 9, np.uint8), record, Marking())
    assert np.array_equal(read_image(sealed.file)[0], np.full((64, 64, 3), 9, np.uint8))
    watermark = sealed.record.marks[0]
    assert not watermark.verified
    assert watermark.note.endswith(".")
    assert sealed.notices == (
        "A picture smaller than 256 x 256 pixels cannot carry the invisible watermark.",
    )


def test_a_fragile_mark_is_noted(record: Record) -> None:
    confetti = np.random.default_rng(5).integers(0, 2, (256, 256, 3), dtype=np.uint8) * 255
    watermark = seal(confetti, record, Marking()).record.marks[0]
    assert watermark.verified
    assert watermark.note.startswith("May be lost in copies")


def test_pixels_that_change_in_the_file_are_never_delivered(
    scene: Pixels, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode = seal_module.encode

    def encode_other(pixels: Pixels, *arguments: Any) -> bytes:
        return encode(255 - pixels, *arguments)

    monkeypatch.setattr(seal_module, "encode", encode_other)
    for file_format in FileFormat:
        with pytest.raises(JobFailed, match="changed while it was encoded"):
            seal(scene, record, Marking(), file_format=file_format)


def test_texts_that_do_not_read_back_are_told(
    scene: Pixels, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def texts_without_recipe(record: Record, marking: Marking, *arguments: Any) -> Texts:
        return texts_of(record, Marking(write_recipe=False), *arguments)

    monkeypatch.setattr(seal_module, "texts_of", texts_without_recipe)
    sealed = seal(scene, record, Marking())
    assert [mark.verified for mark in sealed.record.marks] == [True, True, False]
    assert sealed.notices == ("The picture was saved without a readable recipe.",)
