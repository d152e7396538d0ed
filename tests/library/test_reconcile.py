"""What becomes of files outside is noticed: moved, edited, gone, come back, renamed in a row."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from maquette.core.gallery import GalleryPicture, Presence
from maquette.library import reconcile
from maquette.library.archive import Archive
from maquette.library.gallery import Gallery
from maquette.library.pictures.connections import Connections
from maquette.library.query import parse_query
from maquette.library.reconcile import Reconciled, Reconciler
from maquette.library.writer import Writer
from maquette.provenance.metadata import read_image
from maquette.provenance.seal import Sealed

Seal = Callable[..., Sealed]


class House:
    """A library with three pictures, and a program that looks after its files."""

    def __init__(self, tmp_path: Path, archive: Archive, sealed: Seal) -> None:
        self.file = tmp_path / "data" / "library.sqlite3"
        self.archive = archive
        self.folder = tmp_path / "my pictures 图片"
        self.home = self.folder
        self.reconciler = Reconciler(settled_ns=0)
        self.gallery = Gallery.open(self.file)
        writer = Writer(archive, self.folder, "{seed}", tmp_path / "thumbnails")
        for seed in (1, 2, 3):
            made = sealed(seed=seed)
            writer.save(made.record, made.file, made.mark, made.manifest)
        self.gallery.rate(self.ids, 5)

    @property
    def ids(self) -> list[int]:
        return sorted(self.gallery.find(parse_query("")))

    def pictures(self) -> dict[int, GalleryPicture]:
        """By the seeds of their recipes."""
        found = self.gallery.pictures(self.ids)
        return {each.record.recipe.seed: each for each in found if each.record}

    def run(self) -> Reconciled:
        with closing(Connections.open(self.file)) as connections:
            return self.reconciler.run(connections, self.archive.ledger, self.home)


@pytest.fixture
def house(tmp_path: Path, archive: Archive, sealed: Seal) -> Iterator[House]:
    made = House(tmp_path, archive, sealed)
    yield made
    made.gallery.close()


def counted(done: Reconciled) -> dict[str, int]:
    names = ("moved", "edited", "missing", "returned", "filed")
    return {name: getattr(done, name) for name in names if getattr(done, name)}


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_nothing_is_told_where_nothing_changed(house: House) -> None:
    before = house.pictures()
    assert house.run() == Reconciled()
    version = house.gallery.version()
    assert house.run() == Reconciled()
    assert house.gallery.version() == version
    assert house.pictures() == before


@pytest.mark.parametrize("target", ["renamed 杯.png", "clients/mugs/2.png", "2.jpeg"])
def test_a_file_that_was_moved_keeps_its_picture(house: House, target: str) -> None:
    house.run()
    before = house.pictures()[2]
    path = house.folder / target
    path.parent.mkdir(parents=True, exist_ok=True)
    (house.folder / "2.png").rename(path)
    files = snapshot(house.folder)
    assert counted(house.run()) == {"moved": 1}
    after = house.pictures()[2]
    assert after.path == path
    assert after.id == before.id
    assert after.rating == 5
    assert after.presence is Presence.PRESENT
    assert snapshot(house.folder) == files
    assert house.run() == Reconciled()


def test_the_new_name_is_searched(house: House) -> None:
    house.run()
    (house.folder / "2.png").rename(house.folder / "kingfisher.png")
    house.run()
    assert list(house.gallery.find(parse_query("kingfisher"))) == [house.pictures()[2].id]


def test_files_that_were_numbered_anew_keep_their_pictures(house: House) -> None:
    house.run()
    ids = {seed: each.id for seed, each in house.pictures().items()}
    for seed in (3, 2, 1):
        (house.folder / f"{seed}.png").rename(house.folder / f"{seed + 1}.png")
    assert counted(house.run()) == {"moved": 3}
    after = house.pictures()
    assert {seed: each.id for seed, each in after.items()} == ids
    assert {seed: each.path.name for seed, each in after.items()} == {
        1: "2.png",
        2: "3.png",
        3: "4.png",
    }


def test_a_file_that_is_gone_is_missing_until_it_is_back(house: House, tmp_path: Path) -> None:
    house.run()
    shutil.move(house.folder / "2.png", tmp_path / "away.png")
    assert counted(house.run()) == {"missing": 1}
    assert house.pictures()[2].presence is Presence.MISSING
    assert house.run() == Reconciled()
    shutil.move(tmp_path / "away.png", house.folder / "2.png")
    assert counted(house.run()) == {"returned": 1}
    assert house.pictures()[2].presence is Presence.PRESENT


def test_a_missing_picture_is_found_at_another_place(house: House, tmp_path: Path) -> None:
    house.run()
    shutil.move(house.folder / "2.png", tmp_path / "away.png")
    house.run()
    shutil.move(tmp_path / "away.png", house.folder / "back.png")
    assert counted(house.run()) == {"moved": 1}
    assert house.pictures()[2].path.name == "back.png"
    assert house.pictures()[2].presence is Presence.PRESENT


def test_a_file_that_was_edited_is_told_and_whole_again_when_it_is_put_back(house: House) -> None:
    house.run()
    path = house.folder / "2.png"
    whole = path.read_bytes()
    Image.fromarray(read_image(whole)[0]).resize((100, 80)).save(path)
    assert counted(house.run()) == {"edited": 1}
    edited = house.pictures()[2]
    assert edited.presence is Presence.EDITED
    assert (edited.width, edited.height) == (100, 80)
    assert edited.file_bytes == path.stat().st_size
    assert edited.pixel_sha256 == ""
    assert edited.rating == 5
    assert house.run() == Reconciled()
    path.write_bytes(whole)
    house.run()
    assert house.pictures()[2].presence is Presence.PRESENT
    assert house.pictures()[2].width == 256


def test_a_file_that_was_only_touched_is_as_it_was(house: House) -> None:
    house.run()
    before = house.pictures()
    os.utime(house.folder / "2.png", ns=(1, 1))
    assert house.run() == Reconciled()
    assert house.pictures() == before


def test_a_picture_whose_file_was_overwritten_by_another_one_is_missing(house: House) -> None:
    house.run()
    (house.folder / "1.png").replace(house.folder / "2.png")
    assert counted(house.run()) == {"moved": 1, "missing": 1}
    after = house.pictures()
    assert after[1].path == house.folder / "2.png"
    assert after[1].presence is Presence.PRESENT
    assert after[2].presence is Presence.MISSING
    assert after[2].path.name == "2.png"
    assert not after[2].path.exists()


@pytest.mark.parametrize("beside", [True, False])
def test_a_folder_that_was_moved_is_one_changed_row(
    house: House, tmp_path: Path, beside: bool
) -> None:
    house.run()
    before = {seed: each.id for seed, each in house.pictures().items()}
    target = tmp_path / "renamed" if beside else tmp_path / "elsewhere" / "deep" / "pictures"
    target.parent.mkdir(parents=True, exist_ok=True)
    house.folder.rename(target)
    house.home = target  # as the settings say, where it is no neighbour
    assert house.run() == Reconciled()
    after = house.pictures()
    assert {seed: each.id for seed, each in after.items()} == before
    assert {each.path.parent for each in after.values()} == {target}
    assert all(each.presence is Presence.PRESENT for each in after.values())


def test_a_folder_whose_new_place_has_pictures_already_is_followed(
    house: House, tmp_path: Path, sealed: Seal
) -> None:
    house.run()
    target = tmp_path / "new"
    made = sealed(seed=4)
    Writer(house.archive, target, "{seed}", tmp_path / "thumbnails").save(
        made.record, made.file, made.mark
    )
    house.home = target
    house.run()
    for path in house.folder.iterdir():
        shutil.move(path, target / path.name)
    house.folder.rmdir()
    assert counted(house.run()) == {"moved": 3}
    assert {each.path.parent for each in house.pictures().values()} == {target}
    assert len(house.ids) == 4


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_a_disk_that_disappears_marks_nothing_missing(
    house: House, tmp_path: Path, how: str
) -> None:
    house.run()
    before = house.pictures()
    house.folder.rename(tmp_path / "data" / "unplugged")  # where nobody looks
    if how == "empty":
        house.folder.mkdir()  # the place where it is mounted
    done = house.run()
    assert done.unreachable == (house.folder,)
    assert done.changes == 0
    assert house.pictures() == before
    if how == "empty":
        house.folder.rmdir()
    (tmp_path / "data" / "unplugged").rename(house.folder)
    assert house.run() == Reconciled()


def test_our_pictures_are_filed_and_those_of_others_left_alone(
    house: House, sealed: Seal, tmp_path: Path
) -> None:
    made = sealed(seed=9)
    (house.folder / "sub").mkdir()
    (house.folder / "sub" / "from a friend.png").write_bytes(made.file)
    Image.new("RGB", (10, 10)).save(house.folder / "holiday.jpg")
    (house.folder / "notes.txt").write_text("no picture")
    (house.folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nno")
    (house.folder / ".hidden.png").write_bytes(made.file)
    (house.folder / "circle").symlink_to(house.folder)
    assert counted(house.run()) == {"filed": 1}
    new = house.pictures()[9]
    assert new.path == house.folder / "sub" / "from a friend.png"
    assert new.record is not None
    assert new.record.recipe.prompt == made.record.recipe.prompt
    assert len(house.ids) == 4
    assert house.run() == Reconciled()


def test_a_file_that_is_being_saved_this_moment_is_left_to_its_writer(
    house: House, sealed: Seal
) -> None:
    (house.folder / "young.png").write_bytes(sealed(seed=9).file)
    house.reconciler = Reconciler()
    assert house.run() == Reconciled()


def test_what_went_out_as_an_export_is_no_new_picture(house: House, sealed: Seal) -> None:
    made = sealed(seed=9)
    path = house.folder / "for the client.png"
    path.write_bytes(made.file)
    digest = hashlib.sha256(made.file).hexdigest()
    house.gallery.note_export(made.record.id, path, digest, "Web", "2026-11-22T04:00:00+00:00")
    assert house.run() == Reconciled()


def test_pictures_in_the_trash_are_not_looked_for(house: House) -> None:
    house.run()
    house.gallery.trash([house.pictures()[2].id])
    assert house.run() == Reconciled()
    assert len(house.ids) == 2


def test_folders_that_lie_in_each_other_file_a_picture_once(
    house: House, tmp_path: Path, sealed: Seal
) -> None:
    made = sealed(seed=4)
    Writer(house.archive, house.folder / "sub", "{seed}", tmp_path / "thumbnails").save(
        made.record, made.file, made.mark
    )
    (house.folder / "sub" / "new.png").write_bytes(sealed(seed=5).file)
    assert counted(house.run()) == {"filed": 1}
    assert len(house.ids) == 5
    assert house.run() == Reconciled()


def test_a_run_that_is_cancelled_marks_nothing(house: House) -> None:
    house.run()
    (house.folder / "2.png").unlink()
    house.reconciler.cancel()
    assert house.run() == Reconciled()
    assert house.pictures()[2].presence is Presence.PRESENT


def test_two_programs_can_look_at_once(
    house: House, monkeypatch: pytest.MonkeyPatch, sealed: Seal
) -> None:
    """The other one does all of it between this one's looking and writing."""
    house.run()
    (house.folder / "2.png").rename(house.folder / "moved.png")
    (house.folder / "3.png").unlink()
    (house.folder / "new.png").write_bytes(sealed(seed=4).file)
    others: list[Reconciled] = []
    find_moves = reconcile._Comparison._matched

    def interrupted(comparison: Any) -> Any:
        if not others:
            others.append(Reconciled())
            others[0] = house.run()
        return find_moves(comparison)

    monkeypatch.setattr(reconcile._Comparison, "_matched", interrupted)
    assert house.run() == Reconciled()
    assert counted(others[0]) == {"moved": 1, "missing": 1, "filed": 1}
    assert len(house.ids) == 4
    assert {seed: each.path.name for seed, each in house.pictures().items()} == {
        1: "1.png",
        2: "moved.png",
        3: "3.png",
        4: "new.png",
    }
    assert house.run() == Reconciled()
