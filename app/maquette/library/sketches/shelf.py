"""The shelf: where drawings are kept, each in a folder of its own, and their trash."""

import re
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from maquette.core.drawing import Drawing
from maquette.core.drawing_pixels import LayerPixels
from maquette.core.errors import DrawingError
from maquette.core.files import write_atomically
from maquette.library.sketches.layer_images import flat_picture, png, shown_layers

PREVIEW = 320  # longer side, pixels

_ID = re.compile(r"[0-9a-f]{16}")
_TRASH = "trash"
_MAX_ABOUT = 1 << 16  # bytes


class _About(msgspec.Struct, frozen=True):
    name: str
    width: int
    height: int
    changed: float
    opened: float
    trashed: float = 0.0


class Shelved(msgspec.Struct, frozen=True):
    """A drawing on the shelf or in the trash, its times in Unix time.

    The PNG file `preview` may not be there; `trashed` is 0 on the shelf.
    """

    id: str
    name: str
    width: int
    height: int
    changed: float
    opened: float
    preview: Path
    trashed: float = 0.0


class Shelf:
    """The folder of drawings. Everything blocks and belongs in a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file_of(self, drawing_id: str) -> Path:
        """Where a drawing is kept. Raises DrawingError if that is no id of a drawing."""
        return self._place(drawing_id) / "drawing.sqlite3"

    def trashed(self) -> Sequence[Shelved]:
        """All drawings in the trash, the one that was put there last first."""
        found = [self._look(folder) for folder in _folders(self._folder / _TRASH)]
        return sorted((one for one in found if one), key=lambda one: one.trashed, reverse=True)

    def holds(self, drawing_id: str) -> bool:
        """Whether anything of a drawing is on the shelf. Raises DrawingError as `file_of`."""
        return self._place(drawing_id).is_dir()

    def list(self) -> list[Shelved]:
        """All drawings but those in the trash, the one that was open last first."""
        found = [self._look(folder) for folder in _folders(self._folder)]
        return sorted((one for one in found if one), key=lambda one: one.opened, reverse=True)

    def describe(
        self,
        drawing: Drawing,
        changed: float,
        opened: float,
        sheets: Sequence[LayerPixels] | None = None,
    ) -> None:
        """Write what `list` tells about a drawing. Raises DrawingError.

        With `sheets`, the pixels of its layers in their order, the preview is made anew.
        """
        folder = self._place(drawing.id)
        about = _About(drawing.name, drawing.width, drawing.height, changed, opened)
        try:
            if sheets is not None:
                preview = _preview(drawing, sheets)
                write_atomically(folder / "preview.png", preview, durable=False)
            write_atomically(folder / "about.json", msgspec.json.encode(about))
        except OSError as error:
            raise DrawingError(
                f"The sketch cannot be kept in {folder}; check that its disk is there and can be "
                "written to.",
                str(error),
            ) from error

    def trash(self, drawing_id: str) -> None:
        """Put a drawing, which must not be open, into the trash. Raises DrawingError."""
        folder = self._place(drawing_id)
        with suppress(OSError, msgspec.DecodeError):
            about = msgspec.structs.replace(_read(folder), trashed=time.time())
            write_atomically(folder / "about.json", msgspec.json.encode(about))
        self._move(folder, self._folder / _TRASH / drawing_id)

    def restore(self, drawing_id: str) -> None:
        """Take a drawing out of the trash. Raises DrawingError."""
        self._move(self._folder / _TRASH / self._place(drawing_id).name, self._place(drawing_id))

    def purge(self, days: int) -> None:
        """Delete for good what has been in the trash for more than `days` days."""
        for folder in _folders(self._folder / _TRASH):
            with suppress(OSError, msgspec.DecodeError):
                trashed = _read(folder).trashed
                if trashed and trashed < time.time() - days * 86400:
                    shutil.rmtree(folder)

    def _place(self, drawing_id: str) -> Path:
        if not _ID.fullmatch(drawing_id):
            raise DrawingError("There is no such sketch; choose another one.")
        return self._folder / drawing_id

    def _look(self, folder: Path) -> Shelved | None:
        try:
            about = _read(folder)
        except (OSError, msgspec.DecodeError):
            # Killed before it was described for the first time, or changed by somebody.
            file = folder / "drawing.sqlite3"
            if not file.is_file():
                return None
            changed = file.stat().st_mtime
            about = _About("", 0, 0, changed, changed)
        return Shelved(
            id=folder.name,
            name=about.name,
            width=about.width,
            height=about.height,
            changed=about.changed,
            opened=about.opened,
            preview=folder / "preview.png",
            trashed=about.trashed if folder.parent.name == _TRASH else 0.0,
        )

    def _move(self, source: Path, target: Path) -> None:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
        except OSError as error:
            raise DrawingError(
                "The sketch could not be moved; it may be open in another window of Maquette.",
                str(error),
            ) from error


def _preview(drawing: Drawing, sheets: Sequence[LayerPixels]) -> bytes:
    scale = PREVIEW / max(drawing.width, drawing.height)
    size = max(1, round(drawing.width * scale)), max(1, round(drawing.height * scale))
    return png(flat_picture(shown_layers(drawing, sheets), *size))


def _folders(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if _ID.fullmatch(path.name) and path.is_dir()]
    except OSError:
        return []


def _read(folder: Path) -> _About:
    with (folder / "about.json").open("rb") as file:
        return msgspec.json.decode(file.read(_MAX_ABOUT), type=_About)
