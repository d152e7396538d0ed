"""Checking a file tells ours from changed, stripped, forged and foreign ones."""

from pathlib import Path

import msgspec
import pytest
from PIL import Image, PngImagePlugin

from maquette.core.errors import ImageError
from maquette.core.marking import Marking
from maquette.core.pixels import Pixels
from maquette.core.record import Record, spoken_id
from maquette.provenance.metadata import encode_png
from maquette.provenance.seal import seal
from maquette.provenance.verify import Verdict, read_picture
from maquette.provenance.watermark.embedding import embed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "picture.png"


def test_an_untouched_file_is_ours(path: Path, scene: Pixels, record: Record) -> None:
    path.write_bytes(seal(scene, record, Marking()).file)
    findings = read_picture(path)
    assert findings.verdict is Verdict.OURS
    assert findings.summary == (
        f"Made with Maquette: watermark and texts name record {spoken_id(record.id)}."
    )
    assert findings.watermark == record.id
    assert findings.record is not None
    assert findings.record.recipe is not None
    assert findings.record.recipe.prompt == record.recipe.prompt
    assert findings.label is not None
    assert findings.label.source_type == record.source_type
    assert findings.parameters is not None
    assert findings.file_bytes == path.stat().st_size


def test_a_file_whose_texts_were_stripped_is_known_by_its_watermark(
    tmp_path: Path, path: Path, scene: Pixels, record: Record
) -> None:
    path.write_bytes(seal(scene, record, Marking()).file)
    copy = tmp_path / "copy.jpg"
    with Image.open(path) as image:
        pixels = image.convert("RGB")
    pixels.save(copy, quality=90)
    findings = read_picture(copy)
    assert findings.verdict is Verdict.TEXT_REMOVED
    assert findings.watermark == record.id


def test_texts_without_watermark_are_told(path: Path, scene: Pixels, record: Record) -> None:
    path.write_bytes(encode_png(scene, record, write_recipe=True))
    assert read_picture(path).verdict is Verdict.WATERMARK_MISSING


def test_texts_of_another_picture_contradict_the_watermark(
    path: Path, scene: Pixels, record: Record
) -> None:
    other = msgspec.structs.replace(record, id="0BADF00D")
    path.write_bytes(encode_png(embed(scene, record.id).pixels, other, write_recipe=True))
    findings = read_picture(path)
    assert findings.verdict is Verdict.CONTRADICTORY
    assert "0BAD-F00D" in findings.summary
    assert spoken_id(record.id) in findings.summary


def test_the_recipe_of_another_tool_is_shown(path: Path, scene: Pixels) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("parameters", "a castle\nSteps: 28, Sampler: Euler a, Seed: 12, Size: 512x768")
    Image.fromarray(scene).save(path, pnginfo=info)
    findings = read_picture(path)
    assert findings.verdict is Verdict.OTHER_TOOL
    assert findings.parameters is not None
    assert findings.parameters.prompt == "a castle"


def test_an_ai_label_of_another_tool_is_shown(path: Path, scene: Pixels) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_itxt(
        "XML:com.adobe.xmp",
        '<x xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        ' xmlns:p="http://ns.adobe.com/xap/1.0/" p:CreatorTool="Other">'
        "<e:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/"
        "trainedAlgorithmicMedia</e:DigitalSourceType></x>",
    )
    Image.fromarray(scene).save(path, pnginfo=info)
    findings = read_picture(path)
    assert findings.verdict is Verdict.OTHER_TOOL
    assert findings.summary == "Labelled as made with AI by Other; no mark of Maquette."


def test_nothing_found_is_never_called_proof(path: Path, scene: Pixels) -> None:
    Image.fromarray(scene).save(path)
    findings = read_picture(path)
    assert findings.verdict is Verdict.NOTHING
    assert "does not prove" in findings.summary


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("hello")
    with pytest.raises(ImageError, match="not a PNG, JPEG, WebP or AVIF image"):
        read_picture(path)
