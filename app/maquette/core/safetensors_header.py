"""Reading the header of a .safetensors file without trusting it and without torch.

Format: uint64 little-endian header length, that many bytes of JSON (tensor name to dtype, shape
and data_offsets; "__metadata__" to strings), then the tensors' bytes.
https://github.com/huggingface/safetensors#format
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from maquette.core.errors import ModelError

MAX_HEADER = 64 * 1024 * 1024  # bytes; the header of SDXL takes about 0.3 MB

_PICKLE_STARTS = (b"PK\x03\x04", b"\x80")  # torch.save as zip, and bare pickle protocols 2 to 5


class TensorEntry(msgspec.Struct, frozen=True):
    """One tensor: its type by safetensors name, its shape, its byte range in the data part."""

    dtype: str
    shape: tuple[int, ...]
    data_offsets: tuple[int, int]


class Header(msgspec.Struct, frozen=True):
    """What a .safetensors file says it holds."""

    tensors: Mapping[str, TensorEntry]
    metadata: Mapping[str, str]


def read_header(path: Path) -> Header:
    """Read and check the header of `path`; the data itself is not read.

    Raises:
        ModelError: not a safetensors file, a pickle under its name, or cut off.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(9)
            length = int.from_bytes(start[:8], "little")
            if len(start) < 9 or start[8:] != b"{" or not 2 <= length <= MAX_HEADER:
                raise _not_safetensors(path, start)
            if length > size - 8:
                raise _cut_off(path)
            text = b"{" + file.read(length - 1)
    except OSError as error:
        raise ModelError(f"The model file {path.name} cannot be read.", str(error)) from error
    try:
        parsed = json.loads(text)
        metadata = msgspec.convert(parsed.pop("__metadata__", None) or {}, dict[str, str])
        tensors = msgspec.convert(parsed, dict[str, TensorEntry])
    except (ValueError, AttributeError, RecursionError) as error:
        raise _not_safetensors(path, b"") from error
    end = max((entry.data_offsets[1] for entry in tensors.values()), default=0)
    if size < 8 + length + end:
        raise _cut_off(path)
    return Header(tensors=tensors, metadata=metadata)


def _not_safetensors(path: Path, start: bytes) -> ModelError:
    if start.startswith(_PICKLE_STARTS):
        return ModelError(
            f"{path.name} is a Python pickle under a .safetensors name and is not opened, "
            "because such files can run programs; please get the real .safetensors file."
        )
    return ModelError(f"{path.name} is not a safetensors file; please download the model again.")


def _cut_off(path: Path) -> ModelError:
    return ModelError(
        f"{path.name} is incomplete (a copy or download was cut off); please fetch it again."
    )


def safetensors_files(path: str, most: int) -> Iterator[Path]:
    """`path` itself, or what it has in it and below as a folder, in order; at most `most`."""
    place = Path(path)
    try:
        if not place.is_dir():
            yield place
            return
        for number, file in enumerate(sorted(place.rglob("*.safetensors"))):
            if number == most:
                return
            yield file
    except (OSError, ValueError):
        return
