"""Words for every attribute in English and Simplified Chinese; the first one is the plainest.

The tables are read by :mod:`maquette_recipe.captions` only. A word may stand for exactly one
value of its attribute, which a test checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

Words = Mapping[str, tuple[str, ...]]

FORM_EN: Final[Words] = MappingProxyType(
    {
        "mug": ("mug", "coffee mug", "espresso mug", "cup"),
        "bowl": ("bowl", "soup bowl"),
        "vase": ("vase", "flower vase"),
        "bottle": ("bottle", "tall bottle"),
        "teapot": ("teapot", "tea pot"),
        "goblet": ("goblet", "chalice", "wine goblet"),
        "lamp": ("table lamp", "lamp", "desk lamp"),
        "stool": ("stool", "round stool"),
        "chair": ("chair", "dining chair"),
        "table": ("side table", "coffee table", "table"),
        "clock": ("alarm clock", "clock"),
        "speaker": ("speaker", "loudspeaker"),
        "candle": ("candle", "pillar candle"),
        "planter": ("planter", "potted plant", "plant pot"),
        "car": ("toy car", "car"),
        "perfume": ("perfume bottle", "perfume flacon"),
    }
)
FORM_ZH: Final[Words] = MappingProxyType(
    {
        "mug": ("马克杯", "杯子", "咖啡杯"),
        "bowl": ("碗", "汤碗"),
        "vase": ("花瓶",),
        "bottle": ("瓶子", "长瓶"),
        "teapot": ("茶壶",),
        "goblet": ("高脚杯", "酒杯"),
        "lamp": ("台灯", "灯"),
        "stool": ("凳子", "圆凳"),
        "chair": ("椅子", "餐椅"),
        "table": ("桌子", "茶几", "边桌"),
        "clock": ("闹钟", "时钟"),
        "speaker": ("音箱", "扬声器"),
        "candle": ("蜡烛",),
        "planter": ("花盆", "盆栽"),
        "car": ("玩具车", "小汽车"),
        "perfume": ("香水瓶", "香水"),
    }
)
MEASURE_ZH: Final[Words] = MappingProxyType({
    "lamp": ("一盏", "一个"), "chair": ("一把", "一个"), "table": ("一张", "一个"),
    "stool": ("一张", "一个"), "teapot": ("一把", "一个"), "candle": ("一支", "一个"),
    "car": ("一辆", "一个"), "bowl": ("一只", "一个"), "mug": ("一个", "一只"),
    "perfume": ("一瓶", "一个"), "planter": ("一个", "一盆"),
})  # fmt: skip
"""Chinese measure words; a form that is absent takes the general one."""

COLOUR_EN: Final[Words] = MappingProxyType({
    "red": ("red", "bright red"), "orange": ("orange",), "yellow": ("yellow",),
    "green": ("green",), "teal": ("teal", "turquoise"), "blue": ("blue",),
    "purple": ("purple", "violet"), "pink": ("pink",), "white": ("white",),
    "black": ("black",), "grey": ("grey", "gray"), "brown": ("brown",),
    "gold": ("gold", "golden"), "silver": ("silver",), "copper": ("copper",),
})  # fmt: skip
COLOUR_ZH: Final[Words] = MappingProxyType({
    "red": ("红色", "红"), "orange": ("橙色", "橘色"), "yellow": ("黄色", "黄"),
    "green": ("绿色", "绿"), "teal": ("青色", "青绿色"), "blue": ("蓝色", "蓝"),
    "purple": ("紫色", "紫"), "pink": ("粉色", "粉红色"), "white": ("白色", "白"),
    "black": ("黑色", "黑"), "grey": ("灰色", "灰"), "brown": ("棕色", "褐色"),
    "gold": ("金色", "金"), "silver": ("银色", "银"), "copper": ("铜色", "铜"),
})  # fmt: skip

MATERIAL_EN: Final[Words] = MappingProxyType(
    {
        "glossy": ("glossy plastic", "plastic", "shiny plastic"),
        "matte": ("matte plastic", "matte"),
        "ceramic": ("ceramic", "glazed ceramic", "porcelain"),
        "metal": ("metal", "polished metal", "metallic"),
        "wood": ("wooden", "wood", "painted wood"),
        "glass": ("glass", "tinted glass"),
        "fabric": ("fabric", "felt", "velvet"),
    }
)
MATERIAL_ZH: Final[Words] = MappingProxyType(
    {
        "glossy": ("塑料", "亮面塑料", "光面塑料"),
        "matte": ("哑光塑料", "磨砂塑料", "哑光"),
        "ceramic": ("陶瓷", "瓷", "釉面陶瓷"),
        "metal": ("金属", "抛光金属"),
        "wood": ("木制", "木质", "木头"),
        "glass": ("玻璃", "有色玻璃"),
        "fabric": ("布艺", "绒布", "毛毡"),
    }
)
METAL_EN: Final[Words] = MappingProxyType({
    "gold": ("polished gold", "gold"), "silver": ("polished silver", "silver"),
    "copper": ("polished copper", "copper"),
})  # fmt: skip
"""Colour and material in one word."""
METAL_ZH: Final[Words] = MappingProxyType({
    "gold": ("抛光黄金", "黄金"), "silver": ("抛光银", "纯银"), "copper": ("抛光铜", "黄铜"),
})  # fmt: skip

SETTING_EN: Final[Words] = MappingProxyType(
    {
        "grey": ("in a grey studio", "on a grey background", "on a studio backdrop"),
        "white": ("on a white background", "on white", "in a white studio"),
        "dark": ("in a dark studio", "on a dark background", "on a black background"),
        "wood": ("on a wooden table", "on a wooden desk", "on a wood table top"),
        "beige": ("on a warm beige background", "on a beige background", "in a warm beige room"),
        "blue": (
            "on a light blue background",
            "on a soft blue background",
            "in a pale blue studio",
        ),
    }
)
SETTING_TAG_EN: Final[Words] = MappingProxyType({
    "grey": ("grey studio", "studio"), "white": ("white background", "white studio"),
    "dark": ("dark studio", "dark background"), "wood": ("wooden table", "wooden desk"),
    "beige": ("warm beige background", "beige"),
    "blue": ("light blue background", "soft blue"),
})  # fmt: skip
SETTING_ZH: Final[Words] = MappingProxyType({
    "grey": ("灰色影棚", "灰色背景", "摄影棚"), "white": ("白色背景", "纯白背景", "白色影棚"),
    "dark": ("暗色影棚", "深色背景", "黑色背景"), "wood": ("木桌", "木质桌面", "木头桌子"),
    "beige": ("米色背景", "暖米色背景"), "blue": ("浅蓝色背景", "淡蓝色背景"),
})  # fmt: skip
FLOOR_EN: Final = ("on a wooden floor", "on wooden floorboards")
FLOOR_TAG_EN: Final = ("wooden floor",)
FLOOR_ZH: Final = ("木地板",)
"""Furniture stands on a floor, never on a table."""

VIEW_EN: Final[Words] = MappingProxyType(
    {
        "eye": ("at eye level", "seen straight on", "eye-level view"),
        "three_quarter": ("three-quarter view", "seen at an angle"),
        "above": ("seen from above", "from above", "top view"),
    }
)
VIEW_ZH: Final[Words] = MappingProxyType({
    "eye": ("平视", "平视角度"), "three_quarter": ("斜视角", "四分之三视角"),
    "above": ("俯视", "从上方看"),
})  # fmt: skip
TURN_EN: Final[Words] = MappingProxyType({
    "front": ("facing the camera", "front view"), "left": ("turned to the left",),
    "right": ("turned to the right",),
})  # fmt: skip
TURN_ZH: Final[Words] = MappingProxyType(
    {"front": ("正面",), "left": ("朝左",), "right": ("朝右",)}
)
LIGHT_EN: Final[Words] = MappingProxyType({
    "front": ("soft front light",), "left": ("lit from the left", "light from the left"),
    "right": ("lit from the right", "light from the right"),
})  # fmt: skip
LIGHT_ZH: Final[Words] = MappingProxyType(
    {"front": ("正面柔光",), "left": ("左侧光",), "right": ("右侧光",)}
)

_JOINTS_ZH: Final = ("的", "放在", "在", "上", "前", "里", "一个", "，")


def chinese_words() -> list[str]:
    """Every Chinese word of the grammar, in a fixed order and without repetition."""
    tables = (
        FORM_ZH, MEASURE_ZH, COLOUR_ZH, MATERIAL_ZH, METAL_ZH, SETTING_ZH, VIEW_ZH, TURN_ZH,
        LIGHT_ZH,
    )  # fmt: skip
    words = [word for table in tables for group in table.values() for word in group]
    return list(dict.fromkeys([*_JOINTS_ZH, *FLOOR_ZH, *words]))
