"""Terms of a query: which fields there are, and what may be written after their names."""

import re
from enum import StrEnum

import msgspec

from maquette.core.gallery import MAX_RATING, Source
from maquette.library.days import names_days


class Field(StrEnum):
    """What a term speaks of. WORDS is everything that was written."""

    WORDS = "words"
    PROMPT = "prompt"
    NOTE = "note"
    NAME = "name"
    STYLE = "style"
    PRESET = "preset"
    MATERIAL = "material"
    COLOUR = "colour"
    FORM = "form"
    SETTING = "setting"
    MODEL = "model"
    SAMPLER = "sampler"
    TAG = "tag"
    BOARD = "board"
    RATING = "rating"
    SOURCE = "source"
    IN = "in"
    DATE = "date"
    AFTER = "after"
    BEFORE = "before"
    SIZE = "size"
    SEED = "seed"
    RECORD = "record"
    SKETCH = "sketch"
    FIDELITY = "fidelity"


class Place(StrEnum):
    """What `in:` may name. Trashed pictures are found only where it is asked for the trash."""

    TRASH = "trash"
    MISSING = "missing"
    EDITED = "edited"
    DUPLICATES = "duplicates"
    EXPORTED = "exported"


FIDELITY_PARTS = 10_000
"""What a fidelity of 1 is in a Range: it is stored with four decimals."""


class Range(msgspec.Struct, frozen=True):
    """Whole numbers from `low` to `high`, both included; None is open."""

    low: int | None = None
    high: int | None = None

    def holds(self, number: int) -> bool:
        """Whether `number` is within."""
        return (self.low is None or self.low <= number) and (
            self.high is None or number <= self.high
        )


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """One condition: any of `values`, or of `ranges`.

    Ranges of `fidelity:` are in parts of FIDELITY_PARTS. `exact` values were quoted: a phrase of
    whole words, or the very word of a field. The term stands at `start` to `end` of the
    query's text.
    """

    field: Field
    values: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    exact: bool = False
    negated: bool = False
    start: int = 0
    end: int = 0


FIELD_WORDS = {
    **{field.value: field for field in Field if field is not Field.WORDS},
    "color": Field.COLOUR,
    "提示词": Field.PROMPT,
    "备注": Field.NOTE,
    "文件名": Field.NAME,
    "风格": Field.STYLE,
    "预设": Field.PRESET,
    "材质": Field.MATERIAL,
    "颜色": Field.COLOUR,
    "物体": Field.FORM,
    "场景": Field.SETTING,
    "模型": Field.MODEL,
    "采样器": Field.SAMPLER,
    "标签": Field.TAG,
    "画板": Field.BOARD,
    "评分": Field.RATING,
    "来源": Field.SOURCE,
    "位于": Field.IN,
    "日期": Field.DATE,
    "晚于": Field.AFTER,
    "早于": Field.BEFORE,
    "尺寸": Field.SIZE,
    "种子": Field.SEED,
    "编号": Field.RECORD,
    "草图": Field.SKETCH,
    "保真度": Field.FIDELITY,
}
"""What may stand before the colon, folded."""

_CHOICES: dict[Field, dict[str, str]] = {
    Field.SOURCE: {
        **{source.value: source.value for source in Source},
        "提示词": Source.PROMPT.value,
        "图片": Source.IMAGE.value,
        "草图": Source.SKETCH.value,
        "导入": Source.IMPORTED.value,
    },
    Field.IN: {
        **{place.value: place.value for place in Place},
        "回收站": Place.TRASH.value,
        "缺失": Place.MISSING.value,
        "已修改": Place.EDITED.value,
        "重复": Place.DUPLICATES.value,
        "已导出": Place.EXPORTED.value,
    },
}
_NUMBER = re.compile(
    r"(?P<sign>>=|<=|>|<|≥|≤|=)?(?P<low>\d{1,10})(?:(?P<dots>\.\.)(?P<high>\d{1,10})?)?"
)
_SHARE = re.compile(
    r"(?P<sign>>=|<=|>|<|≥|≤|=)?(?P<low>[01]?\.\d{1,6}|[01])"
    r"(?:(?P<dots>\.\.)(?P<high>[01]?\.\d{1,6}|[01])?)?"
)
_UP_TO = re.compile(r"\.\.(?P<high>\d{1,10})")
_SIZE = re.compile(r"(?P<width>\d{1,5})[x×*](?P<height>\d{1,5})")
_RECORD = re.compile("[0-9A-F]{1,8}")
_DIGEST = re.compile("[0-9a-f]{4,64}")


def understood(term: Term) -> Term | str:
    """`term` with its values read as its field wants them, or the sentence why not."""
    match term.field:
        case Field.RATING:
            hint = f"is no rating: write a number from 0 to {MAX_RATING}, as in rating:>=4."
            return _numbers(term, MAX_RATING, hint)
        case Field.SEED:
            return _numbers(term, None, "is no seed: write a whole number, as in seed:7.")
        case Field.FIDELITY:
            return _shares(term)
        case Field.SIZE:
            return _sizes(term)
        case Field.DATE | Field.AFTER | Field.BEFORE:
            return _dates(term)
        case Field.SOURCE | Field.IN:
            return _choices(term)
        case Field.RECORD:
            return _records(term)
        case Field.SKETCH:
            return _digests(term)
        case _:
            return term


def _numbers(term: Term, highest: int | None, hint: str) -> Term | str:
    ranges = []
    for value in term.values:
        read = _range(value)
        if read is None or (highest is not None and not _within(read, highest)):
            return f"{value} {hint}"
        ranges.append(read)
    return msgspec.structs.replace(term, ranges=tuple(ranges))


def _range(value: str) -> Range | None:
    if match := _UP_TO.fullmatch(value):
        return Range(None, int(match["high"]))
    match = _NUMBER.fullmatch(value)
    if match is None:
        return None
    low = int(match["low"])
    if match["dots"]:
        if match["sign"]:
            return None
        return Range(low, int(match["high"]) if match["high"] else None)
    return _signed(match["sign"], low) or Range(low, low)


def _signed(sign: str, number: int) -> Range | None:
    """The whole numbers that are `sign` of `number`; None without a sign."""
    match sign:
        case ">=" | "≥":
            return Range(number, None)
        case "<=" | "≤":
            return Range(None, number)
        case ">":
            return Range(number + 1, None)
        case "<":
            return Range(None, number - 1)
        case _:
            return None


def _within(read: Range, highest: int) -> bool:
    return all(bound is None or bound <= highest + 1 for bound in (read.low, read.high))


def _shares(term: Term) -> Term | str:
    ranges = []
    for value in term.values:
        read = _share_range(value)
        if read is None:
            return f"{value} is no fidelity: write a number from 0 to 1, as in fidelity:>=0.8."
        ranges.append(read)
    return msgspec.structs.replace(term, ranges=tuple(ranges))


def _share_range(value: str) -> Range | None:
    """A range in parts of FIDELITY_PARTS. One number alone means those that are shown as it is."""
    if value.startswith(".."):
        value = f"<={value[2:]}"
    match = _SHARE.fullmatch(value)
    if match is None:
        return None
    low = round(float(match["low"]) * FIDELITY_PARTS)
    high = round(float(match["high"]) * FIDELITY_PARTS) if match["high"] else None
    if max(low, high or 0) > FIDELITY_PARTS or (match["dots"] and match["sign"]):
        return None
    if match["dots"]:
        return Range(low, high)
    half = FIDELITY_PARTS // 200  # of the second decimal
    return _signed(match["sign"], low) or Range(low - half, low + half - 1)


def _sizes(term: Term) -> Term | str:
    values, ranges = [], []
    for value in term.values:
        if match := _SIZE.fullmatch(value.lower()):
            values.append(f"{int(match['width'])}x{int(match['height'])}")
        elif read := _range(value):
            ranges.append(read)
        else:
            return f"{value} is no size: write 512x768, or the longer side as in size:>=1024."
    return msgspec.structs.replace(term, values=tuple(values), ranges=tuple(ranges))


def _dates(term: Term) -> Term | str:
    for value in term.values:
        if not names_days(value):
            return (
                f"{value} is no date: write a day as 2026-03-31, a month as 2026-03, a year, "
                "or today, yesterday, week, month, year."
            )
    if term.field is not Field.DATE and len(term.values) > 1:
        return f"Write one date after {term.field.value}: only."
    return term


def _choices(term: Term) -> Term | str:
    known = _CHOICES[term.field]
    values = []
    for value in term.values:
        choice = known.get(value.casefold())
        if choice is None:
            words = ", ".join(dict.fromkeys(known.values()))
            return f"{value} is nothing that {term.field.value}: knows; it knows {words}."
        values.append(choice)
    return msgspec.structs.replace(term, values=tuple(values))


def _records(term: Term) -> Term | str:
    values = []
    for value in term.values:
        record = value.replace("-", "").upper()
        if not _RECORD.fullmatch(record):
            return f"{value} is no record: write its id as in record:7F3A-91C2."
        values.append(record)
    return msgspec.structs.replace(term, values=tuple(values))


def _digests(term: Term) -> Term | str:
    values = []
    for value in term.values:
        digest = value.lower()
        if not _DIGEST.fullmatch(digest):
            return f"{value} is no sketch: write the beginning of its digest, as in sketch:3fa9c2."
        values.append(digest)
    return msgspec.structs.replace(term, values=tuple(values))
