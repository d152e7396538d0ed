"""Styles of other programs: Fooocus' `sdxl_styles/*.json`, stable-diffusion-webui's `styles.csv`.

Both are names with a prompt, in which `{prompt}` stands for one's own, and a negative prompt.
Everything here blocks and belongs in a thread.
"""

import csv
import io
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec

from maquette.core.errors import StyleError
from maquette.core.plain_text import visible_text
from maquette.core.prompt import clean_prompt, language_of
from maquette.core.style import MAX_FRAGMENT, MAX_NAME, SourceFormat, Style, StyleGroup, Words
from maquette.library.styles.found import Found, FoundStyle, plain, usable
from maquette.library.styles.groups import group_of
from maquette.library.styles.style_files import not_styles

_MAX_FILE = 8 << 20  # bytes
_ABBREVIATED = {"3d": "3D", "sai": "SAI", "mre": "MRE", "hdr": "HDR", "rpg": "RPG", "vhs": "VHS"}
_DIVIDER = re.compile(r"[-=#_*~]{2,}")


class _Written(msgspec.Struct, frozen=True):
    """An entry as such files have it; names of fields as Fooocus writes them."""

    name: str = ""
    prompt: str = ""
    negative_prompt: str = ""


def read_fooocus(path: Path) -> Found:
    """The styles of a Fooocus .json file. Raises StyleError, as `read_style_file`."""
    name, text = _text_of(path)
    try:
        entries = msgspec.json.decode(text, type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError) as error:
        raise not_styles(name, error) from error
    return usable(name, _fooocus_entries(entries))


def read_a1111(path: Path) -> Found:
    """The styles of a styles.csv. Raises StyleError, as `read_style_file`.

    Rows that only divide the list in that program's menu are passed over.
    """
    name, text = _text_of(path)
    rows = csv.reader(io.StringIO(text))
    try:
        head = [cell.strip().lower() for cell in next(rows, [])]
        if "name" not in head or not {"prompt", "text"} & set(head):
            raise not_styles(name)
        written = [_row(head, row) for row in rows if row]
    except csv.Error as error:
        raise not_styles(name, error) from error
    kept = (each for each in written if not _divides(each))
    return usable(name, (_style(each, each.name, SourceFormat.A1111) for each in kept))


def _fooocus_entries(entries: list[msgspec.Raw]) -> Iterator[FoundStyle | StyleError]:
    for entry in entries:
        try:
            written = msgspec.json.decode(entry, type=_Written)
        except msgspec.ValidationError as error:
            yield StyleError("A style there says what this version does not know.", str(error))
            continue
        yield _style(written, _readable(written.name), SourceFormat.FOOOCUS)


def _row(head: list[str], row: list[str]) -> _Written:
    cells = dict(zip(head, row, strict=False))
    prompt = cells.get("prompt") or cells.get("text") or ""
    return _Written(cells.get("name", ""), prompt, cells.get("negative_prompt", ""))


def _divides(written: _Written) -> bool:
    return not (written.prompt.strip() or written.negative_prompt.strip()) and (
        _DIVIDER.match(written.name.strip()) is not None
    )


def _style(written: _Written, name: str, source: SourceFormat) -> FoundStyle | StyleError:
    if max(len(written.prompt), len(written.negative_prompt)) > 2 * MAX_FRAGMENT:
        return StyleError(
            f"The words of a style are plain text of at most {MAX_FRAGMENT:,} characters; "
            "please shorten them."
        )
    prompt = clean_prompt(written.prompt)
    style = Style(
        id=secrets.token_hex(8),
        name=_in_language(plain(name, MAX_NAME)),
        group=group_of(prompt) or StyleGroup.PAINT,
        prompt=_in_language(prompt),
        negative=_in_language(clean_prompt(written.negative_prompt)),
        source=source,
    )
    return FoundStyle(style)


def _in_language(text: str) -> Words:
    return Words(zh=text) if language_of(text, "en") == "zh" else Words(en=text)


def _readable(name: str) -> str:
    """A Fooocus name as that program shows it: "sai-3d-model" is "SAI 3D Model"."""
    words = name.replace("-", " ").split(" ")
    return " ".join(_ABBREVIATED.get(word.lower(), word[:1].upper() + word[1:]) for word in words)


def _text_of(path: Path) -> tuple[str, str]:
    """(the file's name as it can be shown, its text)."""
    name = visible_text(path.name)
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_FILE + 1)
    except OSError as error:
        raise StyleError(
            f"{name} cannot be read ({error.strerror}); check the file and its folder.", str(error)
        ) from error
    if len(content) > _MAX_FILE:
        raise StyleError(f"{name} is larger than a file of styles can be; choose another one.")
    try:
        return name, content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_styles(name, error) from error
