"""Checking a file tells ours from changed, stripped, forged and foreign ones."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import hypothesis.strategies as st
import msgspec
import numpy as np
import pytest
from imwatermark import WatermarkEncoder
from PIL import Image, PngImagePlugin

from maquette.core.errors import ImageError, LibraryError
from maquette.core.marking import ExtraMark, FileFormat, Marking
from maquette.core.pixels import Pixels
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType, spoken_id
from maquette.core.report import Outcome, Report, Source, Verdict
from maquette.provenance.extra_mark import embed_extra
from maquette.provenance.identity.opening import known_signers
from maquette.provenance.metadata import read_image
from maquette.provenance.texts import XMP_KEY
from maquette.provenance.verify.checking import verify
from maquette.provenance.verify.foreign_marks import KNOWN_MESSAGES, find_foreign_marks
from maquette.provenance.watermark.embedding import embed


@pytest.fixture(scope="module")
def picture(pictures: Callable[[int, int], dict[str, Pixels]]) -> Pixels:
    return pictures(384, 512)["shapes"]


@pytest.fixture(scope="module")
def another(pictures: Callable[[int, int], dict[str, Pixels]]) -> Pixels:
    """Another picture than `picture`."""
    return pictures(384, 512)["shapes"][::-1, ::-1][:, ::-1].copy() // 2 + 60


@pytest.fixture
def saved(studio: Any, picture: Pixels, record: Record) -> bytes:
    return studio.save(picture, record)


def again(file: bytes, form: str, **options: object) -> bytes:
    """The picture in `file`, saved by somebody who keeps nothing but the pixels."""
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(file)) as image:
        bare = Image.fromarray(np.asarray(image.convert("RGB")))
    bare.save(buffer, form, **options)
    return buffer.getvalue()


def png_of(pixels: Pixels, **texts: str) -> bytes:
    info = PngImagePlugin.PngInfo()
    for key, text in texts.items():
        info.add_itxt(key, text)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


def manifest_removed(file: bytes) -> bytes:
    start = file.index(b"caBX") - 4
    return file[:start] + file[start + int.from_bytes(file[start : start + 4], "big") + 12 :]


def outcomes(report: Report) -> dict[Source, Outcome]:
    """The first line of each source."""
    return {line.source: line.outcome for line in reversed(report.evidence)}


# --- signed -----------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", FileFormat)
def test_an_untouched_file_is_signed_and_intact(
    studio: Any, picture: Pixels, record: Record, file_format: FileFormat
) -> None:
    file = studio.save(picture, record, file_format=file_format)
    report = studio.check(file, "杯.png")
    assert report.verdict is Verdict.SIGNED_INTACT
    assert report.sentence == "Signed by Maquette on this computer, and not changed since."
    assert report.record_id == record.id
    assert report.recipe is not None
    assert report.recipe.prompt == record.recipe.prompt
    assert report.created == record.created
    assert report.source_type is SourceType.COMPOSITE
    assert report.name == "杯.png"
    assert (report.width, report.height, report.file_bytes) == (512, 384, len(file))
    assert report.history == ()
    assert Outcome.BAD not in {line.outcome for line in report.evidence}
    assert outcomes(report)[Source.MANIFEST] is Outcome.GOOD
    assert outcomes(report)[Source.WATERMARK] is Outcome.GOOD
    assert outcomes(report)[Source.LEDGER] is Outcome.GOOD


def test_the_evidence_is_in_the_order_of_reading(studio: Any, saved: bytes) -> None:
    order = list(Source)
    places = [order.index(line.source) for line in studio.check(saved).evidence]
    assert places == sorted(places)


def test_another_installation_is_an_unknown_signer(
    fresh: Any, saved: bytes, record: Record
) -> None:
    report = fresh.check(saved)
    assert report.verdict is Verdict.SIGNED_UNKNOWN_SIGNER
    assert "not by this installation" in report.sentence
    assert report.record_id == record.id


def test_a_changed_picture_is_tampered(studio: Any, saved: bytes) -> None:
    pixels, _ = read_image(saved)
    brighter = np.clip(pixels.astype(int) + 30, 0, 255).astype(np.uint8)
    report = studio.check(transplanted(saved, png_of(brighter)))
    assert report.verdict is Verdict.TAMPERED
    assert report.sentence == "This file was changed after it was signed."
    assert outcomes(report)[Source.MANIFEST] is Outcome.BAD


def transplanted(file: bytes, other: bytes) -> bytes:
    """`other`'s pixels with every text and the manifest of `file`; both are PNG."""
    data = [chunk for chunk in chunks(other) if chunk[4:8] == b"IDAT"]
    result = [file[:8]]
    for chunk in chunks(file):
        if chunk[4:8] != b"IDAT":
            result.append(chunk)
        elif data:
            result += data
            data = []
    return b"".join(result)


def chunks(file: bytes) -> Iterator[bytes]:
    place = 8
    while place < len(file):
        length = int.from_bytes(file[place : place + 4], "big") + 12
        yield file[place : place + length]
        place += length


def test_trailing_bytes_are_tampering(studio: Any, saved: bytes) -> None:
    assert studio.check(saved + b"more").verdict is Verdict.TAMPERED


def test_a_manifest_of_another_picture_is_told(studio: Any, saved: bytes, another: Pixels) -> None:
    report = studio.check(transplanted(saved, png_of(another)))
    assert report.verdict is Verdict.TAMPERED
    assert any("probably moved here" in line.sentence for line in report.evidence)


# --- stripped ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "options"), [("PNG", {}), ("JPEG", {"quality": 90}), ("WEBP", {"lossless": True})]
)
def test_a_stripped_copy_is_recovered_by_its_watermark(
    studio: Any, saved: bytes, record: Record, form: str, options: dict[str, object]
) -> None:
    report = studio.check(again(saved, form, **options))
    assert report.verdict is Verdict.RECOVERED_BY_WATERMARK
    assert "its signed manifest and its labels were removed" in report.sentence
    assert report.record_id == record.id
    assert report.recipe is not None
    assert report.recipe.prompt == record.recipe.prompt
    assert report.kept_manifest
    found = outcomes(report)
    assert found[Source.MANIFEST] is found[Source.LABEL] is Outcome.BAD
    assert found[Source.WATERMARK] is found[Source.LIKENESS] is Outcome.GOOD
    assert found[Source.KEPT_MANIFEST] is Outcome.GOOD


def test_a_copy_that_lost_only_its_manifest_is_told(studio: Any, saved: bytes) -> None:
    report = studio.check(manifest_removed(saved))
    assert report.verdict is Verdict.RECOVERED_BY_WATERMARK
    assert "its signed manifest was removed" in report.sentence
    assert outcomes(report)[Source.LABEL] is Outcome.GOOD


def test_the_quality_of_a_jpeg_copy_is_told(studio: Any, saved: bytes) -> None:
    report = studio.check(again(saved, "JPEG", quality=88))
    assert "It was saved as JPEG at a quality of about 88." in report.history


def test_a_file_saved_without_a_signature_is_known_by_its_bytes(
    fresh: Any, picture: Pixels, record: Record
) -> None:
    report = fresh.check(fresh.save(picture, record, Marking(sign=False)))
    assert report.verdict is Verdict.RECOVERED_BY_WATERMARK
    assert "exactly as it was saved" in report.sentence
    assert Outcome.BAD not in {line.outcome for line in report.evidence}


def test_a_mark_that_the_ledger_does_not_know_is_told(
    fresh: Any, saved: bytes, record: Record
) -> None:
    report = fresh.check(again(saved, "PNG"))
    assert report.verdict is Verdict.MARK_UNKNOWN_ID
    assert spoken_id(record.id) in report.sentence
    assert outcomes(report)[Source.LEDGER] is Outcome.WARNING


def test_without_a_ledger_the_file_alone_is_judged(saved: bytes) -> None:
    assert verify(again(saved, "PNG"), "x").verdict is Verdict.MARK_UNKNOWN_ID


def test_a_part_of_a_forgotten_picture_is_not_called_forged(
    fresh: Any, picture: Pixels, record: Record
) -> None:
    file = fresh.save(picture, record)
    fresh.ledger.forget(record.id)
    pixels, _ = read_image(file)
    report = fresh.check(png_of(pixels[:300, :380]))
    assert report.verdict is Verdict.RECOVERED_BY_WATERMARK
    assert "nothing is left to compare" in report.sentence
    assert report.recipe is None


@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
def test_of_a_forgotten_picture_the_looks_are_not_said_to_agree(
    fresh: Any, picture: Pixels, record: Record, form: str
) -> None:
    """Its hash stays in the chain, but is no likeness."""
    file = fresh.save(picture, record)
    fresh.ledger.forget(record.id)
    report = fresh.check(again(file, form, quality=90))
    assert report.verdict is Verdict.RECOVERED_BY_WATERMARK
    assert "was erased, so nothing is left to compare this one with" in report.sentence
    assert "agree" not in report.sentence
    assert report.in_ledger
    assert report.recipe is None
    assert not report.kept_manifest
    assert outcomes(report)[Source.LIKENESS] is Outcome.WARNING
    # Who cannot tell whose picture it is cannot tell what was taken off it either.
    assert Outcome.BAD not in {line.outcome for line in report.evidence}


def test_an_unmarked_lookalike_of_a_forgotten_picture_is_not_called_similar(
    fresh: Any, picture: Pixels, record: Record
) -> None:
    fresh.save(picture, record)
    fresh.ledger.forget(record.id)
    report = fresh.check(png_of(np.clip(picture.astype(int) + 6, 0, 255).astype(np.uint8)))
    assert report.verdict is Verdict.NOTHING_FOUND


def test_a_small_part_of_a_large_picture_is_not_called_forged(
    fresh: Any, pictures: Callable[[int, int], dict[str, Pixels]], record: Record
) -> None:
    file = fresh.save(pictures(1024, 1024)["shapes"], record)
    pixels, _ = read_image(file)
    report = fresh.check(png_of(np.ascontiguousarray(pixels[400:680, 300:580])))
    assert report.verdict is Verdict.RECOVERED_BY_WATERMARK
    assert "too small or too plain a part" in report.sentence


def test_a_kept_manifest_is_told_without_codes(studio: Any, saved: bytes) -> None:
    report = studio.check(again(saved, "PNG"))
    (line,) = (line for line in report.evidence if line.source is Source.KEPT_MANIFEST)
    assert line.outcome is Outcome.GOOD
    assert "Maquette" in line.detail
    assert "mismatch" not in line.detail


def test_no_code_is_told_twice(studio: Any, saved: bytes) -> None:
    line = studio.check(saved + b"more").evidence[0]
    codes = line.detail.split(" · ")
    assert "assertion.dataHash.mismatch" in codes
    assert len(codes) == len(set(codes))


def test_a_kept_manifest_that_does_not_hold_is_told(
    fresh: Any, picture: Pixels, record: Record
) -> None:
    sealed = fresh.seal(picture, record, Marking())
    spoilt = sealed.manifest.replace(b"trainedAlgorithmicMedia", b"trainedAlgorithmicMadia")
    spoilt = spoilt.replace(b"compositeWith", b"compositeVith")
    fresh.remember(msgspec.structs.replace(sealed, manifest=spoilt))
    line = next(
        line
        for line in fresh.check(again(sealed.file, "PNG")).evidence
        if line.source is Source.KEPT_MANIFEST
    )
    assert line.outcome is Outcome.WARNING
    assert "does not hold" in line.sentence


def test_size_and_cut_are_told(studio: Any, saved: bytes) -> None:
    with Image.open(io.BytesIO(saved)) as image:
        part = image.convert("RGB").crop((60, 0, 512, 384)).resize((904, 768))
    report = studio.check(png_of(np.asarray(part)))
    assert report.verdict is Verdict.RECOVERED_BY_WATERMARK
    assert any(line.startswith("It was scaled to 20") for line in report.history)
    assert any(line.endswith("is missing on the left.") for line in report.history)
    assert report.crop is not None
    assert report.crop[0] == pytest.approx(60 / 512, abs=0.03)


def test_a_turned_copy_is_found_by_the_thorough_search(studio: Any, saved: bytes) -> None:
    pixels, _ = read_image(saved)
    turned = png_of(np.ascontiguousarray(np.rot90(pixels)[:, ::-1]))
    assert studio.check(turned).verdict is Verdict.NOTHING_FOUND
    report = studio.check(turned, thorough=True)
    assert report.verdict is Verdict.RECOVERED_BY_WATERMARK
    assert "It was mirrored." in report.history


def test_a_second_mark_alone_recovers_a_lookalike(
    fresh: Any, picture: Pixels, record: Record
) -> None:
    fresh.save(picture, record)
    only_second = embed_extra(picture, record.id, ExtraMark.DWT_DCT_SVD)
    assert only_second is not None
    report = fresh.check(png_of(only_second))
    assert report.verdict is Verdict.RECOVERED_BY_WATERMARK
    assert report.record_id == record.id
    assert any("A second invisible mark" in line.sentence for line in report.evidence)


# --- forged -----------------------------------------------------------------------------------


def test_a_mark_on_another_picture_was_lifted(
    studio: Any, saved: bytes, another: Pixels, record: Record
) -> None:
    del saved  # the ledger has it
    report = studio.check(png_of(embed(another, record.id).pixels))
    assert report.verdict is Verdict.TAMPERED
    assert "the mark was lifted off it" in report.sentence
    assert outcomes(report)[Source.LIKENESS] is Outcome.BAD
    assert report.recipe is None  # it is not this picture's
    assert not report.kept_manifest


def test_texts_of_another_picture_contradict_the_watermark(
    studio: Any, picture: Pixels, record: Record
) -> None:
    first = studio.save(picture, msgspec.structs.replace(record, id="11111111"))
    second = studio.save(picture, msgspec.structs.replace(record, id="22222222"))
    report = studio.check(manifest_removed(transplanted(first, second)))
    assert report.verdict is Verdict.TAMPERED
    assert "1111-1111, 2222-2222" in report.sentence


def test_texts_copied_to_an_unmarked_picture_are_told(
    studio: Any, saved: bytes, another: Pixels
) -> None:
    report = studio.check(manifest_removed(transplanted(saved, png_of(another))))
    assert report.verdict is Verdict.TAMPERED
    assert "they were copied from it" in report.sentence


# --- unmarked ---------------------------------------------------------------------------------


def test_a_lookalike_is_similar(fresh: Any, picture: Pixels, record: Record) -> None:
    fresh.save(picture, record)
    report = fresh.check(png_of(np.clip(picture.astype(int) + 6, 0, 255).astype(np.uint8)))
    assert report.verdict is Verdict.SIMILAR
    assert spoken_id(record.id) in report.sentence
    assert report.record_id == record.id


def test_texts_alone_prove_nothing(fresh: Any, saved: bytes, another: Pixels) -> None:
    report = fresh.check(manifest_removed(transplanted(saved, png_of(another))))
    assert report.verdict is Verdict.METADATA_ONLY
    assert "nothing in the picture itself confirms it" in report.sentence


def test_a_picture_without_marks_is_never_called_natural(fresh: Any, picture: Pixels) -> None:
    report = fresh.check(png_of(picture))
    assert report.verdict is Verdict.NOTHING_FOUND
    assert "this does not mean that it was not made by AI" in report.sentence
    assert {line.outcome for line in report.evidence} == {Outcome.ABSENT}


@pytest.mark.parametrize(
    ("key", "text", "program"),
    [
        ("workflow", json.dumps({"nodes": []}), "ComfyUI"),
        ("prompt", json.dumps({"3": {"class_type": "KSampler"}}), "ComfyUI"),
        ("invokeai_metadata", json.dumps({"app_version": "5.0"}), "InvokeAI"),
        ("Software", "NovelAI", "NovelAI"),
    ],
)
def test_recipes_of_other_programs_are_recognised(
    fresh: Any, picture: Pixels, key: str, text: str, program: str
) -> None:
    report = fresh.check(png_of(picture, **{key: text}))
    assert report.verdict is Verdict.METADATA_ONLY
    assert any(program in line.sentence for line in report.evidence)


def test_the_recipe_text_of_another_tool_is_given(fresh: Any, picture: Pixels) -> None:
    text = "a castle\nSteps: 28, Sampler: Euler a, Seed: 12, Size: 512x768"
    report = fresh.check(png_of(picture, parameters=text))
    assert report.verdict is Verdict.METADATA_ONLY
    assert report.recipe_text == text


LABEL = (
    '<x xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
    ' xmlns:p="http://ns.adobe.com/xap/1.0/" p:CreatorTool="{tool}">'
    "<e:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/{kind}"
    "</e:DigitalSourceType></x>"
)


def test_an_ai_label_of_another_tool_is_told(fresh: Any, picture: Pixels) -> None:
    label = LABEL.format(tool="Other", kind="trainedAlgorithmicMedia")
    report = fresh.check(png_of(picture, **{XMP_KEY: label}))
    assert report.verdict is Verdict.METADATA_ONLY
    assert "made with AI by Other" in report.sentence


def test_a_label_that_names_a_camera_is_no_ai_label(fresh: Any, picture: Pixels) -> None:
    report = fresh.check(
        png_of(picture, **{XMP_KEY: LABEL.format(tool="Camera", kind="digitalCapture")})
    )
    assert report.verdict is Verdict.NOTHING_FOUND
    assert any("digitalCapture" in line.sentence for line in report.evidence)


@pytest.mark.parametrize("message", KNOWN_MESSAGES, ids=lambda message: message.writer)
def test_marks_of_other_programs_are_read(fresh: Any, picture: Pixels, message: object) -> None:
    assert isinstance(message, type(KNOWN_MESSAGES[0]))
    encoder = WatermarkEncoder()
    encoder.set_watermark("bits", list(message.bits))
    rich = photo_like(picture)
    marked = encoder.encode(rich[..., ::-1].copy(), message.method)[..., ::-1]
    report = fresh.check(png_of(np.ascontiguousarray(marked)))
    assert report.verdict is Verdict.METADATA_ONLY
    assert f"the invisible mark that {message.writer} writes" in report.sentence


def test_the_inverted_mark_of_diffusers_is_read(picture: Pixels) -> None:
    """What its floats become in a file; see `foreign_marks`."""
    known = KNOWN_MESSAGES[0]
    encoder = WatermarkEncoder()
    encoder.set_watermark("bits", [1 - bit for bit in known.bits])
    marked = encoder.encode(photo_like(picture)[..., ::-1].copy(), "dwtDct")[..., ::-1]
    assert [mark.writer for mark in find_foreign_marks(np.ascontiguousarray(marked))] == [
        "Stable Diffusion XL"
    ]


def photo_like(picture: Pixels) -> Pixels:
    """With the soft noise of a photo, which dwtDct needs to be read at all."""
    noise = np.random.default_rng(3).normal(0, 6, picture.shape)
    return np.clip(picture * 0.8 + 20 + noise, 0, 255).astype(np.uint8)


def test_unmarked_pictures_hold_no_known_mark(
    pictures: Callable[[int, int], dict[str, Pixels]],
) -> None:
    for pixels in pictures(320, 320).values():
        assert find_foreign_marks(pixels) == ()


# --- hostile ----------------------------------------------------------------------------------


def test_hostile_texts_are_shown_as_short_plain_text(fresh: Any, picture: Pixels) -> None:
    evil = "\u202e&lt;b&gt;owned&lt;/b&gt;&#10;&#9;" + "A" * 5000
    file = png_of(picture, **{XMP_KEY: LABEL.format(tool=evil, kind="trainedAlgorithmicMedia")})
    report = fresh.check(file, "\x1b[2J\u202eevil\n.png")
    for text in (report.name, report.sentence, *(line.sentence for line in report.evidence)):
        assert len(text) < 400
        assert text.isprintable()
        assert "\u202e" not in text
    assert report.name == "[2Jevil .png"


def test_a_ledger_that_cannot_be_read_is_told_and_the_rest_is_checked(
    saved: bytes, studio: Any
) -> None:
    class Broken:
        def __getattr__(self, name: str) -> Callable[..., object]:
            def fail(*_: object) -> object:
                raise LibraryError("The ledger cannot be read.")

            return fail

    report = verify(
        saved,
        "x",
        ledger=Broken(),  # type: ignore[arg-type]
        known_signers=known_signers(studio.identity),
    )
    assert report.verdict is Verdict.SIGNED_INTACT
    assert outcomes(report)[Source.LEDGER] is Outcome.WARNING


def test_of_an_animation_the_first_picture_is_checked(
    studio: Any, saved: bytes, another: Pixels
) -> None:
    pixels, _ = read_image(saved)
    buffer = io.BytesIO()
    more = [Image.fromarray(another)]
    Image.fromarray(pixels).save(
        buffer, "WEBP", save_all=True, append_images=more, lossless=True, duration=100
    )
    report = studio.check(buffer.getvalue())
    assert report.verdict is Verdict.RECOVERED_BY_WATERMARK
    assert any("only the first was checked" in line.sentence for line in report.evidence)


@pytest.mark.parametrize("size", [(1, 1), (100, 100), (5000, 1), (1, 5000), (300, 255)])
def test_pictures_too_small_for_marks_are_judged(fresh: Any, size: tuple[int, int]) -> None:
    report = fresh.check(png_of(np.full((size[1], size[0], 3), 200, np.uint8)))
    assert report.verdict is Verdict.NOTHING_FOUND


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ImageError, match="not a PNG, JPEG, WebP, AVIF or TIFF image"):
        verify(b"hello", "note.txt")


@pytest.fixture(scope="module")
def real_files(studio: Any, pictures: Callable[[int, int], dict[str, Pixels]]) -> list[bytes]:
    """Small signed files of all formats."""
    recipe = Recipe(
        prompt="a mug",
        seed=1,
        width=64,
        height=64,
        steps=4,
        guidance_scale=3.0,
        model=ModelRef("maquette-mini"),
    )
    record = Record(
        id="5EED0001",
        recipe=recipe,
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=SourceType.GENERATED,
        width=64,
        height=64,
    )
    pixels = pictures(64, 64)["shapes"]
    return [studio.save(pixels, record, file_format=form) for form in FileFormat]


@hypothesis.settings(max_examples=80)
@hypothesis.given(data=st.data())
def test_mutated_files_are_judged_or_refused(
    studio: Any, real_files: list[bytes], data: st.DataObject
) -> None:
    file = bytearray(data.draw(st.sampled_from(real_files)))
    kind = data.draw(st.sampled_from(("change", "cut", "insert")))
    place = data.draw(st.integers(0, len(file) - 1))
    noise = data.draw(st.binary(min_size=1, max_size=8))
    if kind == "cut":
        del file[place:]
    else:
        file[place : place + (len(noise) if kind == "change" else 0)] = noise
    judged(studio, bytes(file))


@hypothesis.settings(max_examples=40)
@hypothesis.given(
    head=st.sampled_from((b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF", b"II*\0")),
    noise=st.binary(max_size=300),
)
def test_noise_is_judged_or_refused(studio: Any, head: bytes, noise: bytes) -> None:
    judged(studio, head + noise)


def judged(studio: Any, file: bytes) -> None:
    """Either a whole report, or refused with one sentence."""
    try:
        report = studio.check(file)
    except ImageError:
        return
    assert report.sentence.endswith(".")
    assert msgspec.json.decode(msgspec.json.encode(report), type=Report) == report
