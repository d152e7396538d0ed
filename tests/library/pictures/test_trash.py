"""The trash: files move there and back whole, whatever is cut off, and only its own are deleted."""

import datetime
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maquette.core.errors import SaveError
from maquette.core.gallery import Presence
from maquette.library.gallery import Gallery
from maquette.library.pictures import trash, trash_rows
from maquette.library.query import parse_query

Shelf = Any  # see conftest.py
Find = Callable[[str], list[int]]

SOON = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)


def files(folder: Path) -> dict[str, bytes]:
    """All files below `folder`, by relative path; those of the trash without their random part."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            in_trash = path.parent.name == ".maquette-trash"
            found[f"trash/{path.name[17:]}" if in_trash else name] = path.read_bytes()
    return found


def test_a_picture_goes_to_the_trash_with_its_file_and_comes_back(
    gallery: Gallery, shelf: Shelf, find: Find
) -> None:
    row, other = shelf.add("mug", 1, name="day/杯 mug.png"), shelf.add("mug", 2, name="b.png")
    before = files(shelf.folder)
    gallery.rate([row], 4)
    undo = gallery.trash([row])
    assert undo.notices == ()
    assert find("") == [other]
    assert find("in:trash") == find("in:trash rating:4") == [row]
    assert files(shelf.folder) == {
        "trash/杯 mug.png": b"bytes of day/\xe6\x9d\xaf mug.png",
        "b.png": b"bytes of b.png",
    }
    (picture,) = gallery.pictures([row])
    assert picture.trashed
    assert picture.path.read_bytes() == before["day/杯 mug.png"]
    redo = gallery.undo(undo)
    assert files(shelf.folder) == before
    assert find("") == [other, row]
    (picture,) = gallery.pictures([row])
    assert (picture.trashed, picture.rating) == ("", 4)
    assert picture.path == shelf.folder / "day" / "杯 mug.png"
    gallery.undo(redo)
    assert find("in:trash") == [row]


def test_a_name_that_was_taken_meanwhile_is_not_overwritten(
    gallery: Gallery, shelf: Shelf, find: Find
) -> None:
    row = shelf.add("mug", 1, name="a.png")
    gallery.trash([row])
    newer = shelf.add("mug", 2, name="a.png")  # the name is free for new pictures
    (shelf.folder / "a-2.png").write_bytes(b"somebody's")
    gallery.restore([row])
    assert [each.path.name for each in gallery.pictures([row, newer])] == ["a-3.png", "a.png"]
    assert files(shelf.folder)["a-2.png"] == b"somebody's"
    assert files(shelf.folder)["a-3.png"] == b"bytes of a.png"


def test_a_file_that_vanished_is_told_and_keeps_nothing_up(
    gallery: Gallery, shelf: Shelf, find: Find
) -> None:
    gone, there = shelf.add("mug", 1, name="gone.png"), shelf.add("mug", 2, name="there.png")
    (shelf.folder / "gone.png").unlink()
    undo = gallery.trash([gone, there])
    assert find("in:trash") == [there, gone]
    assert undo.notices == (
        "gone.png is not there any more; its picture is in the trash without it.",
    )
    back = gallery.undo(undo)
    assert "gone.png" not in files(shelf.folder)
    assert len(back.notices) == 1
    assert find("in:missing") == [gone]
    assert find("") == [there, gone]


def test_a_folder_that_cannot_be_written_leaves_all_as_it_was(
    gallery: Gallery, shelf: Shelf, find: Find
) -> None:
    row = shelf.add("mug", 1, name="a.png")
    (shelf.folder / ".maquette-trash").write_text("a file where the trash is to be")
    with pytest.raises(SaveError, match="could not be moved"):
        gallery.trash([row])
    assert find("") == [row]
    assert find("in:trash") == []
    assert gallery.pictures([row])[0].path.read_bytes() == b"bytes of a.png"


def test_a_trash_that_leads_elsewhere_is_not_used(
    gallery: Gallery, shelf: Shelf, find: Find, tmp_path: Path
) -> None:
    row = shelf.add("mug", 1, name="a.png")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (shelf.folder / ".maquette-trash").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(SaveError):
        gallery.trash([row])
    assert find("") == [row]
    assert list(elsewhere.iterdir()) == []
    assert files(shelf.folder)["a.png"] == b"bytes of a.png"


def test_a_disk_that_is_away_loses_nothing(
    gallery: Gallery, shelf: Shelf, find: Find, tmp_path: Path
) -> None:
    row, other = shelf.add("mug", 1, name="a.png"), shelf.add("mug", 2, name="b.png")
    gallery.trash([row])
    away = shelf.folder.rename(tmp_path / "away")
    with pytest.raises(SaveError):
        gallery.restore([row])
    with pytest.raises(SaveError):
        gallery.trash([other])
    purged = gallery.purge(SOON)
    assert purged.pictures == ()
    assert "could not be emptied" in purged.notices[0]
    assert find("in:trash") == [row]
    away.rename(shelf.folder)
    gallery.restore([row])
    assert sorted(files(shelf.folder)) == ["a.png", "b.png"]


def test_emptying_deletes_what_is_old_enough_and_nothing_else(
    gallery: Gallery, shelf: Shelf, find: Find
) -> None:
    old, new, kept = (shelf.add("mug", seed, name=f"{seed}.png") for seed in (1, 2, 3))
    gallery.trash([old])
    with gallery._connections.writing() as connection:
        connection.execute("UPDATE pictures SET trashed = '2026-01-01' WHERE id = ?", (old,))
    gallery.trash([new])
    (shelf.folder / ".maquette-trash" / "a note of mine.txt").write_text("mine")
    month_ago = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=30)
    purged = gallery.purge(month_ago)
    assert (purged.pictures, purged.file_bytes) == ((old,), len(b"bytes of 1.png"))
    assert find("in:trash") == [new]
    assert gallery.pictures([old]) == []
    assert gallery.find(parse_query("name:1")).tolist() == []
    gallery.purge(SOON)
    assert find("in:trash") == []
    assert find("") == [kept]
    assert files(shelf.folder)["3.png"] == b"bytes of 3.png"
    left = [path.name for path in (shelf.folder / ".maquette-trash").iterdir()]
    assert left == ["a note of mine.txt"]


def test_an_empty_trash_leaves_no_folder(gallery: Gallery, shelf: Shelf) -> None:
    gallery.trash([shelf.add("mug", 1, name="a.png")])
    gallery.purge(SOON)
    assert list(shelf.folder.iterdir()) == []


def test_a_row_that_names_no_file_of_the_trash_deletes_none(gallery: Gallery, shelf: Shelf) -> None:
    row = shelf.add("mug", 1, name="a.png")
    precious = shelf.folder.parent / "precious.txt"
    precious.write_text("precious")
    for path in ("../precious.txt", ".maquette-trash/../a.png", ".maquette-trash/x/../../a.png"):
        with gallery._connections.writing() as connection:
            connection.execute(
                "UPDATE pictures SET trashed = '2026-01-01T00:00:00+00:00', path = ?,"
                " origin = 'a.png' WHERE id = ?",
                (path, row),
            )
        assert gallery.purge(SOON).pictures == ()
        assert precious.exists()
        assert (shelf.folder / "a.png").exists()


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


@pytest.mark.parametrize("moment", ["before", "linked", "after"])
@pytest.mark.parametrize("way", ["to the trash", "back"])
def test_what_was_cut_off_is_finished_when_the_library_is_opened(
    gallery: Gallery,
    shelf: Shelf,
    find: Find,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
    moment: str,
) -> None:
    row = shelf.add("mug", 1, name="day/a.png")
    before = files(shelf.folder)
    if way == "back":
        gallery.trash([row])
    move = trash_rows.move

    def killed(source: Path, target: Path) -> None:
        if moment == "linked":
            target.parent.mkdir(exist_ok=True)
            os.link(source, target)
        elif moment == "after":
            move(source, target)
        raise Killed

    monkeypatch.setattr(trash_rows, "move", killed)
    with pytest.raises(Killed):
        gallery.trash([row]) if way == "to the trash" else gallery.restore([row])
    monkeypatch.undo()
    with Gallery.open(file) as opened:
        everything, thrown = (opened.find(parse_query(text)).tolist() for text in ("", "in:trash"))
        (picture,) = opened.pictures([row])
    assert picture.path.read_bytes() == b"bytes of day/a.png"
    if way == "to the trash":
        assert (everything, thrown) == ([], [row])
        assert files(shelf.folder) == {"trash/a.png": b"bytes of day/a.png"}
    else:
        assert (everything, thrown) == ([row], [])
        assert files(shelf.folder) == before
    gallery.undo(gallery.trash([row]) if everything else gallery.restore([row]))


def test_a_name_taken_after_the_cut_belongs_to_who_took_it(
    gallery: Gallery, shelf: Shelf, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trashed, back = shelf.add("mug", 1, name="a.png"), shelf.add("mug", 2, name="b.png")
    gallery.trash([back])

    def killed(source: Path, target: Path) -> None:
        raise Killed

    monkeypatch.setattr(trash_rows, "move", killed)
    for change, row in ((gallery.trash, trashed), (gallery.restore, back)):
        with pytest.raises(Killed):
            change([row])
    monkeypatch.undo()
    for name in ("a.png", "b.png"):
        (shelf.folder / name).write_bytes(b"somebody's")
    with Gallery.open(file) as opened:
        first, second = opened.pictures([trashed, back])
    assert first.trashed
    assert second.path.name == "b-2.png"
    assert second.path.read_bytes() == b"bytes of b.png"
    assert files(shelf.folder)["a.png"] == files(shelf.folder)["b.png"] == b"somebody's"


def test_opening_without_the_disk_waits_for_it(
    gallery: Gallery, shelf: Shelf, file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    row = shelf.add("mug", 1, name="a.png")
    gallery.trash([row])
    monkeypatch.setattr(trash_rows, "move", lambda source, target: (_ for _ in ()).throw(Killed))
    with pytest.raises(Killed):
        gallery.restore([row])
    monkeypatch.undo()
    away = shelf.folder.rename(tmp_path / "away")
    Gallery.open(file).close()
    away.rename(shelf.folder)
    with Gallery.open(file) as opened:
        (picture,) = opened.pictures([row])
    assert picture.path.read_bytes() == b"bytes of a.png"
    assert picture.presence is Presence.PRESENT


_BUSY = """
import itertools, sys
from pathlib import Path
from maquette.library.gallery import Gallery
with Gallery.open(Path(sys.argv[1])) as gallery:
    print("ready", flush=True)
    for turn in itertools.count():
        rows = [1 + (turn + each) % 30 for each in range(5)]
        gallery.undo(gallery.trash(rows))
        gallery.trash(rows[:2])
        gallery.restore(rows[1:])
"""


def test_no_file_is_lost_or_doubled_when_the_program_is_killed(
    gallery: Gallery, shelf: Shelf, find: Find, file: Path
) -> None:
    rows = [shelf.add("mug", seed, name=f"day/{seed}.png") for seed in range(30)]
    for turn in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", _BUSY, str(file)], stdout=subprocess.PIPE
        ) as busy:
            assert busy.stdout is not None
            busy.stdout.readline()
            time.sleep(0.02 + 0.037 * turn)
            busy.kill()
    Gallery.open(file).close()
    assert sorted(find("") + find("in:trash")) == rows
    assert find("in:missing") == []
    for picture in gallery.pictures(rows):
        number = rows.index(picture.id)
        assert picture.path.read_bytes() == f"bytes of day/{number}.png".encode()
        assert (picture.path.parent.name == ".maquette-trash") == bool(picture.trashed)
    assert len([path for path in shelf.folder.rglob("*") if path.is_file()]) == 30


def test_emptying_the_trash_leaves_what_another_program_is_just_throwing_away(
    gallery: Gallery, shelf: Shelf, find: Find, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, old = shelf.add("mug", 1, name="a.png"), shelf.add("mug", 2, name="b.png")
    gallery.trash([old])
    moved = trash_rows.move

    def move_late(source: Path, target: Path) -> None:
        """The other program empties the trash between the row and its file."""
        with Gallery.open(file) as other:
            assert other.purge(SOON).pictures == (old,)
        moved(source, target)

    monkeypatch.setattr(trash_rows, "move", move_late)
    # What opening the library finishes must not hide it.
    monkeypatch.setattr(trash, "mend", lambda _: None)
    undo = gallery.trash([row])
    monkeypatch.undo()
    assert files(shelf.folder) == {"trash/a.png": b"bytes of a.png"}
    assert find("in:trash") == [row]
    gallery.undo(undo)
    assert files(shelf.folder) == {"a.png": b"bytes of a.png"}
