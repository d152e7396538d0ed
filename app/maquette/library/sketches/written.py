"""What writing sketch files has in common: zip files that are whole or not there at all."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from maquette.core.drawing_pixels import LayerPixels
from maquette.core.errors import DrawingError
from maquette.core.files import atomic_file
from maquette.core.open_drawing import Content
from maquette.core.pixels import Pixels
from maquette.core.tiles import Fetch, Sheet, paste
from maquette.library.sketches.layer_images import flat_picture, shown_layers

_MADE = (1980, 1, 1, 0, 0, 0)  # the same drawing gives the same file


@contextmanager
def writing_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Yield a zip file to fill, which gets the name `path` when the block ends well.

    Raises:
        DrawingError: it cannot be written; what had the name before is as it was.
    """
    try:
        with atomic_file(path) as stream, zipfile.ZipFile(stream, "w") as file:
            yield file
    except OSError as error:
        raise DrawingError(
            f"The sketch could not be saved as {path} ({error.strerror}); choose another folder "
            "or free some space.",
            str(error),
        ) from error


def put(file: zipfile.ZipFile, name: str, data: bytes, how: int = zipfile.ZIP_STORED) -> None:
    """Add an entry. PNG files are stored as they are, since they are compressed already."""
    entry = zipfile.ZipInfo(name, _MADE)
    entry.external_attr = 0o644 << 16
    file.writestr(entry, data, how)


def sheet_of(content: Content, layer_id: str, fetch: Fetch) -> Sheet:
    """The pixels of one layer. Raises DrawingError, or ValueError for a damaged tile."""
    sheet = LayerPixels(content.drawing.width, content.drawing.height).array
    for place, tile in content.tiles.get(layer_id, {}).items():
        paste(sheet, place, tile.pixels(fetch))
    return sheet


def flattened(content: Content, fetch: Fetch, longest: int) -> Pixels:
    """The drawing as one picture whose longer side is at most `longest` pixels."""
    drawing = content.drawing
    scale = min(1.0, longest / max(drawing.width, drawing.height))
    size = max(1, round(drawing.width * scale)), max(1, round(drawing.height * scale))
    shown = shown_layers(
        drawing, (LayerPixels.of(sheet_of(content, layer.id, fetch)) for layer in drawing.layers)
    )
    return flat_picture(shown, *size)
