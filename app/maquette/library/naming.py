"""File names from a template, safe on every system whatever the prompt says."""

import datetime
import string
import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath

from maquette.core.errors import InputError
from maquette.core.record import Record

FIELDS = ("date", "time", "prompt", "seed", "id", "model", "n")
_MAX_PROMPT = 120  # bytes in UTF-8
_MAX_PART = 200  # bytes of one folder or file name; systems allow 255
_FORBIDDEN = '<>:"/\\|?*'
_RESERVED = {"CON", "PRN", "AUX", "NUL"} | {
    f"{device}{number}" for device in ("COM", "LPT") for number in "0123456789¹²³"
}
_NAMELESS = "picture"


def check_template(template: str, fields: tuple[str, ...] = FIELDS) -> None:
    """Raise InputError if `template` has a field that is not in `fields`, or names no file."""
    try:
        parsed = list(string.Formatter().parse(template))
    except ValueError as error:
        raise InputError(
            f"The file name template {template!r} has an unpaired brace.", str(error)
        ) from error
    for _, field, spec, conversion in parsed:
        if field is not None and (field not in fields or spec or conversion):
            raise InputError(
                f"The file name template has an unknown field {{{field}}}; "
                f"use {', '.join(f'{{{known}}}' for known in fields)}."
            )
    if not template.rpartition("/")[2].strip(" ."):
        raise InputError("The file name template ends in a folder; add a file name such as {id}.")


def has_number(template: str) -> bool:
    """Whether `template` counts its files itself, with {n}."""
    return any(field == "n" for _, field, *_ in string.Formatter().parse(template))


def file_name(template: str, record: Record, number: int) -> PurePosixPath:
    """The relative path, without suffix, that `template` gives for `record`.

    `number` replaces {n}. The path is safe as `filled` says.

    Raises:
        InputError: the template is not valid (see `check_template`).
    """
    check_template(template)
    return filled(template, values_of(record, number))


def values_of(record: Record, number: int) -> dict[str, str]:
    """What stands for each of FIELDS in the file name of `record`."""
    made = datetime.datetime.fromisoformat(record.created).astimezone()
    return {
        "date": made.strftime("%Y-%m-%d"),
        "time": made.strftime("%H%M%S"),
        "prompt": slug(record.recipe.prompt),
        "seed": str(record.recipe.seed),
        "id": slug(record.id),
        "model": slug(record.recipe.model.name or record.recipe.model.id),
        "n": f"{number:04d}",
    }


def filled(template: str, values: Mapping[str, str]) -> PurePosixPath:
    """The relative path that a checked `template` gives with `values` for its fields.

    It has no part that is absolute, hidden, "..", reserved on Windows, or longer than 200 bytes,
    so joined to a folder it stays inside.
    """
    parts = [_safe(part) for part in template.format_map(values).split("/")]
    return PurePosixPath(*[part for part in parts if part] or [_NAMELESS])


def slug(text: str) -> str:
    """Letters, marks and digits of any script, the rest as single hyphens; never empty."""
    kept = (
        character if unicodedata.category(character)[0] in "LMN" else " "
        for character in unicodedata.normalize("NFC", text)
    )
    words = "".join(kept).split()
    return _cut("-".join(words), _MAX_PROMPT).strip("-") or _NAMELESS


def _safe(part: str) -> str:
    """One folder or file name; "" if nothing is left of it."""
    kept = "".join(
        "-" if character in _FORBIDDEN or unicodedata.category(character)[0] == "C" else character
        for character in part
    )
    cut = _cut(kept.strip(" .-"), _MAX_PART).strip(" .")
    return f"_{cut}" if cut.partition(".")[0].strip().upper() in _RESERVED else cut


def _cut(text: str, limit: int) -> str:
    """The longest beginning of `text` with at most `limit` bytes in UTF-8."""
    return text.encode("utf-8", "ignore")[:limit].decode("utf-8", "ignore")
