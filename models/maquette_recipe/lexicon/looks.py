"""Names of the colours and materials; the first one of a row is the plainest."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from maquette_recipe.lexicon.words import Words

COLOUR_EN: Final[Words] = MappingProxyType({
    "red": ("red", "bright red", "crimson"), "orange": ("orange", "bright orange"),
    "yellow": ("yellow", "bright yellow"), "green": ("green", "bright green"),
    "teal": ("teal", "turquoise"), "blue": ("blue", "cobalt blue"),
    "purple": ("purple", "violet"), "pink": ("pink", "rose pink"),
    "white": ("white", "pure white"), "black": ("black", "jet black"),
    "grey": ("grey", "gray"), "brown": ("brown", "chocolate brown"),
    "gold": ("gold", "golden"), "silver": ("silver", "silvery"),
    "copper": ("copper", "coppery"), "lime": ("lime green", "lime", "chartreuse"),
})  # fmt: skip
COLOUR_ZH: Final[Words] = MappingProxyType({
    "red": ("红色", "红", "大红色"), "orange": ("橙色", "橘色", "橙"), "yellow": ("黄色", "黄"),
    "green": ("绿色", "绿"), "teal": ("青色", "青绿色", "青"), "blue": ("蓝色", "蓝"),
    "purple": ("紫色", "紫"), "pink": ("粉色", "粉红色", "粉"), "white": ("白色", "白", "纯白色"),
    "black": ("黑色", "黑", "纯黑色"), "grey": ("灰色", "灰"), "brown": ("棕色", "褐色", "棕"),
    "gold": ("金色", "金"), "silver": ("银色", "银"), "copper": ("铜色", "铜"),
    "lime": ("黄绿色", "青柠色", "柠绿"),
})  # fmt: skip
SHORT_COLOUR_ZH: Final[Mapping[str, str]] = MappingProxyType({
    "red": "红", "orange": "橙", "yellow": "黄", "green": "绿", "teal": "青", "blue": "蓝",
    "purple": "紫", "pink": "粉", "white": "白", "black": "黑", "grey": "灰", "brown": "棕",
    "lime": "柠绿",
})  # fmt: skip
"""For words of two colours: "红白双色"."""

MATERIAL_EN: Final[Words] = MappingProxyType({
    "glossy": ("glossy plastic", "plastic", "shiny plastic", "glossy"),
    "matte": ("matte plastic", "matte", "matt"),
    "ceramic": ("ceramic", "glazed ceramic", "porcelain"),
    "metal": ("metal", "polished metal", "metallic"),
    "wood": ("wooden", "wood", "solid wood"),
    "glass": ("glass", "clear glass", "transparent glass"),
    "fabric": ("fabric", "cloth", "textile"),
    "brushed": ("brushed metal", "satin metal"),
    "frosted": ("frosted glass", "frosted"),
    "marble": ("marble", "polished marble", "veined marble"),
    "concrete": ("concrete", "raw concrete", "cement"),
    "leather": ("leather", "genuine leather"),
    "translucent": ("translucent plastic", "translucent", "semi-transparent plastic"),
})  # fmt: skip
SUBSTANCE_EN: Final[Words] = MappingProxyType({
    "glossy": ("glossy plastic", "shiny plastic", "plastic"),
    "matte": ("matte plastic", "matt plastic"),
    "ceramic": ("ceramic", "glazed ceramic", "porcelain"),
    "metal": ("metal", "polished metal"),
    "wood": ("wood", "solid wood"),
    "glass": ("glass", "clear glass"),
    "fabric": ("fabric", "cloth"),
    "brushed": ("brushed metal", "satin metal"),
    "frosted": ("frosted glass",),
    "marble": ("marble", "polished marble"),
    "concrete": ("concrete", "cement"),
    "leather": ("leather",),
    "translucent": ("translucent plastic", "semi-transparent plastic"),
})  # fmt: skip
"""Nouns, for "made of"."""
MATERIAL_ZH: Final[Words] = MappingProxyType({
    "glossy": ("塑料", "亮面塑料", "光面塑料"), "matte": ("哑光塑料", "亚光塑料", "哑光"),
    "ceramic": ("陶瓷", "瓷", "釉面陶瓷"), "metal": ("金属", "抛光金属"),
    "wood": ("木制", "木质", "木头", "实木"), "glass": ("玻璃", "透明玻璃"),
    "fabric": ("布艺", "织物", "布料"), "brushed": ("拉丝金属", "拉丝"),
    "frosted": ("磨砂玻璃", "毛玻璃", "磨砂"), "marble": ("大理石", "抛光大理石"),
    "concrete": ("混凝土", "水泥", "清水混凝土"), "leather": ("皮革", "真皮", "皮质"),
    "translucent": ("半透明塑料", "半透明"),
})  # fmt: skip

METAL_EN: Final[Mapping[str, Words]] = MappingProxyType({
    "metal": MappingProxyType({
        "gold": ("polished gold", "gold", "brass", "polished brass"),
        "silver": ("polished silver", "silver", "chrome", "stainless steel"),
        "copper": ("polished copper", "copper"),
    }),
    "brushed": MappingProxyType({
        "gold": ("brushed gold", "brushed brass"),
        "silver": ("brushed silver", "brushed steel", "brushed aluminium", "brushed aluminum"),
        "copper": ("brushed copper", "satin copper"),
    }),
})  # fmt: skip
"""By material, then colour: both in one phrase."""
METAL_ZH: Final[Mapping[str, Words]] = MappingProxyType({
    "metal": MappingProxyType({
        "gold": ("抛光黄金", "黄金", "黄铜"), "silver": ("抛光银", "纯银", "不锈钢"),
        "copper": ("抛光铜", "紫铜"),
    }),
    "brushed": MappingProxyType({
        "gold": ("拉丝黄金", "拉丝黄铜"), "silver": ("拉丝银", "拉丝不锈钢"),
        "copper": ("拉丝铜", "拉丝紫铜"),
    }),
})  # fmt: skip
