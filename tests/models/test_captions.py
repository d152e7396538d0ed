"""The caption grammar says what a scene is, and nothing else, in both languages."""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import pytest

from maquette_recipe import lexicon as lx
from maquette_recipe.captions import (
    ALL_NAMES,
    Caption,
    Language,
    caption,
    choose_names,
    sample_described,
)
from maquette_recipe.world import (
    COLOURS,
    FORMS,
    FURNITURE,
    KEEPS_MATERIAL,
    LIGHTS,
    LOSES_COLOUR,
    LOSES_SETTING,
    MATERIALS,
    METAL_COLOURS,
    MOODS,
    PAINT_COLOURS,
    PLAIN,
    SETTINGS,
    STYLES,
    TURNS,
    VIEWS,
    Attributes,
    Thing,
    is_held_out,
)

SCENE = Attributes("mug", "red", "ceramic", "wood", "three_quarter", "front", "front")
ROW = dataclasses.replace(
    SCENE, others=(Thing("vase", "blue", "glass"), Thing("bowl", "brown", "wood"))
)
TABLES: dict[str, dict[str, lx.Words]] = {
    "en": {"form": lx.FORM_EN, "view": lx.VIEW_EN, "turn": lx.TURN_EN, "mood": lx.MOOD_EN},
    "zh": {"form": lx.FORM_ZH, "view": lx.VIEW_ZH, "turn": lx.TURN_ZH, "mood": lx.MOOD_ZH},
}
STYLE_WORDS = {
    style: {*lx.STYLE_WORK_EN[style], *lx.STYLE_MANNER_EN[style], *lx.STYLE_ZH[style]}
    for style in STYLES
}


def says(text: str, word: str) -> bool:
    """Whether an English text has the word or phrase, or a Chinese text contains it."""
    return bool(re.search(rf"\b{re.escape(word)}\b", text)) if word.isascii() else word in text


def texts(
    scene: Attributes, language: Language, names: frozenset[str], count: int = 60
) -> set[str]:
    rng = np.random.default_rng(0)
    return {caption(scene, rng, language=language, names=names).text for _ in range(count)}


@pytest.fixture(scope="module")
def drawn() -> list[tuple[Attributes, Caption]]:
    rng = np.random.default_rng(3)
    scenes = [sample_described(rng) for _ in range(4000)]
    return [(scene, caption(scene, rng)) for scene in scenes]


def share(flags: list[bool]) -> float:
    return sum(flags) / len(flags)


def test_forms_of_all_objects_are_always_named(drawn: list[tuple[Attributes, Caption]]) -> None:
    for scene, said in drawn:
        forms = TABLES[said.language]["form"]
        for form in (scene.form, *(other.form for other in scene.others)):
            assert any(word in said.text for word in forms[form]), said.text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["view", "turn", "mood"])
def test_extras_are_named_exactly_when_chosen(language: Language, name: str) -> None:
    table = TABLES[language][name]
    every_word = [word for words in table.values() for word in words]
    scene = dataclasses.replace(SCENE, view="above", turn="left", light="right", mood="warm")
    for text in texts(scene, language, frozenset({"form", "colour", name})):
        assert any(word in text for word in table[getattr(scene, name)])
    for text in texts(scene, language, frozenset({"form", "colour"})):
        assert not any(word in text for word in every_word)


@pytest.mark.parametrize("colour", PAINT_COLOURS)
def test_colour_is_named_and_no_other(colour: str) -> None:
    scene = dataclasses.replace(SCENE, colour=colour)
    names = frozenset({"form", "colour"})
    others = [w for c, words in lx.COLOUR_EN.items() if c != colour for w in words]
    for text in texts(scene, "en", names):
        own = [word for word in lx.COLOUR_EN[colour] if says(text, word)]
        assert own
        assert not any(says(text, word) and not says(own[0], word) for word in others), text
    for text in texts(scene, "zh", names):
        assert any(word in text for word in lx.COLOUR_ZH[colour])


@pytest.mark.parametrize("material", MATERIALS)
def test_material_is_named_only_when_chosen(material: str) -> None:
    scene = dataclasses.replace(SCENE, material=material)
    words = {*lx.MATERIAL_EN[material], *lx.SUBSTANCE_EN[material]}
    for text in texts(scene, "en", frozenset({"form", "colour", "material"})):
        assert any(says(text, word) for word in words)
    every_word = [word for words in lx.MATERIAL_EN.values() for word in words]
    for text in texts(scene, "en", frozenset({"form", "colour"})):
        assert not any(says(text, word) for word in every_word)


def test_the_examples_of_the_window_are_in_the_language() -> None:
    wanted = "a red ceramic mug on a wooden table"
    names = frozenset({"form", "colour", "material", "setting"})
    assert wanted in texts(SCENE, "en", names, 4000)
    assert "一个红色陶瓷马克杯放在木桌上" in texts(SCENE, "zh", names, 6000)
    oil = dataclasses.replace(SCENE, style="oil")
    brief = frozenset({"form", "colour", "style"})
    assert "an oil painting of a red mug" in texts(oil, "en", brief, 2000)
    assert "红色马克杯，油画风格" in texts(oil, "zh", brief, 6000)
    lit = dataclasses.replace(SCENE, light="left", mood="soft")
    assert "a mug, soft light from the left" in texts(
        lit, "en", frozenset({"form", "light", "mood"}), 1000
    )


@pytest.mark.parametrize("form", FURNITURE)
@pytest.mark.parametrize("setting", ["wood", "marble"])
def test_furniture_stands_on_a_floor(form: str, setting: str) -> None:
    scene = dataclasses.replace(SCENE, form=form, setting=setting)
    names = frozenset({"form", "setting"})
    assert all("floor" in text for text in texts(scene, "en", names))
    assert all(re.search("地板|地面", text) for text in texts(scene, "zh", names))


def test_about_half_of_the_captions_are_chinese(drawn: list[tuple[Attributes, Caption]]) -> None:
    said = [c for _, c in drawn]
    assert 0.46 < share([c.language == "zh" for c in said]) < 0.54
    assert all(c.text.isascii() == (c.language == "en") for c in said)
    assert all(c.named <= ALL_NAMES for c in said)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_two_tones_name_the_main_colour_first(language: Language) -> None:
    scene = dataclasses.replace(SCENE, accent="white")
    main, lower = ("red|crimson", "white") if language == "en" else ("红", "白")
    both = texts(scene, language, frozenset({"form", "colour", "material", "accent"}), 300)
    assert all(re.search(f"({main}).*{lower}", text) for text in both)
    assert any("two-tone" in text or "双色" in text for text in both)
    for text in texts(scene, language, frozenset({"form", "colour"})):
        assert lower not in text


@pytest.mark.parametrize(("language", "order"), [
    ("en", "(red|crimson).*(mug|cup).*blue.*vase.*brown.*bowl"),
    ("zh", "红.*杯.*蓝.*花瓶.*(棕|褐).*碗"),
])  # fmt: skip
def test_rows_are_told_from_left_to_right(language: Language, order: str) -> None:
    for text in texts(ROW, language, frozenset({"form", "colour", "others"}), 300):
        assert re.search(order, text), text
    materials = frozenset({"form", "colour", "material", "others"})
    assert "a red ceramic mug, a blue glass vase and a brown wooden bowl" in texts(
        ROW, "en", materials, 6000
    )
    for text in texts(ROW, language, frozenset({"form", "colour"})):
        assert not re.search("vase|bowl|花瓶|碗", text)


@pytest.mark.parametrize("style", STYLES)
def test_styles_are_named_with_their_own_words(style: str) -> None:
    scene = dataclasses.replace(SCENE, style=style)
    for language in ("en", "zh"):
        for text in texts(scene, language, frozenset({"form", "style"}), 30):
            assert any(says(text, word) for word in STYLE_WORDS[style]), text


def test_plain_pictures_are_never_called_by_a_style(
    drawn: list[tuple[Attributes, Caption]],
) -> None:
    forms = {w for table in (lx.FORM_EN, lx.FORM_ZH) for words in table.values() for w in words}
    words = {w for style in STYLES if style != PLAIN for w in STYLE_WORDS[style]}
    for scene, said in drawn:
        if scene.style == PLAIN:
            text = said.text
            for form in sorted(forms, key=len, reverse=True):
                text = text.replace(form, "")
            assert not any(says(text, word) for word in words), said.text


def test_captions_keep_silent_about_what_a_style_hides(
    drawn: list[tuple[Attributes, Caption]],
) -> None:
    hidden = [said.named for scene, said in drawn if scene.style in LOSES_COLOUR]
    assert 0 < share(["colour" in named for named in hidden]) < 0.12
    assert share(["accent" in named for named in hidden]) < 0.05
    hidden = [said.named for scene, said in drawn if scene.style not in KEEPS_MATERIAL]
    assert 0 < share(["material" in named for named in hidden]) < 0.12
    hidden = [said.named for scene, said in drawn if scene.style in LOSES_SETTING]
    assert 0 < share(["setting" in named for named in hidden]) < 0.12
    assert share(["mood" in named for named in hidden]) < 0.08
    styled = [said.named for scene, said in drawn if scene.style != PLAIN]
    assert 0.92 < share(["style" in named for named in styled]) < 0.98


def test_a_tenth_of_the_captions_names_only_part() -> None:
    rng = np.random.default_rng(5)
    named = [choose_names(rng, SCENE) for _ in range(4000)]
    assert 0.08 < share([not {"colour", "material"} <= names for names in named]) < 0.12
    assert any(names == {"form"} for names in named)


def test_names_that_a_scene_has_nothing_for_are_left_out() -> None:
    said = caption(SCENE, np.random.default_rng(0), names=ALL_NAMES)
    assert said.named == ALL_NAMES - {"accent", "others"}


@pytest.mark.parametrize(
    ("tables", "values"),
    [
        ((lx.FORM_EN, lx.FORM_ZH), FORMS),
        ((lx.COLOUR_EN, lx.COLOUR_ZH), COLOURS),
        ((lx.MATERIAL_EN, lx.SUBSTANCE_EN, lx.MATERIAL_ZH), MATERIALS),
        ((*lx.METAL_EN.values(), *lx.METAL_ZH.values()), METAL_COLOURS),
        ((lx.SETTING_EN, lx.SETTING_TAG_EN, lx.SETTING_ZH), SETTINGS),
        ((lx.VIEW_EN, lx.VIEW_ZH), VIEWS),
        ((lx.TURN_EN, lx.TURN_ZH), TURNS),
        ((lx.LIGHT_EN, lx.LIGHT_ZH), LIGHTS),
        ((lx.MOOD_EN, lx.MOOD_ZH), MOODS),
        ((lx.STYLE_WORK_EN, lx.STYLE_MANNER_EN, lx.STYLE_ZH), STYLES),
    ],
)
def test_every_value_has_words_of_its_own(
    tables: tuple[lx.Words, ...], values: tuple[str, ...]
) -> None:
    meaning: dict[str, str] = {}
    for table in tables:
        assert tuple(table) == values
        for value, words in table.items():
            for word in words:
                assert meaning.setdefault(word, value) == value, word


def test_described_scenes_are_trained_ones_of_every_kind(
    drawn: list[tuple[Attributes, Caption]],
) -> None:
    scenes = [scene for scene, _ in drawn]
    assert {len(scene.others) for scene in scenes} == {0, 1, 2}
    assert {scene.style for scene in scenes} == set(STYLES)
    for scene in scenes:
        for thing in (scene, *scene.others):
            assert not is_held_out(thing.form, thing.colour, thing.material)
