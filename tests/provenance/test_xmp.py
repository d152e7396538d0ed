"""The XMP packet says that AI made the picture, and hostile packets do no harm."""

import xml.etree.ElementTree as ElementTree

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.core.errors import ImageError
from maquette.core.marking import FileFormat
from maquette.core.record import Record, SourceType
from maquette.provenance.xmp import MAX_PACKET, XmpLabel, read_xmp, write_xmp

LABEL = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"


def packet(description: str) -> bytes:
    """A packet with one description, as other programs write it."""
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}" xmlns:e="{EXT}">'
        f"{description}</rdf:RDF></x:xmpmeta>"
    ).encode()


def test_the_label_of_a_generated_picture(record: Record) -> None:
    generated = msgspec.structs.replace(record, source_type=SourceType.GENERATED)
    text = write_xmp(generated, FileFormat.PNG)
    root = ElementTree.fromstring(text)
    assert [element.text for element in root.iter(f"{{{EXT}}}DigitalSourceType")] == [LABEL]
    assert read_xmp(text.encode()) == XmpLabel(
        source_type="trainedAlgorithmicMedia",
        tool="Maquette 0.1.0",
        created=record.created,
        record_id=record.id,
        credit="Made with AI (Maquette 0.1.0)",
        ai_system="Maquette",
        ai_system_version="0.1.0",
    )


def test_a_picture_made_from_another_is_labelled_composite(record: Record) -> None:
    label = read_xmp(write_xmp(record, FileFormat.PNG).encode())
    assert label.source_type == "compositeWithTrainedAlgorithmicMedia"


def test_the_packet_says_nothing_of_the_prompt_or_the_person(record: Record) -> None:
    text = write_xmp(record, FileFormat.PNG)
    assert "mug" not in text
    assert "home" not in text


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
def test_no_value_breaks_out_of_its_element(tool: str) -> None:
    record = msgspec.structs.replace(_record(), tool=tool)
    assert read_xmp(write_xmp(record, FileFormat.PNG).encode()).tool == tool.strip()


@pytest.mark.parametrize(
    "description",
    [
        f'<rdf:Description e:DigitalSourceType="{LABEL}"/>',
        f'<rdf:Description><e:DigitalSourceType rdf:resource="{LABEL}"/></rdf:Description>',
        f"<rdf:Description><e:DigitalSourceType>{LABEL}</e:DigitalSourceType></rdf:Description>",
    ],
)
def test_the_label_is_found_however_it_is_written(description: str) -> None:
    assert read_xmp(packet(description)).source_type == "trainedAlgorithmicMedia"


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"not xml",
        b"<x>",
        b"\xff\xfe<\0x\0>\0",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        b"<x>" + b"a" * MAX_PACKET + b"</x>",
        b"<x>\0</x>",
    ],
)
def test_a_hostile_packet_is_refused_in_one_sentence(hostile: bytes) -> None:
    with pytest.raises(ImageError, match=r"^The XMP of this file .* was not read\.$"):
        read_xmp(hostile)


def test_a_deeply_nested_packet_does_no_harm() -> None:
    assert read_xmp(b"<a>" * 100_000 + b"</a>" * 100_000) == XmpLabel()


def _record() -> Record:
    return msgspec.convert(
        {
            "id": "7F3A91C2",
            "recipe": {
                "prompt": "",
                "seed": 1,
                "width": 256,
                "height": 256,
                "steps": 1,
                "guidance_scale": 1.0,
                "model": {"id": "maquette-mini"},
            },
            "created": "2026-11-22T04:00:00+00:00",
            "tool": "",
            "source_type": "trainedAlgorithmicMedia",
            "width": 256,
            "height": 256,
        },
        Record,
    )
