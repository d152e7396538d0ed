"""The text of a batch file, whatever program wrote it: UTF-8, UTF-16, or GB18030.

Spreadsheets on Chinese Windows save tables as GB18030 without saying so; text that is not valid
UTF-8 is taken for it. A file that mixes both is told, since whatever it were read as, some of its
prompts would be nonsense.
"""

import codecs
import re
from pathlib import Path

import msgspec

from maquette.core.batch.problem import BatchError, BatchProblem
from maquette.core.errors import InputError

MAX_FILE = 32 << 20
"""Bytes; 10,000 prompts of the greatest length do not come near it."""

MAX_LINES = 100_000
"""Of one file, blank ones too; several times as many as the most pictures of a batch."""

_SHOWN = 20  # lines of a kind that are named one by one
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FIRST_OF_THREE = "\u0800"  # from here on a character takes three bytes in UTF-8
_BREAK = re.compile(rb"\r\n|\r|\n")


class Source(msgspec.Struct, frozen=True):
    """The content of a batch file: its bytes, what they say, and what the user is to know of it."""

    data: bytes
    text: str
    remark: str = ""


def read_source(path: Path) -> Source:
    """Read and decode the batch file at `path`.

    Raises:
        InputError: it is not there, not readable, or too large.
        BatchError: it is no text, in no single encoding, or of too many lines.
    """
    return decode_source(path.name, read_bounded(path, MAX_FILE))


def read_bounded(path: Path, limit: int) -> bytes:
    """The bytes of the regular file `path`, at most `limit`. Raises InputError."""
    try:
        if not path.exists():
            raise InputError(f"There is no file {path}; please check the path.")
        if not path.is_file():  # a pipe or a device would keep whoever reads it waiting
            raise InputError(f"{path.name} is not a file; please choose another one.")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path.name} cannot be read; check the path and the permissions.", str(error)
        ) from error
    if len(data) > limit:
        raise InputError(f"{path.name} is larger than {limit >> 20} MiB; please split it.")
    return data


def decode_source(name: str, data: bytes) -> Source:
    """Decode `data`, the content of the file called `name`.

    Raises:
        BatchError: it is no text, in no single encoding, or of too many lines.
    """
    if data.startswith(_UTF16):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise _no_text(name, 0) from error
        _check_lines(name, text.count("\n"), text.count("\r"))
        return Source(data, text)
    if b"\0" in data:
        raise _no_text(name, data[: data.index(b"\0")].count(b"\n") + 1)
    _check_lines(name, data.count(b"\n"), data.count(b"\r"))
    try:
        return Source(data, data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    marked = data.startswith(codecs.BOM_UTF8)
    lines = _BREAK.split(data)
    foreign = [number for number, line in enumerate(lines, 1) if not _is_utf8(line)]
    certain = [number for number, line in enumerate(lines, 1) if _is_surely_utf8(line)]
    if marked or certain:
        # The fewer are the strangers, unless the byte-order mark says what the file is.
        is_minority = marked or len(foreign) <= len(certain)
        raise _mixed(foreign if is_minority else certain)
    for number in foreign:
        try:
            lines[number - 1].decode("gb18030")
        except UnicodeDecodeError as error:
            raise _no_text(name, number) from error
    remark = (
        f"{name} is not UTF-8 and was read as GB18030 (Chinese); "
        "if the prompts look wrong, save it as UTF-8."
    )
    return Source(data, data.decode("gb18030"), remark)


def _check_lines(name: str, *breaks: int) -> None:
    """Raise BatchError for more lines than can be told of: each costs time and memory."""
    if max(breaks) > MAX_LINES:
        sentence = f"{name} has more than {MAX_LINES:,} lines; please split it."
        raise BatchError((BatchProblem(0, sentence),))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_surely_utf8(line: bytes) -> bool:
    """Whether `line` is UTF-8 that GB18030 text hardly ever is by accident.

    Pairs of GB18030 bytes may form two-byte sequences of UTF-8, but not a line of longer ones.
    """
    return not line.isascii() and _is_utf8(line) and max(line.decode("utf-8")) >= _FIRST_OF_THREE


def _mixed(numbers: list[int]) -> BatchError:
    sentence = "This line is in another encoding than the others; save the whole file as UTF-8."
    problems = [BatchProblem(number, sentence) for number in numbers[:_SHOWN]]
    if len(numbers) > _SHOWN:
        problems.append(
            BatchProblem(
                numbers[_SHOWN],
                f"From here on {len(numbers) - _SHOWN} more lines are in another encoding; "
                "save the whole file as UTF-8.",
            )
        )
    return BatchError(tuple(problems))


def _no_text(name: str, line: int) -> BatchError:
    return BatchError(
        (BatchProblem(line, f"{name} is not text in UTF-8 or GB18030; save it as UTF-8."),)
    )
