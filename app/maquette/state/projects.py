"""Project files: the drawing with what the panel holds, saved where somebody wants it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from maquette.core.open_drawing import Content
from maquette.core.tiles import Fetch
from maquette.library.sketches.openraster import ENDING as ORA
from maquette.library.sketches.openraster import write_openraster
from maquette.library.sketches.project import ENDING, write_project
from maquette.state.drawings import Drawings
from maquette.state.notices import Notices
from maquette.state.project_panel import panel_of, session_of
from maquette.state.session import Session, storable_text
from maquette.state.store import Store
from maquette.state.tasks import Tasks

PATTERNS = (f"*{ENDING}", f"*{ORA}")

Write = Callable[[Path, Content, Fetch], None]


class Projects:
    """Opens and saves sketch files; what goes wrong is told in the notices."""

    def __init__(
        self, drawings: Drawings, session: Store[Session], notices: Notices, tasks: Tasks
    ) -> None:
        self._drawings = drawings
        self._session = session
        self._notices = notices
        self._tasks = tasks
        self._path: Path | None = None
        drawings.replaced.connect(self._replaced)
        self._drawing_id = drawings.drawing.id

    @property
    def path(self) -> Path | None:
        """The project file that the open drawing came from or was saved as last."""
        return self._path

    def open(self, path: Path) -> None:
        """Open a .maquette or .ora file; the drawing before stays on the shelf.

        If it cannot be opened, everything is as it was.
        """
        self._tasks.start(self.open_now(path))

    async def open_now(self, path: Path) -> None:
        """The same, done when this returns. Raises DrawingError."""
        found = await self._drawings.open(path)
        session = session_of(found.panel, self._session.value)
        if session is not None:
            self._session.replace(session)
        self._path = path if path.suffix.lower() == ENDING else None
        for notice in found.notices:
            self._notices.inform(notice)

    def save(self, path: Path) -> None:
        """Save the drawing and the panel as a .maquette file."""
        self._tasks.start(self.save_now(path))

    async def save_now(self, path: Path) -> None:
        """The same, done when this returns. Raises DrawingError."""
        path = _ending(path, ENDING)
        panel = panel_of(self._session.value)
        if not self._drawings.drawing.name:
            self._drawings.rename(storable_text(path.stem))

        def write(path: Path, content: Content, fetch: Fetch) -> None:
            write_project(path, content, fetch, panel)

        await self._write(path, write)
        self._path = path

    def export_openraster(self, path: Path) -> None:
        """Write the drawing as an OpenRaster file, for other programs."""
        self._tasks.start(self._write(_ending(path, ORA), write_openraster))

    async def _write(self, path: Path, write: Write) -> None:
        await self._drawings.settled()
        content, fetch = self._drawings.content, self._drawings.fetch
        await asyncio.to_thread(write, path, content, fetch)
        self._notices.inform(f"The sketch was saved as {path}.")

    def _replaced(self) -> None:
        if self._drawings.drawing.id != self._drawing_id:
            self._drawing_id, self._path = self._drawings.drawing.id, None


def _ending(path: Path, ending: str) -> Path:
    return path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")
