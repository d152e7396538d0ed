"""Contact sheets and plots for the documentation."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

ENGLISH_PROMPTS: Final = (
    "a red ceramic mug on a wooden table",
    "espresso mug, polished copper, dark studio",
    "a blue glass vase on a white background",
    "a green velvet chair in a grey studio",
    "a golden teapot in a dark studio",
    "a yellow toy car on a light blue background",
    "a white ceramic bowl on a wooden table, seen from above",
    "a purple alarm clock on a warm beige background",
    "a wooden stool on a white background",
    "a pink perfume bottle on a beige background",
)
CHINESE_PROMPTS: Final = (
    "一个红色陶瓷马克杯放在木桌上",
    "木桌上的蓝色玻璃花瓶，俯视",
    "暗色影棚里的金色茶壶",
    "白色背景前的一把绿色绒布椅子",
    "一辆黄色塑料玩具车在浅蓝色背景前",
    "灰色影棚里的抛光铜台灯",
    "一支紫色蜡烛放在木桌上",
    "米色背景前的黑色音箱",
    "白色陶瓷花盆，浅蓝色背景",
    "一个银色高脚杯在暗色影棚里",
)
_FONTS: Final = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)
_INK: Final = (40, 40, 44)
_PAPER: Final = (250, 250, 250)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font with Chinese characters, if this machine has one."""
    for path in _FONTS:
        if Path(path).exists():
            return ImageFont.truetype(path, size)
    return ImageFont.load_default(size)


def to_image(picture: Tensor) -> Image.Image:
    """One picture (3, H, W) in 0..1 as a PIL image."""
    array = (picture.permute(1, 2, 0) * 255).round().byte().numpy()
    return Image.fromarray(array)


def _wrapped(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int) -> str:
    """Break `text` into lines of at most `width` pixels, at spaces or between characters."""
    lines, line = [], ""
    words = text.split(" ") if text.isascii() else list(text)
    glue = " " if text.isascii() else ""
    for word in words:
        longer = f"{line}{glue}{word}" if line else word
        if font.getlength(longer) > width and line:
            lines.append(line)
            line = word
        else:
            line = longer
    return "\n".join([*lines, line])


def contact_sheet(pictures: Tensor, titles: list[str], path: Path, columns: int = 5) -> None:
    """Pictures (N, 3, H, W) in a grid with their prompt under each."""
    side, gap, caption_height = pictures.shape[-1], 16, 48
    rows = -(-len(titles) // columns)
    cell_height = pictures.shape[-2] + caption_height
    sheet = Image.new(
        "RGB", (columns * (side + gap) + gap, rows * (cell_height + gap) + gap), _PAPER
    )
    draw, font = ImageDraw.Draw(sheet), _font(14)
    for i, title in enumerate(titles):
        x = gap + i % columns * (side + gap)
        y = gap + i // columns * (cell_height + gap)
        sheet.paste(to_image(pictures[i]), (x, y))
        draw.multiline_text(
            (x, y + pictures.shape[-2] + 5), _wrapped(title, font, side), _INK, font, spacing=3
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path, optimize=True)


def comparison_matrix(rows: list[tuple[str, Tensor, Tensor]], path: Path, side: int = 112) -> None:
    """One row per form: its name, renders (k, 3, H, W) and generated pictures (k, 3, H, W)."""
    label, gap = 90, 20
    each = max(len(real) for _, real, _ in rows)
    width = label + 2 * each * side + gap
    sheet = Image.new("RGB", (width, 26 + side * len(rows)), _PAPER)
    draw, font = ImageDraw.Draw(sheet), _font(14)
    draw.text((label, 5), "rendered", _INK, font)
    draw.text((label + each * side + gap, 5), "generated", _INK, font)
    for row, (name, real, made) in enumerate(rows):
        y = 26 + row * side
        draw.text((8, y + side // 2 - 8), name, _INK, font)
        for group, x0 in ((real, label), (made, label + each * side + gap)):
            for i, picture in enumerate(group):
                small = to_image(picture).resize((side, side), Image.Resampling.LANCZOS)
                sheet.paste(small, (x0 + i * side, y))
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path, optimize=True)


def loss_curve(log: list[dict[str, float]], path: Path) -> None:
    """Training loss (smoothed) and validation loss of the base model over samples."""
    mpl.use("Agg")
    figure = Figure(figsize=(7, 4), dpi=120, layout="constrained")
    axes = figure.subplots()
    steps = [entry for entry in log if "loss" in entry]
    samples = np.asarray([entry["samples"] for entry in steps])
    losses = np.asarray([entry["loss"] for entry in steps])
    axes.plot(samples, losses, color="#9db4c8", linewidth=1, label="training")
    checks = [entry for entry in log if "validation" in entry]
    axes.plot(
        [e["samples"] for e in checks], [e["validation"] for e in checks],
        "o-", color="#1f4e79", markersize=3, label="validation",
    )  # fmt: skip
    axes.set(xlabel="samples", ylabel="loss", yscale="log")
    axes.grid(alpha=0.3, which="both")
    axes.legend(frameon=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)
