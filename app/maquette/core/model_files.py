"""Looking at models before they are loaded: what they are, whether they are whole, their digest."""

import hashlib
from importlib import resources
from pathlib import Path

import msgspec

from maquette.core.checkpoint_kinds import checkpoint_family
from maquette.core.errors import ModelError
from maquette.core.files import write_atomically
from maquette.core.model_info import BUILT_IN, ModelInfo
from maquette.core.model_sizes import sizes_around
from maquette.core.pipeline_folder import folder_weights, inspect_folder
from maquette.core.safetensors_header import read_header

_LATENT_FACTOR = 8  # of every single-file family


class _KnownDigest(msgspec.Struct, frozen=True):
    """A digest as cached: true while size and time of change are the same."""

    size: int
    modified: int  # nanoseconds
    sha256: str


def built_in_model() -> tuple[Path, ModelInfo]:
    """The folder of the model that ships with the app, and what it is.

    Raises:
        ModelError: the installation is incomplete.
    """
    try:
        folder = Path(str(resources.files("maquette_models").joinpath(BUILT_IN)))
        return folder, msgspec.structs.replace(inspect_folder(folder), id=BUILT_IN)
    except (ModuleNotFoundError, ModelError) as error:
        raise ModelError(
            "The built-in model is not complete in this installation; please install Maquette "
            "again.",
            str(error),
        ) from error


def find_model(model: str) -> tuple[Path, ModelInfo]:
    """The files of `model` ("maquette-mini" or a path) and what they are. Raises ModelError."""
    if model == BUILT_IN:
        return built_in_model()
    return Path(model), inspect_model(model)


def inspect_model(path: str | Path) -> ModelInfo:
    """What the model at `path` is, from configs and headers alone (milliseconds).

    Raises:
        ModelError: with a sentence, if it is missing, incomplete, unsafe or of an unknown kind.
    """
    place = Path(path)
    try:
        is_folder, is_file = place.is_dir(), place.is_file()
    except (OSError, ValueError) as error:
        raise ModelError("The model's path cannot be read.", str(error)) from error
    if is_folder:
        return inspect_folder(place)
    if not is_file:
        raise ModelError(f"There is no model at {path}; please check the path.")
    if place.suffix != ".safetensors":
        raise ModelError(
            f"{place.name} is not opened: only .safetensors files and diffusers folders are, "
            "because other model files can run programs."
        )
    kind = checkpoint_family(place.name, read_header(place))
    return ModelInfo(
        id=str(path),
        name=place.stem,
        family=kind.family,
        layout="single-file",
        latent_factor=_LATENT_FACTOR,
        sizes=sizes_around(kind.side),
        default_size=(kind.side, kind.side),
    )


def weight_files(path: Path) -> list[Path]:
    """The weight files of a model folder or single file, in a fixed order. Raises ModelError."""
    return [path] if path.is_file() else folder_weights(path)


def weights_digest(path: str | Path, cache: Path) -> str:
    """sha256 over the weights at `path`, in hex.

    Of a single file it is the file's own sha256, as model sites list it; of a folder, the sha256
    over the lines "file sha256, two spaces, relative name". Digests of files are kept in the JSON
    file `cache` while their size and time of change stay the same.

    Raises:
        ModelError: a weight file is missing or cannot be read.
    """
    place = Path(path).resolve()
    known = _read_cache(cache)
    files = weight_files(place)
    try:
        entries = {str(file): _file_digest(file, known.get(str(file))) for file in files}
    except OSError as error:
        raise ModelError("The model's weights cannot be read.", str(error)) from error
    if not entries.items() <= known.items():
        _write_cache(cache, known | entries)
    if place.is_file():
        return entries[str(place)].sha256
    lines = (
        f"{entries[str(file)].sha256}  {file.relative_to(place).as_posix()}\n" for file in files
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def file_of_digest(digest: str, cache: Path) -> Path | None:
    """A file of this sha256 whose digest is kept in `cache`, unchanged since; None if none is."""
    for name, known in _read_cache(cache).items():
        if known.sha256 == digest:
            file = Path(name)
            try:
                status = file.stat()
            except OSError:
                continue
            if (known.size, known.modified) == (status.st_size, status.st_mtime_ns):
                return file
    return None


def _file_digest(file: Path, known: _KnownDigest | None) -> _KnownDigest:
    status = file.stat()
    if known and (known.size, known.modified) == (status.st_size, status.st_mtime_ns):
        return known
    with file.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    return _KnownDigest(status.st_size, status.st_mtime_ns, sha256)


def _read_cache(cache: Path) -> dict[str, _KnownDigest]:
    try:
        return msgspec.json.decode(cache.read_bytes(), type=dict[str, _KnownDigest])
    except (OSError, msgspec.DecodeError):
        return {}  # a cache: computed again


def _write_cache(cache: Path, entries: dict[str, _KnownDigest]) -> None:
    try:
        write_atomically(cache, msgspec.json.encode(entries))
    except OSError:
        return  # a read-only cache only costs time
