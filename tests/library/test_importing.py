"""Pictures of other programs are taken in where they are, once, and never changed."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from maquette.core.errors import InputError
from maquette.core.gallery import GalleryPicture, Presence, Source
from maquette.core.pixels import pixel_digest
from maquette.library.archive import Archive
from maquette.library.gallery import Gallery
from maquette.library.importing import Imported, import_pictures
from maquette.library.pictures.connections import Connections
from maquette.library.pictures.digests import PixelDigests
from maquette.library.query import parse_query
from maquette.library.reconcile import Reconciler
from maquette.library.thumbnails import Thumbnails, ThumbnailSize
from maquette.provenance.metadata import read_image
from maquette.provenance.seal import Sealed

Seal = Callable[..., Sealed]
A1111 = "a blue vase {}\nSteps: 20, Sampler: Euler, CFG scale: 7, Seed: {}, Size: 64x64"


def picture(path: Path, number: int = 1) -> Path:
    info = PngImagePlugin.PngInfo()
    info.add_text("parameters", A1111.format(number, number))
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (64, 48), (number, 0, 0)).save(path, "PNG", pnginfo=info)
    return path


class House:
    def __init__(self, file: Path, archive: Archive) -> None:
        self.file, self.archive = file, archive
        self.gallery = Gallery.open(file)
        self.progress: list[tuple[int, int]] = []

    def take(self, *paths: Path, cancelled: threading.Event | None = None) -> Imported:
        def on_progress(done: int, total: int) -> None:
            self.progress.append((done, total))

        with closing(Connections.open(self.file)) as connections:
            return import_pictures(connections, self.archive.ledger, paths, on_progress, cancelled)

    def find(self, query: str = "") -> list[GalleryPicture]:
        return self.gallery.pictures(self.gallery.find(parse_query(query)))


@pytest.fixture
def house(tmp_path: Path, archive: Archive) -> Iterator[House]:
    made = House(tmp_path / "data" / "library.sqlite3", archive)
    yield made
    made.gallery.close()


def test_a_folder_is_taken_in_where_it_is(house: House, tmp_path: Path) -> None:
    folder = tmp_path / "outputs"
    for number in range(5):
        picture(folder / f"day {number % 2}" / f"{number}.png", number)
    (folder / "notes.txt").write_text("no picture")
    (folder / ".hidden").mkdir()
    picture(folder / ".hidden" / "x.png", 9)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*.png")}
    done = house.take(folder)
    assert (done.added, done.known, done.failed) == (5, 0, 0)
    assert house.progress[-1] == (5, 5)
    found = house.find("vase seed:3")
    assert [each.path for each in found] == [folder / "day 1" / "3.png"]
    assert found[0].source is Source.IMPORTED
    assert found[0].record is None
    assert found[0].foreign is not None
    assert found[0].foreign.prompt == "a blue vase 3"
    assert (found[0].width, found[0].height) == (64, 48)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before


def test_what_the_library_has_is_not_taken_in_again(
    house: House, tmp_path: Path, sealed: Seal
) -> None:
    first = picture(tmp_path / "a" / "1.png")
    copy = tmp_path / "b" / "copy.png"
    copy.parent.mkdir()
    shutil.copy(first, copy)
    assert house.take(first, first, tmp_path / "a", tmp_path / "b").added == 1
    again = house.take(tmp_path / "a", tmp_path / "b")
    assert (again.added, again.known) == (0, 2)
    (trashed,) = house.gallery.find(parse_query(""))
    house.gallery.trash([trashed])
    assert house.take(tmp_path / "b").added == 0


def test_a_picture_of_ours_is_filed_with_its_record(
    house: House, tmp_path: Path, sealed: Seal
) -> None:
    made = sealed(seed=4)
    path = tmp_path / "from a friend.png"
    path.write_bytes(made.file)
    assert house.take(path).added == 1
    (found,) = house.find()
    assert found.record is not None
    assert found.record.id == made.record.id
    assert found.source is Source.PROMPT


def test_a_missing_picture_is_found_again_by_importing_its_new_place(
    house: House, tmp_path: Path
) -> None:
    path = picture(tmp_path / "a" / "1.png")
    picture(tmp_path / "a" / "2.png", 2)
    house.take(tmp_path / "a")
    (one,) = house.find("seed:1")
    house.gallery.rate([one.id], 5)
    path.rename(tmp_path / "elsewhere.png")
    with closing(Connections.open(house.file)) as connections:
        Reconciler().run(connections, None, tmp_path / "home")
    assert house.find("seed:1")[0].presence is Presence.MISSING
    done = house.take(tmp_path / "elsewhere.png")
    assert (done.added, done.returned) == (0, 1)
    (after,) = house.find("seed:1")
    assert (after.id, after.rating, after.presence) == (one.id, 5, Presence.PRESENT)
    assert after.path == tmp_path / "elsewhere.png"


def test_a_picture_without_metadata_is_taken_in_too(house: House, tmp_path: Path) -> None:
    path = tmp_path / "photo.JPG"
    Image.new("RGB", (30, 20)).save(path, "JPEG")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert house.take(path).added == 1
    (found,) = house.find()
    assert found.foreign is None
    assert found.created == "2001-09-09T01:46:40+00:00"


def test_files_that_are_no_pictures_are_named_and_the_others_taken(
    house: House, tmp_path: Path
) -> None:
    folder = tmp_path / "mixed"
    picture(folder / "good.png")
    (folder / "page.png").write_text("<html><b>no</b></html>")
    (folder / "empty.jpg").touch()
    whole = picture(folder / "cut.png", 3).read_bytes()
    (folder / "cut.png").write_bytes(whole[:20])
    picture(folder / "wrong ending.jpg", 4)
    done = house.take(folder)
    assert (done.added, done.failed) == (2, 3)
    assert {each.path.name for each in done.unread} == {"page.png", "empty.jpg", "cut.png"}
    assert all(each.reason.endswith(".") for each in done.unread)


@pytest.mark.parametrize("name", ["nowhere", "nowhere/a.png", "a\0b", "x" * 5000])
def test_a_path_that_is_not_there_is_told_before_anything_is_done(
    house: House, tmp_path: Path, name: str
) -> None:
    good = picture(tmp_path / "good.png")
    with pytest.raises(InputError):
        house.take(good, tmp_path / name)
    assert house.find() == []


def test_what_is_cancelled_stays_as_far_as_it_came(house: House, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    for number in range(30):
        picture(folder / f"{number}.png", number)
    cancelled = threading.Event()

    class Stopping(list):
        def append(self, step: tuple[int, int]) -> None:
            if step[0] == 10:
                cancelled.set()

    house.progress = Stopping()
    done = house.take(folder, cancelled=cancelled)
    assert done.cancelled
    assert done.added == len(house.find()) == 10
    assert house.take(folder).added == 20


def test_hostile_metadata_become_plain_short_text(house: House, tmp_path: Path) -> None:
    evil = "\u202e<img src=x onerror=alert(1)>../../etc/passwd" + "A" * 20_000
    info = PngImagePlugin.PngInfo()
    info.add_itxt("parameters", f"{evil}\nSteps: 1, Seed: {'9' * 400}, Size: 1x1, Model: ../{evil}")
    info.add_text("workflow", "x" * (10 << 20))
    path = tmp_path / "evil.png"
    Image.new("RGB", (8, 8)).save(path, pnginfo=info)
    assert house.take(path).added == 1
    (found,) = house.find()
    assert found.foreign is not None
    assert len(found.prompt) <= 10_000
    assert "\u202e" not in found.prompt
    assert "/" not in found.foreign.model
    assert found.foreign.seed is None
    assert found.path == path


def test_a_huge_seed_of_another_program_is_kept(house: House, tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("parameters", f"a mug\nSteps: 1, Seed: {2**64 - 1}, Sampler: Euler")
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png", pnginfo=info)
    house.take(tmp_path / "a.png")
    (found,) = house.find()
    assert found.foreign is not None
    assert found.foreign.seed == 2**64 - 1


def test_copies_are_found_once_their_thumbnails_were_made(house: House, tmp_path: Path) -> None:
    """Two files of equal pixels and other texts, one of other pixels, and one that was changed."""
    folder = tmp_path / "outputs"
    one, other = picture(folder / "1.png"), folder / "copy.png"
    with Image.open(one) as image:
        image.save(other)
    third, changed = picture(folder / "3.png", 3), picture(folder / "4.png", 4)
    house.take(folder)
    rows = house.find()
    assert {row.pixel_sha256 for row in rows} == {""}
    picture(changed, 1)
    cache = tmp_path / "cache"
    learned: list[tuple[GalleryPicture, str]] = []
    names = Thumbnails(cache)
    digests = PixelDigests(house.file, names.rename)

    def learn(row: Any, digest: str) -> None:
        learned.append((row, digest))
        digests.learn(row, digest)

    thumbnails = Thumbnails(cache, learn)
    version = house.gallery.version()
    for row in rows:
        thumbnails.make(row, ThumbnailSize.SMALL)
        thumbnails.make(row, ThumbnailSize.LARGE)
    digests.close()
    assert house.gallery.version() - version <= 3  # all in one transaction
    assert len(learned) == 3
    known = {row.path: row.pixel_sha256 for row in house.find()}
    assert known[one] == known[other] != known[third] != ""
    assert known[one] == pixel_digest(read_image(one)[0])
    assert known[changed] == ""
    assert {row.path for row in house.find("in:duplicates")} == {one, other}
    for row in house.find():
        for size in ThumbnailSize:
            assert thumbnails.path_of(row, size).is_file()
    assert len(learned) == 3
