"""The grid's thumbnails: what is seen now comes first, and memory has a bound."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtGui import QImage

from maquette.core.errors import ImageError
from maquette.core.gallery import GalleryPicture
from maquette.gui.picture_thumbnails import PictureThumbnails
from maquette.gui.thumbnail_loader import AT_ONCE, ThumbnailLoader
from maquette.library.thumbnails import Thumbnails, ThumbnailSize
from maquette.state.tasks import Tasks


@pytest.fixture
def tasks(driver: Any) -> Iterator[Tasks]:
    errors: list[BaseException] = []
    tasks = Tasks(errors.append)
    yield tasks
    driver.run(tasks.stop())
    assert errors == []


def red(side: int = 10) -> QImage:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(0xFF0000)
    return image


class Gate:
    """Reads that wait until they are let go, in the order in which they began."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self._open = threading.Event()

    def reading(self, key: str) -> Callable[[], QImage]:
        def read() -> QImage:
            self.began.append(key)
            assert self._open.wait(10)
            return red()

        return read

    def open(self) -> None:
        self._open.set()


def test_what_is_wanted_last_is_read_first_and_what_scrolled_away_not_at_all(
    driver: Any, tasks: Tasks
) -> None:
    loader, gate = ThumbnailLoader(tasks, 1 << 20), Gate()
    for number in range(AT_ONCE):
        assert loader.get(f"busy {number}", gate.reading(f"busy {number}")) is None
    driver.until(lambda: len(gate.began) == AT_ONCE)
    for key in ("far up", "near", "here"):
        loader.get(key, gate.reading(key))
    loader.keep_wanted({"near", "here"})
    loader.get("near", gate.reading("near"))  # seen again
    gate.open()
    driver.until(lambda: loader.kept("here") and loader.kept("near"))
    driver.settle()
    assert gate.began[AT_ONCE:] == ["near", "here"]
    assert loader.kept("far up") is None


def test_memory_is_bounded_and_the_ones_used_lately_stay(driver: Any, tasks: Tasks) -> None:
    loader = ThumbnailLoader(tasks, 5 * (100 * 100 * 4 + 256))
    for number in range(5):
        loader.get(str(number), lambda: red(100))
    driver.until(lambda: all(loader.kept(str(number)) for number in range(5)))
    assert loader.kept("0")  # used
    for number in range(5, 8):
        loader.get(str(number), lambda: red(100))
        driver.until(lambda number=number: loader.kept(str(number)))
    kept = {number for number in range(8) if loader.kept(str(number))}
    assert len(kept) == 5
    assert {5, 6, 7} < kept
    assert loader.kept("1") is None


def test_each_is_told_once_it_is_there(driver: Any, tasks: Tasks) -> None:
    loader, told = ThumbnailLoader(tasks, 1 << 20), []
    loader.ready.connect(lambda key: told.append((key, loader.kept(key) is not None)))
    for number in range(50):
        loader.get(str(number), red)
        loader.get(str(number), red)
    driver.until(lambda: len(told) == 50)
    driver.settle()
    assert sorted(told) == sorted((str(number), True) for number in range(50))


def test_what_cannot_be_read_says_why_until_it_is_forgotten(driver: Any, tasks: Tasks) -> None:
    loader = ThumbnailLoader(tasks, 1 << 20)

    def read() -> QImage:
        raise ImageError("a.png is gone.")

    loader.get("a", read)
    driver.until(lambda: loader.kept("a") is not None)
    kept = loader.get("a", read)
    assert kept is not None
    assert kept.isNull()
    assert loader.problem("a") == "a.png is gone."
    loader.forget("a")
    assert loader.get("a", red) is None
    driver.until(lambda: loader.kept("a") is not None)
    assert loader.problem("a") == ""


def picture_of(path: Path) -> GalleryPicture:
    return GalleryPicture(
        id=1,
        path=path,
        record=None,
        created="2026-11-22T04:00:00+00:00",
        width=0,
        height=0,
        file_bytes=0,
        file_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


@pytest.fixture
def cache(tmp_path: Path) -> Thumbnails:
    return Thumbnails(tmp_path / "thumbnails")


@pytest.fixture
def picture(tmp_path: Path) -> GalleryPicture:
    Image.new("RGB", (900, 600), "red").save(tmp_path / "a.png")
    return picture_of(tmp_path / "a.png")


def test_the_size_fits_the_cell_and_another_one_stands_in_for_it(
    driver: Any, tasks: Tasks, cache: Thumbnails, picture: GalleryPicture
) -> None:
    thumbnails = PictureThumbnails(tasks, cache)
    assert thumbnails.get(picture, 120) is None
    driver.until(lambda: thumbnails.get(picture, 120))
    small = thumbnails.get(picture, 300)
    assert small is not None
    assert small.width() == ThumbnailSize.SMALL
    driver.until(lambda: thumbnails.get(picture, 300).width() == ThumbnailSize.LARGE)  # type: ignore[union-attr]


@pytest.mark.parametrize("damage", ["half", "empty", "other"])
def test_a_damaged_file_in_the_cache_is_made_again(
    driver: Any, tasks: Tasks, cache: Thumbnails, picture: GalleryPicture, damage: str
) -> None:
    path = cache.make(picture, ThumbnailSize.LARGE)
    whole = path.read_bytes()
    path.write_bytes(
        {"half": whole[: len(whole) // 2], "empty": b"", "other": b"<svg/>" * 50}[damage]
    )
    thumbnails = PictureThumbnails(tasks, cache)
    thumbnails.get(picture, 320)
    driver.until(lambda: thumbnails.get(picture, 320))
    pixmap = thumbnails.get(picture, 320)
    assert pixmap is not None
    assert pixmap.width() == 320
    assert pixmap.toImage().pixelColor(200, 100).red() > 200
    assert path.read_bytes() == whole


def test_a_picture_that_is_gone_says_so(
    driver: Any, tasks: Tasks, cache: Thumbnails, picture: GalleryPicture
) -> None:
    picture.path.unlink()
    thumbnails = PictureThumbnails(tasks, cache)
    thumbnails.get(picture, 320)
    driver.until(lambda: thumbnails.problem(picture, 320))
    assert "a.png is no longer there" in thumbnails.problem(picture, 320)
    Image.new("RGB", (900, 600), "red").save(picture.path)
    thumbnails.forget(picture)
    driver.until(lambda: (found := thumbnails.get(picture, 320)) and not found.isNull())
