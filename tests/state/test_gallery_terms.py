"""Terms that buttons put into a search and take out of it again."""

import pytest

from maquette.library.query import Field, parse_query
from maquette.state.gallery_terms import completion_at, has_term, quoted, term_text, turn_term


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field.MATERIAL, "copper"),
        (Field.RATING, ">=4"),
        (Field.MODEL, "Maquette Mini"),
        (Field.TAG, "a,b: c"),
        (Field.TAG, '"quoted" words'),
        (Field.TAG, "-minus"),
        (Field.BOARD, "画板 一"),
        (Field.DATE, "week"),
        (Field.SIZE, "512x768"),
    ],
)
def test_a_term_that_is_turned_on_is_understood_and_can_be_turned_off_again(field, value):
    text = turn_term("mug -blue", field, value)
    query = parse_query(text)
    assert query.problems == ()
    assert [term.field for term in query.terms] == [Field.WORDS, Field.WORDS, field]
    assert has_term(text, field, value)
    assert turn_term(text, field, value) == "mug -blue"


def test_a_value_keeps_every_character_within_its_quotes():
    for value in ('12" plate', "“red”", "two  spaces", "a:b,c"):
        term = parse_query(f"tag:{quoted(value)}").terms[0]
        assert term.values == (value,)
        assert term.exact


def test_only_the_very_value_is_taken_out():
    text = "material:copper mug material:glass -material:copper"
    assert turn_term(text, Field.MATERIAL, "copper") == "mug material:glass -material:copper"
    assert not has_term("-material:copper material:copper,glass", Field.MATERIAL, "copper")
    assert has_term("材质:copper", Field.MATERIAL, "Copper")


@pytest.mark.parametrize(
    ("text", "field", "typed", "start"),
    [
        ("mug rat", None, "rat", 4),
        ("mug -rat", None, "rat", 5),
        ("mug rating:", Field.RATING, "", 4),
        ("mug 评分：4", Field.RATING, "4", 4),
        ('tag:"two', Field.TAG, "two", 0),
        ("nonsense:x", None, "nonsense:x", 0),
        ("", None, "", 0),
    ],
)
def test_what_is_being_typed_is_completed_where_it_stands(text, field, typed, start):
    found = completion_at(text, len(text))
    assert (found.field, found.typed, found.start, found.end) == (field, typed, start, len(text))


def test_a_term_is_written_plainly_where_that_is_understood():
    assert term_text(Field.COLOUR, "red") == "colour:red"
    assert term_text(Field.MODEL, "Studio 1.5") == 'model:"Studio 1.5"'
