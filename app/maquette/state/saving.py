"""Saving finished pictures: in threads, one after another, finished even while closing."""

import asyncio
from pathlib import Path

from maquette.core.errors import LibraryError, SaveError
from maquette.core.paths import pictures_dir
from maquette.engine.pending import MadeImage
from maquette.library.store import Library
from maquette.library.writer import Writer
from maquette.state.results import Picture, Results
from maquette.state.settings import SettingsStore


class Saver:
    """Gives the queue its `save`; the library may still be opening when the first picture comes."""

    def __init__(self, library_file: Path, results: Results) -> None:
        self._library_file = library_file
        self._results = results
        self._settings: SettingsStore | None = None
        self._opening: asyncio.Task[Library] | None = None
        self._writers: dict[tuple[str, str], Writer] = {}
        self._at_work: set[asyncio.Future[Path]] = set()
        self._turn = asyncio.Lock()

    def use_settings(self, settings: SettingsStore) -> None:
        """Where the folder and the names come from."""
        self._settings = settings

    async def open(self) -> Library:
        """Open the library in a thread. Raises LibraryError."""
        if self._opening is None:
            self._opening = asyncio.ensure_future(
                asyncio.to_thread(Library.open, self._library_file)
            )
        try:
            return await asyncio.shield(self._opening)
        except LibraryError:
            self._opening = None  # the next picture tries again
            raise

    async def recent(self, limit: int) -> list[Picture]:
        """The newest pictures whose files are still there. Raises LibraryError."""
        library = await self.open()
        return await asyncio.to_thread(_recent, library, limit)

    async def save(self, made: MadeImage) -> Path:
        """Write the picture. Raises SaveError."""
        try:
            library = await self.open()
        except LibraryError as error:
            raise SaveError(error.message, error.detail) from error
        async with self._turn:
            work = asyncio.ensure_future(
                asyncio.to_thread(self._writer(library).save, made.record, made.file)
            )
            self._at_work.add(work)
            work.add_done_callback(self._at_work.discard)
            path = await asyncio.shield(work)
        self._results.add(Picture(str(path), made.record))
        return path

    async def close(self) -> None:
        """Let what is being written come to its end, then close the library."""
        await asyncio.gather(*self._at_work, return_exceptions=True)
        if self._opening is not None:
            [library] = await asyncio.gather(self._opening, return_exceptions=True)
            if isinstance(library, Library):
                await asyncio.to_thread(library.close)

    def _writer(self, library: Library) -> Writer:
        assert self._settings is not None
        settings = self._settings.value
        key = (settings.pictures_folder, settings.file_name_template)
        if key not in self._writers:
            folder = Path(key[0]) if key[0] else pictures_dir()
            self._writers[key] = Writer(library, folder, key[1])
        return self._writers[key]


def _recent(library: Library, limit: int) -> list[Picture]:
    return [
        Picture(str(entry.path), entry.record, entry.thumbnail)
        for entry in library.recent(limit)
        if entry.path.is_file()
    ]
