"""A PDF file of ready pages, written one by one, so that memory does not grow with their number."""

import datetime
from typing import BinaryIO

from PIL.PdfParser import IndirectReference, PdfDict, PdfName, PdfParser

from maquette.provenance.sheets.xmp import sheet_packet

_POINTS = 72  # to an inch; PDF's own unit


class SheetPdf:
    """Writes pages, each one JPEG picture that fills it (ISO 32000-1, 7.4.8 and 8.9.5)."""

    def __init__(self, stream: BinaryIO, *, title: str, created: str, tool: str, dpi: int) -> None:
        """`stream` is empty and can be sought in; `created` is ISO 8601 in UTC."""
        self._pdf = PdfParser(f=stream, mode="w+b")
        self._scale = _POINTS / dpi
        self._tool = tool
        self._created = created
        self._pages: list[IndirectReference] = []
        self._pdf.start_writing()
        self._pdf.write_header()
        self._tree = self._pdf.next_object_id(0)
        made = datetime.datetime.fromisoformat(created).timetuple()
        info = {"Title": title, "Creator": tool, "Producer": tool, "CreationDate": made}
        for key, value in info.items():
            if value:
                self._pdf.info[key] = value

    def add(self, jpeg: bytes, width: int, height: int) -> None:
        """Add a page that shows `jpeg`, a picture of `width` × `height` pixels in RGB."""
        pdf = self._pdf
        picture = pdf.write_obj(
            None,
            stream=jpeg,
            Type=PdfName("XObject"),
            Subtype=PdfName("Image"),
            Width=width,
            Height=height,
            ColorSpace=PdfName("DeviceRGB"),
            BitsPerComponent=8,
            Filter=PdfName("DCTDecode"),
        )
        across, down = width * self._scale, height * self._scale
        drawn = b"q %f 0 0 %f 0 0 cm /image Do Q\n" % (across, down)
        page = pdf.write_obj(
            None,
            Type=PdfName("Page"),
            Parent=self._tree,
            Resources=PdfDict({b"XObject": PdfDict({b"image": picture})}),
            MediaBox=[0, 0, across, down],
            Contents=pdf.write_obj(None, stream=drawn),
        )
        self._pages.append(page)

    def finish(self) -> None:
        """Write what the file ends in: the list of its pages, and what it says of itself."""
        pdf = self._pdf
        packet = sheet_packet(self._created, self._tool, "application/pdf").encode()
        pages, name = self._pages, PdfName
        pdf.write_obj(self._tree, Type=name("Pages"), Count=len(pages), Kids=pages)
        metadata = pdf.write_obj(None, stream=packet, Type=name("Metadata"), Subtype=name("XML"))
        pdf.root_ref = pdf.write_obj(
            None, Type=name("Catalog"), Pages=self._tree, Metadata=metadata
        )
        pdf.write_xref_and_trailer()
