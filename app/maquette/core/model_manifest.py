"""A model's manifest: the size and SHA-256 of every file of a model folder, checked at load.

It finds damage (a broken download, a failing disk, a tool that rewrote a file). It is no signature:
whoever can change a file can change the manifest beside it.
"""

import hashlib
from pathlib import Path, PurePosixPath

import msgspec

from maquette.core.errors import ModelError

MANIFEST = "manifest.json"
_MAX_BYTES = 1 << 20
_MAX_FILES = 1000


class ListedFile(msgspec.Struct, frozen=True):
    """One file as the manifest knows it: `sha256` in hex, `size` in bytes."""

    sha256: str
    size: int


class Manifest(msgspec.Struct, frozen=True):
    """`files` by their path relative to the model folder, with forward slashes."""

    files: dict[str, ListedFile]


def check_manifest(folder: Path) -> bool:
    """Compare every file of the model `folder` with its manifest.json; False if it has none.

    Raises:
        ModelError: with a sentence, if a file is missing or differs, or the manifest is broken.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return False
    for name, listed in _read(path).files.items():
        problem = _problem(folder / name, listed)
        if problem:
            raise ModelError(
                f"{folder.name} is damaged: {name} {problem}; please fetch the model again."
            )
    return True


def _read(path: Path) -> Manifest:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ModelError(f"{path.name} is too large to be a manifest; fetch the model again.")
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ModelError(
            f"The model's {path.name} is broken; please fetch the model again.", str(error)
        ) from error
    if len(manifest.files) > _MAX_FILES or not all(map(_is_inside, manifest.files)):
        raise ModelError(f"The model's {path.name} makes no sense; please fetch the model again.")
    return manifest


def _is_inside(name: str) -> bool:
    """Whether a listed name stays in the folder: the manifest may come from a stranger."""
    path = PurePosixPath(name)
    plain = "\\" not in name and ":" not in name and "\x00" not in name
    return bool(path.parts) and plain and not path.is_absolute() and ".." not in path.parts


def _problem(path: Path, listed: ListedFile) -> str:
    """What is wrong with one file, or ""."""
    try:
        if not path.is_file():
            return "is missing"
        if path.stat().st_size != listed.size:
            return "has another size than its manifest says"
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != listed.sha256.lower():
                return "has been changed"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return ""
