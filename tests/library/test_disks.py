"""Disks that are full, read-only or gone, and databases that are broken or in use: real ones."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PIL import Image

from maquette.core.errors import LibraryDamaged, LibraryError, SaveError
from maquette.core.gallery import Presence
from maquette.library import database
from maquette.library.archive import Archive
from maquette.library.gallery import Gallery
from maquette.library.importing import import_pictures
from maquette.library.pictures.connections import Connections
from maquette.library.query import parse_query
from maquette.library.rebuild import rebuild
from maquette.library.reconcile import Reconciler
from maquette.library.writer import Writer
from maquette.provenance.seal import Sealed

Seal = Callable[..., Sealed]
Disk = Callable[[str], Path]


def make_library(folder: Path, pictures: Path, count: int = 3) -> Path:
    """An index in `folder` with `count` imported pictures, which lie in `pictures`."""
    pictures.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        Image.new("RGB", (8, 8), (number, 0, 0)).save(pictures / f"{number}.png")
    file = folder / "library.sqlite3"
    with closing(Connections.open(file)) as connections:
        import_pictures(connections, None, [pictures])
    return file


def everything(gallery: Gallery) -> list[int]:
    return sorted(gallery.find(parse_query("")))


def is_whole(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def fill(disk: Path) -> Path:
    """Take all free space of `disk`; the file to be removed again."""
    filler = disk / "filler"
    descriptor = os.open(filler, os.O_WRONLY | os.O_CREAT)
    step = 1 << 16
    while step:
        try:
            os.write(descriptor, b"\0" * step)
        except OSError:
            step //= 2
    os.close(descriptor)
    return filler


def test_a_full_disk_refuses_changes_and_loses_none(small_disk: Disk, tmp_path: Path) -> None:
    disk = small_disk("size=2m")
    file = make_library(disk, tmp_path / "pictures")
    with Gallery.open(file) as gallery:
        ids = everything(gallery)
        gallery.rate(ids, 3)
        filler = fill(disk)
        with pytest.raises(LibraryError, match="has space and can be written to, and try again"):
            gallery.annotate(ids[0], "a long note " * 300)
        assert everything(gallery) == ids
        filler.unlink()
        gallery.annotate(ids[0], "a long note " * 300)
    with Gallery.open(file) as gallery:
        assert [each.rating for each in gallery.pictures(ids)] == [3, 3, 3]
        assert gallery.pictures(ids)[0].note.startswith("a long note")
    assert is_whole(file)


def test_pictures_are_not_saved_beside_a_full_index_and_are_when_there_is_space(
    small_disk: Disk, tmp_path: Path, sealed: Seal
) -> None:
    disk, made, folder = small_disk("size=2m"), sealed(), tmp_path / "pictures"
    with Archive.open(disk / "library.sqlite3", disk / "ledger.sqlite3") as archive:
        writer = Writer(archive, folder, "{id}", tmp_path / "thumbnails")
        filler = fill(disk)
        with pytest.raises(SaveError, match="so the picture was not kept; check the disk"):
            writer.save(made.record, made.file, made.mark, made.manifest)
        assert not folder.exists()
        assert archive.library.count() == 0
        filler.unlink()
        path = writer.save(made.record, made.file, made.mark, made.manifest)
        assert path.read_bytes() == made.file
        assert archive.ledger.verify().problems == ()
    assert is_whole(disk / "library.sqlite3")


def test_a_rebuild_on_a_full_disk_leaves_the_old_index(small_disk: Disk, tmp_path: Path) -> None:
    disk = small_disk("size=2m")
    file = make_library(disk, tmp_path / "pictures")
    filler = fill(disk)
    with pytest.raises(LibraryError, match="check"):
        rebuild(file, None, [tmp_path / "pictures"])
    filler.unlink()
    assert not list(disk.glob("*rebuild*"))
    with Gallery.open(file) as gallery:
        assert len(everything(gallery)) == 3
    assert is_whole(file)


def test_a_read_only_disk_is_told(small_disk: Disk, tmp_path: Path) -> None:
    disk = small_disk("size=2m")
    file = make_library(disk, tmp_path / "pictures")
    content = file.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(LibraryError, match="can be written to") as raised:
        Gallery.open(file)
    assert not isinstance(raised.value, LibraryDamaged)
    with pytest.raises(LibraryError, match="can be written to"):
        rebuild(file, None, [tmp_path / "pictures"])
    assert file.read_bytes() == content
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    with Gallery.open(file) as gallery:
        assert len(everything(gallery)) == 3


def test_pictures_of_a_disk_that_is_unmounted_wait_for_it(small_disk: Disk, tmp_path: Path) -> None:
    disk, place = small_disk("size=2m"), tmp_path / "usb stick"
    file = make_library(tmp_path / "data", disk)
    place.mkdir()
    with (
        closing(Connections.open(file)) as connections,
        Gallery.open(file) as gallery,
    ):
        before = gallery.pictures(everything(gallery))
        subprocess.run(["mount", "--move", str(disk), str(place)], check=True)
        try:
            done = Reconciler().run(connections, None, tmp_path / "home")
        finally:
            subprocess.run(["mount", "--move", str(place), str(disk)], check=True)
        assert done.changes == 0
        after = gallery.pictures(everything(gallery))
        assert [each.presence for each in after] == [Presence.PRESENT] * 3
        assert Reconciler().run(connections, None, tmp_path / "home").changes == 0
        assert gallery.pictures(everything(gallery)) == before


LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("here", flush=True)
sys.stdin.readline()
"""


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program holds the lock of `file`."""
    process = subprocess.Popen(
        [sys.executable, "-c", LOCK, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        yield
        assert process.stdin is not None
        process.stdin.close()


def test_a_library_that_another_program_has_locked_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sealed: Seal
) -> None:
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.1)
    file, made = make_library(tmp_path / "data", tmp_path / "pictures"), sealed()
    with (
        Gallery.open(file) as gallery,
        Archive.open(file, tmp_path / "data" / "ledger.sqlite3") as archive,
    ):
        ids = everything(gallery)
        writer = Writer(archive, tmp_path / "saved", "{id}", tmp_path / "thumbnails")
        with locked(file):
            assert everything(gallery) == ids  # looking goes on
            with pytest.raises(LibraryError, match="in use by another program") as raised:
                gallery.rate(ids, 1)
            assert not isinstance(raised.value, LibraryDamaged)
            with pytest.raises(SaveError, match=r"was not kept"):
                writer.save(made.record, made.file, made.mark)
            assert not (tmp_path / "saved").exists()
        gallery.rate(ids, 1)
        writer.save(made.record, made.file, made.mark)
    assert is_whole(file)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_truncated_index_is_told_in_one_sentence(tmp_path: Path, part: float) -> None:
    file = make_library(tmp_path / "data", tmp_path / "pictures", 50)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(LibraryDamaged, match=r"doctor --rebuild"):
        use(file)
    with pytest.raises(LibraryDamaged, match=r"doctor --rebuild"):
        read_all(file)


def use(file: Path) -> None:
    with Gallery.open(file) as gallery:
        ids = everything(gallery)
        gallery.pictures(ids)
        gallery.facets(parse_query(""))
        gallery.rate(ids, 2)
        gallery.tag(ids, add=["x"])
        gallery.find(parse_query("anything"))


def read_all(file: Path) -> None:
    with closing(Connections.open(file)) as connections, connections.reading() as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            connection.execute(f"SELECT * FROM {table}").fetchall()


@pytest.mark.parametrize(
    "name",
    [
        "emoji 🫖🏽.png",
        "\u202egnp.exe.png",
        "two\nlines.png",
        "a" * 251 + ".png",
        "%s{0}$HOME`id`.png",
        "CON.png",
        "' OR 1=1 --.png",
        "back\\slash.png",
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_difficult_name_is_found_again(tmp_path: Path, name: str) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    Image.new("RGB", (8, 8)).save(pictures / "plain.png")
    (pictures / "plain.png").rename(pictures / name)
    file = tmp_path / "data" / "library.sqlite3"
    with closing(Connections.open(file)) as connections, Gallery.open(file) as gallery:
        assert import_pictures(connections, None, [pictures]).added == 1
        (found,) = gallery.pictures(everything(gallery))
        assert found.path == pictures / name
        assert Reconciler().run(connections, None, pictures).changes == 0
        gallery.trash([found.id])
        assert not (pictures / name).exists()
        gallery.restore([found.id])
        assert (pictures / name).exists()
        assert {path.name for path in tmp_path.iterdir()} == {"pictures", "data"}
