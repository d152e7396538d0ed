"""An index made anew from the files keeps what people said, and so does a daily copy of it."""

import datetime
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from maquette.core.errors import LibraryError
from maquette.core.gallery import Presence
from maquette.library.gallery import Gallery
from maquette.library.pictures.backups import back_up, backups
from maquette.library.pictures.carry_over import carry_over
from maquette.library.query import parse_query
from maquette.library.store import Library, NewPicture

Shelf = Any  # see conftest.py
TODAY = datetime.date(2026, 11, 22)


def rebuilt(shelf: Shelf, file: Path, *seeds_and_names: tuple[int, str]) -> Path:
    """A new index that knows the files of these names, as a rebuild reads them."""
    new = file.with_name("new.sqlite3")
    with Library.open(new) as library:
        for seed, name in seeds_and_names:
            content = (shelf.folder / name).read_bytes()
            picture = NewPicture(
                folder=shelf.folder,
                path=Path(name),
                record=shelf.record("a mug", seed),
                file_bytes=len(content),
                file_sha256=sha256(content).hexdigest(),
                pixel_sha256="",
            )
            with library.adding(picture):
                pass
    return new


def find(gallery: Gallery, text: str) -> list[str]:
    """The names of the files that are found."""
    return [each.path.name for each in gallery.pictures(gallery.find(parse_query(text)))]


def test_what_people_said_comes_along(gallery: Gallery, shelf: Shelf, file: Path) -> None:
    stayed = shelf.add("a mug", 1, name="stayed.png", job="job 1")
    moved = shelf.add("a mug", 2, name="moved.png")
    edited = shelf.add("a mug", 3, name="edited.png")
    lost = shelf.add("a mug", 4, name="lost.png")
    forgotten = shelf.add("a mug", 5, name="forgotten.png")
    thrown = shelf.add("a mug", 6, name="thrown.png")
    for rating, row in enumerate((stayed, moved, edited, lost), 1):
        gallery.rate([row], rating)
    gallery.tag([moved, thrown], add=["Client A"])
    gallery.annotate(stayed, "lighthouse")
    empty, spring = gallery.add_board("Empty"), gallery.add_board("Spring")
    gallery.put_on_board([moved, lost], spring.id)
    record_id = shelf.record("a mug", 1).id
    gallery.note_export(record_id, Path("/out/a.jpg"), "ab" * 32, "Web", "2026-03-02T00:00:00Z")
    gallery.trash([thrown])
    folder = shelf.folder
    (folder / "sub").mkdir()
    (folder / "moved.png").rename(folder / "sub" / "renamed.png")
    (folder / "edited.png").write_bytes(b"other bytes")
    (folder / "lost.png").unlink()
    (folder / "forgotten.png").unlink()
    new = rebuilt(shelf, file, (3, "edited.png"), (1, "stayed.png"), (2, "sub/renamed.png"))
    carried = carry_over(file, new)
    assert (carried.known, carried.kept, carried.exports) == (3, 2, 1)
    assert carry_over(file, new).kept == 0  # a second time adds nothing
    with Gallery.open(new) as opened:
        for rating, name in enumerate(("stayed", "renamed", "edited", "lost"), 1):
            assert find(opened, f"rating:{rating}") == [f"{name}.png"]
        assert find(opened, "tag:client") == ["renamed.png"]
        assert find(opened, "lighthouse") == ["stayed.png"]
        assert sorted(find(opened, "board:spring")) == ["lost.png", "renamed.png"]
        assert [(each.id, each.name) for each in opened.boards()] == [
            (empty.id, "Empty"),
            (spring.id, "Spring"),
        ]
        assert find(opened, "in:missing") == ["lost.png"]
        assert find(opened, "in:exported") == ["stayed.png"]
        assert find(opened, "forgotten") == []
        (in_trash,) = opened.pictures(opened.find(parse_query("in:trash tag:client")))
        opened.restore([in_trash.id])
        assert (folder / "thrown.png").exists()
    with Library.open(new) as library:
        made = library.made_by_job("job 1")
        assert made is not None
        assert made.path.name == "stayed.png"
    assert forgotten


def test_copies_of_one_file_keep_their_own(gallery: Gallery, shelf: Shelf, file: Path) -> None:
    one, two = shelf.add("a mug", 1, name="one.png"), shelf.add("a mug", 1, name="two.png")
    for name in ("one.png", "two.png"):
        (shelf.folder / name).write_bytes(b"the same")
    with gallery._connections.writing() as connection:
        connection.execute(
            "UPDATE pictures SET file_sha256 = ?", (sha256(b"the same").hexdigest(),)
        )
    gallery.rate([one], 1)
    gallery.rate([two], 2)
    new = rebuilt(shelf, file, (1, "two.png"), (1, "one.png"))
    carry_over(file, new)
    with Gallery.open(new) as opened:
        assert find(opened, "rating:1") == ["one.png"]
        assert find(opened, "rating:2") == ["two.png"]


def test_what_the_new_index_says_stays(gallery: Gallery, shelf: Shelf, file: Path) -> None:
    row = shelf.add("a mug", 1, name="a.png")
    gallery.rate([row], 1)
    gallery.annotate(row, "old")
    new = rebuilt(shelf, file, (1, "a.png"))
    with Gallery.open(new) as opened:
        opened.rate([1], 5)
        carry_over(file, new)
        (picture,) = opened.pictures([1])
        assert (picture.rating, picture.note) == (5, "old")


def test_pictures_of_a_disk_that_is_away_come_along(
    gallery: Gallery, shelf: Shelf, file: Path
) -> None:
    shelf.add("a mug", 1, name="a.png")
    shelf.folder.rename(shelf.folder.with_name("unmounted"))
    new = rebuilt(shelf, file)
    assert carry_over(file, new).kept == 1
    with Gallery.open(new) as opened:
        (picture,) = opened.pictures(opened.find(parse_query("mug")))
        assert picture.presence is Presence.MISSING


def test_an_index_that_cannot_be_read_changes_nothing(
    gallery: Gallery, shelf: Shelf, file: Path, tmp_path: Path
) -> None:
    shelf.add("a mug", 1, name="a.png")
    new = rebuilt(shelf, file, (1, "a.png"))
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"no database " * 1000)
    newer = tmp_path / "newer.sqlite3"
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 99")
    for old, words in ((broken, "cannot be read"), (newer, "newer version"), (tmp_path, "no lib")):
        with pytest.raises(LibraryError, match=words):
            carry_over(old, new)
    with Gallery.open(new) as opened:
        assert find(opened, "") == ["a.png"]


def test_an_index_of_before_has_nothing_to_carry(tmp_path: Path, file: Path) -> None:
    old = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA user_version = 1")
    Gallery.open(file).close()
    assert carry_over(old, file).known == 0


def test_three_days_are_kept_and_each_is_whole(gallery: Gallery, shelf: Shelf, file: Path) -> None:
    made = []
    for day in range(5):
        row = shelf.add("a mug", day, name=f"{day}.png")
        gallery.rate([row], 5)
        made.append(back_up(file, TODAY + datetime.timedelta(days=day)))
        assert back_up(file, TODAY + datetime.timedelta(days=day)) is None
    assert backups(file) == made[:1:-1]
    with Gallery.open(backups(file)[-1]) as opened:
        assert find(opened, "rating:5") == ["2.png", "1.png", "0.png"]
    leftover = {each.name for each in file.parent.iterdir()} - {each.name for each in backups(file)}
    assert not [name for name in leftover if "backup" in name]


def test_a_library_that_did_not_change_is_not_copied_again(
    gallery: Gallery, shelf: Shelf, file: Path
) -> None:
    row = shelf.add("a mug", 1, name="a.png")
    assert gallery.back_up() is not None
    assert back_up(file, TODAY + datetime.timedelta(days=400)) is None
    gallery.rate([row], 3)
    assert back_up(file, TODAY + datetime.timedelta(days=401)) is not None


def test_copies_of_days_to_come_push_out_no_new_one(
    gallery: Gallery, shelf: Shelf, file: Path
) -> None:
    made = []
    for number, day in enumerate((400, 401, 402, 0, 1)):  # the clock was wrong, and was set back
        gallery.rate([shelf.add("a mug", number, name=f"{number}.png")], 5)
        made.append(back_up(file, TODAY + datetime.timedelta(days=day)))
    assert set(made[-2:]) < set(backups(file))
    assert len(backups(file)) == 3


def test_a_damaged_copy_does_not_keep_the_next_from_being_made(
    gallery: Gallery, shelf: Shelf, file: Path
) -> None:
    shelf.add("a mug", 1, name="a.png")
    damaged = back_up(file, TODAY)
    assert damaged is not None
    damaged.write_bytes(b"no database" * 1000)
    assert back_up(file, TODAY + datetime.timedelta(days=1)) is not None


def test_a_damaged_library_replaces_no_backup(shelf: Shelf, file: Path, tmp_path: Path) -> None:
    with Gallery.open(file) as gallery:
        for number in range(50):
            gallery.rate([shelf.add("a mug", number, name=f"{number}.png")], 3)
        good = back_up(file, TODAY)
    assert good is not None
    damaged = tmp_path / "damaged" / "library.sqlite3"
    damaged.parent.mkdir()
    with closing(sqlite3.connect(good)) as source, closing(sqlite3.connect(damaged)) as target:
        source.backup(target)
    content = bytearray(damaged.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 8192] = bytes(8192)
    damaged.write_bytes(content)
    with pytest.raises(LibraryError, match="could not be backed up"):
        back_up(damaged, TODAY)
    assert backups(damaged) == []
    assert [each.name for each in damaged.parent.iterdir()] == ["library.sqlite3"]


def test_looking_after_empties_what_is_old_and_makes_a_copy(
    gallery: Gallery, shelf: Shelf, file: Path
) -> None:
    old, new = shelf.add("a mug", 1, name="old.png"), shelf.add("a mug", 2, name="new.png")
    gallery.trash([old, new])
    with gallery._connections.writing() as connection:
        connection.execute("UPDATE pictures SET trashed = '2026-01-01' WHERE id = ?", (old,))
    assert gallery.look_after(0) == ()
    assert gallery.count(parse_query("in:trash")) == 2
    assert gallery.look_after(30) == ()
    assert gallery.find(parse_query("in:trash")).tolist() == [new]
    assert len(backups(file)) == 1
