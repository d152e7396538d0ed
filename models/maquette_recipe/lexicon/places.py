"""Names of settings, views, turns, lights and moods; the first one of a row is the plainest."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from maquette_recipe.lexicon.words import Words

SETTING_EN: Final[Words] = MappingProxyType({
    "grey": ("in a grey studio", "on a grey background", "on a gray background",
             "on a studio backdrop"),
    "white": ("on a white background", "on white", "in a white studio"),
    "dark": ("in a dark studio", "on a dark background", "on a black background"),
    "wood": ("on a wooden table", "on a wooden desk", "on a wood table top"),
    "beige": ("on a beige background", "on beige", "in a beige room"),
    "blue": ("on a light blue background", "on a pale blue background", "in a pale blue studio"),
    "marble": ("on a marble counter", "on a marble countertop", "on a marble table"),
    "sunset": ("at sunset", "in front of a sunset", "against a sunset sky", "at golden hour"),
})  # fmt: skip
SETTING_TAG_EN: Final[Words] = MappingProxyType({
    "grey": ("grey studio", "gray studio", "grey background", "studio"),
    "white": ("white background", "white studio"), "dark": ("dark studio", "dark background"),
    "wood": ("wooden table", "wooden desk"), "beige": ("beige background", "beige"),
    "blue": ("light blue background", "pale blue background"),
    "marble": ("marble countertop", "marble table"), "sunset": ("sunset", "sunset sky"),
})  # fmt: skip
SETTING_ZH: Final[Words] = MappingProxyType({
    "grey": ("灰色影棚", "灰色背景", "摄影棚"), "white": ("白色背景", "纯白背景", "白色影棚"),
    "dark": ("暗色影棚", "深色背景", "黑色背景"), "wood": ("木桌", "木质桌面", "木头桌子"),
    "beige": ("米色背景", "米黄色背景"), "blue": ("浅蓝色背景", "淡蓝色背景"),
    "marble": ("大理石台面", "大理石桌面"), "sunset": ("夕阳", "日落背景", "晚霞"),
})  # fmt: skip
FLOOR_EN: Final[Words] = MappingProxyType({
    "wood": ("on a wooden floor", "on wooden floorboards"), "marble": ("on a marble floor",),
})  # fmt: skip
FLOOR_TAG_EN: Final[Words] = MappingProxyType({
    "wood": ("wooden floor",), "marble": ("marble floor",),
})  # fmt: skip
FLOOR_ZH: Final[Words] = MappingProxyType({
    "wood": ("木地板",), "marble": ("大理石地面", "大理石地板"),
})  # fmt: skip
"""Furniture stands on a floor, never on a table."""

VIEW_EN: Final[Words] = MappingProxyType({
    "eye": ("at eye level", "seen straight on", "eye-level view"),
    "three_quarter": ("three-quarter view", "seen at an angle"),
    "above": ("seen from above", "from above", "top view", "high angle"),
})  # fmt: skip
VIEW_ZH: Final[Words] = MappingProxyType({
    "eye": ("平视", "平视角度"), "three_quarter": ("斜视角", "四分之三视角"),
    "above": ("俯视", "从上方看", "俯拍"),
})  # fmt: skip
TURN_EN: Final[Words] = MappingProxyType({
    "front": ("front view", "facing forward"), "left": ("turned to the left", "facing left"),
    "right": ("turned to the right", "facing right"),
})  # fmt: skip
TURN_ZH: Final[Words] = MappingProxyType({
    "front": ("正面", "正面朝前"), "left": ("朝左", "向左转"), "right": ("朝右", "向右转"),
})  # fmt: skip
LIGHT_EN: Final[Words] = MappingProxyType({
    "front": ("lit from the front", "light from the front", "front light"),
    "left": ("lit from the left", "light from the left"),
    "right": ("lit from the right", "light from the right"),
})  # fmt: skip
LIGHT_ZH: Final[Words] = MappingProxyType({
    "front": ("正面光", "顺光"), "left": ("左侧光", "光线从左边来"),
    "right": ("右侧光", "光线从右边来"),
})  # fmt: skip
MOOD_EN: Final[Words] = MappingProxyType({
    "neutral": ("neutral light", "even lighting"),
    "soft": ("soft light", "soft lighting", "diffused light"),
    "hard": ("hard light", "harsh light", "hard shadows"),
    "warm": ("warm light", "warm lighting", "warm tones"),
    "cool": ("cool light", "cold light", "cool tones"),
    "dramatic": ("dramatic light", "dramatic lighting", "moody lighting"),
})  # fmt: skip
MOOD_ZH: Final[Words] = MappingProxyType({
    "neutral": ("中性光", "均匀光线"), "soft": ("柔光", "柔和的光线"),
    "hard": ("硬光", "强烈的光线"), "warm": ("暖光", "暖色调"), "cool": ("冷光", "冷色调"),
    "dramatic": ("戏剧光", "戏剧性光线"),
})  # fmt: skip
