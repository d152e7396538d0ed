"""Ingredients: the sketches, maps and control images behind saved pictures, by their digest.

A picture's recipe names them by digest only. They are kept as files beside the library, so that any
picture can be made again and its sketch be shown; what is not there any more is simply not known.
"""

import os
import re
import time
import warnings
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

import numpy as np
from PIL import Image

from maquette.core.files import write_atomically
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import MAX_SIDE
from maquette.library.disk import save_error
from maquette.library.sketches.layer_images import png

_DIGEST = re.compile("[0-9a-f]{64}")
_MAX_FILE = 3 * MAX_SIDE * MAX_SIDE + (1 << 20)  # bytes: no PNG file of such a picture is larger
_FRESH = 3600.0  # seconds for which a file may be waiting for its picture


class Ingredients:
    """PNG files in one folder, which is made when needed. Threads and programs may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def beside(cls, library_file: Path) -> Self:
        """Those of the pictures in the library at `library_file`."""
        return cls(library_file.parent / "ingredients")

    def path(self, digest: str) -> Path | None:
        """Where the image is, or would be; None for what is no digest. Looks at no disk."""
        if _DIGEST.fullmatch(digest) is None:  # recipes come in strangers' files too
            return None
        return self._folder / digest[:2] / f"{digest}.png"

    def file(self, digest: str) -> Path | None:
        """Where the image is kept; None if it is not there. The file is not opened."""
        path = self.path(digest)
        return path if path is not None and path.is_file() else None

    def owns(self, path: str) -> bool:
        """Whether `path` is that of an image here, named by its digest. Looks at no disk."""
        return self.path(Path(path).stem) == Path(path)

    def keep(self, images: Mapping[str, Pixels]) -> None:
        """Keep `images`, RGB by digest; those that are there already stay as they are.

        Raises:
            SaveError: one could not be written.
        """
        for digest, pixels in images.items():
            path = self.path(digest)
            if path is None:
                continue
            try:
                if self.pixels(digest) is None:
                    write_atomically(path, png(np.ascontiguousarray(pixels[..., :3])))
                else:
                    os.utime(path)  # a picture that is not filed yet needs it again
            except OSError as error:
                raise save_error(error, self._folder) from error

    def pixels(self, digest: str) -> Pixels | None:
        """The image as it was kept, RGB; None if it is not there, or is another one by now."""
        path = self.path(digest)
        try:
            if path is None or path.stat().st_size > _MAX_FILE:
                return None
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the limit is our own
                with Image.open(path, formats=("PNG",)) as image:
                    if max(image.size) > MAX_SIDE or image.mode != "RGB":
                        return None
                    pixels = np.asarray(image)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return None
        return pixels if pixel_digest(pixels) == digest else None

    def forget(self, digests: Iterable[str]) -> None:
        """Remove images that no picture names any more; fresh ones stay, whose picture may come.

        What cannot be removed now does no harm.
        """
        for digest in digests:
            path = self.path(digest)
            if path is not None:
                with suppress(OSError):
                    if time.time() - path.stat().st_mtime > _FRESH:
                        path.unlink()
                        path.parent.rmdir()  # only if empty
