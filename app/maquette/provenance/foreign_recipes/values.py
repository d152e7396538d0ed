"""Strangers' values made fit for a ForeignRecipe: short plain texts, numbers within bounds."""

import json
import math
import unicodedata
from collections.abc import Mapping
from typing import Any

MAX_PROMPT = 10_000  # characters
MAX_NAME = 200
_MAX_SEED = (1 << 64) - 1
_MAX_STEPS = 100_000
_MAX_GUIDANCE = 10_000.0


def plain_text(value: object, most: int = MAX_PROMPT) -> str:
    """`value` if it is a text, at most `most` characters; "" if it is none.

    Line breaks stay. Control and format characters go, those that turn the direction of writing
    among them, and so do lone surrogates, which no database takes.
    """
    if not isinstance(value, str):
        return ""
    lines = value[: 4 * most].replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(
        character
        for character in lines
        if character == "\n" or not unicodedata.category(character).startswith("C")
    )
    return kept.strip()[:most].rstrip()


def plain_name(value: object) -> str:
    """`value` as a name on one line, at most MAX_NAME characters."""
    return " ".join(plain_text(value, MAX_NAME).split())


def file_stem(value: object) -> str:
    """The name of a model's file without its folders and its ending."""
    name = plain_name(value).replace("\\", "/").rpartition("/")[2]
    for ending in (".safetensors", ".ckpt", ".gguf", ".sft", ".pt", ".pth"):
        name = name.removesuffix(ending)
    return name


def seed_of(value: object) -> int | None:
    """A whole number of 64 bits, or None."""
    return _whole(value, 0, _MAX_SEED)


def steps_of(value: object) -> int | None:
    """A whole number above 0, or None."""
    return _whole(value, 1, _MAX_STEPS)


def guidance_of(value: object) -> float | None:
    """A finite number that is not negative, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and 0 <= number <= _MAX_GUIDANCE else None


def read_object(text: object) -> Mapping[str, Any]:
    """The JSON object in `text`, empty if there is none.

    By the standard library, whose reader takes the NaN that some programs write.
    """
    if not isinstance(text, str) or text.lstrip()[:1] != "{":
        return {}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def object_in(value: object) -> Mapping[str, Any]:
    """`value` if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def _whole(value: object, least: int, most: int) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str) and len(value) > 40:
        return None
    try:
        number = int(value)
    except (ValueError, OverflowError):
        return None
    return number if least <= number <= most else None
