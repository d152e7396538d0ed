"""What a contact sheet says of itself in XMP: that it is put together from pictures by AI."""

from maquette.core.record import SourceType, tool_and_version
from maquette.provenance.xmp import write_packet


def sheet_packet(created: str, tool: str, media_type: str) -> str:
    """The packet of a sheet or of one page of it, made at `created` (ISO 8601 in UTC) by `tool`."""
    name, version = tool_and_version(tool)
    return write_packet(
        {
            "Iptc4xmpExt:DigitalSourceType": SourceType.COMPOSITE.url,
            "Iptc4xmpExt:AISystemUsed": name,
            "Iptc4xmpExt:AISystemVersionUsed": version,
            "xmp:CreatorTool": tool,
            "xmp:CreateDate": created,
            "xmp:MetadataDate": created,
            "photoshop:Credit": f"Made with AI ({tool})",
            "dc:format": media_type,
        }
    )
