"""Sealing a page of a contact sheet: a picture for people, labelled as what it is.

A sheet shows pictures that AI made and is none itself, so it has no recipe and no record in the
ledger. It says what it shows in its foot, in XMP (IPTC: a composite with synthetic elements), and
in a signed manifest; each picture on it keeps what is left of its own watermark at this size.
"""

from maquette.core.contact_sheet import MadePage, SheetPage
from maquette.core.errors import SigningError
from maquette.core.export_preset import SheetKind
from maquette.core.marking import FileFormat, Marking
from maquette.core.pixels import pixel_digest
from maquette.core.record import SourceType, tool_and_version
from maquette.provenance.encoding import encode
from maquette.provenance.manifest.claim import ManifestClaim
from maquette.provenance.manifest.signing import sign
from maquette.provenance.manifest.timestamps import Timestamps
from maquette.provenance.seal import OpenSigner
from maquette.provenance.sheets.drawing import draw_page
from maquette.provenance.sheets.xmp import sheet_packet
from maquette.provenance.texts import Texts

FORMATS = {SheetKind.PNG: FileFormat.PNG, SheetKind.PDF: FileFormat.JPEG}
"""What a page is encoded as: a PDF file holds its pages as JPEG."""
_QUALITY = {SheetKind.PDF: 90}


def seal_page(
    page: SheetPage,
    kind: SheetKind,
    marking: Marking,
    *,
    open_signer: OpenSigner | None = None,
    timestamps: Timestamps | None = None,
) -> MadePage:
    """Draw, label, encode and sign `page` for a sheet of `kind`.

    Args:
        marking: of it, `sign`, `timestamp_url` and `may_be_mined` count.
        open_signer: the identity; without one nothing is signed.
        timestamps: see `seal.seal`.
    """
    pixels = draw_page(page)
    file_format = FORMATS[kind]
    packet = sheet_packet(page.created, page.tool, file_format.media_type)
    file = encode(pixels, Texts(xmp=packet), file_format, _QUALITY.get(kind))
    height, width = pixels.shape[:2]
    notices: tuple[str, ...] = ()
    if marking.sign and open_signer is not None:
        claim = _claim(page, pixel_digest(pixels), width, height, marking)
        try:
            signed = sign(
                file,
                file_format,
                claim,
                open_signer(),
                timestamp_url=marking.timestamp_url,
                timestamps=timestamps,
            )
        except SigningError as error:
            notices = (error.message,)
        else:
            file = signed.file
            notices = signed.notices
    return MadePage(file=file, width=width, height=height, notices=notices)


def _claim(
    page: SheetPage, digest: str, width: int, height: int, marking: Marking
) -> ManifestClaim:
    tool, version = tool_and_version(page.tool)
    return ManifestClaim(
        record_id=digest[:8].upper(),  # a manifest of ours names one; no ledger has this one
        created=page.created,
        tool=tool,
        tool_version=version,
        source_type=SourceType.COMPOSITE,
        width=width,
        height=height,
        watermarked=False,
        may_be_mined=marking.may_be_mined,
    )
