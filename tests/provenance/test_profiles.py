"""What each profile asks for is in the files, as programs read it that did not write it."""

import io
import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import cv2
import exiv2
import msgspec
import numpy as np
import pytest
from c2pa import Reader
from lxml import etree
from PIL import Image

from maquette.core.marking import FileFormat, Marking, Profile, VisibleLabel
from maquette.core.pixels import Pixels
from maquette.core.record import MarkKind, Record
from maquette.provenance.compliance import check_profile
from maquette.provenance.identity.opening import open_signer
from maquette.provenance.identity.signer import Signer
from maquette.provenance.profiles import Rule, label_of, requirements
from maquette.provenance.seal import Sealed, seal
from maquette.provenance.signer_once import SignerOnce

SIDE = 512
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "ext": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "tc260": "http://www.tc260.org.cn/ns/AIGC/1.0/",
}
AIGC_KEYS = [
    "Label",
    "ContentProducer",
    "ProduceID",
    "ReservedCode1",
    "ContentPropagator",
    "PropagateID",
    "ReservedCode2",
]
TERMS = {
    f"http://cv.iptc.org/newscodes/digitalsourcetype/{term}"
    for term in ("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia")
}


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Signer]:
    """An installation's own signer."""
    open_quietly = partial(open_signer, find_keychain=lambda: None)
    return SignerOnce(tmp_path_factory.mktemp("identity"), open_quietly)


@pytest.fixture(scope="module")
def made(
    identity: Callable[[], Signer], pictures: Callable[[int, int], dict[str, Pixels]]
) -> Callable[[Record, Profile, FileFormat], Sealed]:
    """A sealed picture of each profile and format; each is made once."""
    kept: dict[tuple[Profile, FileFormat], Sealed] = {}
    picture = pictures(SIDE, SIDE)["shapes"]

    def make(record: Record, profile: Profile, file_format: FileFormat) -> Sealed:
        if (profile, file_format) not in kept:
            sized = msgspec.structs.replace(record, width=SIDE, height=SIDE)
            marking = Marking(profile=profile)
            kept[profile, file_format] = seal(
                picture, sized, marking, open_signer=identity, file_format=file_format
            )
        return kept[profile, file_format]

    return make


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("file_format", FileFormat)
def test_every_row_of_the_table_is_fulfilled(
    profile: Profile, file_format: FileFormat, record: Record, made: Callable[..., Sealed]
) -> None:
    sealed = made(record, profile, file_format)
    assert sealed.notices == ()
    rows = check_profile(sealed.file, profile, record.id)
    assert [row.requirement for row in rows] == list(requirements(profile))
    assert [row.sentence for row in rows if not row.passed] == []
    assert all(row.sentence.endswith(".") for row in rows)
    asked = {row.requirement.mark for row in rows} - {None}
    assert asked <= {mark.kind for mark in sealed.record.marks if mark.verified}


# --- the same, with other programs' eyes ----------------------------------------------------------


class Seen:
    """A file as Exiv2, lxml, OpenCV and c2pa read it."""

    def __init__(self, file: bytes, file_format: FileFormat) -> None:
        self.file = file
        image = exiv2.ImageFactory.open(file)
        image.readMetadata()
        packet = image.xmpPacket()
        self.has_profile = image.iccProfileDefined()
        comments = [str(tag.value()) for tag in image.exifData() if tag.tagName() == "UserComment"]
        self.comment = bytes(int(byte) for text in comments for byte in text.split())
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        self.xmp = etree.fromstring(packet.strip("\ufeff").encode(), parser)
        decoded = cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_GRAYSCALE)
        if decoded is None:  # OpenCV's wheels read no AVIF
            assert file_format is FileFormat.AVIF
            decoded = np.asarray(Image.open(io.BytesIO(file)).convert("L"))
        self.grey = np.asarray(decoded)
        media_type = f"image/{file_format}"
        with Reader(media_type, io.BytesIO(file)) as reader:
            self.state = reader.get_validation_state()
            self.manifest = json.loads(reader.json())

    def values(self, name: str) -> list[str]:
        """A property's values; Exiv2 gives a PNG's packet back with attributes for elements."""
        found = self.xmp.findall(f".//{name}", NAMESPACES)
        prefix, _, local = name.partition(":")
        attribute = f"{{{NAMESPACES[prefix]}}}{local}"
        attributes = [element.get(attribute) for element in self.xmp.iter()]
        return [str(element.text) for element in found] + [text for text in attributes if text]

    def value(self, name: str) -> str:
        [value] = self.values(name)
        return value


@pytest.fixture
def seen(record: Record, made: Callable[..., Sealed]) -> Callable[[Profile, FileFormat], Seen]:
    def look(profile: Profile, file_format: FileFormat) -> Seen:
        return Seen(made(record, profile, file_format).file, file_format)

    return look


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("file_format", FileFormat)
def test_what_every_profile_writes(
    profile: Profile, file_format: FileFormat, record: Record, seen: Callable[..., Seen]
) -> None:
    file = seen(profile, file_format)
    assert file.value("ext:DigitalSourceType") in TERMS
    assert file.value("dc:identifier") == f"maquette:{record.id}"
    assert file.value("dc:format") == f"image/{file_format}"
    assert file.value("xmp:CreatorTool") == record.tool
    assert file.values("ext:AIPromptWriterName") == []
    assert file.state == "Valid"
    if file_format is not FileFormat.PNG:
        assert file.has_profile
        assert file.comment.startswith(b"UNICODE\0")
        assert record.recipe.prompt in file.comment[8:].decode("utf-16-be")


@pytest.mark.parametrize("file_format", FileFormat)
def test_china_by_other_eyes(
    file_format: FileFormat, record: Record, seen: Callable[..., Seen]
) -> None:
    file = seen(Profile.CHINA, file_format)
    label = json.loads(file.value("tc260:AIGC"))
    assert list(label) == AIGC_KEYS
    assert all(isinstance(value, str) for value in label.values())
    assert label["Label"] == "1"
    assert label["ContentProducer"]
    assert label["ProduceID"] == record.id
    assert file.file.count(b"TC260:AIGC>") == 2  # one element: where it begins and ends
    assert file.file.count(b'"ContentPropagator"') == 1
    # The visible label: bright strokes on a dark plate in the lower right corner.
    corner = file.grey[SIDE // 2 :, SIDE // 2 :]
    rows, columns = np.nonzero(corner > 235)
    strokes = np.unique(columns[columns > 100])
    assert rows.max() - rows[columns > 100].min() + 1 >= 0.05 * SIDE
    assert strokes.size > 0.05 * SIDE


@pytest.mark.parametrize("profile", [each for each in Profile if each is not Profile.CHINA])
def test_only_china_gets_its_labels(profile: Profile, seen: Callable[..., Seen]) -> None:
    assert seen(profile, FileFormat.PNG).values("tc260:AIGC") == []
    assert label_of(Marking(profile=profile)) is VisibleLabel.NONE


@pytest.mark.parametrize("file_format", FileFormat)
def test_europe_by_other_eyes(file_format: FileFormat, seen: Callable[..., Seen]) -> None:
    manifests = seen(Profile.EUROPE, file_format).manifest
    active = manifests["manifests"][manifests["active_manifest"]]
    [actions] = [
        assertion["data"]["actions"]
        for assertion in active["assertions"]
        if assertion["label"].startswith("c2pa.actions")
    ]
    assert TERMS & {action.get("digitalSourceType", "") for action in actions}
    assert any(action["action"].startswith("c2pa.watermarked") for action in actions)
    assert all(datetime.fromisoformat(action["when"]) for action in actions if "when" in action)
    assert any("when" in action for action in actions)


@pytest.mark.parametrize("file_format", FileFormat)
def test_california_by_other_eyes(
    file_format: FileFormat, record: Record, seen: Callable[..., Seen]
) -> None:
    file = seen(Profile.CALIFORNIA, file_format)
    assert "Maquette" in file.value("photoshop:Credit")
    assert file.value("ext:AISystemUsed") == "Maquette"
    assert file.value("ext:AISystemVersionUsed") == "0.1.0"
    assert datetime.fromisoformat(file.value("xmp:CreateDate"))
    assert record.id in file.value("dc:identifier")


# --- files that do not do what is asked -----------------------------------------------------------


def failed(file: bytes, profile: Profile, record_id: str | None) -> set[Rule]:
    return {
        row.requirement.rule for row in check_profile(file, profile, record_id) if not row.passed
    }


def test_a_stripped_picture_fails_all_but_its_watermark(
    record: Record, made: Callable[..., Sealed]
) -> None:
    with Image.open(io.BytesIO(made(record, Profile.CHINA, FileFormat.PNG).file)) as image:
        buffer = io.BytesIO()
        Image.fromarray(np.asarray(image)).save(buffer, "PNG")
    bare = buffer.getvalue()
    assert failed(bare, Profile.CHINA, record.id) == {
        Rule.AIGC_ONCE,
        Rule.AIGC_CONTENT,
        Rule.SOURCE_TYPE,
    }
    assert failed(bare, Profile.EUROPE, None) == {
        Rule.MANIFEST,
        Rule.SIGNED_TIME,
        Rule.LOG,
        Rule.SOURCE_TYPE,
    }


def test_an_unmarked_picture_fails_every_row(scene: Pixels) -> None:
    buffer = io.BytesIO()
    Image.fromarray(scene).save(buffer, "PNG")
    for profile in Profile:
        rules = {row.rule for row in requirements(profile)}
        assert failed(buffer.getvalue(), profile, None) == rules


def test_marks_of_another_picture_fail(record: Record, made: Callable[..., Sealed]) -> None:
    file = made(record, Profile.CHINA, FileFormat.PNG).file
    assert failed(file, Profile.CHINA, "0BADF00D") == {Rule.WATERMARK, Rule.AIGC_CONTENT}


def test_a_manifest_that_does_not_hold_fails(record: Record, made: Callable[..., Sealed]) -> None:
    file = made(record, Profile.EUROPE, FileFormat.PNG).file
    assert failed(file + b"\0", Profile.EUROPE, record.id) == {Rule.MANIFEST, Rule.SIGNED_TIME}


def test_every_row_says_whose_rule_it_is() -> None:
    for profile in Profile:
        for row in requirements(profile):
            assert row.requirement
            assert row.source
            assert row.check.endswith(".")
            assert row.mark in {None, *MarkKind}


def test_a_chosen_label_goes_before_the_profiles() -> None:
    assert label_of(Marking(profile=Profile.CHINA)) is VisibleLabel.CHINESE
    assert (
        label_of(Marking(profile=Profile.CHINA, visible_label=VisibleLabel.NONE))
        is VisibleLabel.NONE
    )
    chosen = Marking(profile=Profile.CALIFORNIA, visible_label=VisibleLabel.ENGLISH)
    assert label_of(chosen) is VisibleLabel.ENGLISH


def test_the_identity_is_opened_once_and_again_when_it_changes(tmp_path: Path) -> None:
    opened: list[Path] = []

    def open_counting(folder: Path) -> Signer:
        opened.append(folder)
        signer = open_signer(folder, find_keychain=lambda: None)
        return msgspec.structs.replace(signer, notice="Said once.")

    signer = SignerOnce(tmp_path, open_counting)
    assert [signer().notice, signer().notice] == ["Said once.", ""]
    assert opened == [tmp_path]
    (tmp_path / "chosen").write_text("")
    assert signer().notice == "Said once."
    assert opened == [tmp_path] * 2
