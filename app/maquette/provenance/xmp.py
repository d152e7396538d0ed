"""The XMP packet: what sites and tools read about AI (IPTC, GB 45438-2025), and our own id.

IPTC properties are of the Photo Metadata Standard 2025.1, the AIGC label's name and namespace of
TC260's practice guide to GB 45438-2025.
"""

import xml.etree.ElementTree as ElementTree

import msgspec

from maquette.core.errors import ImageError
from maquette.core.marking import FileFormat
from maquette.core.record import URI_SCHEME, Record, tool_and_version

MAX_PACKET = 1 << 20  # bytes
TC260 = "http://www.tc260.org.cn/ns/AIGC/1.0/"
_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "TC260": TC260,
    "maquette": "https://maquette.github.io/ns/1.0/",
}
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_END = '<?xpacket end="r"?>'  # read-only: whoever edits it in place would break the signature


class XmpLabel(msgspec.Struct, frozen=True):
    """What a packet says; "" where it is silent. `source_type` is the IPTC term's last part.

    `aigc` holds every AIGC label of the packet as it stands, `record` our record as JSON.
    """

    source_type: str = ""
    tool: str = ""
    created: str = ""
    record_id: str = ""
    credit: str = ""
    ai_system: str = ""
    ai_system_version: str = ""
    prompt: str = ""
    aigc: tuple[str, ...] = ()
    record: str = ""


def write_xmp(
    record: Record,
    file_format: FileFormat,
    *,
    prompt: str = "",
    aigc: str = "",
    content: str = "",
    names_system: bool = True,
) -> str:
    """The packet of `record`. It names the tool and the record, never a person.

    Args:
        prompt: AI Prompt Information, "" to say nothing of it.
        aigc: the AIGC label as JSON.
        content: our record as JSON, where the format has no better place for it.
        names_system: AI System Used and its version.
    """
    tool, version = tool_and_version(record.tool)
    properties = {
        "Iptc4xmpExt:DigitalSourceType": record.source_type.url,
        "Iptc4xmpExt:AISystemUsed": tool if names_system else "",
        "Iptc4xmpExt:AISystemVersionUsed": version if names_system else "",
        "Iptc4xmpExt:AIPromptInformation": prompt,
        "TC260:AIGC": aigc,
        "xmp:CreatorTool": record.tool,
        "xmp:CreateDate": record.created,
        "xmp:MetadataDate": record.created,
        "photoshop:DateCreated": record.created,
        "photoshop:Credit": f"Made with AI ({record.tool})",
        "dc:identifier": URI_SCHEME + record.id,
        "dc:format": file_format.media_type,
        "maquette:Record": content,
    }
    return write_packet(properties)


def write_packet(properties: dict[str, str]) -> str:
    """A packet of these properties, as prefix:name; those that are "" are left out."""
    written = {name: _allowed(text) for name, text in properties.items() if text}
    used = {name.partition(":")[0] for name in written} | {"rdf"}
    spaces = {f"xmlns:{prefix}": uri for prefix, uri in _NAMESPACES.items() if prefix in used}
    meta = ElementTree.Element("x:xmpmeta", {"xmlns:x": "adobe:ns:meta/"})
    rdf = ElementTree.SubElement(meta, "rdf:RDF", {"xmlns:rdf": spaces.pop("xmlns:rdf")})
    description = ElementTree.SubElement(rdf, "rdf:Description", {"rdf:about": "", **spaces})
    for property_name, text in written.items():
        ElementTree.SubElement(description, property_name).text = text
    return _BEGIN + ElementTree.tostring(meta, encoding="unicode") + _END


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
    identifier = _value(root, "dc:identifier")
    return XmpLabel(
        source_type=_value(root, "Iptc4xmpExt:DigitalSourceType").rsplit("/", 1)[-1],
        tool=_value(root, "xmp:CreatorTool"),
        created=_value(root, "xmp:CreateDate"),
        record_id=identifier.removeprefix(URI_SCHEME) if identifier.startswith(URI_SCHEME) else "",
        credit=_value(root, "photoshop:Credit"),
        ai_system=_value(root, "Iptc4xmpExt:AISystemUsed"),
        ai_system_version=_value(root, "Iptc4xmpExt:AISystemVersionUsed"),
        prompt=_value(root, "Iptc4xmpExt:AIPromptInformation"),
        aigc=tuple(_values(root, "TC260:AIGC")),
        record=_value(root, "maquette:Record"),
    )


def _value(root: ElementTree.Element, name: str) -> str:
    """The first of a property's values, "" if it has none."""
    return next(iter(_values(root, name)), "")


def _values(root: ElementTree.Element, name: str) -> list[str]:
    """A property's values, whether written as element, as rdf:resource, or as attribute."""
    prefix, _, local = name.partition(":")
    tag = f"{{{_NAMESPACES[prefix]}}}{local}"
    resource = f"{{{_NAMESPACES['rdf']}}}resource"
    values = []
    for element in root.iter():
        if element.tag == tag:
            values.append((element.get(resource) or "".join(element.itertext())).strip())
        if tag in element.attrib:
            values.append(element.attrib[tag].strip())
    return values


def _allowed(text: str) -> str:
    """`text` without the characters that XML 1.0 (section 2.2) cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c < "\ufffe"
        or c > "\uffff"
    )  # fmt: skip
