"""Contact sheets on the disk: pages as files, or one PDF file, whole or not at all."""

import asyncio
import io
import re
from pathlib import Path

import pytest
from PIL import Image
from PIL.PdfParser import PdfParser

from maquette.core.contact_sheet import MadePage, SheetPage, SheetPicture
from maquette.core.errors import JobFailed
from maquette.core.export_preset import ContactSheet, SheetKind
from maquette.core.marking import Marking
from maquette.library.exports.sheets import write_sheets
from maquette.provenance.sheets.layout import layout_of


class Maker:
    """Makes empty pages; fails at page `broken`."""

    def __init__(self, broken: int = 0) -> None:
        self.broken = broken
        self.made: list[SheetPage] = []

    async def make_page(self, page: SheetPage, kind: SheetKind, marking: Marking) -> MadePage:
        await asyncio.sleep(0)
        if page.number == self.broken:
            raise JobFailed("The page could not be made.", "internal")  # type: ignore[arg-type]
        self.made.append(page)
        buffer = io.BytesIO()
        form = "JPEG" if kind is SheetKind.PDF else "PNG"
        Image.new("RGB", (150, 300), "white").save(buffer, form)
        return MadePage(file=buffer.getvalue(), width=150, height=300)


def pictures(count: int) -> list[SheetPicture]:
    return [SheetPicture(path=b"/p.png", name=f"{n}.png") for n in range(count)]


def write(folder: Path, count: int, maker: Maker, **sheet: object) -> tuple[Path, ...]:
    return asyncio.run(
        write_sheets(
            folder, ContactSheet(**sheet), pictures(count), maker, Marking(),  # type: ignore[arg-type]
            created="2026-11-22T10:00:00+00:00", tool="Maquette 0.5",
        )
    )  # fmt: skip


def test_every_picture_is_on_one_page(tmp_path: Path) -> None:
    maker = Maker()
    on_page = layout_of(ContactSheet()).on_page
    paths = write(tmp_path, 2 * on_page + 1, maker, kinds=(SheetKind.PNG,))
    assert [path.name for path in paths] == [f"contact-sheet-0{n}.png" for n in (1, 2, 3)]
    names = [picture.name for page in maker.made for picture in page.pictures]
    assert names == [f"{n}.png" for n in range(2 * on_page + 1)]
    assert [(page.number, page.pages) for page in maker.made] == [(1, 3), (2, 3), (3, 3)]


def test_a_single_page_has_no_number(tmp_path: Path) -> None:
    (path,) = write(tmp_path, 1, Maker(), kinds=(SheetKind.PNG,))
    assert path.name == "contact-sheet.png"


def test_the_pdf_has_all_pages_at_the_size_of_the_paper(tmp_path: Path) -> None:
    on_page = layout_of(ContactSheet()).on_page
    (path,) = write(tmp_path, on_page + 1, Maker(), title="浓缩咖啡杯")
    with PdfParser(str(path)) as pdf:
        assert len(pdf.pages) == 2
        assert pdf.info.Title == "浓缩咖啡杯"
        boxes = [pdf.read_indirect(page)[b"MediaBox"] for page in pdf.pages]
        assert boxes == [[0, 0, 72, 144]] * 2
        metadata = pdf.root[b"Metadata"]
        packet = pdf.read_indirect(metadata).decode().decode()
    assert "compositeWithTrainedAlgorithmicMedia" in packet
    assert "Maquette 0.5" in packet


def test_the_pdf_has_the_pages_pictures_as_they_were_made(tmp_path: Path) -> None:
    (path,) = write(tmp_path, 1, Maker())
    found = re.findall(rb"stream\n(\xff\xd8.*?\xff\xd9)\nendstream", path.read_bytes(), re.DOTALL)
    assert len(found) == 1
    with Image.open(io.BytesIO(found[0])) as image:
        assert image.size == (150, 300)


def test_nothing_is_written_for_no_pictures(tmp_path: Path) -> None:
    assert write(tmp_path, 0, Maker(), kinds=tuple(SheetKind)) == ()
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_cannot_be_made_leaves_no_half_pdf(tmp_path: Path) -> None:
    earlier = tmp_path / "contact-sheet.pdf"
    earlier.write_bytes(b"earlier")
    with pytest.raises(JobFailed):
        write(tmp_path, 100, Maker(broken=3))
    assert earlier.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [earlier]
