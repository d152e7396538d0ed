"""What people say of pictures, and that each change can be taken back and made again."""

from collections.abc import Callable
from typing import Any

import pytest

from maquette.core.errors import InputError
from maquette.library.gallery import Gallery
from maquette.library.pictures.undo import Undo
from maquette.library.query import parse_query

Shelf = Any  # see conftest.py


@pytest.fixture
def rows(shelf: Shelf) -> list[int]:
    """Three pictures."""
    return [shelf.add(f"a mug {seed}", seed) for seed in (1, 2, 3)]


def said(gallery: Gallery, rows: list[int]) -> object:
    """All that people said of the pictures."""
    pictures = gallery.pictures(rows)
    return [(each.rating, each.tags, each.note, each.boards) for each in pictures], gallery.boards()


Change = Callable[[Gallery, list[int]], Undo]


def rate(gallery: Gallery, rows: list[int]) -> Undo:
    gallery.rate(rows[:1], 2)
    return gallery.rate(rows, 5)


def tag(gallery: Gallery, rows: list[int]) -> Undo:
    gallery.tag(rows[:2], add=["old", "both"])
    return gallery.tag(rows, add=["both", "new"], remove=["old", "unknown"])


def annotate(gallery: Gallery, rows: list[int]) -> Undo:
    gallery.annotate(rows[0], "first")
    return gallery.annotate(rows[0], "second")


def put_on_board(gallery: Gallery, rows: list[int]) -> Undo:
    board = gallery.add_board("Spring")
    gallery.put_on_board(rows[:1], board.id)
    return gallery.put_on_board(rows, board.id)


def take_off_board(gallery: Gallery, rows: list[int]) -> Undo:
    board = gallery.add_board("Spring")
    gallery.put_on_board(rows[:2], board.id)
    return gallery.take_off_board(rows, board.id)


def rename_board(gallery: Gallery, rows: list[int]) -> Undo:
    board = gallery.add_board("Spring")
    gallery.put_on_board(rows, board.id)
    return gallery.rename_board(board.id, "Summer")


def remove_board(gallery: Gallery, rows: list[int]) -> Undo:
    board = gallery.add_board("Spring")
    gallery.put_on_board(rows[1:], board.id)
    return gallery.remove_board(board.id)


@pytest.mark.parametrize(
    "change",
    [rate, tag, annotate, put_on_board, take_off_board, rename_board, remove_board],
)
def test_every_change_can_be_taken_back_and_made_again(
    gallery: Gallery, rows: list[int], monkeypatch: pytest.MonkeyPatch, change: Change
) -> None:
    states: list[object] = []

    def noting(name: str) -> None:
        method = getattr(Gallery, name)

        def noted(self: Gallery, *arguments: object, **named: object) -> object:
            states.append(said(self, rows))
            return method(self, *arguments, **named)

        monkeypatch.setattr(Gallery, name, noted)

    noting(change.__name__)
    undo = change(gallery, rows)
    before, after = states[-1], said(gallery, rows)
    assert before != after
    redo = gallery.undo(undo)
    assert said(gallery, rows) == before
    again = gallery.undo(redo)
    assert said(gallery, rows) == after
    gallery.undo(again)
    assert said(gallery, rows) == before


def test_taking_back_touches_only_what_was_changed(gallery: Gallery, rows: list[int]) -> None:
    undo = gallery.rate(rows, 4)
    assert set(undo.pictures) == set(rows)
    assert gallery.rate(rows, 4).pictures == ()
    assert gallery.tag(rows[:1], add=["a"]).pictures == (rows[0],)
    assert gallery.tag(rows, add=["a"]).pictures == tuple(rows[1:])


def test_pictures_that_are_gone_are_passed_over(gallery: Gallery, rows: list[int]) -> None:
    board = gallery.add_board("Spring")
    for undo in (
        gallery.rate([rows[0], 99], 3),
        gallery.tag([rows[0], 99], add=["a"]),
        gallery.put_on_board([rows[0], 99], board.id),
    ):
        assert undo.pictures == (rows[0],)
    assert gallery.annotate(99, "note").pictures == ()
    assert gallery.trash([99]).pictures == ()


def test_tags_differing_in_case_are_one(gallery: Gallery, rows: list[int]) -> None:
    gallery.tag(rows[:1], add=["Client A"])
    gallery.tag(rows[1:], add=["client  a"])
    assert gallery.tags() == ("Client A",)
    gallery.tag(rows, remove=["CLIENT A"])
    assert gallery.tags() == ()


@pytest.mark.parametrize("name", ["", "   ", "\0\n", "x" * 101])
def test_a_name_must_say_something_and_be_short(
    gallery: Gallery, rows: list[int], name: str
) -> None:
    with pytest.raises(InputError):
        gallery.tag(rows, add=[name])
    with pytest.raises(InputError):
        gallery.add_board(name)
    assert gallery.tags() == ()
    assert gallery.boards() == ()


def test_names_are_one_plain_line(gallery: Gallery, rows: list[int]) -> None:
    gallery.tag(rows, add=[" two\nlines \u202eand direction "])
    assert gallery.tags() == ("two lines and direction",)


def test_a_note_is_text_whatever_was_pasted(gallery: Gallery, rows: list[int]) -> None:
    gallery.annotate(rows[0], "half\ud83d of an emoji, and a whole \U0001f600")
    (picture,) = gallery.pictures(rows[:1])
    assert picture.note == "half of an emoji, and a whole \U0001f600"


def test_two_boards_have_two_names(gallery: Gallery) -> None:
    spring = gallery.add_board("Spring")
    with pytest.raises(InputError, match="already"):
        gallery.add_board("spring")
    summer = gallery.add_board("Summer")
    with pytest.raises(InputError, match="already"):
        gallery.rename_board(summer.id, "Spring")
    gallery.rename_board(spring.id, "SPRING")
    assert [board.name for board in gallery.boards()] == ["SPRING", "Summer"]


def test_a_board_that_is_gone_takes_nothing(gallery: Gallery, rows: list[int]) -> None:
    board = gallery.add_board("Spring")
    undo = gallery.remove_board(board.id)
    with pytest.raises(InputError, match="not there any more"):
        gallery.put_on_board(rows, board.id)
    gallery.add_board("Spring")
    with pytest.raises(InputError, match="already"):
        gallery.undo(undo)


def test_a_rating_is_a_number_of_stars(gallery: Gallery, rows: list[int]) -> None:
    for rating in (-1, 6):
        with pytest.raises(InputError):
            gallery.rate(rows, rating)
    with pytest.raises(InputError):
        gallery.annotate(rows[0], "x" * 10_001)


def test_a_board_does_not_count_what_is_in_the_trash(gallery: Gallery, rows: list[int]) -> None:
    board = gallery.add_board("Spring")
    gallery.put_on_board(rows, board.id)
    gallery.trash(rows[:2])
    assert [each.pictures for each in gallery.boards()] == [1]


def test_notes_and_tags_are_found_as_they_are_now(gallery: Gallery, rows: list[int]) -> None:
    undo = gallery.annotate(rows[0], "lighthouse")
    gallery.annotate(rows[0], "harbour")
    assert gallery.find(parse_query("lighthouse")).tolist() == []
    gallery.undo(undo)
    assert gallery.find(parse_query("harbour")).tolist() == []
