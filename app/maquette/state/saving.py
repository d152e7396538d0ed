"""Saving finished pictures: in threads, one after another, finished even while closing."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from maquette.core.errors import LibraryError, SaveError
from maquette.core.job import Destination, Job
from maquette.core.paths import pictures_folder
from maquette.core.recipe import Recipe
from maquette.core.record_ids import Register, free_record_id
from maquette.engine.marker import ExportedFile
from maquette.engine.pending import MadeImage
from maquette.library.archive import Archive
from maquette.library.writer import Writer, write_export
from maquette.state.results import Picture, Results
from maquette.state.settings import SettingsStore

T = TypeVar("T")


class _Opened(msgspec.Struct, frozen=True):
    """The archive twice: `names` answers at once, also while a thread writes to the other."""

    archive: Archive
    names: Archive

    def close(self) -> None:
        self.archive.close()
        self.names.close()


class Saver:
    """Gives the queue its `save`; the library may still be opening when the first picture comes."""

    def __init__(self, library_file: Path, ledger_file: Path, results: Results) -> None:
        self._files = (library_file, ledger_file)
        self._results = results
        self._settings: SettingsStore | None = None
        self._opening: asyncio.Task[_Opened] | None = None
        self._writers: dict[tuple[str, str], Writer] = {}
        self._at_work: set[asyncio.Future[Any]] = set()
        self._turn = asyncio.Lock()

    def use_settings(self, settings: SettingsStore) -> None:
        """Where the folder and the names come from."""
        self._settings = settings

    @property
    def folder(self) -> Path:
        """Where pictures go whose jobs do not say it."""
        assert self._settings is not None
        return pictures_folder(self._settings.value.pictures_folder)

    async def open(self) -> Archive:
        """Open library and ledger in a thread. Raises LibraryError."""
        if self._opening is None:
            self._opening = asyncio.ensure_future(asyncio.to_thread(_open, *self._files))
        try:
            return (await asyncio.shield(self._opening)).archive
        except LibraryError:
            self._opening = None  # the next picture tries again
            raise

    async def recent(self, limit: int) -> list[Picture]:
        """The newest pictures whose files are still there. Raises LibraryError."""
        archive = await self.open()
        return await asyncio.to_thread(_recent, archive, limit)

    def name_record(self, recipe: Recipe, *others: Register) -> str:
        """The id for `recipe`: its own, unless another recipe has it (one chance in 4 billion).

        Where library and ledger are not open yet, or cannot be read, only `others` are asked. May
        be called in any thread.
        """
        opening = self._opening
        if opening is None or not opening.done() or opening.exception():
            return free_record_id(recipe, *others)
        try:
            return opening.result().names.record_id_for(recipe, *others)
        except (LibraryError, sqlite3.Error):
            return free_record_id(recipe, *others)

    async def save(self, made: MadeImage, job: Job) -> Path:
        """Write the picture, where `job` wants it. Raises SaveError."""
        archive = await self._archive()
        writer = self._writer(archive, job.order.destination)

        def save(made: MadeImage, job: Job) -> Path:
            return writer.save(
                made.record, made.file, made.mark, made.manifest, job.id, made.images
            )

        path = await self._work(save, made, job)
        self._results.add(Picture(str(path), made.record))
        return path

    async def export(self, exported: ExportedFile, path: Path) -> None:
        """Write a copy for somebody else to `path`, replacing what is there. Raises SaveError."""
        archive = await self._archive()
        await self._work(
            write_export,
            archive,
            path,
            exported.record,
            exported.file,
            exported.mark,
            exported.manifest,
        )

    async def close(self) -> None:
        """Let what is being written come to its end, then close the library."""
        await asyncio.gather(*self._at_work, return_exceptions=True)
        if self._opening is not None:
            [opened] = await asyncio.gather(self._opening, return_exceptions=True)
            if isinstance(opened, _Opened):
                await asyncio.to_thread(opened.close)

    async def _archive(self) -> Archive:
        try:
            return await self.open()
        except LibraryError as error:
            raise SaveError(error.message, error.detail) from error

    async def _work(self, function: Callable[..., T], *arguments: object) -> T:
        """Run `function` in a thread, to its end even if this task is cancelled."""
        async with self._turn:
            work: asyncio.Future[T] = asyncio.ensure_future(asyncio.to_thread(function, *arguments))
            self._at_work.add(work)
            work.add_done_callback(self._at_work.discard)
            return await asyncio.shield(work)

    def _writer(self, archive: Archive, destination: Destination) -> Writer:
        assert self._settings is not None
        settings = self._settings.value
        key = (
            destination.folder or settings.pictures_folder,
            destination.template or settings.file_name_template,
        )
        if key not in self._writers:
            self._writers[key] = Writer(archive, pictures_folder(key[0]), key[1])
        return self._writers[key]


def _open(library_file: Path, ledger_file: Path) -> _Opened:
    archive = Archive.open(library_file, ledger_file)
    try:
        return _Opened(archive, Archive.open(library_file, ledger_file))
    except BaseException:
        archive.close()
        raise


def _recent(archive: Archive, limit: int) -> list[Picture]:
    return [
        Picture(str(entry.path), entry.record, entry.thumbnail)
        for entry in archive.library.recent(limit)
        if entry.path.is_file()
    ]
