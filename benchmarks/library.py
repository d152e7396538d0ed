"""A library of 100,000 pictures in the window: opening, scrolling, finding, memory.

Rows and thumbnails are as saving leaves them; the pictures themselves are not there, since nothing
that is measured reads them. Usage: python -m benchmarks.library [--pictures N] [--home FOLDER].
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.library_rows import fill
from benchmarks.report import Figure, percentile, report
from maquette.library.gallery import Gallery
from maquette.library.query import Query
from maquette.library.thumbnails import Thumbnails, ThumbnailSize

PICTURES = 100_000
LOOKS = 200  # thumbnails that differ; the others are further names of these files


def prepare(home: Path, pictures: int) -> None:
    """Fill the library in `home`, and give every picture its thumbnails."""
    index = home / "data" / "library.sqlite3"
    if index.exists():
        return
    index.parent.mkdir(parents=True)
    fill(index, pictures)
    cache = Thumbnails(home / "cache" / "thumbnails")
    looks = {
        size: [_look(home / "looks", number, size) for number in range(LOOKS)]
        for size in ThumbnailSize
    }
    with closing(Gallery.open(index)) as gallery:
        for number, picture in enumerate(gallery.pictures(gallery.find(Query()))):
            for size in ThumbnailSize:
                path = cache.path_of(picture, size)
                path.parent.mkdir(parents=True, exist_ok=True)
                if not path.exists():
                    os.link(looks[size][number % LOOKS], path)


def _look(folder: Path, number: int, size: ThumbnailSize) -> Path:
    """A thumbnail as detailed as those of renders are."""
    coarse = np.random.default_rng(number).integers(0, 256, (12, 12, 3), np.uint8)
    image = Image.fromarray(coarse).resize((size, size), Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=82)
    folder.mkdir(exist_ok=True)
    path = folder / f"{number}-{size}.webp"
    path.write_bytes(buffer.getvalue())
    return path


def _watch(home: Path) -> dict:
    environment = {**os.environ, "MAQUETTE_HOME": str(home)}
    if not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.watched_library"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        timeout=600,
        check=True,
    )
    return json.loads(told.stdout.splitlines()[-1])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.library", description=__doc__)
    parser.add_argument("--pictures", type=int, default=PICTURES)
    parser.add_argument("--home", type=Path, help="kept, and used again the next time")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="maquette-library-") as folder:
        home = options.home or Path(folder)
        prepare(home, options.pictures)
        told = _watch(home)
    milliseconds = {
        name: [1000 * value for value in told[name]] for name in ("frames", "keys", "finds")
    }
    figures = [
        Figure("opened to first painted rows", 1000 * told["open"], "ms", at_most=300),
        Figure("scroll frame p99", percentile(milliseconds["frames"], 0.99), "ms", at_most=16),
        Figure("events late while scrolling p99", percentile(told["late"], 0.99), "ms"),
        Figure("find p95", percentile(milliseconds["finds"], 0.95), "ms", at_most=50),
        Figure("key to shown p95", percentile(milliseconds["keys"], 0.95), "ms"),
        Figure("window memory", told["peak"] / 2**20, "MiB", at_most=400),
    ]
    details = {"pictures": told["pictures"], "scrolled": told["scrolled"]}
    details |= {f"{name} p50": percentile(milliseconds[name], 0.5) for name in milliseconds}
    return report("library", figures, details)


if __name__ == "__main__":
    sys.exit(main())
