"""The XMP packet: the AI label that sites and tools read (IPTC DigitalSourceType), and our id."""

import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape

import msgspec

from maquette.core.errors import ImageError
from maquette.core.record import Record

MAX_PACKET = 1 << 20  # bytes
SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_SCHEME = "maquette:"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_IPTC_EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"

_PACKET = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}"><rdf:Description rdf:about=""
 xmlns:dc="{_DC}" xmlns:xmp="{_XMP}" xmlns:photoshop="{_PHOTOSHOP}" xmlns:Iptc4xmpExt="{_IPTC_EXT}">
<Iptc4xmpExt:DigitalSourceType>{{source_type}}</Iptc4xmpExt:DigitalSourceType>
<xmp:CreatorTool>{{tool}}</xmp:CreatorTool>
<xmp:CreateDate>{{created}}</xmp:CreateDate>
<dc:identifier>{{identifier}}</dc:identifier>
<dc:format>image/png</dc:format>
<photoshop:Credit>{{credit}}</photoshop:Credit>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


class XmpLabel(msgspec.Struct, frozen=True):
    """What a packet says; "" where it is silent. `source_type` is the IPTC term's last part."""

    source_type: str = ""
    tool: str = ""
    created: str = ""
    record_id: str = ""
    credit: str = ""


def write_xmp(record: Record) -> str:
    """The packet of `record`. It names the tool and the record, never the prompt or a person."""
    return _PACKET.format(
        source_type=escape(SOURCE_TYPES + record.source_type),
        tool=escape(record.tool),
        created=escape(record.created),
        identifier=escape(_SCHEME + record.id),
        credit=escape(f"Made with AI ({record.tool})"),
    )


def read_xmp(packet: bytes) -> XmpLabel:
    """Read a packet from a stranger's file.

    Raises:
        ImageError: longer than MAX_PACKET, not UTF-8, not XML, or with a document type (through
            which entities could be declared).
    """
    if len(packet) > MAX_PACKET:
        raise ImageError("The XMP of this file is too long and was not read.")
    try:
        text = packet.decode("utf-8").strip("\ufeff\0 \r\n\t")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise ImageError("The XMP of this file declares entities and was not read.")
        root = ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError) as error:
        raise ImageError("The XMP of this file is damaged and was not read.", str(error)) from error
    source_type = _value(root, f"{{{_IPTC_EXT}}}DigitalSourceType")
    identifier = _value(root, f"{{{_DC}}}identifier")
    return XmpLabel(
        source_type=source_type.rsplit("/", 1)[-1],
        tool=_value(root, f"{{{_XMP}}}CreatorTool"),
        created=_value(root, f"{{{_XMP}}}CreateDate"),
        record_id=identifier.removeprefix(_SCHEME) if identifier.startswith(_SCHEME) else "",
        credit=_value(root, f"{{{_PHOTOSHOP}}}Credit"),
    )


def _value(root: ElementTree.Element, name: str) -> str:
    """A property's text, whether written as element, as rdf:resource, or as attribute."""
    for element in root.iter():
        if element.tag == name:
            return (element.get(f"{{{_RDF}}}resource") or "".join(element.itertext())).strip()
        if name in element.attrib:
            return element.attrib[name].strip()
    return ""
