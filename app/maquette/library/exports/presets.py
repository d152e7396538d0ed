"""Export presets as files: those that ship with the studio, and the user's own."""

import re
from pathlib import Path

import msgspec

from maquette.core.errors import InputError, SaveError
from maquette.core.export_preset import ExportPreset, Fit
from maquette.core.files import write_atomically
from maquette.core.plain_text import visible_text
from maquette.library.exports.names import check_export_template
from maquette.library.naming import slug
from maquette_resources import export_presets

MAX_NAME = 80  # characters
_MAX_FILE = 64 << 10  # bytes
_MAX_FILES = 500
_MAX_SAID = 200  # characters of a stranger's file in a sentence
_SUFFIX = ".json"
_UNKNOWN_KEY = re.compile(r"Object contains unknown field `(.*)`")
_MISSING_KEY = re.compile(r"Object missing required field `(.*)`")
_PLACE = re.compile(r" - at `\$\.?(.*)`$")


def built_in_presets() -> list[ExportPreset]:
    """The presets that ship with the studio."""
    return [read_preset_file(path) for path in export_presets()]


def load_presets(folder: Path) -> tuple[list[ExportPreset], list[str]]:
    """(presets, problems): the built-in ones first, then the user's own in `folder`, by name.

    A preset of the user's that is named like a built-in one stands in its place. A file that
    cannot be used stays where it is and is told of in one sentence.
    """
    own: dict[str, ExportPreset] = {}
    problems: list[str] = []
    for path in _files(folder, problems):
        try:
            preset = read_preset_file(path)
        except InputError as error:
            if path.exists():  # and was not taken away since the folder was read
                problems.append(error.message)
            continue
        if preset.name in own:
            problems.append(
                f"The export preset {path.name} has the name {preset.name!r} of another one; "
                "give it a name of its own."
            )
            continue
        own[preset.name] = preset
    shipped = [own.pop(preset.name, preset) for preset in built_in_presets()]
    return shipped + sorted(own.values(), key=lambda preset: preset.name.casefold()), problems


def find_preset(name: str, folder: Path) -> ExportPreset:
    """The preset called `name`, whatever its case, or of the file `name`.

    Raises:
        InputError: there is none, or the file cannot be used.
    """
    presets, problems = load_presets(folder)
    for preset in presets:
        if preset.name.casefold() == name.casefold():
            return preset
    if path := _named_file(name):
        return read_preset_file(path)
    known = ", ".join(preset.name for preset in presets)
    hint = f" ({problems[0]})" if problems else ""
    raise InputError(
        f"There is no export preset {_short(name)!r}{hint}; use {known} or a preset's file."
    )


def read_preset_file(path: Path) -> ExportPreset:
    """The preset in the JSON file `path`, a stranger's perhaps.

    Raises:
        InputError: it is missing, too long, no JSON, has unknown keys or values out of range. The
            sentence names the file and the key.
    """
    try:
        if not path.is_file():
            raise InputError(f"There is no export preset file {path}; check its name.")
        with path.open("rb") as file:
            content = file.read(_MAX_FILE + 1)
    except (OSError, ValueError) as error:
        raise InputError(
            f"The export preset {path.name} cannot be opened; check that it may be read.",
            str(error),
        ) from error
    if len(content) > _MAX_FILE:
        raise InputError(f"The export preset {path.name} is too long to be one; choose another.")
    try:
        text = content.decode("utf-8-sig")
        preset = msgspec.json.decode(text.encode(), type=ExportPreset)
        problem = _problem_of(preset)
    except msgspec.ValidationError as error:
        raise InputError(_unusable(path, _in_words(str(error)))) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(
            f"The export preset {path.name} is no valid JSON; mend the file or remove it.",
            str(error),
        ) from error
    if problem:
        raise InputError(_unusable(path, problem))
    return preset


def check_preset(preset: ExportPreset) -> None:
    """Raise InputError if `preset` says what cannot be done; the sentence names the key."""
    if problem := _problem_of(preset):
        raise InputError(f"This export preset cannot be used: {problem}.")


def save_preset(folder: Path, preset: ExportPreset) -> Path:
    """Write `preset` as one of the user's own, in the place of one of its name; returns the file.

    Raises:
        InputError: it says what cannot be done (see `check_preset`).
        SaveError: the disk did not take it; what was there is as it was.
    """
    path = _file_of(folder, preset.name) or _free_name(folder, preset.name)
    write_preset_file(path, preset)
    return path


def write_preset_file(path: Path, preset: ExportPreset) -> None:
    """Write `preset` to the JSON file `path`, for keeping or for giving away.

    Raises:
        InputError: it says what cannot be done (see `check_preset`).
        SaveError: the disk did not take it; what was there is as it was.
    """
    check_preset(preset)
    try:
        write_atomically(path, msgspec.json.format(msgspec.json.encode(preset), indent=2) + b"\n")
    except OSError as error:
        raise SaveError(
            f"The export preset could not be written to {path.parent} ({error.strerror}); "
            "free some space or check that the folder may be written to.",
            str(error),
        ) from error


def remove_preset(folder: Path, name: str) -> ExportPreset | None:
    """Take the user's own preset `name` away and return it, so that saving it undoes this.

    None if there is none, as for built-in ones. Raises SaveError: it cannot be removed.
    """
    path = _file_of(folder, name)
    if path is None:
        return None
    preset = read_preset_file(path)
    try:
        path.unlink()
    except OSError as error:
        raise SaveError(
            f"The export preset {path.name} cannot be removed ({error.strerror}); "
            "check that the folder may be written to.",
            str(error),
        ) from error
    return preset


def _named_file(name: str) -> Path | None:
    """The file that `name` means, if it can mean one."""
    try:
        path = Path(name).expanduser()
        return path if path.suffix.lower() == _SUFFIX or path.is_file() else None
    except (OSError, ValueError, RuntimeError):  # RuntimeError: the home folder of nobody known
        return None


def _files(folder: Path, problems: list[str]) -> list[Path]:
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == _SUFFIX)
    except FileNotFoundError:
        return []
    except OSError as error:
        problems.append(f"The folder of export presets cannot be read ({error.strerror}).")
        return []
    return paths[:_MAX_FILES]


def _file_of(folder: Path, name: str) -> Path | None:
    """Where the user's preset `name` is."""
    for path in _files(folder, []):
        try:
            if read_preset_file(path).name == name:
                return path
        except InputError:
            continue
    return None


def _free_name(folder: Path, name: str) -> Path:
    """Another preset's file, or one that cannot be read, is never written over."""
    stem, number = slug(name), 1
    while (path := folder / f"{stem}{'' if number == 1 else f'-{number}'}{_SUFFIX}").exists():
        number += 1
    return path


def _problem_of(preset: ExportPreset) -> str:
    """What `preset` says that cannot be done, "" for nothing."""
    if not preset.name.strip() or not preset.name.isprintable() or len(preset.name) > MAX_NAME:
        return f'the key "name" must be 1 to {MAX_NAME} printable characters that are not all blank'
    for size in preset.sizes:
        if size.fit is not Fit.FIT and (size.width is None or size.height is None):
            return (
                f'the key "sizes" has a size with fit "{size.fit.value}", '
                "which needs both width and height"
            )
    if preset.proof_profile.replace("\\", "/").startswith("//"):
        return 'the key "proof_profile" names another computer, so copy the profile to this one'
    try:
        check_export_template(preset.template)
    except InputError as error:
        return f'the key "template" is wrong ({error.message.rstrip(".")})'
    return ""


def _unusable(path: Path, problem: str) -> str:
    return f"The export preset {path.name} cannot be used: {problem}; mend the file or remove it."


def _in_words(refusal: str) -> str:
    """What msgspec says of a value, with the key's name in front."""
    place = _PLACE.search(refusal)
    where = _short(place[1]) if place else ""
    reason = _short(_PLACE.sub("", refusal))
    within = f' in "{where}"' if where else ""
    if unknown := _UNKNOWN_KEY.fullmatch(reason):
        return f'the key "{unknown[1]}"{within} is not known'
    if missing := _MISSING_KEY.fullmatch(reason):
        return f'the key "{missing[1]}"{within} is missing'
    reason = reason[0].lower() + reason[1:]
    return f'the key "{where}" is wrong ({reason})' if where else reason


def _short(text: str) -> str:
    return visible_text(text)[:_MAX_SAID]
