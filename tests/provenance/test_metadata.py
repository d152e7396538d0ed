"""What a file says in text: exact for our own files, bounded and harmless for strangers'."""

import io
import os
import struct
import warnings
import zlib
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from maquette.core.errors import ImageError
from maquette.core.marking import FileFormat, Marking
from maquette.core.pixels import Pixels
from maquette.core.prompt import clean_prompt
from maquette.core.recipe import ModelRef, Recipe, Sampler, StartImage
from maquette.core.record import Record, SourceType
from maquette.provenance.encoding import encode
from maquette.provenance.metadata import MAX_FILE, MAX_TEXT, read_image
from maquette.provenance.texts import embedded, texts_of

SMALL = np.zeros((2, 3, 3), np.uint8)


def encode_png(pixels: Pixels, record: Record, *, write_recipe: bool) -> bytes:
    marking = Marking(write_recipe=write_recipe)
    return encode(pixels, texts_of(record, marking, FileFormat.PNG), FileFormat.PNG)


prompts = st.text(max_size=300).map(clean_prompt)


def chunk(kind: bytes, data: bytes) -> bytes:
    """A PNG chunk with a right checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes, width: int = 3, height: int = 2) -> bytes:
    """A grey PNG file with `chunks` between header and pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * (width + 1) * height) if width * height < 1 << 20 else b""
    parts = [chunk(b"IHDR", header), *chunks, chunk(b"IDAT", pixels), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def international(key: bytes, text: bytes) -> bytes:
    return chunk(b"iTXt", key + b"\0\0\0\0\0" + text)


@st.composite
def records(draw: st.DrawFn) -> Record:
    recipe = Recipe(
        prompt=draw(prompts),
        negative_prompt=draw(prompts),
        seed=draw(st.integers(0, 2**32 - 1)),
        width=256,
        height=512,
        steps=draw(st.integers(1, 150)),
        guidance_scale=draw(st.floats(0, 30)),
        sampler=draw(st.sampled_from(Sampler)),
        model=ModelRef("maquette-mini", "ab" * 32, draw(prompts)),
        start=draw(st.none() | st.just(StartImage("cd" * 32, 0.5))),
    )
    return Record(
        id="7F3A91C2",
        recipe=recipe,
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=draw(st.sampled_from(SourceType)),
        width=256,
        height=512,
    )


@given(records())
def test_every_record_reads_back_exactly(record: Record) -> None:
    pixels, metadata = read_image(encode_png(SMALL, record, write_recipe=True))
    assert np.array_equal(pixels, SMALL)
    assert metadata.record == embedded(record, write_recipe=True)
    assert metadata.record is not None
    assert metadata.record.recipe == record.recipe
    assert metadata.problems == ()


def test_without_the_recipe_only_the_marks_remain(record: Record) -> None:
    file = encode_png(SMALL, record, write_recipe=False)
    _, metadata = read_image(file)
    assert metadata.record is not None
    assert metadata.record.recipe is None
    assert metadata.record.id == record.id
    assert metadata.parameters == ""
    assert metadata.xmp is not None
    assert metadata.xmp.source_type == record.source_type
    for private in (b"mug", b"cracks", b"fancy", "陶瓷".encode()):
        assert private not in file


def test_no_path_user_or_host_is_in_the_file(record: Record) -> None:
    file = encode_png(SMALL, record, write_recipe=True)
    private = [b"/home", b"someone", b"private", os.uname().nodename.encode()]
    assert [word for word in private if word in file] == []


def test_other_programs_find_the_texts_under_their_usual_names(record: Record) -> None:
    with Image.open(io.BytesIO(encode_png(SMALL, record, write_recipe=True))) as image:
        assert isinstance(image, PngImagePlugin.PngImageFile)
        assert image.text["parameters"].startswith("a red 陶瓷 mug")
        assert "trainedAlgorithmicMedia" in image.text["XML:com.adobe.xmp"].replace(
            "compositeWithT", "t"
        )


def test_paths_of_models_in_a_strangers_file_are_dropped(record: Record) -> None:
    path = r"\\server\share\model.safetensors"
    text = msgspec.json.encode(
        {
            **msgspec.to_builtins(embedded(record, write_recipe=True)),
            "recipe": {
                **msgspec.to_builtins(record.recipe),
                "model": {"id": path, "name": "nice"},
                "controls": [{"kind": "sketch", "digest": "", "model": {"id": path}}],
            },
        }
    )
    _, metadata = read_image(png(international(b"maquette", text)))
    assert metadata.record is not None
    assert metadata.record.recipe is not None
    assert metadata.record.recipe.model == ModelRef(id="", name="nice")
    assert [control.model for control in metadata.record.recipe.controls] == [ModelRef(id="")]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"not json",
        b"[]",
        b"{}",
        b'{"id": 1}',
        b"[" * 100_000,
        b'{"id":"7F3A91C2","created":"","tool":"","source_type":"photo","width":1,"height":1}',
        b'{"a":"' + b"x" * (MAX_TEXT + 1) + b'"}',
    ],
)
def test_a_damaged_record_is_a_problem_in_one_sentence(text: bytes) -> None:
    _, metadata = read_image(png(international(b"maquette", text)))
    assert metadata.record is None
    assert len(metadata.problems) == 1
    assert metadata.problems[0].endswith("was not read.")


def test_a_recipe_out_of_range_is_a_problem(record: Record) -> None:
    broken = msgspec.structs.replace(record.recipe, steps=10**9)
    wrong = msgspec.structs.replace(record, recipe=broken)
    _, metadata = read_image(encode_png(SMALL, wrong, write_recipe=True))
    assert metadata.record is None
    assert "damaged or of a newer version" in metadata.problems[0]


def test_a_damaged_xmp_packet_leaves_the_rest_readable(record: Record) -> None:
    content = msgspec.json.encode(embedded(record, write_recipe=True))
    file = png(
        international(b"XML:com.adobe.xmp", b'<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'),
        international(b"maquette", content),
    )
    _, metadata = read_image(file)
    assert metadata.record == embedded(record, write_recipe=True)
    assert metadata.xmp is None
    assert metadata.problems == ("The XMP of this file declares entities and was not read.",)


def test_a_very_long_recipe_text_is_not_read() -> None:
    _, metadata = read_image(png(chunk(b"tEXt", b"parameters\0" + b"a" * (MAX_TEXT + 1))))
    assert metadata.parameters == ""
    assert metadata.problems == ("The recipe text of this file is too long and was not read.",)


def test_a_text_that_unpacks_to_gigabytes_is_refused() -> None:
    bomb = zlib.compress(b"a" * (64 << 20), 9)
    with pytest.raises(ImageError, match="damaged"):
        read_image(png(chunk(b"zTXt", b"parameters\0\0" + bomb)))


def hostile_files() -> dict[str, bytes]:
    good = png()
    return {
        "empty": b"",
        "text": b"hello",
        "signature only": good[:8],
        "cut in the header": good[:20],
        "cut in the pixels": good[:45],
        "wrong checksum": good[:29] + b"\0\0\0\0" + good[33:],
        "huge": png(width=60_000, height=60_000),
        "larger than we read": png(width=9_000, height=9_000),
        "zero pixels": png(width=0, height=0),
        "unending chunk": good[:33] + struct.pack(">I", 2**31 - 1) + b"tEXt",
        "a program": b"MZ" + b"\0" * 100,
        "another format": b"GIF89a" + b"\0" * 100,
        "vector": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    }


@pytest.mark.parametrize("name", hostile_files())
def test_a_hostile_file_ends_in_one_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / "file.png"
    path.write_bytes(hostile_files()[name])
    for source in (path, path.read_bytes()):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pytest.raises(ImageError) as caught:
                read_image(source)
        assert caught.value.message.endswith(".")
        assert "\n" not in caught.value.message


@given(st.integers(0, 10**6), st.integers(0, 255))
def test_one_wrong_byte_anywhere_is_read_or_refused(position: int, value: int) -> None:
    file = bytearray(encode_png(SMALL, _plain_record(), write_recipe=True))
    file[position % len(file)] = value
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            read_image(bytes(file))
        except ImageError:
            return


def test_missing_files_and_folders_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="There is no file"):
        read_image(tmp_path / "none.png")
    with pytest.raises(ImageError, match="is a folder"):
        read_image(tmp_path)


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    with path.open("wb") as file:
        file.truncate(MAX_FILE + 1)
    with pytest.raises(ImageError, match="larger than 256 MiB"):
        read_image(path)


@pytest.mark.parametrize("suffix", ["jpg", "webp"])
def test_the_texts_of_other_formats_are_read(suffix: str, tmp_path: Path, scene: Pixels) -> None:
    image = Image.fromarray(scene)
    exif = Image.Exif()
    text = b"UNICODE\0" + "a mug 杯\nSteps: 1, Sampler: x, Seed: 2".encode("utf-16-be")
    exif.get_ifd(0x8769)[0x9286] = text
    path = tmp_path / f"picture.{suffix}"
    image.save(path, exif=exif)
    pixels, metadata = read_image(path)
    assert pixels.shape == (256, 256, 3)
    assert metadata.parameters.startswith("a mug 杯")


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16", "CMYK"])
def test_every_kind_of_pixels_becomes_rgb(mode: str, tmp_path: Path) -> None:
    path = tmp_path / ("picture.jpg" if mode == "CMYK" else "picture.png")
    Image.new(mode, (5, 4)).save(path)
    pixels, _ = read_image(path)
    assert pixels.shape == (4, 5, 3)
    assert pixels.dtype == np.uint8


def _plain_record() -> Record:
    recipe = Recipe(
        prompt="a mug",
        seed=1,
        width=256,
        height=256,
        steps=1,
        guidance_scale=1.0,
        model=ModelRef("maquette-mini"),
    )
    return Record(
        id="7F3A91C2",
        recipe=recipe,
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=SourceType.GENERATED,
        width=256,
        height=256,
    )
