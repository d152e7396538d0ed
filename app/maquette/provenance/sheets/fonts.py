"""Fonts for contact sheets: what this computer has for a text, or nothing rather than boxes."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_KNOWN = (
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "/System/Library/Fonts/STHeiti Light.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simsun.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
_WANTED = (":lang=zh-cn", ":lang=en", ":lang=ar", ":lang=hi")  # asked of fontconfig, in this order
_ASK_LIMIT = 5.0  # seconds
_NO_CHARACTER = "\U0010ffff"  # a noncharacter: every font draws its box for it
_PROBE = 16  # pixels


def font_for(text: str, size: int) -> Font | None:
    """A font of `size` pixels that has every sign of `text`; None where this computer has none."""
    signs = frozenset(text) - {" "}
    for file, index in (*_system_fonts(), (None, 0)):
        if signs <= _known_signs(file, index, signs):
            return _opened(file, index, size)
    return None


@cache
def _system_fonts() -> tuple[tuple[str, int], ...]:
    """(file, index in it) of the fonts to try: what fontconfig proposes, then known places."""
    asked = shutil.which("fc-match")
    found = [one for wanted in _WANTED for one in _matched(asked, wanted)] if asked else []
    found += [(path, 0) for path in _KNOWN if Path(path).is_file()]
    return tuple(one for one in dict.fromkeys(found) if _opens(*one))


def _matched(program: str, wanted: str) -> list[tuple[str, int]]:
    try:
        answer = subprocess.run(
            [program, "--format", "%{index}\t%{file}", f"sans{wanted}"],
            capture_output=True,
            check=True,
            timeout=_ASK_LIMIT,
        ).stdout.decode(errors="replace")
    except (OSError, subprocess.SubprocessError):
        return []
    index, _, file = answer.partition("\t")
    return [(file, int(index) & 0xFFFF)] if index.isdigit() and file else []


def _opens(file: str, index: int) -> bool:
    try:
        ImageFont.truetype(file, _PROBE, index=index)
    except OSError:
        return False
    return True


@cache
def _opened(file: str | None, index: int, size: int) -> Font:
    """The font of `file`; without one, the Latin letters that Pillow brings along."""
    if file is None:
        return ImageFont.load_default(size)
    return ImageFont.truetype(file, size, index=index)


def _known_signs(file: str | None, index: int, signs: frozenset[str]) -> frozenset[str]:
    return frozenset(sign for sign in signs if _has(file, index, sign))


@cache
def _has(file: str | None, index: int, sign: str) -> bool:
    """Whether the font draws something else for `sign` than for what no font has."""
    font = _opened(file, index, _PROBE)
    return _drawn(sign, font) != _drawn(_NO_CHARACTER, font)


def _drawn(sign: str, font: Font) -> bytes:
    image = Image.new("L", (3 * _PROBE, 3 * _PROBE))
    ImageDraw.Draw(image).text((_PROBE, _PROBE), sign, fill=255, font=font)
    return image.tobytes()
