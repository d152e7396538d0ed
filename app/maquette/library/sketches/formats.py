"""The files that drawings are exchanged in, told apart by their endings.

What reads and writes a format (zip and XML among it) is loaded when the first such file is opened
or saved, since a window that has just been started needs none of it.
"""

from pathlib import Path

from maquette.core.open_drawing import Content
from maquette.core.tiles import Fetch
from maquette.library.sketches.found import Found

PROJECT = ".maquette"
OPENRASTER = ".ora"
ENDINGS = (PROJECT, OPENRASTER)


def is_sketch_file(path: str) -> bool:
    """Whether `path` is named like a drawing with layers."""
    return path.lower().endswith(ENDINGS)


def read_sketch_file(path: Path) -> Found:
    """What is in a file of either format, which may be a stranger's. Raises DrawingError."""
    if path.suffix.lower() == OPENRASTER:
        from maquette.library.sketches.openraster import read_openraster

        return read_openraster(path)
    from maquette.library.sketches.project import read_project

    return read_project(path)


def write_sketch_file(path: Path, content: Content, fetch: Fetch, panel: bytes = b"null") -> None:
    """Write a file of the format that `path` ends in, atomically.

    `panel` is JSON, what the panel held; OpenRaster has no place for it. Raises DrawingError.
    """
    if path.suffix.lower() == OPENRASTER:
        from maquette.library.sketches.openraster import write_openraster

        write_openraster(path, content, fetch)
    else:
        from maquette.library.sketches.project import write_project

        write_project(path, content, fetch, panel)
