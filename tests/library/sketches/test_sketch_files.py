"""Sketch files hold everything, other programs can read them, and bad ones are refused."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from lxml import etree
from PIL import Image

from maquette.core.drawing import LayerRole
from maquette.core.errors import DrawingError
from maquette.core.open_drawing import OpenDrawing
from maquette.library import strange_zip
from maquette.library.sketches import project
from maquette.library.sketches.formats import read_sketch_file
from maquette.library.sketches.openraster import read_openraster, write_openraster
from maquette.library.sketches.project import read_project, write_project

PANEL = msgspec.json.encode({"prompt": "polished copper 抛光铜"})


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def rewritten(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return path


@pytest.fixture
def saved(there: OpenDrawing, folder: Path) -> Path:
    path = folder / "mug.maquette"
    write_project(path, there.content, there.fetch, PANEL)
    return path


def refusal(path: Path) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(DrawingError) as caught:
        read_sketch_file(path)
    message = caught.value.message
    assert path.name in message
    assert "\n" not in message
    assert message.endswith(".")
    return message


# --- what is written -----------------------------------------------------------------------------


def test_a_project_comes_back_whole(there: OpenDrawing, saved: Path) -> None:
    found = read_project(saved)
    assert found.notices == ()
    assert json.loads(found.panel) == {"prompt": "polished copper 抛光铜"}
    assert found.drawing.id != there.drawing.id
    assert msgspec.structs.replace(found.drawing, id=there.drawing.id) == there.drawing
    for layer in there.drawing.layers:
        np.testing.assert_array_equal(found.sheets[layer.id].array, there.pixels(layer.id).array)


def test_other_programs_can_read_a_project(there: OpenDrawing, saved: Path) -> None:
    entries = contents(saved)
    with zipfile.ZipFile(saved) as file:
        first = file.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert entries["mimetype"] == b"application/x-maquette"
    said = json.loads(entries["drawing.json"])
    assert said["drawing"]["layers"][1]["role"] == "keep"
    lowest = there.drawing.layers[0]
    with Image.open(io.BytesIO(entries[said["files"][lowest.id]])) as image:
        assert (image.mode, image.size) == ("RGBA", (300, 280))
        alpha = np.asarray(image)[..., 3]
    np.testing.assert_array_equal(alpha, there.pixels(lowest.id).array[..., 3])
    with Image.open(io.BytesIO(entries["preview.png"])) as image:
        assert image.size == (300, 280)


def test_an_openraster_file_comes_back_with_what_its_layers_are_for(
    there: OpenDrawing, folder: Path
) -> None:
    path = folder / "mug.ora"
    write_openraster(path, there.content, there.fetch)
    found = read_openraster(path)
    assert [layer.role for layer in found.drawing.layers] == [
        LayerRole.LINES,
        LayerRole.KEEP,
        LayerRole.LOCK,
    ]
    for ours, theirs in zip(there.drawing.layers, found.drawing.layers, strict=True):
        assert (theirs.visible, theirs.locked, theirs.opacity) == (
            ours.visible,
            ours.locked,
            ours.opacity,
        )
        assert theirs.name == (ours.name or ours.role.value.capitalize())
        np.testing.assert_array_equal(found.sheets[theirs.id].array, there.pixels(ours.id).array)


def test_an_openraster_file_is_as_the_specification_says(there: OpenDrawing, folder: Path) -> None:
    path = folder / "mug.ora"
    write_openraster(path, there.content, there.fetch)
    entries = contents(path)
    assert next(iter(entries)) == "mimetype"
    assert entries["mimetype"] == b"image/openraster"
    image = etree.fromstring(entries["stack.xml"])
    assert (image.tag, image.get("w"), image.get("h")) == ("image", "300", "280")
    layers = image.findall("stack/layer")
    assert [layer.get("visibility") for layer in layers] == ["hidden", "hidden", "visible"]
    assert all(layer.get("src") in entries for layer in layers)
    assert layers[1].get("name") == 'the "handle" <1> 把手'
    with Image.open(io.BytesIO(entries["Thumbnails/thumbnail.png"])) as thumbnail:
        assert max(thumbnail.size) == 256
    with Image.open(io.BytesIO(entries["mergedimage.png"])) as merged:
        pixels = np.asarray(merged)
    lines = there.pixels(there.drawing.layers[0].id).array.astype(int)
    on_white = lines[..., 2::-1] + 255 - lines[..., 3:]
    assert abs(pixels[..., :3] - on_white).max() <= 1


def test_layers_of_other_programs_lie_where_they_say(folder: Path) -> None:
    """Groups, layers that are smaller than the picture, and ways to blend that we have not."""
    square = io.BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 255)).save(square, "PNG")
    stack = b"""<?xml version='1.0'?><image w='100' h='80'><stack>
        <stack visibility='hidden' opacity='0.5'>
          <layer name='Ink' src='data/a.png' x='70' y='-10' opacity='0.5'
                 composite-op='svg:multiply'/>
        </stack>
        <layer src='data/a.png' x='10' y='20'/></stack></image>"""
    path = rewritten(folder / "krita.ora", {"stack.xml": stack, "data/a.png": square.getvalue()})
    found = read_openraster(path)
    lower, upper = found.drawing.layers
    assert found.drawing.name == "krita"
    assert (upper.name, upper.visible, upper.opacity) == ("Ink", False, 0.25)
    alpha = found.sheets[lower.id].array[..., 3] > 0
    assert alpha[20:50, 10:50].all()
    assert alpha.sum() == 40 * 30
    assert (found.sheets[upper.id].array[..., 3] > 0).sum() == 30 * 20
    assert found.notices == (
        "Layers of krita.ora that blend in other ways are shown plainly here.",
    )


def test_greys_of_sixteen_bits_stay_what_they_are(folder: Path) -> None:
    buffer = io.BytesIO()
    Image.fromarray(np.full((64, 64), 100 * 257, np.uint16)).save(buffer, "PNG")
    stack = b'<image w="64" h="64"><stack><layer src="data/a.png"/></stack></image>'
    path = rewritten(folder / "grey.ora", {"stack.xml": stack, "data/a.png": buffer.getvalue()})
    (sheet,) = read_openraster(path).sheets.values()
    assert sheet.array[0, 0].tolist() == [100, 100, 100, 255]


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    there: OpenDrawing, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = saved.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("maquette.core.files.os.fsync", full)
    with pytest.raises(DrawingError, match=r"could not be saved as .* choose another folder"):
        write_project(saved, there.content, there.fetch, PANEL)
    assert saved.read_bytes() == before
    assert [path.name for path in saved.parent.iterdir()] == ["mug.maquette"]


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["../layers/9.png", "/etc/passwd", "layers/../../x", "C:\\x.png", "..\\x", "a/..", "C:x"],
)
def test_paths_that_lead_out_are_refused(saved: Path, name: str) -> None:
    with zipfile.ZipFile(saved, "a") as file:
        entry = zipfile.ZipInfo("plain")
        entry.filename = name  # as it is: the constructor would tidy it up
        file.writestr(entry, b"x")
    assert "holds paths that no sketch has" in refusal(saved)


def test_links_are_refused(saved: Path) -> None:
    entries = contents(saved)
    with zipfile.ZipFile(saved, "w") as file:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name)
            if name == "layers/0.png":
                entry.external_attr, data = 0o120777 << 16, b"/etc/passwd"
            file.writestr(entry, data)
    assert "holds paths that no sketch has" in refusal(saved)


def test_names_that_occur_twice_are_refused(saved: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(saved, "a") as file:
        file.writestr("drawing.json", b"{}")
    assert "holds paths that no sketch has" in refusal(saved)


def test_missing_layers_are_left_out_and_told(there: OpenDrawing, saved: Path) -> None:
    entries = contents(saved)
    rewritten(saved, {name: data for name, data in entries.items() if name != "layers/1.png"})
    found = read_project(saved)
    kept = [there.drawing.layers[0], there.drawing.layers[2]]
    assert list(found.drawing.layers) == kept
    assert found.notices == ("1 layer is missing in mug.maquette; the others were opened.",)
    rewritten(saved, {name: data for name, data in entries.items() if "layers/" not in name})
    found = read_project(saved)
    assert [layer.role for layer in found.drawing.layers] == [LayerRole.LINES]
    assert found.drawing.active == found.drawing.layers[0].id
    assert found.notices == ("3 layers are missing in mug.maquette; the others were opened.",)


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = bytes(strange_zip.SUSPECT + 1)
    rewritten(saved, {**contents(saved), "layers/0.png": bomb})

    def opened(*_: object) -> None:
        raise AssertionError("it was unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "open", opened)
    assert "unpacks to more than a sketch can be" in refusal(saved)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_packed_in_ways_that_no_sketch_needs_is_refused(saved: Path, method: int) -> None:
    with zipfile.ZipFile(saved, "a", method) as file:
        file.writestr("more", b"x")
    assert "is damaged or cut off" in refusal(saved)


def test_a_json_of_many_megabytes_is_refused(saved: Path) -> None:
    noise = np.random.default_rng(0).bytes(project.MAX_JSON + 1)
    rewritten(saved, {**contents(saved), "drawing.json": noise})
    assert "unpacks to more than a sketch can be" in refusal(saved)


def test_a_picture_of_many_gigapixels_is_refused_before_it_is_decoded(saved: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 6, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b""))
    rewritten(saved, {**contents(saved), "layers/0.png": bomb + chunk(b"IEND", b"")})
    assert "A layer of mug.maquette is larger than a sketch can be" in refusal(saved)


def test_a_layer_that_is_no_picture_is_refused(saved: Path) -> None:
    rewritten(saved, {**contents(saved), "layers/0.png": b"GIF89a"})
    assert refusal(saved) == "mug.maquette is damaged or cut off; get the file again."


def test_too_many_entries_are_refused(saved: Path) -> None:
    entries = {f"layers/{number}.png": b"" for number in range(strange_zip.MAX_ENTRIES + 1)}
    rewritten(saved, {**contents(saved), **entries})
    assert "unpacks to more than a sketch can be" in refusal(saved)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_refused(saved: Path, share: float) -> None:
    data = saved.read_bytes()
    saved.write_bytes(data[: int(share * len(data))])
    assert refusal(saved) == "mug.maquette is damaged or cut off; get the file again."


def test_a_file_whose_bytes_were_changed_is_refused(saved: Path) -> None:
    data = bytearray(saved.read_bytes())
    at = data.index(b"IDAT") + 100
    data[at : at + 50] = bytes(50)
    saved.write_bytes(data)
    assert refusal(saved) == "mug.maquette is damaged or cut off; get the file again."


def changed(saved: Path, change: Callable[[dict], object]) -> Path:
    entries = contents(saved)
    said = json.loads(entries["drawing.json"])
    change(said)
    return rewritten(saved, {**entries, "drawing.json": json.dumps(said).encode()})


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.clear(),
        lambda said: said.update(version="one"),
        lambda said: said["drawing"].pop("width"),
        lambda said: said["drawing"].update(layers=3),
        lambda said: said["drawing"]["layers"][0].update(role="magic"),
        lambda said: said["drawing"]["layers"][0].update(id=said["drawing"]["layers"][1]["id"]),
        lambda said: said.update(files=[]),
    ],
)
def test_a_json_that_makes_no_sense_is_refused(saved: Path, change: Callable) -> None:
    assert "is not a sketch that can be opened" in refusal(changed(saved, change))


def test_other_zip_files_are_refused(folder: Path) -> None:
    for name in ("a.maquette", "a.ora"):
        path = rewritten(folder / name, {"word/document.xml": b"<w/>"})
        assert "is not a sketch that can be opened" in refusal(path)


def test_a_newer_version_is_told(saved: Path) -> None:
    path = changed(saved, lambda said: said.update(version=2, drawing="in another way"))
    assert "written by a newer version of Maquette" in refusal(path)


def test_sizes_that_no_sketch_has_are_refused(saved: Path) -> None:
    for side in (-1, 0, 9000, 10**12):
        with pytest.raises(DrawingError, match="The sides of a sketch must be between"):
            read_project(changed(saved, lambda said: said["drawing"].update(width=side)))  # noqa: B023


def test_hundreds_of_layers_are_refused(saved: Path) -> None:
    def many(said: dict) -> None:
        layer = said["drawing"]["layers"][0]
        said["drawing"]["layers"] = [{**layer, "id": str(number)} for number in range(500)]

    with pytest.raises(DrawingError, match="A sketch has at most 64 layers"):
        read_project(changed(saved, many))


def test_names_in_a_file_are_shown_as_short_plain_text(saved: Path) -> None:
    path = changed(saved, lambda said: said["drawing"].update(name="\u202egpj\n" + "x" * 5000))
    name = read_project(path).drawing.name
    assert name.startswith("gpj x")
    assert len(name) <= 200


@pytest.mark.parametrize(
    "declared",
    [
        b"<!DOCTYPE image [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>",
        b"<!DOCTYPE image [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        b"<!DOCTYPE image SYSTEM 'http://localhost/x.dtd'>",
    ],
)
def test_entities_and_references_in_xml_are_refused(folder: Path, declared: bytes) -> None:
    stack = b"<?xml version='1.0'?>" + declared + b"<image w='100' h='80'><stack/></image>"
    path = rewritten(folder / "a.ora", {"stack.xml": stack})
    assert "is not a sketch that can be opened" in refusal(path)


@pytest.mark.parametrize(
    "stack",
    [
        b"",
        b"<image w='100' h='80'><stack>",
        b"<image w='x' h='80'><stack/></image>",
        b"<image w='100' h='80'>" + b"<stack>" * 50 + b"</stack>" * 50 + b"</image>",
        b"<image w='100' h='80'><stack><layer src='a' x='99999999'/></stack></image>",
    ],
)
def test_an_openraster_stack_that_makes_no_sense_is_refused(folder: Path, stack: bytes) -> None:
    assert "is not a sketch that can be opened" in refusal(
        rewritten(folder / "a.ora", {"stack.xml": stack})
    )
