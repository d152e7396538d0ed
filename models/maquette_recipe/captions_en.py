"""English captions: sentences and lists of tags, with or without articles."""

from __future__ import annotations

from typing import Final

import numpy as np

from maquette_recipe import lexicon as lx
from maquette_recipe.lexicon.words import pick
from maquette_recipe.world import FURNITURE, METAL_COLOURS, PLAIN, Attributes, Thing

_VOWEL_SOUNDS: Final = ("a", "e", "i", "o", "umbrella", "hourglass", "8-bit")


def write_english(a: Attributes, named: frozenset[str], rng: np.random.Generator) -> str:
    """One English caption of `a` that states the attributes `named`, form always among them."""
    tags = rng.random() < (0.15 if "others" in named else 0.3)
    details = _details(a, named, rng)
    if tags:
        head = [_row(a, named, rng, articles=False)] if "others" in named else _tags(a, named, rng)
        text, rest = head[0], [*head[1:], *_place_tag(a, named, rng), *details]
    else:
        text = _row(a, named, rng, articles=rng.random() < 0.8)
        place = _place(a, named, rng)
        text = f"{place}, {text}" if place and rng.random() < 0.04 else f"{text} {place}".strip()
        rest = details
    parts = _styled(a, text, rest, rng) if "style" in named else [text, *rest]
    ending = ("", ",", ".")[int(rng.choice(3, p=(0.94, 0.03, 0.03)))]
    return ", ".join(parts) + ending


def _article(phrase: str) -> str:
    if phrase.split()[-1] in lx.PAIRED_EN:
        return "a pair of " + phrase
    return ("an " if phrase.startswith(_VOWEL_SOUNDS) else "a ") + phrase


def _colour(a: Thing, accent: str, rng: np.random.Generator) -> str:
    """ "red", or for two tones "red and white", "two-tone red and white"."""
    colour = pick(rng, lx.COLOUR_EN[a.colour])
    if not accent:
        return colour
    both = f"{colour} and {pick(rng, lx.COLOUR_EN[accent])}"
    return (both, f"{both} two-tone", f"two-tone {both}")[int(rng.choice(3, p=(0.4, 0.35, 0.25)))]


def _look(
    a: Thing, accent: str, named: frozenset[str], rng: np.random.Generator, words: lx.Words
) -> str:
    """Colour and material in English order, such as "red ceramic" or "polished copper".

    `words` are those for the material.
    """
    colour, material = "colour" in named, "material" in named
    if colour and material and a.colour in METAL_COLOURS and rng.random() < 0.7:
        return pick(rng, lx.METAL_EN[a.material][a.colour])
    parts = [_colour(a, accent, rng)] if colour else []
    parts += [pick(rng, words[a.material])] if material else []
    return " ".join(parts)


def _thing(
    a: Thing, accent: str, named: frozenset[str], rng: np.random.Generator, articles: bool
) -> str:
    form = pick(rng, lx.FORM_EN[a.form])
    put = _article if articles else str
    if accent and rng.random() < 0.25:
        look = _look(a, "", named, rng, lx.MATERIAL_EN)
        lower = pick(rng, lx.COLOUR_EN[accent])
        part = pick(rng, ("lower half", "bottom", "lower part"))
        return f"{put(f'{look} {form}')} with {_article(lower)} {part}"
    # In a row it would be open how many objects the words behind the last one belong to.
    if "others" not in named and {"colour", "material"} & named and rng.random() < 0.1:
        look = _look(a, accent, named, rng, lx.SUBSTANCE_EN)
        return f"{put(form)} {'made of' if 'material' in named else 'in'} {look}"
    return put(f"{_look(a, accent, named, rng, lx.MATERIAL_EN)} {form}".strip())


def _row(a: Attributes, named: frozenset[str], rng: np.random.Generator, articles: bool) -> str:
    """All objects from left to right, or the main one alone where companions are not named."""
    main = Thing(a.form, a.colour, a.material)
    accent = a.accent if "accent" in named else ""
    others = a.others if "others" in named else ()
    things = [_thing(main, accent, named, rng, articles)]
    things += [_thing(other, "", named, rng, articles) for other in others]
    first, *rest = things
    if not rest:
        return first
    drawn = rng.random()
    if drawn < 0.25:
        return f"{first} {pick(rng, ('next to', 'beside'))} {' and '.join(rest)}"
    listed = f"{', '.join(things[:-1])}{',' if len(things) > 2 and drawn < 0.4 else ''} and "
    return listed + things[-1] + (" from left to right" if drawn > 0.94 else "")


def _tags(a: Attributes, named: frozenset[str], rng: np.random.Generator) -> list[str]:
    """ "mug", "polished copper" or "polished copper mug"."""
    main = Thing(a.form, a.colour, a.material)
    accent = a.accent if "accent" in named else ""
    if rng.random() < 0.5:
        return [_thing(main, accent, named, rng, articles=False)]
    look = _look(main, accent, named, rng, lx.MATERIAL_EN)
    return [pick(rng, lx.FORM_EN[a.form]), *([look] if look else [])]


def _on_floor(a: Attributes) -> bool:
    forms = (a.form, *(other.form for other in a.others))
    return a.setting in lx.FLOOR_EN and any(form in FURNITURE for form in forms)


def _place(a: Attributes, named: frozenset[str], rng: np.random.Generator) -> str:
    if "setting" not in named:
        return ""
    return pick(rng, (lx.FLOOR_EN if _on_floor(a) else lx.SETTING_EN)[a.setting])


def _place_tag(a: Attributes, named: frozenset[str], rng: np.random.Generator) -> list[str]:
    if "setting" not in named:
        return []
    return [pick(rng, (lx.FLOOR_TAG_EN if _on_floor(a) else lx.SETTING_TAG_EN)[a.setting])]


def _details(a: Attributes, named: frozenset[str], rng: np.random.Generator) -> list[str]:
    """View, turn, light and mood in any order; light and mood may share a phrase."""
    tables = {
        "view": lx.VIEW_EN[a.view], "turn": lx.TURN_EN[a.turn], "light": lx.LIGHT_EN[a.light],
        "mood": lx.MOOD_EN[a.mood],
    }  # fmt: skip
    details = {name: pick(rng, words) for name, words in tables.items() if name in named}
    if {"light", "mood"} <= named and rng.random() < 0.5:
        details["mood"] = f"{lx.MOOD_EN[a.mood][0]} from the {a.light}"
        del details["light"]
    values = list(details.values())
    return [values[i] for i in rng.permutation(len(values))]


def _styled(a: Attributes, text: str, rest: list[str], rng: np.random.Generator) -> list[str]:
    """The caption's parts with the style in front, behind, or around the subject."""
    work = pick(rng, lx.STYLE_WORK_EN[a.style])
    manner = pick(rng, lx.STYLE_MANNER_EN[a.style])
    drawn = rng.random()
    if drawn < 0.4:
        opening = _article(work) if rng.random() < 0.8 else work
        return [f"{opening} of {text}", *rest]
    if drawn < 0.55 and a.style != PLAIN:
        one = _article(work)
        phrases = (f"in {manner} style", f"in the style of {one}", f"as {one}",
                   f"in the style of {manner}")  # fmt: skip
        return [f"{text} {pick(rng, phrases)}", *rest]
    tag = pick(rng, (manner, work))
    if a.style != PLAIN and rng.random() < 0.3:
        tag = f"{manner} style"
    if drawn < 0.65:
        return [tag, text, *rest]
    place = len(rest) if rng.random() < 0.6 else int(rng.integers(len(rest) + 1))
    return [text, *rest[:place], tag, *rest[place:]]
