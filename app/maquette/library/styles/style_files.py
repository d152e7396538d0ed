"""Files of styles (.maquette-style): a zip of `styles.json`, sample pictures it names, and LoRAs.

One file holds one style or many. Everything here blocks and belongs in a thread.
"""

import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import msgspec

from maquette.core.errors import ImageError, StyleError
from maquette.core.files import atomic_file
from maquette.core.style import Style
from maquette.library.strange_zip import StrangeZip
from maquette.library.styles.found import MAX_STYLES, Found, FoundStyle, usable
from maquette.provenance.pictures import read_picture

ENDING = ".maquette-style"
MAX_SAMPLE = 4 << 20  # bytes
MAX_LORA = 900 << 20  # bytes
_MAX_JSON = 16 << 20  # bytes
_FORMAT = 1
_LIST = "styles.json"
_MADE = (1980, 1, 1, 0, 0, 0)  # the same styles give the same file
_ENDINGS = ((b"\x89PNG", "png"), (b"\xff\xd8", "jpg"), (b"RIFF", "webp"))


class _Entry(msgspec.Struct, frozen=True):
    style: msgspec.Raw
    sample: str = ""  # its name in the zip file


class _List(msgspec.Struct, frozen=True):
    styles: tuple[_Entry, ...]
    format: int = _FORMAT


class StrangeStyles(StrangeZip):
    """An open .maquette-style file; every refusal is a StyleError."""

    refusal = StyleError
    thing = "style"
    most_entries = 3 * MAX_STYLES


def read_style_file(path: Path, *, decode: bool = True) -> Found:
    """The styles of a .maquette-style file, a stranger's perhaps.

    Args:
        decode: whether sample pictures are looked at; one that is damaged is left out.

    Raises:
        StyleError: damaged, too large, of a newer version, or without a style that can be used.
    """
    with StrangeStyles(path) as file:
        if _LIST not in file:
            raise not_styles(file.name)
        try:
            content = msgspec.json.decode(file.read(_LIST, _MAX_JSON), type=_List)
        except (msgspec.DecodeError, RecursionError) as error:
            raise file.damaged(error) from error
        if content.format > _FORMAT:
            raise StyleError(
                f"{file.name} was written by a newer version of Maquette; please update Maquette "
                "to open it."
            )
        return usable(file.name, _entries(file, content, decode=decode))


def sample_of(path: Path) -> bytes:
    """The first sample picture in a file of styles, not yet decoded; b"" if there is none.

    Raises:
        StyleError: damaged or too large.
    """
    with StrangeStyles(path) as file:
        for _magic, ending in _ENDINGS:
            name = _sample_name(0, ending)
            if name in file:
                return file.read(name, MAX_SAMPLE)
    return b""


def write_style_file(
    path: Path,
    styles: Sequence[FoundStyle],
    loras: Mapping[str, Path] = MappingProxyType({}),
) -> None:
    """Write `styles` to one file, atomically, with the files of `loras` by their digests.

    Raises:
        StyleError: the disk did not take it, or a LoRA's file cannot be read.
    """
    entries: list[_Entry] = []
    samples: dict[str, bytes] = {}
    for number, each in enumerate(styles):
        name = _sample_name(number, _ending(each.sample)) if each.sample else ""
        if name:
            samples[name] = each.sample
        entries.append(_Entry(msgspec.Raw(msgspec.json.encode(each.style)), name))
    content = msgspec.json.format(msgspec.json.encode(_List(tuple(entries))), indent=1)
    try:
        with atomic_file(path) as stream, zipfile.ZipFile(stream, "w") as file:
            _put(file, _LIST, content, zipfile.ZIP_DEFLATED)
            for name, data in samples.items():
                _put(file, name, data, zipfile.ZIP_STORED)
            for digest, lora in sorted(loras.items()):
                with lora.open("rb") as source, file.open(_entry(lora_entry(digest)), "w") as out:
                    shutil.copyfileobj(source, out, 1 << 20)
    except OSError as error:
        raise StyleError(
            f"The styles could not be saved as {path} ({error.strerror}); choose another folder "
            "or free some space.",
            str(error),
        ) from error


def lora_entry(digest: str) -> str:
    """What the LoRA of this digest is called in a file of styles."""
    return f"loras/{digest}.safetensors"


def check_sample(sample: bytes) -> None:
    """Raise StyleError if `sample` is no picture that can be shown as a style's sample."""
    if len(sample) > MAX_SAMPLE:
        raise StyleError(
            f"A style's sample picture has at most {MAX_SAMPLE >> 20} MiB; choose a smaller one."
        )
    try:
        read_picture(sample, 64)
    except ImageError as error:
        raise StyleError(
            "The sample picture cannot be read; choose another one.", error.message
        ) from error


def not_styles(name: str, error: Exception | str = "") -> StyleError:
    """The sentence for a file that holds no styles."""
    return StyleError(
        f"{name} is no file of styles; choose a .maquette-style file, a Fooocus .json file or a "
        "styles.csv.",
        str(error),
    )


def _entries(
    file: StrangeStyles, content: _List, *, decode: bool
) -> Iterator[FoundStyle | StyleError]:
    for entry in content.styles:
        try:
            style = msgspec.json.decode(entry.style, type=Style)
        except msgspec.ValidationError as error:
            yield StyleError("A style there says what this version does not know.", str(error))
            continue
        sample = file.read(entry.sample, MAX_SAMPLE) if entry.sample in file else b""
        yield FoundStyle(style, sample if not decode or _is_picture(sample) else b"")


def _is_picture(sample: bytes) -> bool:
    try:
        check_sample(sample)
    except StyleError:
        return False
    return True


def _sample_name(number: int, ending: str) -> str:
    return f"samples/{number}.{ending}"


def _ending(sample: bytes) -> str:
    return next((ending for magic, ending in _ENDINGS if sample.startswith(magic)), "png")


def _put(file: zipfile.ZipFile, name: str, data: bytes, how: int) -> None:
    file.writestr(_entry(name), data, how)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MADE)
    entry.external_attr = 0o644 << 16
    return entry
