"""IP-Adapters as files: what each is, its image encoder, and whether both fit a model.

The published layout (https://huggingface.co/h94/IP-Adapter) is read: a .safetensors file with
`image_proj.*` and `ip_adapter.*`, and a folder `image_encoder` beside it, or in the folder `models`
beside its folder. Only headers and configs are read here, and digests made; nothing is loaded, and
no file that could run a program is opened.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from maquette.core.control_kinds import FAMILY_WORDS
from maquette.core.errors import ModelError
from maquette.core.ip_adapter import IPAdapterUse
from maquette.core.lora_headers import CONTEXTS
from maquette.core.model_files import file_of_digest, weights_digest
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.pipeline_folder import read_config
from maquette.core.plain_text import visible_text
from maquette.core.safetensors_header import Header, read_header, safetensors_files

TOKENS = 4
"""How many tokens stand for an image."""

ENCODER = "image_encoder"  # the folder's name

_SUFFIX = ".safetensors"
_MOST_FILES = 500  # of one folder
_WEIGHTS = "model.safetensors"
_PUBLISHED = "models"  # in the folder above: the encoder that several adapters share
_PROJECTION = {
    "image_proj.proj.weight",
    "image_proj.proj.bias",
    "image_proj.norm.weight",
    "image_proj.norm.bias",
}
_LAYER = re.compile(r"ip_adapter\.(\d{1,3})\.to_([kv])_ip\.weight")
_TYPES = frozenset({"F16", "BF16", "F32"})
_MOST_LAYERS, _MOST_WIDTH = 256, 8192
_MOST_BYTES = 16 << 30  # of an encoder; the largest published one has 3.7 GB


class IPAdapterInfo(msgspec.Struct, frozen=True, kw_only=True):
    """An IP-Adapter that can be used.

    `path` is its file and `encoder` the weight file of its image encoder. `family` is None where
    no known family has text of `context` wide. `use` is what a recipe says of it.
    """

    path: str
    encoder: str
    family: ModelFamily | None
    context: int
    use: IPAdapterUse

    @property
    def name(self) -> str:
        """What people call it."""
        return self.use.name


class _EncoderConfig(msgspec.Struct, frozen=True):
    """What of an image encoder's config.json is looked at, with transformers' own defaults."""

    architectures: tuple[str, ...] | None = None
    hidden_size: int = 768
    intermediate_size: int = 3072
    num_hidden_layers: int = 12
    num_attention_heads: int = 12
    image_size: int = 224
    patch_size: int = 32
    projection_dim: int = 512


def inspect_ip_adapter(path: str | Path, digests: Path) -> IPAdapterInfo:
    """What the IP-Adapter at `path` is. Blocks: digests of what was not seen before are made.

    Args:
        digests: the JSON file that keeps digests of weight files.

    Raises:
        ModelError: with a sentence, if it is missing, cut off, unsafe, of another kind, or has no
            image encoder.
    """
    place = Path(path)
    name = visible_text(place.stem)[:100] or "IP-Adapter"
    header = _header(place)
    context, width, layers = _shapes(name, header)
    if not (1 <= layers <= _MOST_LAYERS and context <= _MOST_WIDTH and width <= _MOST_WIDTH):
        raise _incomplete(name)
    encoder = _encoder_of(place, name, width)
    return IPAdapterInfo(
        path=str(path),
        encoder=str(encoder),
        family=CONTEXTS.get(context),
        context=context,
        use=IPAdapterUse(name, weights_digest(place, digests), weights_digest(encoder, digests)),
    )


def holds_ip_adapter(path: str) -> bool:
    """Whether `path` is an IP-Adapter of whatever kind, or a folder that has some. Blocks."""
    if (Path(path) / "model_index.json").is_file():
        return False
    return any(_looks_like_one(file) for file in safetensors_files(path, _MOST_FILES))


def find_ip_adapters(
    paths: Iterable[str], digests: Path
) -> tuple[tuple[IPAdapterInfo, ...], tuple[ModelError, ...]]:
    """The IP-Adapters at `paths`, files or folders, by name; why the others cannot be used. Blocks.

    Of a folder what is no IP-Adapter is passed over.
    """
    found: dict[str, IPAdapterInfo] = {}
    problems: list[ModelError] = []
    for path in paths:
        is_folder = Path(path).is_dir()
        for file in safetensors_files(path, _MOST_FILES):
            if is_folder and not _looks_like_one(file):
                continue
            try:
                info = inspect_ip_adapter(file, digests)
                found.setdefault(info.use.digest, info)
            except ModelError as error:
                problems.append(error)
    ordered = sorted(found.values(), key=lambda info: (info.name.lower(), info.path))
    return tuple(ordered), tuple(problems)


def fits(info: IPAdapterInfo, model: ModelInfo) -> bool:
    """Whether `info` is made for the family of `model`."""
    return info.family in (None, model.family)


def check_ip_adapter_fits(info: IPAdapterInfo, model: ModelInfo) -> None:
    """Raise ModelError, with the reason, if `info` is made for a model of another family."""
    if info.family is not None and info.family is not model.family:
        raise ModelError(
            f"The IP-Adapter {info.name} is made for {FAMILY_WORDS[info.family]} and cannot be "
            f"used with {model.name}; choose another way for the style image."
        )


def find_ip_adapter(use: IPAdapterUse, paths: Iterable[str], digests: Path) -> IPAdapterInfo:
    """The files of `use`.

    Args:
        paths: files and folders where IP-Adapters are kept.
        digests: the JSON file that keeps digests of weight files.

    Raises:
        ModelError: it is not at hand with the image encoder that was used.
    """
    known = file_of_digest(use.digest, digests) if use.digest else None
    for place in (*([str(known)] if known else ()), *paths):
        for info in find_ip_adapters([place], digests)[0]:
            if (info.use.digest, info.use.encoder) == (use.digest, use.encoder):
                return info
    raise ModelError(
        f"The IP-Adapter {visible_text(use.name)[:100]} of this recipe is not at hand with its "
        "image encoder; please add it, or choose another way for the style image."
    )


def _header(place: Path) -> Header:
    """The header of the file at `place`. Raises ModelError."""
    shown = visible_text(place.name)[:100]
    try:
        is_file = place.is_file()
    except (OSError, ValueError) as error:
        raise ModelError("The IP-Adapter's path cannot be read.", str(error)) from error
    if place.suffix.lower() in {".bin", ".pt", ".pth", ".ckpt", ".pkl"}:
        raise ModelError(
            f"{shown} is not opened, because such files can run programs; please get the "
            f"IP-Adapter as {_SUFFIX}."
        )
    if not is_file:
        raise ModelError(f"There is no IP-Adapter at {place}; please check the path.")
    if place.suffix.lower() != _SUFFIX:
        raise ModelError(f"{shown} is no IP-Adapter; they are {_SUFFIX} files.")
    return read_header(place)


def _shapes(name: str, header: Header) -> tuple[int, int, int]:
    """Width of the text states, width of an embedded image, and how many layers are added to.

    Raises:
        ModelError: it is none of the plain kind, or not whole.
    """
    tensors = header.tensors
    if not _is_one(header):
        raise ModelError(f"{name} is no IP-Adapter; please choose another file.")
    layers = {key: match for key in tensors if (match := _LAYER.fullmatch(key))}
    if set(tensors) != _PROJECTION | set(layers):
        raise ModelError(
            f"{name} is an IP-Adapter of another kind (Plus, Full Face or FaceID), which cannot be "
            "used here; please get the plain one."
        )
    rows, *rest = tensors["image_proj.proj.weight"].shape
    norm = tensors["image_proj.norm.weight"].shape
    numbers = {letter: {m[1] for m in layers.values() if m[2] == letter} for letter in "kv"}
    if (
        len(rest) != 1
        or len(norm) != 1
        or rows != TOKENS * norm[0]
        or min(*rest, *norm) < 1
        or numbers["k"] != numbers["v"]
        or any(entry.dtype not in _TYPES for entry in tensors.values())
        or any(
            len(tensors[key].shape) != 2
            or tensors[key].shape[1] != norm[0]
            or not 1 <= tensors[key].shape[0] <= _MOST_WIDTH
            for key in layers
        )
    ):
        raise _incomplete(name)
    return norm[0], rest[0], len(numbers["k"])


def _encoder_of(place: Path, name: str, width: int) -> Path:
    """The weight file of the image encoder that makes embeddings of `width`. Raises ModelError."""
    folder = place.absolute().parent
    candidates = (folder / ENCODER, folder.parent / _PUBLISHED / ENCODER)
    problem = ModelError(
        f"The image encoder of {name} is missing; please put its folder {ENCODER} beside the file."
    )
    for candidate in candidates:
        if not (candidate / "config.json").is_file():
            continue
        config = read_config(candidate / "config.json", _EncoderConfig)
        weights = candidate / _WEIGHTS
        if config.projection_dim != width:
            problem = ModelError(
                f"The image encoder beside {name} is another one than it was made for; please "
                f"fetch the folder {ENCODER} that belongs to it."
            )
            continue
        if not weights.is_file():
            problem = ModelError(
                f"The image encoder of {name} has no {_WEIGHTS}; please fetch its folder again."
            )
            continue
        _check_encoder(name, config, weights)
        return weights
    raise problem


def _check_encoder(name: str, config: _EncoderConfig, weights: Path) -> None:
    """Raise ModelError if config and header are not those of one CLIP image encoder.

    A config may not ask for more weights than the file has room for, at two bytes each.
    """
    widths = (config.hidden_size, config.intermediate_size, config.projection_dim)
    size = weights.stat().st_size
    is_possible = (
        all(1 <= width <= 2 * _MOST_WIDTH for width in widths)
        and 1 <= config.num_hidden_layers <= _MOST_LAYERS
        and 1 <= config.num_attention_heads <= config.hidden_size
        and 1 <= config.patch_size <= config.image_size <= 1024
        and "CLIPVisionModelWithProjection" in (config.architectures or ())
        and 2 * _weights_of(config) <= size <= _MOST_BYTES
    )
    projection = read_header(weights).tensors.get("visual_projection.weight")
    if (
        not is_possible
        or projection is None
        or projection.shape != (config.projection_dim, config.hidden_size)
    ):
        raise ModelError(
            f"The image encoder of {name} cannot be used (it must be a "
            "CLIPVisionModelWithProjection of usual size); please fetch its folder again."
        )


def _weights_of(config: _EncoderConfig) -> int:
    """How many weights an encoder of this config has, without its small ones."""
    width = config.hidden_size
    layer = 4 * width**2 + 2 * width * config.intermediate_size
    places = (config.image_size // config.patch_size) ** 2
    return config.num_hidden_layers * layer + width * (3 * config.patch_size**2 + places)


def _looks_like_one(file: Path) -> bool:
    try:
        return file.suffix.lower() == _SUFFIX and _is_one(read_header(file))
    except (ModelError, OSError, ValueError):
        return False


def _is_one(header: Header) -> bool:
    return any(key.startswith("image_proj.") for key in header.tensors) and any(
        key.startswith("ip_adapter.") for key in header.tensors
    )


def _incomplete(name: str) -> ModelError:
    return ModelError(f"{name} is not a complete IP-Adapter; please fetch it again.")
