"""One caption grammar for English and Simplified Chinese.

:func:`caption` draws one of many phrasings for a scene. A caption names the form and a random
choice of the other attributes; it never names a value that the scene does not have.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final, Literal

import numpy as np

from maquette_recipe import lexicon as lx
from maquette_recipe.world import FURNITURE, METAL_COLOURS, TURNING_FORMS, Attributes

Language = Literal["en", "zh"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption and the names of the attributes that it states."""

    text: str
    language: Language
    named: frozenset[str]


ALL_NAMES: Final = frozenset(f.name for f in fields(Attributes))
MAIN_NAMES: Final = frozenset({"form", "colour", "material", "setting"})


def choose_names(rng: np.random.Generator, form: str) -> frozenset[str]:
    """Decide which attributes a caption states; the form is always one of them."""
    names = {"form"}
    if rng.random() < 0.13:  # a partial caption
        names |= {n for n in ("colour", "material", "setting") if rng.random() < 0.4}
    else:
        names |= {"colour", "material"}
        if rng.random() < 0.85:
            names.add("setting")
    if rng.random() < 0.4:
        names.add("view")
    if form in TURNING_FORMS and rng.random() < 0.2:
        names.add("turn")
    if rng.random() < 0.15:
        names.add("light")
    return frozenset(names)


def caption(
    attributes: Attributes,
    rng: np.random.Generator,
    *,
    language: Language | None = None,
    names: frozenset[str] | None = None,
) -> Caption:
    """Draw a caption for a scene.

    `language` is drawn evenly when not given; `names` are the attributes to state (drawn by
    :func:`choose_names` when not given).
    """
    chosen = language or LANGUAGES[int(rng.integers(2))]
    named = (names or choose_names(rng, attributes.form)) | {"form"}
    write = _english if chosen == "en" else _chinese
    return Caption(write(attributes, named, rng), chosen, frozenset(named))


def _pick(rng: np.random.Generator, words: tuple[str, ...]) -> str:
    """One of `words`; the plain first one about half the time."""
    return words[0] if rng.random() < 0.35 else words[int(rng.integers(len(words)))]


def _article(phrase: str) -> str:
    return ("an " if phrase[0] in "aeiou" else "a ") + phrase


def _look_en(a: Attributes, named: frozenset[str], rng: np.random.Generator) -> str:
    """Colour and material words, in English order: "red ceramic", "polished copper"."""
    colour, material = "colour" in named, "material" in named
    if colour and material and a.colour in METAL_COLOURS and rng.random() < 0.7:
        return _pick(rng, lx.METAL_EN[a.colour])
    words = [_pick(rng, lx.COLOUR_EN[a.colour])] if colour else []
    words += [_pick(rng, lx.MATERIAL_EN[a.material])] if material else []
    return " ".join(words)


def _extras_en(a: Attributes, named: frozenset[str], rng: np.random.Generator) -> list[str]:
    tables = (("view", lx.VIEW_EN, a.view), ("turn", lx.TURN_EN, a.turn),
              ("light", lx.LIGHT_EN, a.light))  # fmt: skip
    extras = [_pick(rng, table[value]) for name, table, value in tables if name in named]
    return [extras[i] for i in rng.permutation(len(extras))]


def _english(a: Attributes, named: frozenset[str], rng: np.random.Generator) -> str:
    form = _pick(rng, lx.FORM_EN[a.form])
    look = _look_en(a, named, rng)
    extras = _extras_en(a, named, rng)
    floor = a.setting == "wood" and a.form in FURNITURE
    if rng.random() < 0.3:  # tags: "mug, polished copper, dark studio"
        tags = [form, *([look] if look else [])] if rng.random() < 0.5 else [f"{look} {form}"]
        if "setting" in named:
            tags.append(_pick(rng, lx.FLOOR_TAG_EN if floor else lx.SETTING_TAG_EN[a.setting]))
        return ", ".join([*(t.strip() for t in tags), *extras])
    if look and rng.random() < 0.12:
        subject = f"{_article(form)} made of {look}" if "colour" not in named else (
            f"{_article(form)} in {look}")  # fmt: skip
    else:
        subject = _article(f"{look} {form}".strip())
    opening = ("", "", "", "a photo of ", "a render of ", "product shot of ")[int(rng.integers(6))]
    text = opening + subject
    if "setting" in named:
        text += " " + _pick(rng, lx.FLOOR_EN if floor else lx.SETTING_EN[a.setting])
    return ", ".join([text, *extras])


def _look_zh(a: Attributes, named: frozenset[str], rng: np.random.Generator) -> str:
    colour, material = "colour" in named, "material" in named
    if colour and material and a.colour in METAL_COLOURS and rng.random() < 0.7:
        return _pick(rng, lx.METAL_ZH[a.colour])
    words = [_pick(rng, lx.COLOUR_ZH[a.colour])] if colour else []
    words += [_pick(rng, lx.MATERIAL_ZH[a.material])] if material else []
    joint = "的" if len(words) == 2 and rng.random() < 0.15 else ""
    return joint.join(words)


def _place_zh(place: str, rng: np.random.Generator) -> tuple[str, str]:
    """(before the subject, after the subject): one of the two is empty."""
    surface = not place.endswith(("背景", "影棚", "摄影棚"))
    inside = "上" if surface else "前" if place.endswith("背景") else "里"
    if rng.random() < 0.5:
        return f"{place}{inside}的", ""
    verb = "放在" if surface else "在"
    return "", f"{verb}{place}{inside}"


def _chinese(a: Attributes, named: frozenset[str], rng: np.random.Generator) -> str:
    form = _pick(rng, lx.FORM_ZH[a.form])
    look = _look_zh(a, named, rng)
    tables = (("view", lx.VIEW_ZH, a.view), ("turn", lx.TURN_ZH, a.turn),
              ("light", lx.LIGHT_ZH, a.light))  # fmt: skip
    extras = [_pick(rng, table[value]) for name, table, value in tables if name in named]
    extras = [extras[i] for i in rng.permutation(len(extras))]
    floor = a.setting == "wood" and a.form in FURNITURE
    place = _pick(rng, lx.FLOOR_ZH if floor else lx.SETTING_ZH[a.setting])
    if rng.random() < 0.3:  # tags
        tags = [form, *([look] if look else [])] if rng.random() < 0.5 else [look + form]
        return "，".join([*tags, *([place] if "setting" in named else []), *extras])
    joint = "的" if look and rng.random() < 0.25 else ""
    subject = look + joint + form
    before, after = _place_zh(place, rng) if "setting" in named else ("", "")
    if not before and rng.random() < 0.7:
        subject = _pick(rng, lx.MEASURE_ZH.get(a.form, ("一个",))) + subject
    return "，".join([before + subject + after, *extras])
