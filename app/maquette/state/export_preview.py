"""What one exported picture will look like: its frame, its colours, and what it is called."""

import asyncio
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
from PIL import Image

from maquette.core.errors import InputError
from maquette.core.export_preset import ColourSpace, ExportPreset, ExportSize
from maquette.core.gallery import GalleryPicture
from maquette.library.exports.names import example_names
from maquette.library.exports.planning import reason_against
from maquette.provenance.colour import Colours
from maquette.provenance.framing_pixels import framed
from maquette.provenance.pictures import read_picture


class LeftOut(msgspec.Struct, frozen=True):
    """A picture that cannot be exported, and why in one sentence."""

    name: str
    reason: str


class FramedPicture(msgspec.Struct, frozen=True):
    """A picture as it would be exported: a small copy of it (mode RGB), and its size in pixels."""

    image: Image.Image
    width: int
    height: int


class Examples(msgspec.Struct, frozen=True):
    """The first names, and in one sentence why there are none."""

    names: tuple[str, ...] = ()
    problem: str = ""


async def frame(
    picture: GalleryPicture, size: ExportSize, proof_profile: str, side: int
) -> FramedPicture:
    """`picture` at `size`, brought down to `side` pixels; `proof_profile` as in ExportPreset.

    Raises:
        ImageError: the picture, the size or the profile cannot be used.
    """
    return await asyncio.to_thread(_frame, picture, size, proof_profile, side)


def _frame(
    picture: GalleryPicture, size: ExportSize, proof_profile: str, side: int
) -> FramedPicture:
    pixels = np.array(read_picture(picture.path), dtype=np.uint8)
    sized = framed(pixels, size)
    height, width = sized.shape[:2]
    small = Image.fromarray(sized)
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    if proof_profile:
        shown = np.array(small, dtype=np.uint8)
        # In sRGB, since that is what the window draws in.
        small = Image.fromarray(Colours().changed(shown, ColourSpace.SRGB, proof_profile))
    return FramedPicture(small, width, height)


async def sort_out(
    pictures: Sequence[GalleryPicture],
) -> tuple[list[GalleryPicture], list[LeftOut]]:
    """(those that can be exported, the others with the reason); looks at the disk, in a thread."""
    return await asyncio.to_thread(_sort_out, pictures)


def _sort_out(
    pictures: Sequence[GalleryPicture],
) -> tuple[list[GalleryPicture], list[LeftOut]]:
    good, bad = [], []
    for picture in pictures:
        if reason := reason_against(picture):
            bad.append(LeftOut(picture.path.name, reason))
        else:
            good.append(picture)
    return good, bad


def examples(
    preset: ExportPreset,
    pictures: Sequence[GalleryPicture],
    limit: int,
    boards: Mapping[int, str],
) -> Examples:
    """The first names that `preset` gives; quick, since it looks at the first pictures only."""
    try:
        return Examples(tuple(example_names(preset, pictures[:limit], limit, boards)))
    except InputError as error:
        return Examples(problem=error.message)
