"""Project files (.maquette): a drawing, layer by layer, with what the panel held.

A zip file of `mimetype`, `drawing.json`, `layers/N.png` from the lowest layer on and `preview.png`;
docs/sketches.md describes it. Everything here blocks and belongs in a thread.
"""

import zipfile
from pathlib import Path

import msgspec

from maquette.core.drawing import Drawing
from maquette.core.drawing_pixels import LayerPixels
from maquette.core.errors import DrawingError
from maquette.core.open_drawing import Content
from maquette.core.tiles import Fetch
from maquette.library.sketches.found import (
    Found,
    missing_notice,
    sound_drawing,
    unreadable,
    with_layers,
)
from maquette.library.sketches.layer_images import layer_png, png
from maquette.library.sketches.strange_zip import SketchZip
from maquette.library.sketches.written import flattened, put, sheet_of, writing_zip

MIMETYPE = "application/x-maquette"
VERSION = 1
PREVIEW = 512  # longer side, pixels
MAX_JSON = 4 << 20  # bytes


class _Version(msgspec.Struct, frozen=True):
    version: int


class _Project(msgspec.Struct, frozen=True):
    """The content of `drawing.json`. `files` are the layers' PNG files by the layers' ids."""

    version: int
    drawing: Drawing
    files: dict[str, str]
    panel: msgspec.Raw = msgspec.Raw(b"null")


def write_project(path: Path, content: Content, fetch: Fetch, panel: bytes) -> None:
    """Write a project file, atomically. `panel` is JSON. Raises DrawingError."""
    drawing = content.drawing
    files = {layer.id: f"layers/{number}.png" for number, layer in enumerate(drawing.layers)}
    project = _Project(VERSION, drawing, files, msgspec.Raw(panel))
    with writing_zip(path) as file:
        put(file, "mimetype", MIMETYPE.encode())
        put(
            file,
            "drawing.json",
            msgspec.json.format(msgspec.json.encode(project)),
            zipfile.ZIP_DEFLATED,
        )
        for layer in drawing.layers:
            put(file, files[layer.id], layer_png(sheet_of(content, layer.id, fetch)))
        put(file, "preview.png", png(flattened(content, fetch, PREVIEW)))


def read_project(path: Path) -> Found:
    """What is in a project file, which may be a stranger's. Raises DrawingError."""
    with SketchZip(path) as file:
        if "drawing.json" not in file:
            raise unreadable(file.name)
        text = file.read("drawing.json", MAX_JSON)
        try:
            if msgspec.json.decode(text, type=_Version).version > VERSION:
                raise DrawingError(
                    f"{file.name} was written by a newer version of Maquette; "
                    "please update Maquette to open it."
                )
            project = msgspec.json.decode(text, type=_Project)
            drawing = sound_drawing(project.drawing)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise unreadable(file.name, error) from error
        files = project.files
        there = tuple(layer for layer in drawing.layers if files.get(layer.id, "") in file)
        sheets = {
            layer.id: LayerPixels.of(file.sheet(files[layer.id], drawing.width, drawing.height))
            for layer in there
        }
        missing = len(drawing.layers) - len(there)
        panel = bytes(project.panel)
        return Found(
            with_layers(drawing, there),
            sheets,
            b"" if panel == b"null" else panel,
            missing_notice(file.name, missing),
        )
