"""The query language: what is understood, and that nothing typed ever fails."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.library.days import moments
from maquette.library.query import MAX_QUERY, MAX_TERMS, parse_query
from maquette.library.query_terms import FIELD_WORDS, Field, Range, Term


def terms(text: str) -> list[Term]:
    query = parse_query(text)
    assert query.problems == ()
    return list(query.terms)


def test_words_and_fields_are_terms_where_they_stand() -> None:
    word, style, rating = terms("mug style:ink rating:>=4")
    assert (word.field, word.values, word.start, word.end) == (Field.WORDS, ("mug",), 0, 3)
    assert (style.field, style.values, style.start, style.end) == (Field.STYLE, ("ink",), 4, 13)
    assert (rating.field, rating.ranges) == (Field.RATING, (Range(4, None),))


def test_quotes_hold_words_together_and_values_whole() -> None:
    phrase, board, open_one = terms('"red mug" board:"Client A, May" "still typing')
    assert (phrase.values, phrase.exact) == (("red mug",), True)
    assert (board.values, board.exact) == (("Client A, May",), True)
    assert (open_one.values, open_one.exact) == (("still typing",), False)


def test_a_minus_negates_and_a_comma_gives_a_choice() -> None:
    word, styles = terms("-mug -style:ink,oil")
    assert word.negated
    assert (styles.negated, styles.values) == (True, ("ink", "oil"))


def test_chinese_names_colons_and_quotes_are_understood() -> None:
    style, tag, place = terms("风格：水墨 标签：“客户 甲” 位于:回收站")
    assert (style.field, style.values) == (Field.STYLE, ("水墨",))
    assert (tag.field, tag.values, tag.exact) == (Field.TAG, ("客户 甲",), True)
    assert (place.field, place.values) == (Field.IN, ("trash",))
    assert parse_query("位于:回收站").in_trash
    assert not parse_query("-in:trash").in_trash


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4", Range(4, 4)),
        (">=4", Range(4, None)),
        ("≥4", Range(4, None)),
        (">3", Range(4, None)),
        ("<3", Range(None, 2)),
        ("<=3", Range(None, 3)),
        ("2..4", Range(2, 4)),
        ("2..", Range(2, None)),
        ("..4", Range(None, 4)),
    ],
)
def test_numbers_are_compared(text: str, expected: Range) -> None:
    assert terms(f"rating:{text}")[0].ranges == (expected,)


def test_sizes_are_exact_or_of_the_longer_side() -> None:
    exact, longer = terms("size:512x768 size:>=1024")
    assert exact.values == ("512x768",)
    assert longer.ranges == (Range(1024, None),)


def test_what_is_no_field_is_text() -> None:
    (term,) = terms("16:9")
    assert (term.field, term.values) == (Field.WORDS, ("16:9",))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("fruit:apple", "There is no field fruit"),
        ("style:", "Write after style: what to look for."),
        ("fidelity:high", "high is no fidelity"),
        ("fidelity:1.5", "1.5 is no fidelity"),
        ("fidelity:>0.2..0.4", ">0.2..0.4 is no fidelity"),
        ("rating:many", "many is no rating"),
        ("rating:9", "9 is no rating"),
        ("rating:>2..3", ">2..3 is no rating"),
        ("size:big", "big is no size"),
        ("after:soon", "soon is no date"),
        ("date:2026-13", "2026-13 is no date"),
        ("after:2026-01,2026-02", "Write one date after after: only."),
        ("in:cellar", "cellar is nothing that in: knows"),
        ("record:xyz", "xyz is no record"),
    ],
)
def test_what_is_not_understood_is_told_and_leaves_the_rest(text: str, sentence: str) -> None:
    query = parse_query(f"mug {text} red")
    (problem,) = query.problems
    assert sentence in problem.sentence
    assert query.text[problem.start : problem.end] == text
    assert [term.values for term in query.terms] == [("mug",), ("red",)]


def test_floods_are_cut_and_told() -> None:
    long = parse_query("x" * (MAX_QUERY + 1))
    assert long.terms[0].values == ("x" * MAX_QUERY,)
    assert "Only the first" in long.problems[0].sentence
    many = parse_query("a " * (MAX_TERMS + 1))
    assert len(many.terms) == MAX_TERMS
    assert "Only the first" in many.problems[0].sentence


_PIECES = st.sampled_from(
    [
        *FIELD_WORDS,
        ":",
        "：",
        '"',
        "“",
        "-",
        ",",
        "..",
        ">=",
        "<",
        "x",
        "7",
        "2026-01",
        " ",
        "*",
        "(",
        "\0",
        "NEAR",
        "AND",
        "红",
        "é",
    ]
)


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=30).map("".join)))
def test_nothing_that_can_be_typed_fails(text: str) -> None:
    query = parse_query(text)
    assert query.text == text
    for part in (*query.terms, *query.problems):
        assert 0 <= part.start < part.end <= len(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2026-03-31", "2026-03-31"),
        ("昨天", "2026-03-30", "2026-03-30"),
        ("week", "2026-03-30", "2026-04-05"),
        ("本月", "2026-03-01", "2026-03-31"),
        ("year", "2026-01-01", "2026-12-31"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2024-2-29", "2024-02-29", "2024-02-29"),
    ],
)
def test_days_are_those_of_the_place_one_is_at(text: str, first: str, last: str) -> None:
    begin, end = moments(text, datetime.date(2026, 3, 31))
    local = [datetime.datetime.fromisoformat(each).astimezone() for each in (begin, end)]
    assert local[0].isoformat().startswith(f"{first}T00:00:00")
    assert (local[1] - datetime.timedelta(seconds=1)).date().isoformat() == last
    assert begin.endswith("+00:00")


@pytest.mark.parametrize("text", ["😀", "…", "prompt:★ !!"])
def test_signs_alone_are_told_and_not_taken_for_everything(text: str) -> None:
    query = parse_query(text)
    assert any("no letter and no number" in problem.sentence for problem in query.problems)
