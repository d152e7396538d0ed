"""What the file around a picture tells: its compression, and other programs' recipes."""

import io
import warnings
from collections.abc import Mapping
from typing import Any

import msgspec
from PIL import Image

from maquette.provenance.metadata import FORMATS

_MOST_TEXT = 1 << 20  # characters of one text that are looked at
_EXIF_MAKE, _EXIF_MODEL, _EXIF_SOFTWARE = 0x010F, 0x0110, 0x0131

# ITU-T T.81, table K.1: the luminance table that quality 50 of the IJG's library uses as it is.
_LUMINANCE = (
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
)  # fmt: skip

_RECIPE_KEYS = {
    "workflow": "ComfyUI",
    "prompt": "ComfyUI",
    "invokeai_metadata": "InvokeAI",
    "invokeai_graph": "InvokeAI",
    "sd-metadata": "InvokeAI",
    "dream": "InvokeAI",
    "fooocus_scheme": "Fooocus",
}
"""PNG text keywords, lower case, under which programs leave their recipes."""

_WRITERS = ("NovelAI", "ComfyUI", "InvokeAI", "Fooocus", "DALL-E", "Midjourney", "Draw Things")
"""Programs that sign with their name in a PNG's or an EXIF's Software text."""


class Container(msgspec.Struct, frozen=True, kw_only=True):
    """What the file tells beside its pixels.

    `jpeg_quality` is 1 to 100 on the scale of the IJG's library, None for other formats.
    `recipe_of` names another program whose recipe or name is in the texts, "" for none.
    """

    jpeg_quality: int | None = None
    recipe_of: str = ""


def read_container(file: bytes) -> Container:
    """Look at the head of `file`, whose pixels are not decoded. Never raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the decoder's remarks on odd files
        try:
            with Image.open(io.BytesIO(file), formats=FORMATS) as image:
                return Container(
                    jpeg_quality=_jpeg_quality(getattr(image, "quantization", None)),
                    recipe_of=_recipe_of(image),
                )
        except Exception:  # decoders answer hostile files with errors of a dozen kinds
            return Container()


def _jpeg_quality(tables: object) -> int | None:
    """The quality whose luminance table is nearest to the file's, by the sum of its entries."""
    if not isinstance(tables, Mapping) or not tables:
        return None
    total = sum(next(iter(tables.values())))
    return min(range(1, 101), key=lambda quality: abs(_table_sum(quality) - total))


def _table_sum(quality: int) -> int:
    """As the IJG's jpeg_set_quality scales the table for 8-bit pictures."""
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return sum(min(max((entry * scale + 50) // 100, 1), 255) for entry in _LUMINANCE)


def _recipe_of(image: Image.Image) -> str:
    texts: Mapping[Any, Any] = image.info
    for key, value in texts.items():
        program = _RECIPE_KEYS.get(str(key).lower(), "")
        if program and isinstance(value, str) and _is_json_object(value):
            return program
        if str(key).lower() == "software" and (writer := _writer(value)):
            return writer
    exif = image.getexif()
    for tag in (_EXIF_MAKE, _EXIF_MODEL):
        # ComfyUI's WebP files keep "prompt:{...}" and "workflow:{...}" in camera tags.
        kind, _, value = str(exif.get(tag, ""))[:_MOST_TEXT].partition(":")
        if kind.lower() in ("prompt", "workflow") and _is_json_object(value):
            return "ComfyUI"
    return _writer(exif.get(_EXIF_SOFTWARE, ""))


def _is_json_object(text: str) -> bool:
    return len(text) <= _MOST_TEXT and text.lstrip().startswith("{")


def _writer(text: object) -> str:
    said = str(text)[:200].lower()
    return next((name for name in _WRITERS if name.lower() in said), "")
