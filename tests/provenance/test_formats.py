"""Every format carries the same texts and the picture, and hostile files do no harm."""

import io
import struct
import warnings

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from maquette.core.errors import ImageError
from maquette.core.marking import FileFormat, Marking, Profile
from maquette.core.pixels import Pixels
from maquette.core.record import Record
from maquette.provenance.aigc import own_label
from maquette.provenance.encoding import encode
from maquette.provenance.metadata import MAX_TEXT, read_image
from maquette.provenance.parameters import write_parameters
from maquette.provenance.texts import embedded, texts_of

EXACT = [(FileFormat.PNG, None), (FileFormat.TIFF, None), (FileFormat.WEBP, 100)]
LOSSY = [FileFormat.JPEG, FileFormat.WEBP, FileFormat.AVIF]
CHINA = Marking(profile=Profile.CHINA)
XMP_BEGIN = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/">'
)
XMP_END = "</rdf:Description></rdf:RDF></x:xmpmeta>"
AIGC = (
    '{"Label":"1","ContentProducer":"a","ProduceID":"b","ReservedCode1":"",'
    '"ContentPropagator":"","PropagateID":"","ReservedCode2":""}'
)


def file_of(
    pixels: Pixels,
    record: Record,
    file_format: FileFormat,
    marking: Marking = CHINA,
    quality: int | None = None,
) -> bytes:
    return encode(pixels, texts_of(record, marking, file_format), file_format, quality)


@pytest.mark.parametrize("file_format", FileFormat)
def test_every_text_reads_back(file_format: FileFormat, scene: Pixels, record: Record) -> None:
    _, metadata = read_image(file_of(scene, record, file_format))
    assert metadata.format == file_format.upper()
    assert metadata.record == embedded(record, write_recipe=True)
    assert metadata.parameters == write_parameters(record.recipe, record.tool)
    assert metadata.xmp is not None
    assert metadata.xmp.record_id == record.id
    assert metadata.xmp.source_type == record.source_type
    assert metadata.xmp.created == record.created
    assert metadata.xmp.prompt == record.recipe.prompt
    assert metadata.aigc == (own_label(record.id, ""),)
    assert metadata.aigc_copies == 1
    assert metadata.problems == ()


@pytest.mark.parametrize("order", ["utf-16-be", "utf-16-le"])
@pytest.mark.parametrize("text", ["a mug, Steps: 20", "杯" * 99 + "😀" * 99 + ", Steps: 20"])
def test_user_comments_are_read_in_either_byte_order(scene: Pixels, text: str, order: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + text.encode(order)
    buffer = io.BytesIO()
    Image.fromarray(scene).save(buffer, "WEBP", exif=exif.tobytes())
    assert read_image(buffer.getvalue())[1].parameters == text


@pytest.mark.parametrize("file_format", FileFormat)
def test_without_recipe_no_word_of_it_is_in_the_file(
    file_format: FileFormat, scene: Pixels, record: Record
) -> None:
    file = file_of(scene, record, file_format, Marking(write_recipe=False))
    _, metadata = read_image(file)
    assert metadata.record == embedded(record, write_recipe=False)
    assert metadata.parameters == ""
    for word in ("glossy", "cracks", "fancy", "陶瓷"):
        for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
            assert word.encode(encoding) not in file


@pytest.mark.parametrize(("file_format", "quality"), EXACT)
def test_exact_formats_give_back_the_very_pixels(
    file_format: FileFormat, quality: int | None, scene: Pixels, record: Record
) -> None:
    pixels, _ = read_image(file_of(scene, record, file_format, quality=quality))
    assert np.array_equal(pixels, scene)


@pytest.mark.parametrize("file_format", LOSSY)
def test_quality_trades_size_for_likeness(
    file_format: FileFormat, scene: Pixels, record: Record
) -> None:
    high, low = (file_of(scene, record, file_format, quality=quality) for quality in (95, 20))
    assert len(low) < len(high)
    change_high, change_low = (
        np.abs(read_image(file)[0].astype(int) - scene).mean() for file in (high, low)
    )
    assert change_high < change_low < 12


@pytest.mark.parametrize("file_format", FileFormat)
def test_the_colours_are_declared_to_be_srgb(
    file_format: FileFormat, scene: Pixels, record: Record
) -> None:
    with Image.open(io.BytesIO(file_of(scene, record, file_format))) as image:
        assert "srgb" in image.info or "sRGB".encode("utf-16-be") in image.info["icc_profile"]


@pytest.mark.parametrize("file_format", FileFormat)
def test_the_same_picture_gives_the_same_bytes(
    file_format: FileFormat, scene: Pixels, record: Record
) -> None:
    assert file_of(scene, record, file_format) == file_of(scene, record, file_format)


@pytest.mark.parametrize("file_format", FileFormat)
def test_transparency_is_kept_where_the_format_has_it(
    file_format: FileFormat, scene: Pixels, record: Record
) -> None:
    clear = np.dstack([scene, np.zeros(scene.shape[:2], np.uint8)])
    with Image.open(io.BytesIO(file_of(clear, record, file_format))) as image:
        if file_format is FileFormat.JPEG:
            assert np.asarray(image).min() >= 250  # laid over white
        else:
            assert np.asarray(image)[..., 3].max() == 0


def test_a_recipe_too_long_for_jpeg_leaves_the_marks(scene: Pixels, record: Record) -> None:
    long = msgspec.structs.replace(
        record.recipe, prompt="杯" * 10_000, negative_prompt="😀" * 9_000
    )
    wordy = msgspec.structs.replace(record, recipe=long)
    _, metadata = read_image(file_of(scene, wordy, FileFormat.JPEG))
    assert metadata.record == embedded(wordy, write_recipe=False)
    for roomy in (FileFormat.PNG, FileFormat.WEBP, FileFormat.AVIF, FileFormat.TIFF):
        _, metadata = read_image(file_of(scene, wordy, roomy))
        assert metadata.record == embedded(wordy, write_recipe=True)
        assert metadata.parameters == write_parameters(long, record.tool)


def test_a_side_that_the_format_cannot_hold_is_told(record: Record) -> None:
    strip = np.zeros((1, 16_384, 3), np.uint8)
    with pytest.raises(ImageError, match="at most 16383 pixels"):
        file_of(strip, record, FileFormat.WEBP)
    assert read_image(file_of(strip, record, FileFormat.PNG))[0].shape == strip.shape


@pytest.mark.parametrize("quality", [0, 101, -5])
def test_a_quality_out_of_range_is_told(quality: int, scene: Pixels, record: Record) -> None:
    with pytest.raises(ImageError, match="between 1 and 100"):
        file_of(scene, record, FileFormat.JPEG, quality=quality)


# --- strangers' files -----------------------------------------------------------------------------


def png_with(scene: Pixels, *texts: tuple[str, str]) -> bytes:
    info = PngImagePlugin.PngInfo()
    for key, text in texts:
        info.add_itxt(key, text)
    buffer = io.BytesIO()
    Image.fromarray(scene).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


def aigc_packet(*labels: str) -> str:
    elements = "".join(f"<TC260:AIGC>{label}</TC260:AIGC>" for label in labels)
    return XMP_BEGIN + elements + XMP_END


@pytest.mark.parametrize(
    "texts",
    [
        (("XML:com.adobe.xmp", aigc_packet(AIGC, AIGC)),),
        (("XML:com.adobe.xmp", aigc_packet(AIGC)), ("AIGC", AIGC)),
        (("XML:com.adobe.xmp", aigc_packet(AIGC)), ("XML:com.adobe.xmp", aigc_packet(AIGC))),
    ],
    ids=["in one packet", "packet and chunk", "two packets"],
)
def test_two_aigc_labels_are_told(scene: Pixels, texts: tuple[tuple[str, str], ...]) -> None:
    _, metadata = read_image(png_with(scene, *texts))
    assert metadata.aigc_copies == 2
    assert metadata.problems == ("This file has 2 AIGC labels, of which GB 45438-2025 allows one.",)


def test_one_aigc_label_is_read_wherever_it_stands(scene: Pixels) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + f'{{"AIGC": {AIGC}}}'.encode()
    buffer = io.BytesIO()
    Image.fromarray(scene).save(buffer, "JPEG", exif=exif.tobytes())
    for file in (
        png_with(scene, ("AIGC", AIGC)),
        png_with(scene, ("XML:com.adobe.xmp", aigc_packet(AIGC))),
        buffer.getvalue(),
    ):
        _, metadata = read_image(file)
        assert metadata.aigc_copies == 1
        assert [label.produce_id for label in metadata.aigc] == ["b"]


@pytest.mark.parametrize("label", ["", "1", "[]", '{"Label": 1}', "{" * 5000, "x" * 70_000])
def test_a_broken_aigc_label_is_a_problem(scene: Pixels, label: str) -> None:
    _, metadata = read_image(png_with(scene, ("AIGC", label)))
    assert metadata.aigc == ()
    assert metadata.aigc_copies == 1
    assert [problem.startswith("The AIGC label of this file") for problem in metadata.problems] == [
        True
    ]


def test_ten_megabytes_of_xmp_are_not_read(scene: Pixels) -> None:
    image = Image.fromarray(scene)
    packet = XMP_BEGIN.encode() + b" " * (10 << 20) + XMP_END.encode()
    for form in ("WEBP", "AVIF"):
        buffer = io.BytesIO()
        image.save(buffer, form, xmp=packet)
        _, metadata = read_image(buffer.getvalue())
        assert metadata.xmp is None
        assert metadata.problems == ("The XMP of this file is too long and was not read.",)


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "AVIF"])
def test_an_xml_bomb_is_not_opened(scene: Pixels, form: str) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "lol">{levels}]><x>&e9;</x>'
    buffer = io.BytesIO()
    Image.fromarray(scene).save(buffer, form, xmp=bomb.encode())
    _, metadata = read_image(buffer.getvalue())
    assert metadata.problems == ("The XMP of this file declares entities and was not read.",)


def test_damaged_exif_leaves_the_picture_readable(scene: Pixels) -> None:
    buffer = io.BytesIO()
    Image.fromarray(scene).save(
        buffer, "WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 9
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pixels, metadata = read_image(buffer.getvalue())
    assert pixels.shape == scene.shape
    assert metadata.parameters == ""


def test_hostile_strings_stay_plain_text(scene: Pixels, record: Record) -> None:
    hostile = "</rdf:RDF>&lt;script&gt;<b>\"'\x1b[31m\u202e../../etc/passwd %s {0}"
    odd = msgspec.structs.replace(
        record, recipe=msgspec.structs.replace(record.recipe, prompt=hostile)
    )
    for file_format in FileFormat:
        _, metadata = read_image(file_of(scene, odd, file_format))
        assert metadata.record is not None
        assert metadata.record.recipe is not None
        assert metadata.record.recipe.prompt == hostile
        assert metadata.xmp is not None
        assert metadata.xmp.source_type == record.source_type


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF", "TIFF"])
def test_of_an_animation_the_first_picture_is_read(scene: Pixels, form: str) -> None:
    frames = [Image.fromarray(frame) for frame in (scene, 255 - scene)]
    buffer = io.BytesIO()
    frames[0].save(buffer, form, save_all=True, append_images=frames[1:])
    pixels, metadata = read_image(buffer.getvalue())
    assert metadata.frames == 2
    assert np.abs(pixels.astype(int) - scene).mean() < 4


def test_sixteen_bit_grey_keeps_its_brightness() -> None:
    ramp = np.tile(np.arange(256, dtype=np.uint16) * 257, (4, 1))
    buffer = io.BytesIO()
    Image.fromarray(ramp).save(buffer, "TIFF")
    pixels, _ = read_image(buffer.getvalue())
    assert np.array_equal(pixels[0, :, 1], np.arange(256))


@pytest.mark.parametrize("file_format", FileFormat)
def test_trailing_bytes_do_not_matter(
    file_format: FileFormat, scene: Pixels, record: Record
) -> None:
    file = file_of(scene, record, file_format) + b"\0trailing" * 100
    assert read_image(file)[1].record == embedded(record, write_recipe=True)


def test_a_text_too_long_is_not_kept(scene: Pixels) -> None:
    file = png_with(scene, ("workflow", "a" * (MAX_TEXT + 1)), ("prompt", '{"1": {}}'))
    assert read_image(file)[1].texts == {"prompt": '{"1": {}}'}


def test_a_tiff_that_claims_to_be_huge_is_refused() -> None:
    def entry(tag: int, kind: int, count: int, value: int) -> bytes:
        return struct.pack("<HHII", tag, kind, count, value)

    tags = [
        entry(256, 4, 1, 60_000),
        entry(257, 4, 1, 60_000),
        entry(258, 3, 1, 8),
        entry(259, 3, 1, 1),
        entry(262, 3, 1, 1),
        entry(273, 4, 1, 8),
        entry(277, 3, 1, 1),
        entry(278, 4, 1, 60_000),
        entry(279, 4, 1, 2**31),
    ]
    file = b"II*\0" + struct.pack("<IH", 8, len(tags)) + b"".join(tags) + b"\0\0\0\0"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(ImageError):
            read_image(file)


@settings(max_examples=60)
@given(st.sampled_from(FileFormat), st.data())
def test_a_mutated_file_is_read_or_refused(file_format: FileFormat, data: st.DataObject) -> None:
    small = np.full((24, 32, 3), 90, np.uint8)
    file = bytearray(file_of(small, _record(), file_format))
    for _ in range(data.draw(st.integers(1, 8))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    del file[data.draw(st.integers(1, len(file))) :]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            read_image(bytes(file))
        except ImageError:
            return


def _record() -> Record:
    return msgspec.convert(
        {
            "id": "7F3A91C2",
            "recipe": {
                "prompt": "a mug",
                "seed": 1,
                "width": 256,
                "height": 256,
                "steps": 1,
                "guidance_scale": 1.0,
                "model": {"id": "maquette-mini"},
            },
            "created": "2026-11-22T04:00:00+00:00",
            "tool": "Maquette 0.1.0",
            "source_type": "trainedAlgorithmicMedia",
            "width": 256,
            "height": 256,
        },
        Record,
    )
