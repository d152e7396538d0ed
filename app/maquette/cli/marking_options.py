"""From options of the command line to marks and format: what is not said is as in the settings."""

from enum import StrEnum
from typing import TypeVar

import msgspec

from maquette.core.errors import InputError
from maquette.core.marking import (
    LOSSY,
    ExtraMark,
    FileEncoding,
    FileFormat,
    Marking,
    Preset,
    Profile,
    VisibleLabel,
)

_Choice = TypeVar("_Choice", bound=StrEnum)


class MarkingOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The options as typed; None or "" where nothing was."""

    profile: str = ""
    preset: str = ""
    label: str = ""
    extra_mark: str = ""
    write_recipe: bool | None = None
    sign: bool | None = None
    may_be_mined: bool | None = None


class EncodingOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The options as typed; None or "" where nothing was."""

    format: str = ""
    quality: int | None = None


def marking_of(options: MarkingOptions, chosen: Marking) -> Marking:
    """`chosen` with what `options` say instead.

    Raises:
        InputError: an option names something that there is not.
    """
    return Marking(
        profile=_one_of("profile", options.profile, Profile, chosen.profile),
        preset=_one_of("preset", options.preset, Preset, chosen.preset),
        visible_label=_one_of("label", options.label, VisibleLabel, chosen.visible_label),
        extra_mark=_one_of("extra mark", options.extra_mark, ExtraMark, chosen.extra_mark),
        write_recipe=chosen.write_recipe if options.write_recipe is None else options.write_recipe,
        sign=chosen.sign if options.sign is None else options.sign,
        timestamp_url=chosen.timestamp_url,
        may_be_mined=chosen.may_be_mined if options.may_be_mined is None else options.may_be_mined,
    )


def encoding_of(options: EncodingOptions, chosen: FileEncoding) -> FileEncoding:
    """`chosen` with what `options` say instead; another format has its own quality.

    Raises:
        InputError: there is no such format, or it knows no such quality.
    """
    text = {"jpg": "jpeg", "tif": "tiff"}.get(options.format.lower(), options.format)
    form = _one_of("format", text, FileFormat, chosen.format)
    if options.quality is None:
        return chosen if form is chosen.format else FileEncoding(form)
    if form not in LOSSY:
        lossy = ", ".join(sorted(LOSSY))
        raise InputError(f"The format {form} knows no quality; choose one of {lossy}.")
    if not 1 <= options.quality <= 100:
        raise InputError(f"The quality must be between 1 and 100, not {options.quality}.")
    return FileEncoding(form, options.quality)


def _one_of(name: str, text: str, kinds: type[_Choice], otherwise: _Choice) -> _Choice:
    if not text:
        return otherwise
    for kind in kinds:
        if kind.lower() == text.lower():
            return kind
    raise InputError(f"There is no {name} {text!r}; use {', '.join(kinds)}.")
