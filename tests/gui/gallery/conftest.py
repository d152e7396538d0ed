"""A real library on the disk, with real files, behind the widgets of the Library place."""

import asyncio
import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from maquette.core.errors import ImageError, MaquetteError
from maquette.core.gallery import Board, GalleryPicture, Relative
from maquette.core.ledger_entry import MarkResult
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Mark, MarkKind, Record, SourceType, record_id_for
from maquette.gui.language import Language
from maquette.gui.theme import apply_theme, prepare
from maquette.library.gallery import Gallery
from maquette.library.ledger import Ledger
from maquette.library.ledger_row import NewEntry
from maquette.library.query import parse_query
from maquette.library.store import Library, NewPicture
from maquette.library.thumbnails import Thumbnails, ThumbnailSize
from maquette.state.inspecting import LedgerMarks
from maquette.state.tasks import Tasks

COLOURS = ((180, 110, 60), (60, 110, 200), (200, 196, 186), (60, 150, 90), (30, 30, 34))


class Shelf:
    """A library's facts and commands, as widgets are given them; `asked` notes what was asked."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "Pictures"
        self.folder.mkdir(parents=True)
        self._ledger_file = home / "ledger.sqlite3"
        self._library = Library.open(home / "library.sqlite3")
        self._ledger = Ledger.open(self._ledger_file)
        self.gallery = Gallery.open(home / "library.sqlite3")
        self.thumbnails = Thumbnails(home / "thumbnails")
        self.asked: list[tuple[Any, ...]] = []
        self.fails: MaquetteError | None = None
        self.after: Callable[[], None] = lambda: None
        self._done: list[Any] = []

    def close(self) -> None:
        self.gallery.close()
        self._library.close()
        self._ledger.close()

    def add(self, name: str, *, size: tuple[int, int] = (320, 256), **recipe: Any) -> int:
        """A file, its row in the index, and its row in the ledger; returns the id."""
        number = len(list(self.folder.iterdir()))
        path = self.folder / f"{name}.png"
        pixels = np.full((size[1], size[0], 3), COLOURS[number % 5], dtype=np.uint8)
        pixels[: size[1] // 4, : size[0] // 3] = 255
        Image.fromarray(pixels).save(path)
        values: dict[str, Any] = {
            "prompt": f"a mug called {name}",
            "seed": number,
            "width": size[0],
            "height": size[1],
            "steps": 10,
            "guidance_scale": 4.0,
            "model": ModelRef("maquette-mini", name="Maquette Mini"),
        }
        made = Recipe(**(values | recipe))
        record = Record(
            id=record_id_for(made),
            recipe=made,
            created=f"2026-11-2{number % 10}T10:00:00+00:00",
            tool="Maquette test",
            source_type=SourceType.GENERATED,
            width=size[0],
            height=size[1],
            marks=(
                Mark(MarkKind.WATERMARK, verified=True),
                Mark(MarkKind.XMP, verified=True),
                Mark(MarkKind.RECIPE_TEXT, verified=False, note="The recipe cannot be read."),
            ),
        )
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        self._tell_ledger(record, digest)
        new = NewPicture(
            folder=self.folder,
            path=Path(path.name),
            record=record,
            file_bytes=len(data),
            file_sha256=digest,
            pixel_sha256=hashlib.sha256(pixels).hexdigest(),
        )
        with self._library.adding(new) as row:
            return row

    def _tell_ledger(self, record: Record, digest: str) -> None:
        mark = MarkResult(preset="standard", verified=True, robust=True, psnr=46.84, strength=1.0)
        self._ledger.append(
            NewEntry(
                record_id=record.id,
                created=record.created,
                tool=record.tool,
                source_type=record.source_type,
                width=record.width,
                height=record.height,
                file_sha256=digest,
                pixel_sha256="",
                perceptual_hash="0" * 16,
                likeness=b"",
                mark=mark,
                recipe=record.recipe,
            )
        )

    def all(self) -> list[GalleryPicture]:
        """Every picture out of the trash, oldest first."""
        return self.gallery.pictures(sorted(self.gallery.find(parse_query(""))))

    def one(self, picture_id: int) -> GalleryPicture:
        return self.gallery.pictures([picture_id])[0]

    # --- facts ----------------------------------------------------------------------------------

    @property
    def boards(self) -> tuple[Board, ...]:
        return self.gallery.boards()

    async def pictures(self, ids: Sequence[int]) -> list[GalleryPicture]:
        self.asked.append(("pictures", tuple(ids)))
        return await asyncio.to_thread(self.gallery.pictures, ids)

    async def relatives(self, picture_id: int) -> tuple[Relative, ...]:
        return await asyncio.to_thread(self.gallery.relatives, picture_id)

    async def thumbnail(self, picture: GalleryPicture, size: ThumbnailSize) -> Image.Image | None:
        try:
            return await asyncio.to_thread(self.thumbnails.image, picture, size)
        except ImageError:
            return None

    async def mark(self, picture: GalleryPicture) -> MarkResult | None:
        return await LedgerMarks(self._ledger_file).of(picture)

    # --- commands -------------------------------------------------------------------------------

    async def _change(self, name: str, *values: Any, **more: Any) -> None:
        await asyncio.sleep(0)
        self.asked.append((name, *values))
        if self.fails is not None:
            raise self.fails
        self._done.append(await asyncio.to_thread(getattr(self.gallery, name), *values, **more))
        self.after()

    async def rate(self, ids: Sequence[int], rating: int) -> None:
        await self._change("rate", ids, rating)

    async def tag(
        self, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> None:
        await self._change("tag", ids, add=add, remove=remove)

    async def annotate(self, picture_id: int, note: str) -> None:
        await self._change("annotate", picture_id, note)

    async def put_on_board(self, ids: Sequence[int], board: int) -> None:
        await self._change("put_on_board", ids, board)

    async def take_off_board(self, ids: Sequence[int], board: int) -> None:
        await self._change("take_off_board", ids, board)

    async def trash(self, ids: Sequence[int]) -> None:
        await self._change("trash", ids)

    async def restore(self, ids: Sequence[int]) -> None:
        await self._change("restore", ids)

    async def undo(self) -> None:
        await asyncio.to_thread(self.gallery.undo, self._done.pop())
        self.after()

    def use_again(self, picture: GalleryPicture) -> None:
        self.asked.append(("use_again", picture.id))

    def check(self, path: Path) -> None:
        self.asked.append(("check", path))

    def show_in_folder(self, path: Path) -> None:
        self.asked.append(("show_in_folder", path))

    def find_file(self, picture: GalleryPicture) -> None:
        self.asked.append(("find_file", picture.id))

    def go_to(self, picture: GalleryPicture) -> None:
        self.asked.append(("go_to", picture.id))


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """A library without pictures."""
    made = Shelf(tmp_path / "library home")
    yield made
    made.close()


@pytest.fixture
def tasks(driver: Any) -> Iterator[Tasks]:
    """Background tasks, none of which may fail."""
    errors: list[BaseException] = []
    made = Tasks(errors.append)
    yield made
    driver.run(made.stop())
    assert errors == []


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """Switches the language of the window; English again at the end."""
    language = Language(qapp)
    yield language.apply
    language.apply("en")


@pytest.fixture
def on_screen(
    qapp: QApplication, tasks: Tasks, driver: Any
) -> Iterator[Callable[[QWidget], QWidget]]:
    """Shows a widget at the size of a window; all of them are gone at the end."""
    prepare(qapp)
    apply_theme(qapp, "dark")
    shown: list[QWidget] = []

    def show(widget: QWidget) -> QWidget:
        widget.resize(1100, 800)
        widget.show()
        widget.activateWindow()
        shown.append(widget)
        return widget

    yield show
    driver.run(tasks.stop())  # before the widgets go, as when the program ends
    for widget in shown:
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def renamed() -> Callable[..., GalleryPicture]:
    """A picture with some of its fields replaced."""
    return lambda picture, **changes: msgspec.structs.replace(picture, **changes)
