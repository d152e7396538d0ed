"""LoRAs as files: what each is, whether it fits a model, and where the one of a recipe lies.

Only headers are read here, and digests made; nothing is loaded, and no file that could run a
program is opened.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from maquette.core.control_kinds import FAMILY_WORDS
from maquette.core.errors import ModelError
from maquette.core.lora import LoraUse
from maquette.core.lora_headers import LoraFormat, lora_header
from maquette.core.model_files import file_of_digest, weights_digest
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.plain_text import visible_text
from maquette.core.safetensors_header import read_header, safetensors_files

_SUFFIX = ".safetensors"
_MOST_FILES = 5000  # of one folder
_UNSAFE = frozenset({".pt", ".pth", ".ckpt", ".bin", ".pkl"})
_MOST_READ = 4 << 30  # bytes of files of other names that are read to find a LoRA
_FILE_NAMES = frozenset({"pytorch_lora_weights", "adapter_model", "style"})  # say nothing


class LoraInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A LoRA that can be used.

    `path` is the file that the user pointed at, or one within their folder. `family` is None where
    the file does not tell. The other fields are those of `LoraHeader`.
    """

    path: str
    name: str
    format: LoraFormat
    family: ModelFamily | None
    rank: int
    networks: tuple[str, ...]
    triggers: tuple[str, ...] = ()
    notes: dict[str, str] = {}
    too_wordy: bool = False


class Refused(msgspec.Struct, frozen=True):
    """A file that cannot be used as a LoRA, and why, in one sentence."""

    path: str
    message: str


def inspect_lora(path: str | Path) -> LoraInfo:
    """What the LoRA at `path` is, from its header alone (milliseconds).

    Raises:
        ModelError: with a sentence, if it is missing, cut off, unsafe, or no LoRA for our models.
    """
    place = Path(path)
    try:
        is_file = place.is_file()
    except (OSError, ValueError) as error:
        raise ModelError("The LoRA's path cannot be read.", str(error)) from error
    name = lora_name(place)
    if place.suffix.lower() in _UNSAFE:
        raise ModelError(
            f"{visible_text(place.name)} is not opened, because such files can run programs; "
            f"please get the LoRA as {_SUFFIX}."
        )
    if not is_file:
        raise ModelError(f"There is no LoRA at {path}; please check the path.")
    if place.suffix.lower() != _SUFFIX:
        raise ModelError(f"{visible_text(place.name)} is no LoRA; they are {_SUFFIX} files.")
    header = lora_header(name, read_header(place))
    return LoraInfo(
        path=str(path),
        name=name,
        format=header.format,
        family=header.family,
        rank=header.rank,
        networks=header.networks,
        triggers=header.triggers,
        notes=dict(header.notes),
        too_wordy=header.too_wordy,
    )


def lora_name(path: Path) -> str:
    """What the LoRA at `path` is called: its file's name, or the folder's where that says more."""
    stem = path.absolute().parent.name if path.stem in _FILE_NAMES else path.stem
    return visible_text(stem)[:100] or "LoRA"


def find_loras(paths: Iterable[str]) -> tuple[tuple[LoraInfo, ...], tuple[Refused, ...]]:
    """The LoRAs at `paths`, files or folders, by name; and the files that cannot be used. Blocks.

    Of a folder those in its sub-folders are found too; what is no LoRA there is passed over.
    """
    found: dict[str, LoraInfo] = {}
    refused: list[Refused] = []
    for path in paths:
        is_folder = Path(path).is_dir()
        for file in safetensors_files(path, _MOST_FILES):
            try:
                found.setdefault(str(file), inspect_lora(file))
            except ModelError as error:
                if not is_folder:
                    refused.append(Refused(path, error.message))
    ordered = sorted(found.values(), key=lambda info: (info.name.lower(), info.path))
    return tuple(ordered), tuple(refused)


def holds_loras(path: str) -> bool:
    """Whether `path` is a LoRA, or a folder that has LoRAs and is no model itself. Blocks."""
    place = Path(path)
    if (place / "model_index.json").is_file():
        return False
    return bool(find_loras([path])[0])


def check_lora_fits(info: LoraInfo, model: ModelInfo) -> None:
    """Raise ModelError, with the reason, if `info` is made for a model of another family."""
    if info.family not in (None, model.family):
        raise ModelError(
            f"The LoRA {info.name} is made for {FAMILY_WORDS[info.family]} and cannot be added to "
            f"{model.name}, which is {_described(model.family)}; choose one that is made for it."
        )


def find_lora(use: LoraUse, paths: Iterable[str], digests: Path) -> Path:
    """The file of `use`.

    Args:
        paths: files and folders where LoRAs are kept; files of the same name are read first, and
            then others, since people rename files, as long as that takes seconds.
        digests: the JSON file that keeps digests of weight files.

    Raises:
        ModelError: it is not at hand.
    """
    if use.digest:
        known = file_of_digest(use.digest, digests)
        if known is not None:
            return known
        files = [file for path in paths for file in safetensors_files(path, _MOST_FILES)]
        files.sort(key=lambda file: lora_name(file) != use.name)
        room = _MOST_READ
        for file in files:
            if lora_name(file) != use.name:
                room -= _size(file)
            if room >= 0 and _digest_or_none(file, digests) == use.digest:
                return file
    raise ModelError(
        f"The LoRA {visible_text(use.name)[:100]} of this recipe is not at hand; please add its "
        "file, or take it out of the stack."
    )


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _digest_or_none(file: Path, digests: Path) -> str | None:
    try:
        return weights_digest(file, digests)
    except ModelError:
        return None


def _described(family: ModelFamily) -> str:
    words = FAMILY_WORDS[family]
    return words if family is ModelFamily.MINI else f"of the family {words}"
