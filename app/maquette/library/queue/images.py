"""The pictures that jobs need: compressed without loss, once for all jobs that name the same.

They stay as long as a job names them. Those that none names any more are removed when the next
program enters the queue, not at once: until then clearing can be undone.
"""

import sqlite3
import zlib
from collections.abc import Mapping, Sequence

import numpy as np

from maquette.core.errors import ImageError, RecipeError
from maquette.core.job import Job
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import MAX_SIDE, Recipe, image_word, recipe_images

_LEVEL = 1  # zlib's fastest: pictures hardly become smaller with more effort


def pack(pixels: Pixels) -> bytes:
    """The RGB bytes of `pixels`, compressed."""
    return zlib.compress(np.ascontiguousarray(pixels[:, :, :3]).data, _LEVEL)


def unpack(packed: bytes, width: int, height: int) -> Pixels:
    """What `pack` made of RGB pixels of this size; never more than they take.

    Raises:
        ValueError: `packed` is damaged, or of another size.
    """
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE):
        raise ValueError(f"no picture is {width} x {height}")
    length = width * height * 3
    stream = zlib.decompressobj()
    try:
        data = stream.decompress(packed, length + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(data) != length or not stream.eof:
        raise ValueError(f"not {width} x {height} RGB pixels")
    return np.frombuffer(data, dtype=np.uint8).reshape(height, width, 3)


def add_images(
    connection: sqlite3.Connection, jobs: Sequence[Job], images: Mapping[str, Pixels]
) -> None:
    """Keep what the recipes of `jobs`, which are rows by now, name beside their start images.

    Raises:
        RecipeError: one is neither in `images` nor kept already, or not of its recipe's size.
    """
    kept: dict[str, int] = {}  # digest to number of pixels
    for job in jobs:
        recipe = job.recipe
        for digest in recipe_images(recipe):
            if digest not in kept:
                kept[digest] = _keep(connection, recipe, digest, images.get(digest))
            if kept[digest] != recipe.width * recipe.height:
                raise RecipeError(
                    "A sketch or map is not of the picture's size; please choose it again.",
                    "controls",
                    f"{digest}: {kept[digest]} pixels for {recipe.width} x {recipe.height}",
                )
            connection.execute(
                "INSERT INTO job_images (job, image) VALUES (?, ?)", (job.id, digest)
            )


def _keep(
    connection: sqlite3.Connection, recipe: Recipe, digest: str, pixels: Pixels | None
) -> int:
    """Keep one image, unless it is there already; returns how many pixels it has."""
    known = connection.execute(
        "SELECT width * height FROM images WHERE digest = ?", (digest,)
    ).fetchone()
    if pixels is None:
        if known is None:
            raise RecipeError(
                f"The {image_word(recipe, digest)} of this picture is not at hand any more; "
                "please choose it again.",
                "controls",
                digest,
            )
        return known[0]
    if known is None or not _is_sound(connection, digest):
        if pixel_digest(pixels) != digest:
            raise RecipeError(
                "A sketch was changed while its picture was queued; please try again.",
                "controls",
                digest,
            )
        height, width = pixels.shape[:2]
        connection.execute(
            "INSERT INTO images (digest, width, height, pixels) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (digest) DO UPDATE SET width = excluded.width,"
            " height = excluded.height, pixels = excluded.pixels",
            (digest, width, height, pack(pixels)),
        )
    return pixels.shape[0] * pixels.shape[1]


def read_images(connection: sqlite3.Connection, recipe: Recipe) -> dict[str, Pixels]:
    """What `recipe` names beside its start image, by digest, of its size.

    Raises:
        ImageError: one is missing or damaged.
    """
    return {digest: _read(connection, digest, recipe) for digest in recipe_images(recipe)}


def _read(connection: sqlite3.Connection, digest: str, recipe: Recipe) -> Pixels:
    row = connection.execute("SELECT pixels FROM images WHERE digest = ?", (digest,)).fetchone()
    try:
        if row is None:
            raise ValueError("missing")
        # The same bytes may be of two shapes (blank paper); the recipe knows which is meant.
        pixels = unpack(row[0], recipe.width, recipe.height)
        if pixel_digest(pixels) != digest:
            raise ValueError("other pixels than were kept")
    except ValueError as error:
        raise ImageError(
            "The sketch of a job is damaged in the queue; make that job anew.",
            f"{digest}: {error}",
        ) from error
    return pixels


def _is_sound(connection: sqlite3.Connection, digest: str) -> bool:
    """Whether what is kept under `digest` is what it says, so that a damaged one is replaced."""
    packed, width, height = connection.execute(
        "SELECT pixels, width, height FROM images WHERE digest = ?", (digest,)
    ).fetchone()
    try:
        return pixel_digest(unpack(packed, width, height)) == digest
    except ValueError:
        return False


def remove_unused_images(connection: sqlite3.Connection) -> None:
    """Remove the images that no job names."""
    connection.execute("DELETE FROM images WHERE digest NOT IN (SELECT image FROM job_images)")
