"""The index is made anew from the files, and keeps what people said, whatever became of it."""

import datetime
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from PIL import Image, PngImagePlugin

from maquette.core.errors import LibraryError
from maquette.core.gallery import GalleryPicture
from maquette.core.marking import Marking
from maquette.core.record import record_id_for
from maquette.library.archive import Archive
from maquette.library.gallery import Gallery
from maquette.library.importing import import_pictures
from maquette.library.pictures.backups import back_up
from maquette.library.pictures.connections import Connections
from maquette.library.query import parse_query
from maquette.library.rebuild import Rebuilt, rebuild
from maquette.library.schemas import LIBRARY
from maquette.library.writer import Writer
from maquette.provenance.metadata import read_image
from maquette.provenance.seal import Sealed, seal

Seal = Callable[..., Sealed]
A1111 = "a blue vase\nSteps: 20, Sampler: Euler, CFG scale: 7, Seed: 5, Size: 64x64"


class House:
    """A closed library: three pictures of ours, one in the trash, and an imported one."""

    def __init__(self, tmp_path: Path, sealed: Seal) -> None:
        self.data = tmp_path / "data"
        self.file = self.data / "library.sqlite3"
        self.folder = tmp_path / "pictures"
        self.elsewhere = tmp_path / "elsewhere"
        self.elsewhere.mkdir()
        info = PngImagePlugin.PngInfo()
        info.add_text("parameters", A1111)
        Image.new("RGB", (64, 64)).save(self.elsewhere / "vase.png", pnginfo=info)
        Image.new("RGB", (64, 64), "red").save(self.elsewhere / "not imported.png")
        with Archive.open(self.file, self.data / "ledger.sqlite3") as archive:
            writer = Writer(archive, self.folder, "{seed}", tmp_path / "thumbnails")
            for seed in (1, 2, 3):
                made = sealed(seed=seed)
                writer.save(made.record, made.file, made.mark, made.manifest)
            with closing(Connections.open(self.file)) as connections:
                import_pictures(connections, archive.ledger, [self.elsewhere / "vase.png"])
        with self.gallery() as gallery:
            ids = self.ids(gallery)
            gallery.rate([ids["1.png"]], 4)
            gallery.tag([ids["1.png"]], add=["client"])
            gallery.annotate(ids["vase.png"], "not ours")
            gallery.put_on_board([ids["1.png"], ids["2.png"]], gallery.add_board("Mugs").id)
            gallery.trash([ids["3.png"]])

    def gallery(self) -> Gallery:
        return Gallery.open(self.file)

    def ids(self, gallery: Gallery) -> dict[str, int]:
        return {each.path.name: each.id for each in gallery.pictures(gallery.find(parse_query("")))}

    def pictures(self) -> dict[str, GalleryPicture]:
        with self.gallery() as gallery:
            found = [*gallery.find(parse_query("")), *gallery.find(parse_query("in:trash"))]
            return {
                f"{each.prompt} {each.record.recipe.seed if each.record else ''}": each
                for each in gallery.pictures(found)
            }

    def rebuild(self, cancelled: threading.Event | None = None) -> Rebuilt | None:
        with Archive.open(self.data / "unused.sqlite3", self.data / "ledger.sqlite3") as archive:
            return rebuild(self.file, archive.ledger, [self.folder], cancelled=cancelled)


@pytest.fixture
def house(tmp_path: Path, sealed: Seal) -> House:
    return House(tmp_path, sealed)


def comparable(pictures: dict[str, GalleryPicture]) -> dict[str, tuple]:
    return {
        key: (
            each.path,
            each.record and (each.record.id, each.record.recipe, each.record.created),
            each.foreign,
            each.created,
            each.width,
            each.file_sha256,
            each.pixel_sha256,
            each.rating,
            each.tags,
            each.boards,
            each.note,
            each.trashed,
            each.source,
        )
        for key, each in pictures.items()
    }


def test_the_new_index_says_what_the_old_one_said(house: House) -> None:
    before = house.pictures()
    files = {path: path.read_bytes() for path in house.folder.rglob("*") if path.is_file()}
    done = house.rebuild()
    assert done is not None
    assert (done.pictures, done.imported, done.failed) == (2, 1, 0)
    assert done.carried_from == house.file
    assert comparable(house.pictures()) == comparable(before)
    assert {path: path.read_bytes() for path in files} == files
    assert done.kept is not None
    assert done.kept == house.data / "library.sqlite3.before-rebuild"
    with closing(sqlite3.connect(done.kept)) as kept:
        assert kept.execute("SELECT count(*) FROM pictures").fetchone() == (4,)
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with closing(sqlite3.connect(house.file)) as new:
        assert new.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    again = house.rebuild()
    assert again is not None
    assert again.kept == house.data / "library.sqlite3.before-rebuild-2"
    assert comparable(house.pictures()) == comparable(before)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def scramble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for start in range(4096, len(content), 8192):
        content[start : start + 4096] = os.urandom(len(content[start : start + 4096]))
    path.write_bytes(content)


def replace_by_text(path: Path) -> None:
    path.write_text("this is no database, " * 1000)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("damage", [truncate, scramble, replace_by_text, empty, remove])
@pytest.mark.parametrize("has_backup", [True, False])
def test_a_damaged_index_is_made_anew_from_files_and_the_daily_copy(
    house: House, damage: Callable[[Path], None], has_backup: bool
) -> None:
    before = house.pictures()
    if has_backup:
        assert back_up(house.file, datetime.date(2026, 11, 22))
    for ending in ("-wal", "-shm"):
        Path(f"{house.file}{ending}").unlink(missing_ok=True)
    damage(house.file)
    damaged = house.file.read_bytes() if house.file.exists() else None
    done = house.rebuild()
    assert done is not None
    after = house.pictures()
    if has_backup:
        assert comparable(after) == comparable(before)
    else:
        assert {"a red mug 1", "a red mug 2"} <= set(after)
        assert after["a red mug 1"].record is not None
    if damaged:
        assert done.kept is not None
        assert done.kept.read_bytes() == damaged
    else:
        assert damage in (remove, empty)


def test_an_index_of_a_newer_version_is_made_anew_and_kept(house: House) -> None:
    with closing(sqlite3.connect(house.file)) as connection:
        connection.execute(f"PRAGMA user_version = {LIBRARY.version + 1}")
    with pytest.raises(LibraryError, match="newer version"):
        house.gallery()
    done = house.rebuild()
    assert done is not None
    assert done.pictures == 2
    assert done.imported == 1
    assert done.carried is None
    assert {"a red mug 1", "a red mug 2", "a blue vase "} <= set(house.pictures())
    assert done.kept is not None
    with closing(sqlite3.connect(done.kept)) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (LIBRARY.version + 1,)


def test_an_open_library_is_not_taken_from_under_its_owner(house: House) -> None:
    with house.gallery() as gallery:
        before = house.file.read_bytes()
        with pytest.raises(LibraryError, match="The library is in use; close all windows"):
            house.rebuild()
        assert house.file.read_bytes() == before
        gallery.rate(list(house.ids(gallery).values()), 2)
    assert house.pictures()["a red mug 1"].rating == 2
    assert house.rebuild() is not None


def test_what_is_cancelled_changes_nothing(house: House) -> None:
    before = {path.name for path in house.data.iterdir()}
    cancelled = threading.Event()
    cancelled.set()
    assert house.rebuild(cancelled) is None
    assert {path.name for path in house.data.iterdir()} - {"unused.sqlite3"} == before
    assert len(house.pictures()) == 4


def test_a_recipe_that_was_left_out_of_the_file_comes_from_the_ledger(
    house: House, sealed: Seal, tmp_path: Path
) -> None:
    pixels, _ = read_image(sealed(seed=8).file)
    recipe = msgspec.structs.replace(sealed(seed=8).record.recipe, prompt="a secret")
    record = msgspec.structs.replace(sealed(seed=8).record, id=record_id_for(recipe), recipe=recipe)
    made = seal(pixels, record, Marking(write_recipe=False))
    with Archive.open(house.file, house.data / "ledger.sqlite3") as archive:
        Writer(archive, house.folder, "{id}", tmp_path / "thumbnails").save(
            made.record, made.file, made.mark, made.manifest
        )
    house.rebuild()
    picture = house.pictures()["a secret 8"]
    assert picture.record is not None
    assert picture.record.recipe == made.record.recipe
    assert picture.pixel_sha256


def test_files_that_cannot_be_read_are_named(house: House) -> None:
    (house.folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    (house.folder / "holiday.jpg").symlink_to("nowhere")
    done = house.rebuild()
    assert done is not None
    assert done.failed == 1
    assert [each.path.name for each in done.unread] == ["broken.png"]
    assert "damaged" in done.unread[0].reason


def test_pictures_of_a_disk_that_is_away_come_along(house: House, tmp_path: Path) -> None:
    before = house.pictures()["a blue vase "]
    house.elsewhere.rename(tmp_path / "unplugged")
    done = house.rebuild()
    assert done is not None
    assert done.unreachable == (house.elsewhere,)
    (tmp_path / "unplugged").rename(house.elsewhere)
    after = house.pictures()["a blue vase "]
    assert (after.path, after.note, after.foreign) == (before.path, before.note, before.foreign)


def test_an_exported_copy_in_a_folder_of_pictures_is_no_picture(house: House) -> None:
    copy = house.folder / "client.png"
    shutil.copy(house.folder / "1.png", copy)
    copy.write_bytes(copy.read_bytes() + b"\0")
    digest = hashlib.sha256(copy.read_bytes()).hexdigest()
    with house.gallery() as gallery:
        gallery.note_export("7F3A91C2", copy, digest, "Web", "2026-11-22T04:00:00+00:00")
    house.rebuild()
    assert len(house.pictures()) == 4


KILLED = """
import sys, os, time
from pathlib import Path
from maquette.library import rebuild as module
from maquette.library.ledger import Ledger

data, folder, point = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def stop(*_):
    print("here", flush=True)
    time.sleep(60)

owner = os if point in ("link", "fsync") else module
real = getattr(owner, point)
def stopped(*arguments):
    result = real(*arguments)
    stop()
    return result
setattr(owner, point, stopped)
with Ledger.open(data / "ledger.sqlite3") as ledger:
    module.rebuild(data / "library.sqlite3", ledger, [folder])
"""


@pytest.mark.parametrize("point", ["insert", "carry_over", "fsync", "link", "sync_folder"])
def test_whenever_it_is_killed_there_is_a_whole_library(house: House, point: str) -> None:
    before = comparable(house.pictures())
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(house.data), str(house.folder), point],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        process.send_signal(signal.SIGKILL)
    assert comparable(house.pictures()) == before
    assert house.rebuild() is not None
    assert comparable(house.pictures()) == before
    assert not list(house.data.glob("*.rebuild-*"))
