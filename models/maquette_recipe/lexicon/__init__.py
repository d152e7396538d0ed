"""Words for every attribute in English and Simplified Chinese.

The tables are read by :mod:`maquette_recipe.captions` and by what follows from it. A word stands
for exactly one value of its attribute, which a test checks.
"""

from __future__ import annotations

from typing import Final

from maquette_recipe.lexicon.forms import FORM_EN, FORM_ZH, MEASURE_ZH, PAIRED_EN
from maquette_recipe.lexicon.looks import (
    COLOUR_EN,
    COLOUR_ZH,
    MATERIAL_EN,
    MATERIAL_ZH,
    METAL_EN,
    METAL_ZH,
    SHORT_COLOUR_ZH,
    SUBSTANCE_EN,
)
from maquette_recipe.lexicon.places import (
    FLOOR_EN,
    FLOOR_TAG_EN,
    FLOOR_ZH,
    LIGHT_EN,
    LIGHT_ZH,
    MOOD_EN,
    MOOD_ZH,
    SETTING_EN,
    SETTING_TAG_EN,
    SETTING_ZH,
    TURN_EN,
    TURN_ZH,
    VIEW_EN,
    VIEW_ZH,
)
from maquette_recipe.lexicon.styles import STYLE_MANNER_EN, STYLE_WORK_EN, STYLE_ZH
from maquette_recipe.lexicon.words import Words

__all__ = [
    "COLOUR_EN", "COLOUR_ZH", "FLOOR_EN", "FLOOR_TAG_EN", "FLOOR_ZH", "FORM_EN", "FORM_ZH",
    "LIGHT_EN", "LIGHT_ZH", "MATERIAL_EN", "MATERIAL_ZH", "MEASURE_ZH", "METAL_EN", "METAL_ZH",
    "MOOD_EN", "MOOD_ZH", "PAIRED_EN", "SETTING_EN", "SETTING_TAG_EN", "SETTING_ZH",
    "SHORT_COLOUR_ZH", "STYLE_MANNER_EN", "STYLE_WORK_EN", "STYLE_ZH", "SUBSTANCE_EN", "TURN_EN",
    "TURN_ZH", "VIEW_EN", "VIEW_ZH", "Words", "chinese_words",
]  # fmt: skip

_JOINTS_ZH: Final = (
    "的", "放在", "在", "上", "前", "里", "下", "和", "旁边", "一个", "一张", "一幅", "风格",
    "双色", "拼色", "材质", "从左到右", "并排", "，", "、",
)  # fmt: skip


def chinese_words() -> list[str]:
    """Every Chinese word of the grammar, in a fixed order and without repetition."""
    tables = (
        FORM_ZH, MEASURE_ZH, COLOUR_ZH, MATERIAL_ZH, *METAL_ZH.values(), SETTING_ZH, FLOOR_ZH,
        VIEW_ZH, TURN_ZH, LIGHT_ZH, MOOD_ZH, STYLE_ZH,
    )  # fmt: skip
    words = [word for table in tables for group in table.values() for word in group]
    return list(dict.fromkeys([*_JOINTS_ZH, *words]))
