"""Project files: the drawing with what the panel holds, saved where somebody wants it."""

import asyncio
from pathlib import Path

from maquette.library.sketches.formats import OPENRASTER, PROJECT, write_sketch_file
from maquette.state.drawings import Drawings
from maquette.state.notices import Notices
from maquette.state.project_panel import panel_of, session_of
from maquette.state.session import Session, storable_text
from maquette.state.store import Store
from maquette.state.tasks import Tasks


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
        self._path = path if path.suffix.lower() == PROJECT else None
        for notice in found.notices:
            self._notices.inform(notice)

    def save(self, path: Path) -> None:
        """Save the drawing and the panel as a .maquette file."""
        self._tasks.start(self.save_now(path))

    async def save_now(self, path: Path) -> None:
        """The same, done when this returns. Raises DrawingError."""
        path = _ending(path, PROJECT)
        panel = panel_of(self._session.value)
        if not self._drawings.drawing.name:
            self._drawings.rename(storable_text(path.stem))
        await self._write(path, panel)
        self._path = path

    def export_openraster(self, path: Path) -> None:
        """Write the drawing as an OpenRaster file, for other programs."""
        self._tasks.start(self._write(_ending(path, OPENRASTER)))

    async def _write(self, path: Path, panel: bytes = b"null") -> None:
        await self._drawings.settled()
        content, fetch = self._drawings.content, self._drawings.fetch
        await asyncio.to_thread(write_sketch_file, path, content, fetch, panel)
        self._notices.inform(f"The sketch was saved as {path}.")

    def _replaced(self) -> None:
        if self._drawings.drawing.id != self._drawing_id:
            self._drawing_id, self._path = self._drawings.drawing.id, None


def _ending(path: Path, ending: str) -> Path:
    return path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")
