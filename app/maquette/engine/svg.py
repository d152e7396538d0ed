"""SVG files as pixels, drawn by a short-lived process.

QtSvg belongs to the window's toolkit, cannot be interrupted, and may crash on a hostile file; the
marker has OpenCV, whose own Qt it must not meet. A process for each file can be given up and be
refused memory, and costs 0.2 s.
"""

import os
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np

from maquette.core.cleanup import READ_SIDE
from maquette.core.errors import ImageError
from maquette.core.pixels import Pixels
from maquette.core.svg import MAX_SVG, is_svg, plain_svg

TIME_LIMIT = 20.0  # seconds
_HEADER = struct.Struct("<II")
_HEAD = 4096  # bytes by which a file is told to be SVG


def rasterise_file(path: Path) -> Pixels | None:
    """What the file at `path` draws, as `rasterise` does it; None if it is not SVG. Blocking.

    Raises:
        ImageError: it cannot be opened, or it is SVG that cannot be drawn.
    """
    try:
        if path.is_dir():
            raise ImageError(f"{path} is a folder; name an image file.")
        if path.exists() and not path.is_file():  # a pipe might never say a word
            raise ImageError(f"{path} is no ordinary file; name an image file.")
        with path.open("rb") as file:
            if not is_svg(file.read(_HEAD)):
                return None
            file.seek(0)
            return rasterise(file.read(MAX_SVG + 1))
    except FileNotFoundError as error:
        raise ImageError(
            f"{path.name} is no longer there; please choose another picture.", str(error)
        ) from error
    except (OSError, ValueError) as error:
        raise ImageError(f"The file {path} cannot be opened.", str(error)) from error


def rasterise(data: bytes, *, time_limit: float = TIME_LIMIT) -> Pixels:
    """The drawing in an SVG file on white: RGB, its longer side READ_SIDE pixels. Blocking.

    Raises:
        ImageError: it cannot be read, draws nothing, or takes too long.
    """
    document = plain_svg(data)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "maquette", "svg", str(READ_SIDE)],
            input=document,
            capture_output=True,
            timeout=time_limit,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ImageError(
            "This SVG file takes too long to draw; export it as PNG and import that."
        ) from error
    except OSError as error:
        raise ImageError(
            "The process that draws SVG files cannot be started; please run the set-up again.",
            str(error),
        ) from error
    if done.returncode == 0 and len(done.stdout) > _HEADER.size:
        width, height = _HEADER.unpack_from(done.stdout)
        pixels = np.frombuffer(done.stdout, np.uint8, offset=_HEADER.size)
        if max(width, height) <= READ_SIDE and pixels.size == width * height * 3:
            return pixels.reshape(height, width, 3)
    log = done.stderr.decode(errors="replace")[-2000:]
    raise ImageError("This SVG file cannot be drawn; export it as PNG and import that.", log)
