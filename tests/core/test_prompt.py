"""Prompts as people paste them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.core.prompt import clean_prompt

ANY_TEXT = st.text(st.characters(exclude_categories=[]))


@given(ANY_TEXT)
def test_the_result_can_be_stored_and_is_stable(text: str) -> None:
    cleaned = clean_prompt(text)
    cleaned.encode()  # no lone surrogates
    assert not any(unicodedata.category(character) == "Cc" for character in cleaned)
    assert cleaned == clean_prompt(cleaned)
    assert cleaned == cleaned.strip()


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("a red mug", "a red mug"),
        ("  a\n\n red\t mug ", "a red mug"),
        ("a\x00b\x1b", "ab"),
        ("mug \ud83d", "mug"),
        ("\u202eevil\u202c", "evil"),
        ("红色杯子", "红色杯子"),
        ("كوب أحمر", "كوب أحمر"),
        ("👩‍👧 mug", "👩‍👧 mug"),
        ("cafe\u0301", "café"),
        ("", ""),
    ],
)
def test_what_is_kept_and_what_is_not(pasted: str, cleaned: str) -> None:
    assert clean_prompt(pasted) == cleaned
