"""A sealed file carries every mark, and its record says which of them hold."""

import importlib.util
import io
import os
import platform
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from imwatermark import WatermarkDecoder
from PIL import Image

from maquette.core.control import Control, ControlKind
from maquette.core.errors import JobFailed, SigningError
from maquette.core.fidelity import Fidelity
from maquette.core.marking import ExtraMark, FileFormat, Marking, Profile, VisibleLabel
from maquette.core.model_ref import ModelRef
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.record import Mark, MarkKind, Record
from maquette.provenance import pixel_marks
from maquette.provenance import seal as seal_module
from maquette.provenance.identity.opening import open_signer
from maquette.provenance.identity.signer import Signer
from maquette.provenance.manifest.reading import ManifestState, read
from maquette.provenance.metadata import read_image
from maquette.provenance.seal import seal
from maquette.provenance.signer_once import SignerOnce
from maquette.provenance.texts import Texts, texts_of
from maquette.provenance.visible_label import carries_label
from maquette.provenance.watermark.detection import detect
from maquette.provenance.watermark.embedding import embed
from maquette.provenance.watermark.marked import Watermarked


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


def test_without_recipe_and_manifest_nothing_tells_of_the_sketch(
    scene: Pixels, record: Record
) -> None:
    sketch = Control(
        ControlKind.SKETCH,
        "5ke7c4" * 10,
        weights="3e1947" * 10,
        model=ModelRef("/home/somebody/scribble", "d19e57" * 10, "Scribble"),
    )
    recipe = msgspec.structs.replace(record.recipe, controls=(sketch,))
    drawn = msgspec.structs.replace(record, recipe=recipe, fidelity=Fidelity(0.8125, 0.75, 0.875))
    said = [b"5ke7c4", b"3e1947", b"d19e57", b"0.8125"]
    whole = seal(scene, drawn, Marking()).file
    assert all(text in whole for text in said)
    assert b"somebody" not in whole  # where a user's models lie is nobody's business
    without = seal(scene, drawn, Marking(write_recipe=False, sign=False)).file
    assert not any(text in without for text in said)


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


def test_a_fragile_mark_is_noted(
    scene: Pixels, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def embed_weakly(pixels: Pixels, *arguments: Any, **options: Any) -> Watermarked:
        return msgspec.structs.replace(embed(pixels, *arguments, **options), robust=False)

    monkeypatch.setattr(pixel_marks, "embed", embed_weakly)
    sealed = seal(scene, record, Marking())
    watermark = sealed.record.marks[0]
    assert watermark.verified
    assert watermark.note.startswith("May be lost in copies")
    assert not sealed.mark.robust


def test_pixels_that_change_in_the_file_are_never_delivered(
    scene: Pixels, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode = seal_module.encode

    def encode_other(pixels: Pixels, *arguments: Any, **options: Any) -> bytes:
        return encode(255 - pixels, *arguments, **options)

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


# --- labels, signature, privacy -------------------------------------------------------------------


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Signer]:
    open_quietly = partial(open_signer, find_keychain=lambda: None)
    return SignerOnce(tmp_path_factory.mktemp("identity"), open_quietly)


def test_the_manifest_is_signed_last_and_covers_the_file(
    scene: Pixels, record: Record, identity: Callable[[], Signer]
) -> None:
    sealed = seal(scene, record, Marking(), open_signer=identity)
    assert sealed.record.marks[-1] == Mark(MarkKind.MANIFEST, True)
    assert sealed.manifest in sealed.file
    reading = read(sealed.file)
    assert reading is not None
    assert reading.state is ManifestState.UNKNOWN_SIGNER
    assert reading.record_id == record.id
    assert reading.source_type == record.source_type
    assert {ingredient.digest for ingredient in reading.ingredients} >= {"ab" * 32}
    changed = read(sealed.file + b" ")
    assert changed is not None
    assert changed.state is ManifestState.INVALID


@pytest.mark.parametrize("may_be_mined", [False, True])
def test_the_manifest_says_whether_the_picture_may_be_mined(
    may_be_mined: bool, scene: Pixels, record: Record, identity: Callable[[], Signer]
) -> None:
    marking = Marking(may_be_mined=may_be_mined)
    reading = read(seal(scene, record, marking, open_signer=identity).file)
    assert reading is not None
    assert set(reading.mining.values()) == {"allowed" if may_be_mined else "notAllowed"}


def test_a_picture_that_cannot_be_signed_is_delivered_and_says_so(
    scene: Pixels, record: Record
) -> None:
    def refuse() -> Signer:
        raise SigningError("The key file is missing; put it back.")

    sealed = seal(scene, record, Marking(), open_signer=refuse)
    assert sealed.record.marks[-1] == Mark(
        MarkKind.MANIFEST, False, "The key file is missing; put it back."
    )
    assert sealed.notices == (
        "The picture was saved without a signed manifest.",
        "The key file is missing; put it back.",
    )
    assert sealed.manifest == b""
    assert read(sealed.file) is None
    assert read_image(sealed.file)[1].record is not None


def test_unsigned_when_asked(scene: Pixels, record: Record, identity: Callable[[], Signer]) -> None:
    sealed = seal(scene, record, Marking(sign=False), open_signer=identity)
    assert read(sealed.file) is None
    assert MarkKind.MANIFEST not in {mark.kind for mark in sealed.record.marks}
    assert sealed.notices == ()


def test_the_profile_of_china_shows_and_hides_its_labels(scene: Pixels, record: Record) -> None:
    sealed = seal(scene, record, Marking(profile=Profile.CHINA))
    kinds = {mark.kind for mark in sealed.record.marks if mark.verified}
    assert {MarkKind.AIGC, MarkKind.VISIBLE_LABEL, MarkKind.WATERMARK} <= kinds
    pixels, metadata = read_image(sealed.file)
    assert carries_label(pixels, VisibleLabel.CHINESE)
    assert [label.reserved_code_1 for label in metadata.aigc] == [pixel_digest(pixels)]


@pytest.mark.parametrize("label", [VisibleLabel.AI, VisibleLabel.ENGLISH])
def test_a_chosen_label_is_drawn(label: VisibleLabel, scene: Pixels, record: Record) -> None:
    sealed = seal(scene, record, Marking(visible_label=label))
    assert carries_label(read_image(sealed.file)[0], label)


def test_dwt_dct_svd_can_be_added_and_does_not_disturb_our_mark(
    scene: Pixels, record: Record
) -> None:
    sealed = seal(scene, record, Marking(extra_mark=ExtraMark.DWT_DCT_SVD))
    assert sealed.notices == ()
    assert sealed.mark.verified
    decoder = WatermarkDecoder("bits", 32)
    bgr = np.ascontiguousarray(read_image(sealed.file)[0][..., ::-1])
    bits = np.asarray(decoder.decode(bgr, "dwtDctSvd"))
    assert np.packbits(bits > 0).tobytes().hex().upper() == record.id


@pytest.mark.skipif(not importlib.util.find_spec("onnxruntime"), reason="needs onnxruntime")
def test_riva_gan_can_be_added_and_is_read_by_the_package(
    pictures: Callable[[int, int], dict[str, Pixels]], record: Record
) -> None:
    noise = pictures(256, 256)["grey noise"]  # flat pictures lose this mark, the package's too
    sealed = seal(noise, record, Marking(extra_mark=ExtraMark.RIVA_GAN))
    assert all(mark.verified for mark in sealed.record.marks), sealed.record.marks
    assert sealed.record.marks[-1].kind is MarkKind.EXTRA
    decoder = WatermarkDecoder("bits", 32)
    decoder.loadModel()
    bgr = np.ascontiguousarray(read_image(sealed.file)[0][..., ::-1])
    bits = np.asarray(decoder.decode(bgr, "rivaGan")) > 0
    wanted = np.unpackbits(np.frombuffer(bytes.fromhex(record.id), np.uint8)) == 1
    assert np.count_nonzero(bits != wanted) <= 3


def test_a_strip_too_thin_for_an_extra_mark_is_sealed(record: Record) -> None:
    pixels = np.full((7, 10_000, 3), 120, np.uint8)
    thin = msgspec.structs.replace(record, height=7, width=10_000)
    sealed = seal(pixels, thin, Marking(extra_mark=ExtraMark.DWT_DCT_SVD))
    assert MarkKind.EXTRA not in {mark.kind for mark in sealed.record.marks}


def test_an_extra_mark_that_is_not_installed_is_told(
    scene: Pixels, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    sealed = seal(scene, record, Marking(extra_mark=ExtraMark.RIVA_GAN))
    assert sealed.notices == (
        "The extra mark rivaGan needs invisible-watermark and onnxruntime; "
        "install them with pip install maquette[extra-marks].",
    )
    assert sealed.mark.verified


@pytest.mark.parametrize("file_format", FileFormat)
@pytest.mark.parametrize("profile", Profile)
def test_nothing_private_is_in_any_file(
    profile: Profile,
    file_format: FileFormat,
    scene: Pixels,
    record: Record,
    identity: Callable[[], Signer],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("USER", "LOGNAME", "USERNAME", "HOSTNAME"):
        monkeypatch.setenv(name, "verena-klarname")
    monkeypatch.setenv("HOME", "/home/verena-klarname")
    monkeypatch.setattr(platform, "node", lambda: "verena-klarname")
    monkeypatch.setattr(socket, "gethostname", lambda: "verena-klarname")
    marking = Marking(profile=profile, write_recipe=False)
    sealed = seal(scene, record, marking, open_signer=identity, file_format=file_format)
    words = ["/home", "someone", "private", "fancy", "glossy", "cracks", "陶瓷", "klarname"]
    words += [os.environ["MAQUETTE_HOME"], str(Path(__file__).parent)]
    for word in words:
        for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
            assert word.encode(encoding) not in sealed.file, word


def test_alpha_survives_sealing(scene: Pixels, record: Record) -> None:
    alpha = np.arange(256, dtype=np.uint8)[None, :, None].repeat(256, axis=0)
    sealed = seal(np.dstack([scene, alpha]), record, Marking())
    assert sealed.mark.verified
    with Image.open(io.BytesIO(sealed.file)) as image:
        assert np.array_equal(np.asarray(image)[..., 3:], alpha)


@pytest.mark.parametrize("size", [(1, 5000), (100, 100), (5000, 300)])
def test_odd_sizes_are_sealed(size: tuple[int, int], record: Record) -> None:
    pixels = np.full((*size, 3), 120, np.uint8)
    odd = msgspec.structs.replace(record, height=size[0], width=size[1])
    sealed = seal(pixels, odd, Marking(profile=Profile.CHINA))
    assert read_image(sealed.file)[0].shape == pixels.shape
    assert sealed.mark.verified == (min(size) >= 256)
