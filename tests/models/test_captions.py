"""The caption grammar says what a scene is, and nothing else, in both languages."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from maquette_recipe import lexicon as lx
from maquette_recipe.captions import ALL_NAMES, Language, caption
from maquette_recipe.world import (
    COLOURS,
    FORMS,
    FURNITURE,
    MATERIALS,
    SETTINGS,
    VIEWS,
    Attributes,
    sample_attributes,
)

SCENE = Attributes("mug", "red", "ceramic", "wood", "three_quarter", "front", "front")
TABLES = {
    "en": {"form": lx.FORM_EN, "view": lx.VIEW_EN, "turn": lx.TURN_EN, "light": lx.LIGHT_EN},
    "zh": {"form": lx.FORM_ZH, "view": lx.VIEW_ZH, "turn": lx.TURN_ZH, "light": lx.LIGHT_ZH},
}


def texts(
    scene: Attributes, language: Language, names: frozenset[str], count: int = 60
) -> set[str]:
    rng = np.random.default_rng(0)
    return {caption(scene, rng, language=language, names=names).text for _ in range(count)}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_form_is_always_named_with_one_of_its_words(language: Language) -> None:
    rng = np.random.default_rng(1)
    for _ in range(300):
        scene = sample_attributes(rng)
        text = caption(scene, rng, language=language).text
        assert any(word in text for word in TABLES[language]["form"][scene.form])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["view", "turn", "light"])
def test_extras_are_named_exactly_when_chosen(language: Language, name: str) -> None:
    table = TABLES[language][name]
    every_word = [word for words in table.values() for word in words]
    scene = dataclasses.replace(SCENE, view="above", turn="left", light="right")
    for text in texts(scene, language, frozenset({"form", "colour", name})):
        assert any(word in text for word in table[getattr(scene, name)])
    for text in texts(scene, language, frozenset({"form", "colour"})):
        assert not any(word in text for word in every_word)


@pytest.mark.parametrize("colour", [c for c in COLOURS if c not in ("gold", "silver", "copper")])
def test_colour_is_named_and_no_other(colour: str) -> None:
    scene = dataclasses.replace(SCENE, colour=colour)
    names = frozenset({"form", "colour"})
    others = [w for c, words in lx.COLOUR_EN.items() if c != colour for w in words]
    for text in texts(scene, "en", names):
        words = text.split()
        assert any(set(w.split()) <= set(words) for w in lx.COLOUR_EN[colour])
        assert not set(others) & set(words)
    for text in texts(scene, "zh", names):
        assert any(word in text for word in lx.COLOUR_ZH[colour])


@pytest.mark.parametrize("material", MATERIALS)
def test_material_is_named_only_when_chosen(material: str) -> None:
    scene = dataclasses.replace(SCENE, material=material)
    for text in texts(scene, "en", frozenset({"form", "colour", "material"})):
        assert any(word in text for word in lx.MATERIAL_EN[material])
    every_word = [word for words in lx.MATERIAL_EN.values() for word in words]
    for text in texts(scene, "en", frozenset({"form", "colour"})):
        assert not any(word in text.split() for word in every_word)


def test_the_examples_of_the_window_are_in_the_language() -> None:
    wanted = "a red ceramic mug on a wooden table"
    names = frozenset({"form", "colour", "material", "setting"})
    assert wanted in texts(SCENE, "en", names, 4000)
    copper = dataclasses.replace(SCENE, colour="copper", material="metal", setting="dark")
    assert "espresso mug, polished copper, dark studio" in texts(copper, "en", names, 6000)


@pytest.mark.parametrize("form", FURNITURE)
def test_furniture_stands_on_a_floor(form: str) -> None:
    scene = dataclasses.replace(SCENE, form=form)
    names = frozenset({"form", "setting"})
    assert all("floor" in text for text in texts(scene, "en", names))
    assert all("木地板" in text for text in texts(scene, "zh", names))


def test_about_half_of_the_captions_are_chinese() -> None:
    rng = np.random.default_rng(2)
    drawn = [caption(sample_attributes(rng), rng) for _ in range(600)]
    assert 0.42 < sum(c.language == "zh" for c in drawn) / len(drawn) < 0.58
    assert all(c.text.isascii() == (c.language == "en") for c in drawn)
    assert all(c.named <= ALL_NAMES for c in drawn)


@pytest.mark.parametrize(
    ("english", "chinese", "values"),
    [
        (lx.FORM_EN, lx.FORM_ZH, FORMS),
        (lx.COLOUR_EN, lx.COLOUR_ZH, COLOURS),
        (lx.MATERIAL_EN, lx.MATERIAL_ZH, MATERIALS),
        (lx.SETTING_EN, lx.SETTING_ZH, SETTINGS),
        (lx.VIEW_EN, lx.VIEW_ZH, VIEWS),
    ],
)
def test_every_value_has_words_of_its_own(
    english: lx.Words, chinese: lx.Words, values: tuple[str, ...]
) -> None:
    for table in (english, chinese):
        assert tuple(table) == values
        words = [word for group in table.values() for word in group]
        assert len(words) == len(set(words))
