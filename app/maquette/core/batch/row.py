"""One line of a batch file: what it says, and the fields it may say it in."""

import difflib
import math
import re
from collections.abc import Callable

import msgspec

from maquette.core.errors import InputError
from maquette.core.prompt import clean_prompt
from maquette.core.recipe import MAX_PROMPT, MAX_SEED, Sampler

Cell = str | int | float | list[str | int | float]
"""A value as it stands in a file; lists come from JSON only."""

MAX_VALUES = 1000
"""How many seeds, styles or prompts one line may name."""

_RANGE = re.compile(r"(\d{1,10})\s*\.\.\s*(\d{1,10})")


class BatchRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a line says; None where it says nothing.

    Every prompt is combined with every style and every seed, and each of these is made `count`
    times with consecutive seeds. Prompts and styles are as they stand in the file, variants and
    all. `start` is a file's path relative to the batch file.
    """

    line: int = 0
    prompts: tuple[str, ...] | None = None
    negative_prompt: str | None = None
    seeds: tuple[int, ...] | None = None
    count: int | None = None
    width: int | None = None
    height: int | None = None
    steps: int | None = None
    guidance_scale: float | None = None
    sampler: Sampler | None = None
    model: str | None = None
    styles: tuple[str, ...] | None = None
    start: str | None = None
    strength: float | None = None

    def filled(self, defaults: "BatchRow") -> "BatchRow":
        """This row with what `defaults` say wherever it says nothing."""
        missing = {
            name: getattr(defaults, name)
            for name in self.__struct_fields__
            if getattr(self, name) is None
        }
        return msgspec.structs.replace(self, **missing)


def field_of(name: str) -> str:
    """The field that the column or key `name` means. Raises InputError, naming the nearest one."""
    key = "_".join(name.strip().lower().replace("-", " ").split())
    found = _ALIASES.get(key, key)
    if found in FIELDS:
        return found
    near = difflib.get_close_matches(key, [*FIELDS, *_ALIASES], n=1)
    if near:
        meant = _ALIASES.get(near[0], near[0])
        raise InputError(
            f"There is no column “{_short(name)}”; “{meant}” is the nearest one, "
            "and a # before a name has it ignored."
        )
    raise InputError(
        f"There is no column “{_short(name)}”; a # before its name has it ignored. "
        f"The columns are {', '.join(FIELDS)}."
    )


def row_of(line: int, cells: dict[str, Cell]) -> tuple[BatchRow, list[str]]:
    """The row that `cells` (field to value) say, and a sentence for each that cannot be used."""
    values: dict[str, object] = {}
    mistakes = []
    for name, cell in cells.items():
        target, convert = _FIELDS[name]
        try:
            values[target] = convert(name, cell)
        except InputError as error:
            mistakes.append(error.message)
    return BatchRow(line=line, **values), mistakes  # type: ignore[arg-type]


def _text(name: str, cell: Cell) -> str:
    if not isinstance(cell, str):
        raise InputError(f"“{name}” must be text, not {_short(cell)}.")
    if len(cell) > 2 * MAX_PROMPT:  # cleaning is linear in the length
        raise InputError(f"“{name}” is longer than {MAX_PROMPT:,} characters; please shorten it.")
    return cell


def _clean_text(name: str, cell: Cell) -> str:
    return clean_prompt(_text(name, cell))


def _path(name: str, cell: Cell) -> str:
    if not isinstance(cell, str) or "\0" in cell:
        raise InputError(f"“{name}” must be a path, not {_short(cell)}.")
    return cell.strip()


def _whole(name: str, cell: Cell) -> int:
    number = cell
    if isinstance(cell, str):
        try:
            number = float(_point(cell)) if len(cell) <= _LONGEST else math.nan
        except ValueError:
            number = math.nan
    if isinstance(number, float) and number.is_integer():
        number = int(number)  # spreadsheets write 20.0
    if not isinstance(number, int) or isinstance(number, bool) or abs(number) > _GREATEST:
        raise InputError(f"“{name}” must be a whole number, not {_short(cell)}.")
    return number


def _number(name: str, cell: Cell) -> float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    try:
        return float(_point(cell)) if isinstance(cell, str) else float("x")
    except ValueError as error:
        raise InputError(f"“{name}” must be a number, not {_short(cell)}.") from error


def _point(text: str) -> str:
    """A decimal comma as a point, as half of the world's spreadsheets write numbers."""
    return text.strip().replace(",", ".")


def _sampler(name: str, cell: Cell) -> Sampler:
    del name
    for sampler in Sampler:
        if isinstance(cell, str) and cell.strip().lower() == sampler.value:
            return sampler
    raise InputError(f"There is no sampler {_short(cell)}; use {' or '.join(Sampler)}.")


def _texts(name: str, cell: Cell) -> tuple[str, ...]:
    if isinstance(cell, list):
        return tuple(_text(name, value) for value in _few(name, cell))
    return (_text(name, cell),)


def _styles(name: str, cell: Cell) -> tuple[str, ...]:
    if isinstance(cell, str):
        return tuple(_text(name, part) for part in _few(name, cell.split("|")))
    return _texts(name, cell)


def _seeds(name: str, cell: Cell) -> tuple[int, ...]:
    parts: list[Cell] = list(cell) if isinstance(cell, list) else [cell]
    if isinstance(cell, str):
        parts = list(cell.split("|"))
    seeds: list[int] = []
    for part in _few(name, parts):
        match = _RANGE.fullmatch(part.strip()) if isinstance(part, str) else None
        if match is None:
            seeds.append(_whole(name, part))
            continue
        first, last = int(match[1]), int(match[2])
        if not first <= last <= min(MAX_SEED, first + MAX_VALUES):
            raise InputError(
                f"The seeds {_short(part)} are no range of at most {MAX_VALUES:,} seeds; "
                "write the smaller one first."
            )
        seeds.extend(range(first, last + 1))
    return tuple(_few(name, seeds))


def _few(name: str, values: list) -> list:
    if not 1 <= len(values) <= MAX_VALUES:
        raise InputError(f"“{name}” may have 1 to {MAX_VALUES:,} values in one line.")
    return values


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_GREATEST = 2**53  # beyond it, what a spreadsheet writes is not what was typed
_LONGEST = 40  # characters of a value that are repeated in a sentence

_FIELDS: dict[str, tuple[str, Callable[[str, Cell], object]]] = {
    "prompt": ("prompts", _texts),
    "negative_prompt": ("negative_prompt", _clean_text),
    "seed": ("seeds", _seeds),
    "count": ("count", _whole),
    "width": ("width", _whole),
    "height": ("height", _whole),
    "steps": ("steps", _whole),
    "guidance_scale": ("guidance_scale", _number),
    "sampler": ("sampler", _sampler),
    "model": ("model", _path),
    "style": ("styles", _styles),
    "start": ("start", _path),
    "strength": ("strength", _number),
}

FIELDS = tuple(_FIELDS)
"""The columns of a table and the keys of JSON lines."""

_ALIASES = {
    "negative": "negative_prompt",
    "guidance": "guidance_scale",
    "cfg": "guidance_scale",
    "cfg_scale": "guidance_scale",
    "styles": "style",
    "seeds": "seed",
    "n": "count",
    "提示词": "prompt",
    "反向提示词": "negative_prompt",
    "负面提示词": "negative_prompt",
    "种子": "seed",
    "数量": "count",
    "宽": "width",
    "宽度": "width",
    "高": "height",
    "高度": "height",
    "步数": "steps",
    "引导强度": "guidance_scale",
    "引导系数": "guidance_scale",
    "采样器": "sampler",
    "模型": "model",
    "风格": "style",
    "起始图": "start",
    "起始图片": "start",
    "强度": "strength",
    "变化强度": "strength",
}
