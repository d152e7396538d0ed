"""Simplified Chinese captions: sentences and lists of tags, with or without measure words."""

from __future__ import annotations

import numpy as np

from maquette_recipe import lexicon as lx
from maquette_recipe.lexicon.words import pick
from maquette_recipe.world import FURNITURE, METAL_COLOURS, PLAIN, Attributes, Thing


def write_chinese(a: Attributes, named: frozenset[str], rng: np.random.Generator) -> str:
    """One Chinese caption of `a` that states the attributes `named`, form always among them."""
    details = _details(a, named, rng)
    place = _place(a, rng) if "setting" in named else ""
    style = pick(rng, lx.STYLE_ZH[a.style]) if "style" in named else ""
    before = after = ""
    if rng.random() < (0.15 if "others" in named else 0.3):
        head = [_row(a, named, rng, False)] if "others" in named else _tags(a, named, rng)
        subject, rest = head[0], [*head[1:], *([place] if place else []), *details]
    else:
        if place:
            before, after = _around(place, rng)
        subject = _row(a, named, rng, not before and rng.random() < 0.7)
        rest = details
    parts = _styled(a, style, (before, subject, after), rest, rng)
    return _punctuated("，".join(parts), rng)


def _punctuated(text: str, rng: np.random.Generator) -> str:
    """Now and then with half-width commas, spaces for commas, or a full stop."""
    drawn = rng.random()
    if drawn < 0.1:
        return text.replace("，", ", " if drawn < 0.07 else ",")
    if drawn < 0.16:
        return text.replace("，", " ")
    return text + "。" if drawn < 0.2 else text


def _colour(colour: str, accent: str, rng: np.random.Generator) -> str:
    """ "红色", or for two tones "红白双色", "红色和白色拼色", "上红下白"."""
    if not accent:
        return pick(rng, lx.COLOUR_ZH[colour])
    short, other = lx.SHORT_COLOUR_ZH[colour], lx.SHORT_COLOUR_ZH[accent]
    long, lower = lx.COLOUR_ZH[colour][0], lx.COLOUR_ZH[accent][0]
    return pick(rng, (f"{short}{other}双色", f"{long}和{lower}双色", f"{short}{other}拼色",
                      f"{long}和{lower}", f"上{short}下{other}的"))  # fmt: skip


def _look(a: Thing, accent: str, named: frozenset[str], rng: np.random.Generator) -> str:
    colour, material = "colour" in named, "material" in named
    if colour and material and a.colour in METAL_COLOURS and rng.random() < 0.7:
        return pick(rng, lx.METAL_ZH[a.material][a.colour])
    words = [_colour(a.colour, accent, rng)] if colour else []
    words += [pick(rng, lx.MATERIAL_ZH[a.material])] if material else []
    joint = "的" if len(words) == 2 and words[0][-1] != "的" and rng.random() < 0.2 else ""
    return joint.join(words)


def _thing(
    a: Thing, accent: str, named: frozenset[str], rng: np.random.Generator, measured: bool
) -> str:
    form, look = pick(rng, lx.FORM_ZH[a.form]), _look(a, accent, named, rng)
    joint = "的" if look and look[-1] != "的" and rng.random() < 0.25 else ""
    measure = pick(rng, lx.MEASURE_ZH.get(a.form, ("一个",))) if measured else ""
    return measure + look + joint + form


def _row(a: Attributes, named: frozenset[str], rng: np.random.Generator, measured: bool) -> str:
    """All objects from left to right, or the main one alone where companions are not named."""
    main = Thing(a.form, a.colour, a.material)
    accent = a.accent if "accent" in named else ""
    others = a.others if "others" in named else ()
    things = [_thing(main, accent, named, rng, measured)]
    things += [_thing(other, "", named, rng, measured) for other in others]
    first, *rest = things
    if not rest:
        return first
    drawn = rng.random()
    if drawn < 0.2:
        return f"{first}旁边{pick(rng, ('是', '有'))}{'和'.join(rest)}"
    listed = ("、" if drawn < 0.7 else "，").join(things[:-1]) + "和" + things[-1]
    if drawn > 0.94:
        return f"从左到右：{listed}"
    return listed + "并排" if drawn > 0.9 else listed


def _tags(a: Attributes, named: frozenset[str], rng: np.random.Generator) -> list[str]:
    main = Thing(a.form, a.colour, a.material)
    accent = a.accent if "accent" in named else ""
    if rng.random() < 0.5:
        return [_thing(main, accent, named, rng, False)]
    form = pick(rng, lx.FORM_ZH[a.form])
    if rng.random() < 0.4 and {"colour", "material"} <= named and a.colour not in METAL_COLOURS:
        look = _look(main, accent, named - {"material"}, rng)
        return [look + form, pick(rng, lx.MATERIAL_ZH[a.material]) + "材质"]
    look = _look(main, accent, named, rng).removesuffix("的")
    return [form, *([look] if look else [])]


def _place(a: Attributes, rng: np.random.Generator) -> str:
    forms = (a.form, *(other.form for other in a.others))
    floor = a.setting in lx.FLOOR_ZH and any(form in FURNITURE for form in forms)
    return pick(rng, (lx.FLOOR_ZH if floor else lx.SETTING_ZH)[a.setting])


def _around(place: str, rng: np.random.Generator) -> tuple[str, str]:
    """(before the subject, after the subject): one of the two is empty."""
    surface = place.endswith(("桌", "桌面", "桌子", "台面", "地板", "地面"))
    if surface:
        inside = "上"
    elif place.endswith("影棚"):
        inside = "里"
    else:
        inside = "下" if place in ("夕阳", "晚霞") else "前"
    if rng.random() < 0.5:
        return f"{place}{inside}的", ""
    return "", f"{'，' if rng.random() < 0.3 else ''}{'放在' if surface else '在'}{place}{inside}"


def _details(a: Attributes, named: frozenset[str], rng: np.random.Generator) -> list[str]:
    tables = {
        "view": lx.VIEW_ZH[a.view], "turn": lx.TURN_ZH[a.turn], "light": lx.LIGHT_ZH[a.light],
        "mood": lx.MOOD_ZH[a.mood],
    }  # fmt: skip
    details = [pick(rng, words) for name, words in tables.items() if name in named]
    return [details[i] for i in rng.permutation(len(details))]


def _styled(
    a: Attributes, style: str, main: tuple[str, str, str], rest: list[str],
    rng: np.random.Generator,
) -> list[str]:  # fmt: skip
    """The caption's parts; the style, if any, stands in front, behind, or around the subject.

    `main` is what stands before the subject, the subject, and what stands behind it.
    """
    before, subject, after = main
    text = before + subject + after
    if not style:
        return [text, *rest]
    drawn = rng.random()
    if drawn < 0.2 and not after and not text.startswith("从"):
        measure = "一张" if style.endswith(("照片", "图", "摄影")) else "一幅"
        if text.startswith("一") or rng.random() < 0.3:
            measure = ""
        return [f"{measure}{text}的{style}", *rest]
    if drawn < 0.35 and a.style != PLAIN:
        return [f"{before}{style}风格的{subject}{after}", *rest]
    tag = f"{style}风格" if a.style != PLAIN and rng.random() < 0.5 else style
    if drawn < 0.5:
        return [tag, text, *rest]
    place = len(rest) if rng.random() < 0.6 else int(rng.integers(len(rest) + 1))
    return [text, *rest[:place], tag, *rest[place:]]
