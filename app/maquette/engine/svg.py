"""SVG files as pixels, drawn by a short-lived process.

QtSvg belongs to the window's toolkit, cannot be interrupted, and may crash on a hostile file; the
marker has OpenCV, whose own Qt it must not meet. A process for each file can be given up and be
refused memory, and costs 0.2 s.
"""

import os
import struct
import subprocess
import sys

import numpy as np

from maquette.core.cleanup import READ_SIDE
from maquette.core.errors import ImageError
from maquette.core.pixels import Pixels
from maquette.core.svg import plain_svg

TIME_LIMIT = 20.0  # seconds
_HEADER = struct.Struct("<II")


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
