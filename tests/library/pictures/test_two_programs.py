"""A window and a command line on one library."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from maquette.core.errors import InputError, LibraryError
from maquette.library import database
from maquette.library.gallery import Gallery
from maquette.library.pictures import parts
from maquette.library.query import parse_query

Shelf = Any  # see conftest.py

_OTHER = """
import sys
from pathlib import Path
from maquette.library.gallery import Gallery
with Gallery.open(Path(sys.argv[1])) as gallery:
    board = gallery.add_board("from the other")
    for row in range(1, 21):
        gallery.rate([row], 3)
        gallery.tag([row], add=[f"other {row}"])
        gallery.put_on_board([row], board.id)
"""


def test_two_programs_change_one_library_at_the_same_time(
    gallery: Gallery, shelf: Shelf, file: Path
) -> None:
    rows = [shelf.add("a mug", seed) for seed in range(1, 21)]
    version = gallery.version()
    other = subprocess.Popen([sys.executable, "-c", _OTHER, str(file)])
    try:
        for row in rows:
            gallery.tag([row], add=[f"ours {row}"])
            gallery.annotate(row, f"note {row}")
            gallery.find(parse_query("mug"))
    finally:
        assert other.wait(60) == 0
    assert gallery.version() > version
    for picture in gallery.pictures(rows):
        assert picture.tags == (f"other {picture.id}", f"ours {picture.id}")
        assert (picture.rating, picture.note) == (3, f"note {picture.id}")
    assert gallery.boards()[0].pictures == 20
    assert gallery.find(parse_query('"other 7"')).tolist() == [7]
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.execute("INSERT INTO texts (texts) VALUES ('integrity-check')")


def test_a_library_that_another_program_holds_for_long_is_told(
    shelf: Shelf, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.05)
    row = shelf.add("a mug", 1)
    with Gallery.open(file) as gallery, closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="in use by another program"):
            gallery.rate([row], 5)
        assert gallery.find(parse_query("mug")).tolist() == [row]  # readers do not wait
        other.rollback()
        gallery.rate([row], 5)


def test_many_threads_search_while_one_changes(gallery: Gallery, shelf: Shelf) -> None:
    rows = [shelf.add("a mug", seed) for seed in range(10)]
    failures: list[BaseException] = []

    def search() -> None:
        try:
            for _ in range(20):
                assert len(gallery.find(parse_query("mug"))) == 10
                gallery.facets(parse_query("colour:red"))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for row in rows:
        gallery.rate([row], 2)
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_closed_library_says_so(gallery: Gallery) -> None:
    gallery.close()
    for use in (lambda: gallery.find(parse_query("")), lambda: gallery.add_board("x")):
        with pytest.raises(LibraryError, match="closed"):
            use()


def test_another_program_writes_while_very_many_are_tagged(
    gallery: Gallery, shelf: Shelf, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [shelf.add("a mug", seed) for seed in range(10)]
    gallery.tag(rows[:5], add=["old"])
    monkeypatch.setattr(parts, "AT_ONCE", 3)
    ratings: list[int] = []

    def rate_meanwhile(_: float) -> None:
        ratings.append(len(ratings) + 1)
        with Gallery.open(file) as other:
            other.rate([rows[9]], len(ratings))

    monkeypatch.setattr(parts.time, "sleep", rate_meanwhile)
    undo = gallery.tag(rows, add=["new"], remove=["old"])
    assert ratings == [1, 2, 3]
    monkeypatch.setattr(parts.time, "sleep", lambda _: None)
    assert [picture.tags for picture in gallery.pictures(rows)] == [("new",)] * 10
    assert set(undo.pictures) == set(rows)
    redo = gallery.undo(undo)
    tags = [picture.tags for picture in gallery.pictures(rows)]
    assert tags == [("old",)] * 5 + [()] * 5
    gallery.undo(redo)
    assert [picture.tags for picture in gallery.pictures(rows)] == [("new",)] * 10
    assert gallery.find(parse_query("tag:new")).tolist()


def test_a_large_change_that_fails_half_way_is_taken_back(
    gallery: Gallery, shelf: Shelf, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [shelf.add("a mug", seed) for seed in range(7)]
    board = gallery.add_board("for the client")
    monkeypatch.setattr(parts, "AT_ONCE", 3)

    def remove_the_board(_: float) -> None:
        with Gallery.open(file) as other:
            other.remove_board(board.id)

    monkeypatch.setattr(parts.time, "sleep", remove_the_board)
    with pytest.raises(InputError, match="board is not there"):
        gallery.put_on_board(rows, board.id)
    assert gallery.boards() == ()
    monkeypatch.setattr(parts.time, "sleep", lambda _: None)
    undo = gallery.rate(rows, 4)
    assert [picture.rating for picture in gallery.pictures(rows)] == [4] * 7
    gallery.undo(undo)
    assert [picture.rating for picture in gallery.pictures(rows)] == [0] * 7
