"""How late the window's events come while it does what is heavy: pictures, queue, files.

Scrolls 100,000 pictures, shows and compares pictures of 16 megapixels, changes 10,000 jobs at
once, and brings a library of 100,000 files up to date beside it. "longest stretch" is the most
processor time that the window's thread took without an event in between, which does not depend on
what else the machine does. Usage: python -m benchmarks.library_events [--home FOLDER].
"""

import argparse
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

from benchmarks.library import PICTURES, prepare
from benchmarks.library_rows import fill
from benchmarks.report import Figure, percentile, report
from benchmarks.watched_events import LARGE
from maquette.library.gallery import Gallery
from maquette.library.query import Query

SIDE = 4096
LARGE_PICTURES = 5
MOST = 16.0  # milliseconds


def _prepare_large(folder: Path) -> None:
    """Pictures of 16 megapixels, as detailed as renders are."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(LARGE_PICTURES):
        path = folder / f"{LARGE}-{number}.png"
        if not path.exists():
            coarse = np.random.default_rng(number).integers(0, 256, (64, 64, 3), np.uint8)
            image = Image.fromarray(coarse).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
            image.save(path, compress_level=1)


def _prepare_files(folder: Path, count: int) -> None:
    """A library of its own in `folder`, with its files: as long as they should be, but empty."""
    index = folder / "library.sqlite3"
    index.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    fill(index, count, folder)
    with closing(Gallery.open(index)) as gallery:
        for picture in gallery.pictures(gallery.find(Query())):
            path = picture.path
            if not path.exists():
                path.parent.mkdir(exist_ok=True)
                with path.open("wb") as file:
                    file.truncate(picture.file_bytes)


def _watch(home: Path, large: Path, reconciled: Path) -> dict[str, dict[str, list[float]]]:
    environment = {**os.environ, "MAQUETTE_HOME": str(home)}
    if not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.watched_events", str(large), str(reconciled)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        timeout=900,
        check=True,
    )
    return json.loads(told.stdout.splitlines()[-1])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and report."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.library_events", description=__doc__
    )
    parser.add_argument("--pictures", type=int, default=PICTURES)
    parser.add_argument("--home", type=Path, help="kept, and used again the next time")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="maquette-events-") as folder:
        home = options.home or Path(folder)
        large, reconciled = home / "large", home / "files"
        prepare(home, options.pictures)
        _prepare_large(large)
        _prepare_files(reconciled, options.pictures)
        told = _watch(home, large, reconciled)
    figures = []
    for scene, values in told.items():
        late, busy = values["late"], values["busy"]
        if scene != "building the page":
            figures.append(Figure(f"{scene}: late p99", percentile(late, 0.99), "ms", at_most=MOST))
            figures.append(Figure(f"{scene}: latest", max(late), "ms"))
        figures.append(Figure(f"{scene}: longest stretch", max(busy), "ms", at_most=MOST))
    return report("library_events", figures, {"pictures": options.pictures, "side": SIDE})


if __name__ == "__main__":
    sys.exit(main())
