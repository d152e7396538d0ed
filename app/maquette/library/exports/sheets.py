"""Contact sheets of a delivery: pages made one by one, kept as PNG files or as one PDF file."""

import asyncio
import math
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from maquette.core.contact_sheet import MadePage, SheetPage, SheetPicture
from maquette.core.errors import SaveError
from maquette.core.export_preset import ContactSheet, SheetKind
from maquette.core.files import atomic_file, write_atomically
from maquette.core.marking import Marking
from maquette.library.exports.sheet_pdf import SheetPdf
from maquette.provenance.sheets.layout import DPI, layout_of

SHEET_NAME = "contact-sheet"


class PageMaker(Protocol):
    """Whatever draws, labels and signs pages: the marker's client."""

    async def make_page(self, page: SheetPage, kind: SheetKind, marking: Marking) -> MadePage:
        """Raises MaquetteError."""
        ...


async def write_sheets(
    folder: Path,
    sheet: ContactSheet,
    pictures: Sequence[SheetPicture],
    maker: PageMaker,
    marking: Marking,
    *,
    created: str,
    tool: str,
    name: str = SHEET_NAME,
    heads: Sequence[str] = (),
    sides: Sequence[str] = (),
) -> tuple[Path, ...]:
    """Write the sheets of `pictures` into `folder`; return their paths.

    NAME.pdf has all pages; of PNG pages each is a file, NAME.png or NAME-01.png and on. Files of
    the name are replaced. Nothing is written for no pictures.

    Args:
        marking: of it, what is said about signing counts.
        created: ISO 8601 in UTC; `tool` the program and its version.
        heads: what the columns are called, on every page; `sides` the rows of all pages.

    Raises:
        MaquetteError: a page could not be made.
        SaveError: the disk did not take a file. What was finished before stays.
    """
    pages = _pages(sheet, pictures, created, tool, heads, sides)
    paths: list[Path] = []
    for kind in sheet.kinds if pages else ():
        try:
            if kind is SheetKind.PDF:
                path = folder / f"{name}.pdf"
                await _write_pdf(path, pages, maker, marking)
                paths.append(path)
            else:
                paths += await _write_pngs(folder, name, pages, maker, marking)
        except OSError as error:
            raise SaveError(
                f"The contact sheet could not be written into {folder} ({error.strerror}); "
                "choose another folder or free some space.",
                str(error),
            ) from error
    return tuple(paths)


def _pages(
    sheet: ContactSheet,
    pictures: Sequence[SheetPicture],
    created: str,
    tool: str,
    heads: Sequence[str],
    sides: Sequence[str],
) -> list[SheetPage]:
    layout = layout_of(sheet, has_heads=bool(heads), has_sides=bool(sides))
    on_page, rows = layout.on_page, layout.on_page // layout.columns
    count = math.ceil(len(pictures) / on_page)
    return [
        SheetPage(
            sheet=sheet,
            pictures=tuple(pictures[number * on_page : (number + 1) * on_page]),
            number=number + 1,
            pages=count,
            created=created,
            tool=tool,
            heads=tuple(heads),
            sides=tuple(sides[number * rows : (number + 1) * rows]),
        )
        for number in range(count)
    ]


async def _write_pngs(
    folder: Path, name: str, pages: Sequence[SheetPage], maker: PageMaker, marking: Marking
) -> list[Path]:
    paths = []
    digits = max(2, len(str(len(pages))))
    for page in pages:
        number = f"-{page.number:0{digits}d}" if len(pages) > 1 else ""
        path = folder / f"{name}{number}.png"
        made = await maker.make_page(page, SheetKind.PNG, marking)
        await asyncio.to_thread(write_atomically, path, made.file)
        paths.append(path)
    return paths


async def _write_pdf(
    path: Path, pages: Sequence[SheetPage], maker: PageMaker, marking: Marking
) -> None:
    first = pages[0]
    async with _written(path) as stream:
        pdf = SheetPdf(
            stream, title=first.sheet.title, created=first.created, tool=first.tool, dpi=DPI
        )
        for page in pages:
            made = await maker.make_page(page, SheetKind.PDF, marking)
            await asyncio.to_thread(pdf.add, made.file, made.width, made.height)
        await asyncio.to_thread(pdf.finish)


@asynccontextmanager
async def _written(path: Path) -> AsyncIterator[BinaryIO]:
    """`atomic_file`, whose work on the disk is done in threads."""
    file = atomic_file(path)
    stream = await asyncio.to_thread(file.__enter__)
    try:
        yield stream
    except BaseException as error:
        await asyncio.to_thread(file.__exit__, type(error), error, error.__traceback__)
        raise
    await asyncio.to_thread(file.__exit__, None, None, None)
