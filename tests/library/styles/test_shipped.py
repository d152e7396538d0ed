"""The shipped styles: enough of them, sound, and in words that the built-in model knows."""

import re

import pytest

from maquette.core.style import PLACE, Phrasing, Style, StyleGroup, check_style, put_on, take_off
from maquette.library.styles.shipped import shipped_styles
from maquette.library.vocabulary import vocabulary
from maquette.state.prompt_words import ChipKind, chips
from maquette_recipe import lexicon as lx

STYLES = shipped_styles()
ART = {StyleGroup.PAINT, StyleGroup.INK, StyleGroup.PRINT, StyleGroup.CRAFT, StyleGroup.FILM}
TABLES_EN = (
    lx.STYLE_WORK_EN, lx.STYLE_MANNER_EN, lx.SETTING_EN, lx.SETTING_TAG_EN, lx.VIEW_EN,
    lx.LIGHT_EN, lx.MOOD_EN,
)  # fmt: skip
TABLES_ZH = (lx.STYLE_ZH, lx.SETTING_ZH, lx.VIEW_ZH, lx.LIGHT_ZH, lx.MOOD_ZH)


def names(tables: tuple[lx.Words, ...]) -> set[str]:
    return {name for table in tables for row in table.values() for name in row}


def test_there_are_enough_in_every_group() -> None:
    assert len(STYLES) >= 60
    assert {style.group for style in STYLES} == set(StyleGroup)
    assert len({style.id for style in STYLES}) == len(STYLES)
    for language in ("en", "zh"):
        assert len({style.name.of(language) for style in STYLES}) == len(STYLES)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.id)
def test_each_is_sound_and_complete_in_both_languages(style: Style) -> None:
    check_style(style)
    for words in (style.name, style.prompt, style.description):
        assert words.en.isascii()
        assert words.zh
        assert not words.zh.isascii()
    assert style.author
    assert style.licence


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.id)
def test_each_speaks_only_words_that_the_model_was_taught(style: Style) -> None:
    english = re.sub(r"^an? (.*) of {prompt}$", r"\1", style.prompt.en)
    said = english.replace(PLACE, "").strip(", ").split(", ")
    assert set(said) <= names(TABLES_EN)
    chinese = style.prompt.zh.replace(PLACE, "").strip("，").split("，")
    assert {re.sub(r"^(放在|在)(.*?)[上里前下]$", r"\2", part) for part in chinese} <= names(
        TABLES_ZH
    )


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.id)
@pytest.mark.parametrize("prompt", ["a red ceramic mug", "一个红色陶瓷马克杯"])
def test_each_is_found_in_the_prompt_that_it_makes(style: Style, prompt: str) -> None:
    run = put_on(style, Phrasing(prompt)).prompt
    found = vocabulary().attributes(run)
    assert {("form", "mug"), ("colour", "red"), ("material", "ceramic")} <= found
    if style.group in ART:
        assert [field for field, _word in found].count("style") == 1
    assert take_off(style, Phrasing(run)) == Phrasing(prompt)


def test_every_art_style_of_the_model_has_one() -> None:
    said = {
        word
        for style in STYLES
        for field, word in vocabulary().attributes(style.prompt.en)
        if field == "style"
    }
    assert said == set(vocabulary().table("style"))


def test_every_light_on_the_chips_has_one() -> None:
    said = " ".join(style.prompt.en for style in STYLES)
    assert all(any(name in said for name in chip.en) for chip in chips(ChipKind.LIGHT))
