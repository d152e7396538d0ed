"""Small copies of pictures in two sizes, for lists and grids, which can be made again any time."""

import io
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from typing import Protocol

from PIL import Image

from maquette.core.errors import ImageError
from maquette.core.files import write_atomically
from maquette.core.pixels import Pixels, pixel_digest
from maquette.library.ledger_row import sha256
from maquette.provenance.metadata import MAX_FILE, read_image
from maquette.provenance.pictures import read_picture

_QUALITY = 82
_METHOD = 2  # of WebP's 0 to 6: a third of the default's time, files a tenth larger


class ThumbnailSize(IntEnum):
    """The longer side in pixels; pictures that are smaller stay as they are."""

    SMALL = 160
    LARGE = 320


class Pictured(Protocol):
    """What is asked of a picture: a library's row, for example."""

    @property
    def path(self) -> Path: ...
    @property
    def file_sha256(self) -> str: ...
    @property
    def pixel_sha256(self) -> str: ...


OnPixels = Callable[[Pictured, str], None]
"""Told a picture without `pixel_sha256` that was decoded, and the digest of its pixels."""


class Thumbnails:
    """The cache of thumbnails in one folder, which is made when needed. Threads may share it.

    A thumbnail is named by the digest of the picture's pixels or, while nobody has decoded those,
    of its file; so a picture that changes has another one, and one that moves keeps its own.
    """

    def __init__(self, folder: Path, on_pixels: OnPixels | None = None) -> None:
        """`on_pixels` is told, in the thread that decodes, what a picture's pixels are called."""
        self._folder = folder
        self._on_pixels = on_pixels

    def path_of(self, picture: Pictured, size: ThumbnailSize) -> Path:
        """Where the thumbnail is, or would be. Nothing is looked up on the disk."""
        return self.path_for(picture.pixel_sha256 or picture.file_sha256, size)

    def path_for(self, digest: str, size: ThumbnailSize) -> Path:
        """Where the thumbnail named by this digest (hex) is, or would be."""
        ending = ".webp" if size is ThumbnailSize.LARGE else f"-{size}.webp"
        return self._folder / digest[:2] / f"{digest}{ending}"

    def make(self, picture: Pictured, size: ThumbnailSize) -> Path:
        """The thumbnail's file, made where it is missing or damaged. Blocks; belongs in a thread.

        Raises:
            ImageError: the picture's own file cannot be read.
            OSError: the thumbnail could not be written; nothing is left behind.
        """
        path = self.path_of(picture, size)
        if _read(path) is None:
            write_atomically(path, _webp(self._render(picture, size)), durable=False)
        return path

    def image(self, picture: Pictured, size: ThumbnailSize) -> Image.Image:
        """The thumbnail, mode RGB, made where it is missing or damaged. Blocks.

        A thumbnail that cannot be written, on a full disk say, is made again the next time.

        Raises:
            ImageError: the picture's own file cannot be read.
        """
        path = self.path_of(picture, size)
        found = _read(path)
        if found is None:
            found = self._render(picture, size)
            with suppress(OSError):
                write_atomically(path, _webp(found), durable=False)
        return found

    def write(self, digest: str, pixels: Pixels) -> list[Path]:
        """Write both sizes of `pixels` (height, width, 3), named by `digest`; returns the files.

        Raises:
            OSError: they could not be written; the first may be left.
        """
        image = Image.fromarray(pixels)
        written: list[Path] = []
        for size in sorted(ThumbnailSize, reverse=True):
            image.thumbnail((size, size), Image.Resampling.LANCZOS)
            path = self.path_for(digest, size)
            if not path.exists():
                write_atomically(path, _webp(image), durable=False)
                written.append(path)
        return written

    def remove(self, picture: Pictured) -> None:
        """Forget the thumbnails of a picture that is gone for good. Raises OSError."""
        for size in ThumbnailSize:
            self.path_of(picture, size).unlink(missing_ok=True)

    def rename(self, file_sha256: str, pixel_sha256: str) -> None:
        """Keep what is named by a file's digest under the digest of its pixels."""
        for size in ThumbnailSize:
            path = self.path_for(pixel_sha256, size)
            with suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                self.path_for(file_sha256, size).replace(path)

    def _render(self, picture: Pictured, size: ThumbnailSize) -> Image.Image:
        """Decode what is nearest: the large thumbnail for a small one, else the picture.

        Of the picture the large thumbnail is kept as well, since decoding is what takes the time.
        """
        large = self.path_of(picture, ThumbnailSize.LARGE)
        if size is ThumbnailSize.LARGE:
            return self._decode(picture)
        image = _read(large)
        if image is None:
            image = self._decode(picture)
            with suppress(OSError):
                write_atomically(large, _webp(image), durable=False)
        image.thumbnail((size, size), Image.Resampling.LANCZOS)
        return image

    def _decode(self, picture: Pictured) -> Image.Image:
        """The picture at the large size, out of its own file. Raises ImageError."""
        image = read_picture(picture.path, ThumbnailSize.LARGE)
        if self._on_pixels is not None and not picture.pixel_sha256:
            digest = _pixels_of(picture)
            if digest:
                self._on_pixels(picture, digest)
        return image


def _pixels_of(picture: Pictured) -> str:
    """The digest of a picture's pixels as they are in its file; "" if that is another one by now.

    The library compares by it, so these are the whole picture, neither reduced nor turned.
    """
    try:
        if picture.path.stat().st_size > MAX_FILE:
            return ""
        file = picture.path.read_bytes()
        if sha256(file) != picture.file_sha256:
            return ""
        return pixel_digest(read_image(file)[0])
    except (OSError, ImageError):
        return ""


def _read(path: Path) -> Image.Image | None:
    """The thumbnail in `path`; None where there is none, or one that is damaged or no thumbnail."""
    try:
        with Image.open(path, formats=("WEBP",)) as image:
            if max(image.size) > ThumbnailSize.LARGE:
                return None
            return image.convert("RGB")
    except (
        OSError,
        EOFError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return None


def _webp(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=_QUALITY, method=_METHOD)
    return buffer.getvalue()
