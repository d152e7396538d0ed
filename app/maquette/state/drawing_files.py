"""Where open drawings come from: a fresh sheet, the shelf, a file. Each with its keeper."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from maquette.core.drawing_edits import fresh_drawing
from maquette.core.errors import DrawingError, DrawingInUse
from maquette.core.history import History
from maquette.core.open_drawing import Content, OpenDrawing
from maquette.library.sketches.drawing_file import DrawingFile
from maquette.library.sketches.formats import read_sketch_file
from maquette.library.sketches.found import Found
from maquette.library.sketches.shelf import Shelf
from maquette.state.drawing_keeper import DrawingKeeper
from maquette.state.tasks import Tasks

TRASH_DAYS = 30


class Kept(NamedTuple):
    """A drawing at hand, and what keeps it in its file."""

    there: OpenDrawing
    keeper: DrawingKeeper


class DrawingFiles:
    """Opens drawings; all but `fresh` take long, and belong in a thread."""

    def __init__(
        self,
        folder: Path,
        tasks: Tasks,
        failed: Callable[[DrawingError], None],
        saved: Callable[[], None],
    ) -> None:
        """`failed` and `saved` are told, in the window's thread, how keeping a drawing goes."""
        self.shelf = Shelf(folder)
        self._tasks = tasks
        self._failed = failed
        self._saved = saved

    def fresh(self, width: int, height: int, name: str = "") -> Kept:
        """An empty drawing, of which nothing is on the disk. Raises DrawingError."""
        keeper = self._keeper()
        drawing = fresh_drawing(width, height, name)
        return _kept(OpenDrawing(Content(drawing, {}), keeper.fetch), keeper)

    def last(self) -> Kept | None:
        """The drawing that was open last and is in no other window; None if there is none.

        Raises:
            DrawingError: it is damaged.
        """
        self.shelf.purge(TRASH_DAYS)
        for one in self.shelf.list():
            try:
                return self.shelved(one.id)
            except DrawingInUse:
                continue
        return None

    def shelved(self, drawing_id: str) -> Kept:
        """A drawing of the shelf. Raises DrawingError."""
        path = self.shelf.file_of(drawing_id)
        if not path.is_file():
            raise DrawingError("This sketch is no longer there; choose another one.")
        file = DrawingFile(path)
        try:
            loaded = file.load()
            if loaded is None:
                raise DrawingError("There is nothing in this sketch; choose another one.")
            keeper = self._keeper(file)
            history = History(loaded.steps, loaded.position, len(loaded.steps))
            there = OpenDrawing(loaded.content, keeper.fetch, history, loaded.next_tile)
        except ValueError as error:
            file.close()
            raise DrawingError(
                f"The sketch {path} is damaged and cannot be read; open another one.", str(error)
            ) from error
        except BaseException:
            file.close()
            raise
        return _kept(there, keeper)

    def trash(self, drawing_id: str) -> None:
        """Put a drawing into the trash, unless a window has it open. Raises DrawingError."""
        path = self.shelf.file_of(drawing_id)
        if path.is_file():
            DrawingFile(path).close()
        self.shelf.trash(drawing_id)

    def opened(self, path: Path) -> tuple[Kept, Found]:
        """The drawing in a .maquette or .ora file, as a new one. Raises DrawingError."""
        found = read_sketch_file(path)
        keeper = self._keeper()
        there = OpenDrawing.made_of(found.drawing, found.sheets, keeper.fetch)
        return _kept(there, keeper), found

    def _keeper(self, file: DrawingFile | None = None) -> DrawingKeeper:
        return DrawingKeeper(self.shelf, self._tasks, self._failed, self._saved, file)


def _kept(there: OpenDrawing, keeper: DrawingKeeper) -> Kept:
    keeper.follow(there)
    return Kept(there, keeper)
