"""Looking at pictures before a training: what can be used, and what to know about it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from maquette.core.errors import ImageError, InputError
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.plain_text import visible_text
from maquette.core.training import (
    CropBox,
    FoundPicture,
    PictureTrait,
    StyleKind,
    check_count,
    looks_same,
)
from maquette.core.training_captions import caption_for, subject_of
from maquette.core.training_draft import MAX_LOOKED_AT
from maquette.provenance.likeness import hash_of
from maquette.provenance.pictures import frames_in, read_picture

_SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".avif", ".tif", ".tiff", ".bmp", ".gif"}
_MAX_FILE = 256 << 20  # bytes
_LEAST_SIDE = 64  # pixels; less shows nothing
_BLURRED = 0.0025  # see `sharpness`
_SHARPNESS_SIDE = 256
_UNREADABLE = (PictureTrait.UNREADABLE,)
_LONGEST = 2.0  # ratio of the sides above which a crop is proposed


def look_at(
    paths: Sequence[Path], side: int, kind: StyleKind, trigger: str
) -> Iterator[FoundPicture]:
    """What each picture file at `paths`, or in a folder there, is, in the order of names.

    Decoders of strangers' files run here: it belongs in a process that may be lost.

    Args:
        side: pixels of width and height that the model learns at.

    Raises:
        InputError: a path is not there, or there are too many files.
    """
    seen: list[tuple[str, str]] = []  # hash and digest of what can be used
    for path in _files(paths):
        found = _look(path, side, kind, trigger)
        if not found.problem:
            twin = next((d for kept, d in seen if looks_same(kept, found.likeness)), "")
            if twin:
                found = msgspec.structs.replace(found, duplicate_of=twin)
            else:
                seen.append((found.likeness, found.digest))
        yield found


def sharpness(pixels: Pixels) -> float:
    """How much fine detail RGB pixels have: the strongest hundredth of |Laplacian| of luma 0 to 1.

    The strongest, since most of a picture may rightly be plain; measured at 256 pixels, since
    that is about what is learned from.
    """
    luma = pixels[..., :3].astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32) / 255
    step = max(1, round(max(luma.shape) / _SHARPNESS_SIDE))
    if step > 1:
        height, width = (size // step * step for size in luma.shape)
        blocks = luma[:height, :width].reshape(height // step, step, width // step, step)
        luma = blocks.mean((1, 3))
    if min(luma.shape) < 3:
        return 0.0
    centre = luma[1:-1, 1:-1]
    around = luma[:-2, 1:-1] + luma[2:, 1:-1] + luma[1:-1, :-2] + luma[1:-1, 2:]
    return float(np.quantile(np.abs(4 * centre - around), 0.99)) / 4


def proposed_crop(width: int, height: int) -> CropBox:
    """All of a picture, or the middle of one that is far from square.

    What is learned keeps its own shape, up to twice as long as wide.
    """
    if max(width, height) <= _LONGEST * min(width, height):
        return CropBox()
    if width > height:
        rest = (1 - _LONGEST * height / width) / 2
        return CropBox(left=rest, right=1 - rest)
    rest = (1 - _LONGEST * width / height) / 2
    return CropBox(top=rest, bottom=1 - rest)


def _files(paths: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        try:
            if path.is_dir():
                inside = (each for each in path.iterdir() if not each.name.startswith("."))
                files += [p for p in inside if p.suffix.lower() in _SUFFIXES and p.is_file()]
            elif path.is_file():
                files.append(path)
            else:
                raise InputError(
                    f"{visible_text(str(path))} is not there; please check the folder of pictures."
                )
        except OSError as error:
            raise InputError(
                f"{visible_text(str(path))} cannot be read; please check the folder of pictures.",
                str(error),
            ) from error
    if len(files) > MAX_LOOKED_AT:
        check_count(len(files))
    return sorted(set(files), key=lambda file: (file.name.casefold(), file))


def _look(path: Path, side: int, kind: StyleKind, trigger: str) -> FoundPicture:
    name = visible_text(path.name)
    try:
        str(path).encode()
    except UnicodeEncodeError:
        problem = f"The name of the file {name} is not valid text; please rename it."
        return FoundPicture(path="", name=name, problem=problem, traits=_UNREADABLE)
    found = FoundPicture(path=str(path), name=name)
    try:
        pixels = read_pixels(path)
    except ImageError as error:
        return msgspec.structs.replace(found, problem=error.message, traits=_UNREADABLE)
    height, width = pixels.shape[:2]
    if min(height, width) < _LEAST_SIDE:
        problem = f"{name} has only {width} × {height} pixels, too few to learn from."
        return msgspec.structs.replace(
            found, width=width, height=height, problem=problem, traits=(PictureTrait.TINY,)
        )
    told = tuple(_notices(path, name, pixels, side))
    return msgspec.structs.replace(
        found,
        digest=pixel_digest(pixels),
        width=width,
        height=height,
        caption=caption_for(kind, trigger, subject_of(path.stem)),
        crop=proposed_crop(width, height),
        likeness=hash_of(pixels),
        traits=tuple(trait for trait, _ in told),
        notices=tuple(sentence for _, sentence in told),
    )


def _notices(
    path: Path, name: str, pixels: Pixels, side: int
) -> Iterator[tuple[PictureTrait, str]]:
    height, width = pixels.shape[:2]
    if min(height, width) < side * 3 // 4:
        yield (
            PictureTrait.SMALL,
            f"{name} is smaller than the model's pictures ({width} × {height}) and is enlarged.",
        )
    if sharpness(pixels) < _BLURRED:
        yield PictureTrait.BLURRED, f"{name} looks blurred; a style learns the blur too."
    if max(width, height) > _LONGEST * min(width, height):
        yield PictureTrait.NARROW, f"{name} is long and narrow; only the crop is learned from."
    if frames_in(path) > 1:
        yield (
            PictureTrait.SEVERAL,
            f"{name} has several pictures; only the first one is learned from.",
        )


def read_pixels(path: Path) -> Pixels:
    """RGB pixels of a stranger's file, upright. Raises ImageError."""
    name = visible_text(path.name)
    try:
        if path.stat().st_size > _MAX_FILE:
            raise ImageError(f"{name} is larger than {_MAX_FILE >> 20} MiB and was not read.")
    except OSError as error:
        raise ImageError(
            f"{name} is no longer there; please choose another picture.", str(error)
        ) from error
    return np.asarray(read_picture(path))
