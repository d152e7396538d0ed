"""Takes the documentation's pictures: a real window for each language, over a fresh home."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from benchmarks.acted_window import Actor, open_acted
from benchmarks.camera import Camera

Scene = Callable[[Actor, Camera, str, Path], Awaitable[None]]
"""What happens before the camera, in a language; the folder is the home of the studio."""


def take_screens(
    module: str, subject: str, languages: Iterable[str], act: Scene, about: str
) -> int:
    """The command line of the script `module`: let `act` happen in one language, or in all.

    `subject` begins the pictures' names. Returns the exit status.
    """
    known = list(languages)
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=about)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", choices=known, help="this one alone")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    if not options.language:
        words = [sys.executable, "-m", module, str(options.folder)]
        runs = [subprocess.run([*words, "--language", each], check=False) for each in known]
        return max(abs(run.returncode) for run in runs)
    with tempfile.TemporaryDirectory(prefix="maquette-screens-") as home:
        os.environ["MAQUETTE_HOME"] = home
        camera = Camera(options.folder, subject, options.language)
        return open_acted(lambda actor: act(actor, camera, options.language, Path(home)))
